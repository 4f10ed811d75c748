"""Composition of parts, and the public part of the services' documents."""

import re
from typing import Any

import pytest
from atrium_chassis.problems import NotFound, Problem, Unavailable
from atrium_gateway.main import service
from atrium_gateway.pages.home import spliced
from atrium_gateway.upstreams.composition import gather_parts
from atrium_gateway.upstreams.merge import merge
from atrium_gateway.upstreams.passthrough import passthrough_router
from fastapi.routing import APIRoute
from starlette.routing import Match


async def value(result: Any) -> Any:
    if isinstance(result, Exception):
        raise result
    return result


async def test_a_part_that_is_away_is_missing_and_the_rest_arrives() -> None:
    parts = await gather_parts({"item": value(1)}, {"threads": value(Unavailable("threads")), "files": value(2)})
    assert dict(parts.arrived) == {"item": 1, "files": 2}
    assert parts.missing == ("threads",)


async def test_a_part_that_is_not_for_this_viewer_is_left_out_without_notice() -> None:
    parts = await gather_parts({}, {"threads": value(NotFound())})
    assert parts.get("threads") is None
    assert parts.missing == ()


async def test_a_required_part_gives_the_page_its_error() -> None:
    with pytest.raises(Problem) as caught:
        await gather_parts({"item": value(NotFound())}, {"threads": value(1)})
    assert caught.value.status == 404


def test_bodies_are_spliced_into_one_object() -> None:
    assert spliced({"a": b'{"x":1}', "b": b" {} "}, b'{"y":[2]}') == b'{"x":1,"y":[2]}'


def document(path: str, operation: dict[str, Any], schemas: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"paths": {path: {"get": operation}}, "components": {"schemas": schemas or {}}}


def test_internal_operations_and_their_schemas_are_not_public() -> None:
    reference = {"$ref": "#/components/schemas/Secret"}
    merged = merge({"projects": document("/v1/home", {"x-internal": True, "x": reference}, {"Secret": {}})})
    assert merged == {"paths": {}, "schemas": {}}


def test_public_operations_keep_the_schemas_they_use() -> None:
    reference = {"$ref": "#/components/schemas/Item"}
    schemas = {"Item": {"of": {"$ref": "#/components/schemas/Part"}}, "Part": {}, "Unused": {}}
    merged = merge({"projects": document("/v1/items/{item}", {"answer": reference}, schemas)})
    assert list(merged["paths"]) == ["/api/v1/items/{item}"]
    assert set(merged["schemas"]) == {"Projects_Item", "Projects_Part"}


def test_two_services_cannot_claim_one_operation() -> None:
    with pytest.raises(ValueError, match="two services"):
        merge({"a": document("/v1/x", {}), "b": document("/v1/x", {})})


def test_what_is_forwarded_takes_no_operation_of_the_gateway() -> None:
    (forwarded,) = passthrough_router().routes
    own = [route for router in service.routers for route in router.routes if isinstance(route, APIRoute)]
    assert own
    for route in own:
        path = re.sub(r"{[^}]+}", "00000000-0000-4000-8000-000000000000", route.path)
        for method in route.methods:
            scope = {"type": "http", "path": path, "method": method, "root_path": ""}
            assert forwarded.matches(scope)[0] is not Match.FULL, (method, path)
