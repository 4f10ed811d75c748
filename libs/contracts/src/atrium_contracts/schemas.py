"""The committed JSON Schemas of all events, and what may change in them."""

import json
from pathlib import Path
from typing import Any

from atrium_contracts.catalogue import EVENTS
from atrium_contracts.envelope import EventData

BASE = "https://atrium.dev/schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Words about a value, which say nothing of its form.
ANNOTATIONS = frozenset({"title", "description", "default", "examples"})


def schema_of(model: type[EventData]) -> dict[str, Any]:
    """The JSON Schema of an event's data. Unknown fields are allowed: readers ignore what they do not know."""
    schema = model.model_json_schema(mode="validation")
    schema.pop("title", None)
    description = " ".join((model.__doc__ or "").split())
    return {
        "$schema": DIALECT,
        "$id": f"{BASE}/{model.type()}.json",
        "title": model.__name__,
        **schema,
        "description": description,
        "x-audiences": sorted(model.AUDIENCES),
    }


def written(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def generated() -> dict[str, str]:
    """File name → content, of every event there is."""
    return {f"{name}.json": written(schema_of(model)) for name, model in EVENTS.items()}


def committed(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.glob("*.json"))}


def incompatibilities(released: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What in `now` breaks readers or writers of `released`: within v1, only optional fields may be added."""
    before, after = released.get("properties", {}), now.get("properties", {})
    required_before, required_after = set(released.get("required", ())), set(now.get("required", ()))
    faults = [f"{name} is gone" for name in sorted(set(before) - set(after))]
    faults += [f"{name} is new and required" for name in sorted(required_after - set(before))]
    faults += [
        f"{name} was optional and is required" for name in sorted((required_after & set(before)) - required_before)
    ]
    faults += [
        f"{name} was required and is optional" for name in sorted((required_before & set(after)) - required_after)
    ]
    for name in sorted(set(before) & set(after)):
        if _form(before[name], released) != _form(after[name], now):
            faults.append(f"{name} has another form")
    audiences = set(released.get("x-audiences", ())) - set(now.get("x-audiences", ()))
    return faults + [f"audience {name} is gone" for name in sorted(audiences)]


def _form(part: Any, document: dict[str, Any]) -> Any:
    """A sub-schema without annotations, with local references followed."""
    if isinstance(part, list):
        return [_form(entry, document) for entry in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _form(document["$defs"][part["$ref"].rpartition("/")[2]], document)
    return {key: _form(value, document) for key, value in part.items() if key not in ANNOTATIONS}


def broken_promises(released: dict[str, str], now: dict[str, str]) -> list[str]:
    """Incompatibilities of whole folders of schemas, a line each."""
    faults = [f"{name}: the event type is gone" for name in sorted(set(released) - set(now))]
    for name in sorted(set(released) & set(now)):
        faults += [f"{name}: {fault}" for fault in incompatibilities(json.loads(released[name]), json.loads(now[name]))]
    return faults
