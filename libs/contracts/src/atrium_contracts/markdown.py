"""The catalogue of events for people, as one page of Markdown."""

from typing import Any, get_args

from atrium_contracts.asyncapi import OWNERS
from atrium_contracts.catalogue import EVENTS
from atrium_contracts.envelope import EventData, Source, topic
from atrium_contracts.schemas import schema_of

HEAD = """# Events

*Written by `python -m atrium_contracts docs` from the models in `libs/contracts`; do not edit.*

CloudEvents 1.0 in Kafka's binary mode: attributes are `ce_…` headers, the value is JSON. Each type has a JSON Schema at
`libs/contracts/schemas/<ce_type>.json`; all topics are described by `libs/contracts/asyncapi.yaml`.

## Reading them
- **At least once, ordered per subject.** Keep the highest (`ce_epoch`, `ce_revision`) per `ce_subject` and
  `ce_audience`, and drop what is not higher. A gap is legal.
- **Full state.** The data are the state after the change, so nothing has to be asked back. A deletion is a state too
  (`deleted`, `withdrawn`, `active: false`, or a type of its own).
- **One event, one audience.** `internal` is for the provider alone, `shared` for the provider and that customer,
  `private` for that customer alone, on topics of its own. To show something to a customer, use shared events only.
- **Grows, never breaks.** Within `v1` optional fields may be added; ignore what you do not know.
- Names and e-mail addresses are never in an event: persons are ids.

| header | value |
|---|---|
| `ce_id` | of this event; the same when it is delivered again |
| `ce_type` | `atrium.<source>.<what_happened>.v1` |
| `ce_source` | `/atrium/<source>` |
| `ce_subject` | what it is about |
| `ce_time` | when, RFC 3339 |
| `ce_customer` | whose; absent for what belongs to the provider as a whole |
| `ce_audience` | `internal`, `shared` or `private` |
| `ce_revision`, `ce_epoch` | order, see above |
| `ce_actor` | the person who did it, if one did |
| `ce_imported` | `true` where it was told afterwards: `ce_time` is when it happened, not when it was recorded |
| `traceparent` | W3C Trace Context |
"""


def catalogue() -> str:
    return HEAD + "".join(_source(source) for source in get_args(Source))


def _source(source: Source) -> str:
    models = [model for model in EVENTS.values() if source == model.SOURCE]
    names = f"`{topic(source, 'shared')}`"
    if any("private" in model.AUDIENCES for model in models):
        names += f", `{topic(source, 'private')}`"
    return f"\n## {source}: {OWNERS[source]}\nTopics: {names}\n" + "".join(_event(model) for model in models)


def _event(model: type[EventData]) -> str:
    schema = schema_of(model)
    required = set(schema.get("required", ()))
    rows = "".join(
        f"| `{name}` | {_form(part)} | {'' if name in required else 'optional'} |\n"
        for name, part in schema["properties"].items()
    )
    return (
        f"\n### `{model.type()}`\n{schema['description']}\n\nAudience: {', '.join(schema['x-audiences'])}.\n\n"
        f"| field | form | |\n|---|---|---|\n{rows}"
    )


def _form(part: dict[str, Any]) -> str:
    if "anyOf" in part:
        return " or ".join(_form(option) for option in part["anyOf"])
    if "enum" in part:
        return ", ".join(f"`{value}`" for value in part["enum"])
    if part.get("type") == "array":
        return f"list of {_form(part['items'])}" if part.get("items") else "list"
    return str(part.get("format") or part.get("type", "any"))
