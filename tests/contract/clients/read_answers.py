"""Reads every answer with the Python clients that were generated, and prints what fails."""

import json
import re
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import models as pydantic_models
from samtal_delivery_api_client import Client

TIME = re.compile(r"\d{4}-\d\d-\d\dT.*")


def comparable(value: Any) -> Any:
    """Return JSON with its times as such: there are several ways to write one."""
    if isinstance(value, dict):
        return {name: comparable(child) for name, child in value.items()}
    if isinstance(value, list):
        return [comparable(child) for child in value]
    is_time = isinstance(value, str) and TIME.fullmatch(value)
    return datetime.fromisoformat(value) if is_time else value


def read_with_pydantic(answer: dict[str, Any]) -> Any:
    model = getattr(pydantic_models, answer["schema"])
    read = model.model_validate(answer["data"])
    return read.model_dump(mode="json", by_alias=True, exclude_unset=True)


def read_with_attrs(answer: dict[str, Any]) -> Any:
    name = re.sub(r"([A-Z])", r"_\1", answer["operation"]).lower()
    tag = answer["tag"].lower().replace("-", "_")
    module = import_module(f"samtal_delivery_api_client.api.{tag}.{name}")
    response = httpx.Response(200, json=answer["data"])
    return module._parse_response(client=Client(base_url="/"), response=response).to_dict()


def main() -> None:
    failures, read = [], 0
    for answer in json.loads(Path("answers.json").read_text()):
        readers = [read_with_pydantic]
        # openapi-python-client knows no lines of JSON.
        if answer["operation"] != "exportPages":
            readers.append(read_with_attrs)
        for reader in readers:
            read += 1
            try:
                same = comparable(reader(answer)) == comparable(answer["data"])
            except Exception as error:
                failures.append([reader.__name__, answer["operation"], repr(error)[:500]])
            else:
                if not same:
                    failures.append([reader.__name__, answer["operation"], "differs"])
    json.dump({"read": read, "failures": failures[:20]}, sys.stdout)


if __name__ == "__main__":
    main()
