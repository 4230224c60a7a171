"""The Delivery API's contract as a file: `python -m tools.openapi` writes it anew.

Prints what changed against the file that was there, the breaking changes first.
"""

import json
import os
from pathlib import Path
from typing import Any

from tools.openapi_changes import changes

FILE = Path(__file__).resolve().parent.parent / "cms" / "delivery" / "openapi.json"


def as_text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def current() -> dict[str, Any]:
    """Return the document of the code; Django must be set up."""
    from django.urls import reverse

    from cms.delivery.api import delivery_api

    # The paths are known once the address configuration is loaded.
    reverse("delivery:openapi-json")
    document: dict[str, Any] = json.loads(json.dumps(delivery_api.get_openapi_schema()))
    return document


def committed() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FILE.read_text())
    return document


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    new = current()
    if FILE.exists():
        for change in changes(committed(), new):
            print(change)  # noqa: T201
    FILE.write_text(as_text(new))
    print(f"Wrote {FILE.relative_to(Path.cwd())}.")  # noqa: T201


if __name__ == "__main__":
    main()
