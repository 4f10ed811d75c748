"""The public part of the services' OpenAPI documents as one: `python -m atrium_gateway.upstreams.merge NAME=FILE …`.

Writes `openapi.json` beside this module. The gateway routes by it and publishes it under its own operations, so an
operation that a service adds is public as soon as the documents are generated again (`make openapi`).
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

PUBLISHED = Path(__file__).with_name("openapi.json")
#: The one schema that all services have in common.
SHARED = "Problem"
METHODS = ("get", "put", "post", "patch", "delete")
PUBLIC_PREFIX = "/api/v1"
SERVICE_PREFIX = "/v1"


def public_part(service: str, document: dict[str, Any]) -> dict[str, Any]:
    """A service's public operations at their public paths; its schemas carry the service's name in theirs."""
    renamed = json.loads(
        re.sub(
            r"#/components/schemas/([^\"]+)",
            lambda found: f"#/components/schemas/{_public_name(service, found[1])}",
            json.dumps(document),
        )
    )
    paths: dict[str, Any] = {}
    for path, operations in renamed["paths"].items():
        public = {
            method: {
                **{name: value for name, value in operation.items() if name != "security"},
                "x-service": service,
                "tags": [service],
            }
            for method, operation in operations.items()
            if method in METHODS and not operation.get("x-internal")
        }
        if public:
            paths[PUBLIC_PREFIX + path.removeprefix(SERVICE_PREFIX)] = public
    schemas = renamed.get("components", {}).get("schemas", {})
    return {"paths": paths, "schemas": {_public_name(service, name): schema for name, schema in schemas.items()}}


def _public_name(service: str, schema: str) -> str:
    return schema if schema == SHARED else f"{service.title()}_{schema}"


def _references(value: Any) -> set[str]:
    return set(re.findall(r"#/components/schemas/([^\"]+)", json.dumps(value)))


def _used_schemas(paths: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Only what a public operation refers to, directly or not."""
    used: set[str] = set()
    fresh = _references(paths)
    while fresh:
        used |= fresh
        fresh = {name for schema in fresh for name in _references(schemas.get(schema, {}))} - used
    return {name: schemas[name] for name in sorted(used) if name in schemas}


def merge(documents: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Raises ValueError when two services claim the same operation."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for service, document in sorted(documents.items()):
        part = public_part(service, document)
        for path, operations in part["paths"].items():
            claimed = paths.setdefault(path, {})
            if claimed.keys() & operations.keys():
                raise ValueError(f"{path} is claimed by two services")
            claimed.update(operations)
        schemas |= part["schemas"]
    return {"paths": dict(sorted(paths.items())), "schemas": _used_schemas(paths, schemas)}


def published() -> dict[str, Any]:
    """The merged public part, as committed."""
    document: dict[str, Any] = json.loads(PUBLISHED.read_text())
    return document


if __name__ == "__main__":
    given = dict(argument.split("=", 1) for argument in sys.argv[1:])
    merged = merge({name: json.loads(Path(file).read_text()) for name, file in given.items()})
    PUBLISHED.write_text(json.dumps(merged, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
