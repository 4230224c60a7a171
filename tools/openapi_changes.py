"""List the differences of two OpenAPI documents that concern front ends.

    python -m tools.openapi_changes old.json new.json

The contract is read, never written to: answers may gain and parameters may lose demands, not the
other way round. `openapi-diff` (npm) refuses OpenAPI 3.1, which is why this is here.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, order=True)
class Change:
    """One difference; `is_breaking` where a program written for the old version can fail."""

    is_breaking: bool
    where: str
    what: str

    def __str__(self) -> str:
        return f"{'BREAKING' if self.is_breaking else 'additive'}  {self.where}: {self.what}"


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Return every difference that a client can notice, the breaking ones first."""
    found = set(_Comparison(old, new).run())
    return sorted(found, key=lambda change: (not change.is_breaking, change))


class _Comparison:
    def __init__(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        self.old, self.new = old, new
        self._seen: set[tuple[str, str]] = set()

    def run(self) -> Iterator[Change]:
        before, after = self.old["paths"], self.new["paths"]
        for path in before.keys() - after.keys():
            yield Change(True, path, "the endpoint is gone")
        for path in after.keys() - before.keys():
            yield Change(False, path, "a new endpoint")
        for path in before.keys() & after.keys():
            yield from self._operation(path, before[path]["get"], after[path]["get"])

    def _operation(self, path: str, old: Any, new: Any) -> Iterator[Change]:
        yield from self._parameters(path, old.get("parameters", []), new.get("parameters", []))
        for status, answer in old["responses"].items():
            other = new["responses"].get(status)
            if other is None:
                yield Change(True, path, f"no answer {status} any more")
                continue
            for kind, content in answer.get("content", {}).items():
                if kind not in other.get("content", {}):
                    yield Change(True, path, f"no longer answers {kind}")
                else:
                    schema = other["content"][kind]["schema"]
                    yield from self._schema(path, content["schema"], schema)

    def _parameters(self, path: str, old: Any, new: Any) -> Iterator[Change]:
        before = {parameter["name"]: parameter for parameter in old}
        after = {parameter["name"]: parameter for parameter in new}
        for name in before.keys() - after.keys():
            yield Change(True, path, f"the parameter {name} is gone")
        for name, parameter in after.items():
            where = f"{path}?{name}"
            was = before.get(name)
            required = parameter.get("required", False)
            if was is None:
                yield Change(required, where, "a new parameter" + " that must be given" * required)
                continue
            if required and not was.get("required", False):
                yield Change(True, where, "must now be given")
            # Seen from the reader a parameter is an answer in reverse: it may accept more.
            reversed_ = _Comparison(self.new, self.old)
            for change in reversed_._schema(where, parameter["schema"], was["schema"]):
                what = f"accepts something else: {change.what}" if change.is_breaking else ""
                yield Change(change.is_breaking, where, what or "accepts more")
            for limit, tighter in (("maximum", min), ("maxLength", min), ("minimum", max)):
                bounds = _bounds(was["schema"], limit), _bounds(parameter["schema"], limit)
                if bounds[1] is not None and bounds[0] != bounds[1]:
                    narrowed = bounds[0] is None or tighter(bounds) == bounds[1]
                    yield Change(narrowed, where, f"{limit} is now {bounds[1]}")

    def _schema(self, where: str, old: Any, new: Any) -> Iterator[Change]:
        pair = (json.dumps(old, sort_keys=True), json.dumps(new, sort_keys=True))
        if pair in self._seen:
            return
        self._seen.add(pair)
        before, after = _members(old, self.old), _members(new, self.new)
        for name in before.keys() - after.keys():
            # One member fewer is a narrower answer; what a reader wrote for it lies idle, except
            # where nothing at all is left of the old type.
            gone = not (before.keys() & after.keys())
            yield Change(gone, where, f"can no longer be {name}")
        for name in after.keys() - before.keys():
            if "type=" in name or "kind=" in name:
                what = f"can now be {name}: switches that name every case stop compiling"
                yield Change(False, where, what)
            else:
                yield Change(True, where, f"can now be {name}")
        for name in before.keys() & after.keys():
            yield from self._member(where, name, before[name], after[name])

    def _member(self, where: str, name: str, old: Any, new: Any) -> Iterator[Change]:
        if "items" in old and "items" in new:
            yield from self._schema(f"{where}[]", old["items"], new["items"])
        before, after = old.get("properties", {}), new.get("properties", {})
        # The schema's own name tells more than the way to it.
        place = old.get("title", where) if before else where
        for field in before.keys() - after.keys():
            yield Change(True, f"{place}.{field}", "the field is gone")
        for field in after.keys() - before.keys():
            yield Change(False, f"{place}.{field}", "a new field")
        for field in before.keys() & after.keys():
            if field in old.get("required", []) and field not in new.get("required", []):
                yield Change(True, f"{place}.{field}", "can now be left out")
            yield from self._schema(f"{place}.{field}", before[field], after[field])


def _members(schema: Any, document: Any, *, in_union: bool = False) -> dict[str, Any]:
    """Return the alternatives of a schema by names that do not change with their order."""
    if "$ref" in schema:
        target = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return _members(target, document, in_union=in_union)
    for keyword in ("anyOf", "oneOf", "allOf"):
        if keyword in schema:
            found: dict[str, Any] = {}
            several = len([member for member in schema[keyword] if "$ref" in member]) > 1
            for member in schema[keyword]:
                found |= _members(member, document, in_union=several)
            return found
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        return {f"the value {value!r}": {} for value in values}
    kind = schema.get("type", "anything")
    if kind == "object":
        for name in ("type", "kind", "@type"):
            if (mark := schema.get("properties", {}).get(name, {}).get("const")) is not None:
                return {f"{name}={mark}": schema}
        return {f"a {schema.get('title', 'object')}" if in_union else "an object": schema}
    if "format" in schema:
        return {f"{kind} ({schema['format']})": schema}
    return {str(kind): schema}


def _bounds(schema: Any, limit: str) -> Any:
    parts = [schema, *schema.get("anyOf", [])]
    return next((part[limit] for part in parts if limit in part), None)


def main() -> None:
    old, new = (json.loads(Path(name).read_text()) for name in sys.argv[1:3])
    found = changes(old, new)
    print("\n".join(map(str, found)) or "No change.")  # noqa: T201
    sys.exit(any(change.is_breaking for change in found))


if __name__ == "__main__":
    main()
