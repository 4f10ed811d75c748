"""The AsyncAPI 3 document of all topics, https://www.asyncapi.com/docs/reference/specification/v3.0.0"""

from typing import Any, get_args

from atrium_contracts.catalogue import EVENTS
from atrium_contracts.envelope import Audience, EventData, Source, topic
from atrium_contracts.schemas import BASE, schema_of

PARTITIONS = 12
OWNERS: dict[Source, str] = {
    "accounts": "customers, memberships, brands",
    "projects": "projects, items, published items, approvals, requests, workflows",
    "files": "files and their versions",
    "threads": "conversations",
    "reports": "reports and their links",
}
IDENTIFIER = {"type": "string", "format": "uuid"}
HEADERS: dict[str, Any] = {
    "type": "object",
    "required": [
        *("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time", "ce_dataschema"),
        *("ce_audience", "ce_revision", "ce_epoch", "content-type"),
    ],
    "properties": {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {**IDENTIFIER, "description": "Of this event; a repeated delivery has the same."},
        "ce_type": {"type": "string", "description": "atrium.<source>.<what_happened>.v1"},
        "ce_source": {"type": "string", "description": "/atrium/<source>"},
        "ce_subject": {"type": "string", "description": "What the event is about, such as projects/<id>/items/<id>."},
        "ce_time": {"type": "string", "format": "date-time"},
        "ce_dataschema": {"type": "string", "description": f"{BASE}/<ce_type>.json"},
        "ce_customer": {**IDENTIFIER, "description": "Absent for what belongs to the provider as a whole."},
        "ce_audience": {"type": "string", "enum": list(get_args(Audience))},
        "ce_revision": {"type": "string", "pattern": "^[0-9]+$", "description": "Counts per subject and audience."},
        "ce_epoch": {"type": "string", "pattern": "^[0-9]+$", "description": "A higher one wins over any revision."},
        "ce_actor": {**IDENTIFIER, "description": "The person who did it; absent for what happened by itself."},
        "ce_imported": {
            "type": "string",
            "const": "true",
            "description": "Told afterwards: ce_time is when it happened, not when it was recorded.",
        },
        "traceparent": {"type": "string", "description": "W3C Trace Context."},
        "content-type": {"type": "string", "const": "application/json"},
    },
}


def document() -> dict[str, Any]:
    """Payloads refer to the committed schemas beside the document."""
    channels = {_channel_name(source, private): _channel(source, private) for source, private in _topics()}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Atrium events",
            "version": "1",
            "description": (
                "Domain events as CloudEvents 1.0 in Kafka's binary mode. Delivered at least once, ordered per subject;"
                " drop what has an older epoch and revision than you know. Within v1 only optional fields are added."
            ),
        },
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": {f"send_{name}": _operation(name, channel) for name, channel in channels.items()},
        "components": {
            "messages": {model.type(): _message(model) for model in EVENTS.values()},
            "messageTraits": {"cloudevent": {"headers": HEADERS, "contentType": "application/json"}},
        },
    }


def _topics() -> list[tuple[Source, bool]]:
    """Every source with and, where it sends private events, for its private topic."""
    audiences = {source: set().union(*(model.AUDIENCES for model in _models(source))) for source in get_args(Source)}
    return [
        (source, private)
        for source in get_args(Source)
        for private in (False, True)
        if not private or "private" in audiences[source]
    ]


def _models(source: Source) -> list[type[EventData]]:
    return [model for model in EVENTS.values() if source == model.SOURCE]


def _channel_name(source: Source, private: bool) -> str:
    return f"{source}_private" if private else source


def _channel(source: Source, private: bool) -> dict[str, Any]:
    wanted = {"private"} if private else {"shared", "internal"}
    side = "What belongs to a customer's private side alone" if private else "What the provider may know"
    return {
        "address": topic(source, "private" if private else "shared"),
        "description": f"{side}: {OWNERS[source]}. Key: the id of the aggregate's root.",
        "messages": {
            model.type(): {"$ref": f"#/components/messages/{model.type()}"}
            for model in _models(source)
            if wanted & model.AUDIENCES
        },
        "bindings": {"kafka": {"partitions": PARTITIONS, "bindingVersion": "0.5.0"}},
    }


def _operation(name: str, channel: dict[str, Any]) -> dict[str, Any]:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{name}"},
        "messages": [{"$ref": f"#/channels/{name}/messages/{message}"} for message in channel["messages"]],
    }


def _message(model: type[EventData]) -> dict[str, Any]:
    return {
        "name": model.type(),
        "title": model.__name__,
        "summary": schema_of(model)["description"],
        "traits": [{"$ref": "#/components/messageTraits/cloudevent"}],
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"./schemas/{model.type()}.json"},
        },
    }
