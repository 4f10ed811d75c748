"""The domain events that other systems rely on. Depends on pydantic only."""

from atrium_contracts.catalogue import EVENTS, event_model
from atrium_contracts.envelope import (
    Audience,
    Envelope,
    EventData,
    InvalidEnvelope,
    Source,
    dead_letter_topic,
    topic,
    topics,
)

__all__ = [
    "EVENTS",
    "Audience",
    "Envelope",
    "EventData",
    "InvalidEnvelope",
    "Source",
    "dead_letter_topic",
    "event_model",
    "topic",
    "topics",
]
