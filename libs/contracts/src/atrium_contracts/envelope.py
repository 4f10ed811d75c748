"""CloudEvents 1.0 in Kafka's binary mode: attributes travel as `ce_…` headers, the value is JSON data.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict

Source = Literal["accounts", "projects", "files", "threads", "reports"]
Audience = Literal["internal", "shared", "private"]

SPEC_VERSION = "1.0"


class InvalidEnvelope(ValueError):
    """A record's headers are not those of an Atrium event; the message names the header, never its value."""


class EventData(BaseModel):
    """The data of one event: the full state after the change, so that a consumer never has to call back.

    Readers ignore fields they do not know; within `v1` fields may only be added, and only optional ones.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    SOURCE: ClassVar[Source]
    NAME: ClassVar[str]
    #: The audiences an event of this type may have; most have exactly one.
    AUDIENCES: ClassVar[frozenset[Audience]]

    @classmethod
    def type(cls) -> str:
        return f"atrium.{cls.SOURCE}.{cls.NAME}.v1"


@dataclass(frozen=True)
class Envelope:
    """The attributes of one event. `revision` counts per subject; a higher `epoch` wins over any revision.

    `customer` is None only for what belongs to the provider as a whole (a workflow, a staff membership).
    `imported`: told afterwards; `time` is when it happened, not when it was recorded.
    """

    id: UUID
    type: str
    source: Source
    subject: str
    time: datetime
    customer: UUID | None
    audience: Audience
    revision: int
    epoch: int
    actor: UUID | None
    imported: bool = False

    def headers(self) -> list[tuple[str, bytes]]:
        attributes = {
            "specversion": SPEC_VERSION,
            "id": str(self.id),
            "type": self.type,
            "source": f"/atrium/{self.source}",
            "subject": self.subject,
            "time": self.time.isoformat(),
            "dataschema": f"https://atrium.dev/schemas/{self.type}.json",
            "audience": self.audience,
            "revision": str(self.revision),
            "epoch": str(self.epoch),
        }
        if self.customer is not None:
            attributes["customer"] = str(self.customer)
        if self.actor is not None:
            attributes["actor"] = str(self.actor)
        if self.imported:
            attributes["imported"] = "true"
        headers = [(f"ce_{name}", value.encode()) for name, value in attributes.items()]
        return [*headers, ("content-type", b"application/json")]

    @classmethod
    def from_headers(cls, headers: "list[tuple[str, bytes]] | tuple[tuple[str, bytes], ...]") -> "Envelope":
        """Raises InvalidEnvelope where a header is missing or malformed."""
        values = {name: value.decode("utf-8", "replace") for name, value in headers if value is not None}

        def required(name: str) -> str:
            try:
                return values[f"ce_{name}"]
            except KeyError:
                raise InvalidEnvelope(f"header ce_{name} is missing") from None

        def optional_id(name: str) -> UUID | None:
            value = values.get(f"ce_{name}")
            return UUID(value) if value else None

        source = required("source").removeprefix("/atrium/")
        audience = required("audience")
        if source not in get_args(Source) or audience not in get_args(Audience):
            raise InvalidEnvelope("header ce_source or ce_audience has an unknown value")
        try:
            return cls(
                id=UUID(required("id")),
                type=required("type"),
                source=source,  # type: ignore[arg-type]  # checked above
                subject=required("subject"),
                time=datetime.fromisoformat(required("time")),
                customer=optional_id("customer"),
                audience=audience,  # type: ignore[arg-type]  # checked above
                revision=int(required("revision")),
                epoch=int(required("epoch")),
                actor=optional_id("actor"),
                imported=values.get("ce_imported") == "true",
            )
        except InvalidEnvelope:
            raise
        except ValueError:
            raise InvalidEnvelope("a header has a value of the wrong form") from None


def topic(source: Source, audience: Audience) -> str:
    """What is private to a customer has a topic of its own, which the provider's systems have no access to."""
    return f"atrium.{source}.private.v1" if audience == "private" else f"atrium.{source}.v1"


def topics(source: Source) -> list[str]:
    return [topic(source, "shared"), topic(source, "private")]


def dead_letter_topic(consumer: str, audience: Audience) -> str:
    return f"atrium.{consumer}.private.dead.v1" if audience == "private" else f"atrium.{consumer}.dead.v1"
