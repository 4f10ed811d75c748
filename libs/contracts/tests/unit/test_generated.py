"""What is generated from the models: committed, valid, and never broken."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml as reference
from atrium_contracts import EVENTS, asyncapi, schemas, yaml
from atrium_contracts.__main__ import ASYNCAPI, SCHEMAS, drift, main, write_schemas
from atrium_contracts.envelope import EventData
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker


def test_what_is_committed_is_what_the_models_say() -> None:
    assert drift() == []
    assert main(["check"]) == 0


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_schemas_are_valid(name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text())
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f"/{name}.json")
    assert schema["description"].startswith("Subject `")


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_what_a_model_writes_satisfies_its_schema(name: str) -> None:
    model = EVENTS[name]
    validator = Draft202012Validator(schemas.schema_of(model), format_checker=FormatChecker())

    @given(st.builds(model, **dates_that_fit(model)))
    def check(event: EventData) -> None:
        validator.validate(json.loads(event.model_dump_json()))

    check()


def dates_that_fit(model: type[EventData]) -> dict[str, Any]:
    """Free-form fields hold JSON, which hypothesis would not guess from `Any`."""
    free = {"versions": st.just([{"file_id": str(UUID(int=1)), "number": 3, "sha256": "0" * 64}])}
    free["definition"] = st.just({"states": []})  # type: ignore[arg-type]
    return {field: strategy for field, strategy in free.items() if field in model.model_fields}


def released() -> dict[str, Any]:
    return {
        "properties": {"title": {"type": "string"}, "due": {"type": "string", "format": date.__name__}},
        "required": ["title"],
        "x-audiences": ["shared"],
    }


def test_an_optional_field_may_be_added() -> None:
    now = released()
    now["properties"]["note"] = {"type": "string"}
    assert schemas.incompatibilities(released(), now) == []


def test_words_about_a_field_may_change() -> None:
    now = released()
    now["properties"]["title"]["description"] = "What it is called."
    assert schemas.incompatibilities(released(), now) == []


def test_every_broken_promise_is_named() -> None:
    now = {
        "properties": {"title": {"type": "integer"}, "state": {"type": "string"}},
        "required": ["state"],
        "x-audiences": ["internal"],
    }
    assert schemas.incompatibilities(released(), now) == [
        "due is gone",
        "state is new and required",
        "title was required and is optional",
        "title has another form",
        "audience shared is gone",
    ]


def test_a_change_behind_a_reference_is_seen() -> None:
    before = {"properties": {"who": {"$ref": "#/$defs/Who"}}, "$defs": {"Who": {"enum": ["us", "you"]}}}
    after = {"properties": {"who": {"$ref": "#/$defs/Person"}}, "$defs": {"Person": {"enum": ["us"]}}}
    assert schemas.incompatibilities(before, after) == ["who has another form"]


def test_a_new_required_field_is_not_written_over_a_committed_schema(tmp_path: Path) -> None:
    assert write_schemas(tmp_path) == []
    path = tmp_path / "atrium.threads.thread_opened.v1.json"
    older = json.loads(path.read_text())
    older["required"].remove("title")
    del older["properties"]["title"]
    path.write_text(schemas.written(older))
    assert write_schemas(tmp_path) == [f"{path.name}: title is new and required"]
    assert "title" not in json.loads(path.read_text())["properties"]
    assert main(["check", "--against", str(tmp_path)]) == 1


def test_a_type_that_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "atrium.threads.thread_closed.v1.json").write_text("{}")
    assert write_schemas(tmp_path) == ["atrium.threads.thread_closed.v1.json: the event type is gone"]


def test_the_asyncapi_document_is_whole() -> None:
    document = reference.safe_load(ASYNCAPI.read_text())
    assert document["asyncapi"] == "3.0.0"
    refs = list(references(document))
    for ref in refs:
        path, _, pointer = ref.partition("#")
        target: Any = json.loads((ASYNCAPI.parent / path).read_text()) if path else document
        for part in filter(None, pointer.split("/")):
            target = target[part]
    sent = {ref.rpartition("/")[2] for ref in refs if ref.startswith("#/channels/") and "/messages/" in ref}
    assert sent == set(EVENTS)
    private = document["channels"]["threads_private"]
    assert (private["address"], len(private["messages"])) == ("atrium.threads.private.v1", 3)
    assert "projects_private" not in document["channels"]


def references(part: Any) -> Any:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), values, min_size=1))
def test_our_yaml_is_read_back_by_the_reference_library(value: dict[str, Any]) -> None:
    text = yaml.dumps(value)
    if text.isprintable() or all(character.isprintable() or character == "\n" for character in text):
        assert reference.safe_load(text) == value


def test_the_document_is_read_back_as_it_was() -> None:
    assert reference.safe_load(yaml.dumps(asyncapi.document())) == asyncapi.document()
