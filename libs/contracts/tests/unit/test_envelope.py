"""Our headers are CloudEvents in Kafka's binary mode: the reference library reads ours, and we read its own."""

from datetime import UTC, datetime
from typing import get_args
from uuid import UUID, uuid4

import pytest
from atrium_contracts import EVENTS, Audience, Envelope, InvalidEnvelope, Source, dead_letter_topic, topic
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary, to_binary
from cloudevents.core.formats.json import JSONFormat
from hypothesis import given
from hypothesis import strategies as st

envelopes = st.builds(
    Envelope,
    id=st.uuids(),
    type=st.sampled_from(sorted(EVENTS)),
    source=st.sampled_from(get_args(Source)),
    subject=st.uuids().map(lambda number: f"projects/{number}"),
    time=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    customer=st.none() | st.uuids(),
    audience=st.sampled_from(get_args(Audience)),
    revision=st.integers(0, 2**53),
    epoch=st.integers(1, 1000),
    actor=st.none() | st.uuids(),
)


@given(envelopes)
def test_headers_come_back_as_they_were(envelope: Envelope) -> None:
    assert Envelope.from_headers(envelope.headers()) == envelope


@given(envelopes)
def test_the_reference_library_reads_our_headers(envelope: Envelope) -> None:
    event = from_binary(KafkaMessage(dict(envelope.headers()), b"key", b'{"title": "Cut-over"}'), JSONFormat())
    assert event.get_id() == str(envelope.id)
    assert event.get_type() == envelope.type
    assert event.get_source() == f"/atrium/{envelope.source}"
    assert event.get_subject() == envelope.subject
    assert event.get_time() == envelope.time
    assert event.get_dataschema() == f"https://atrium.dev/schemas/{envelope.type}.json"
    assert event.get_datacontenttype() == "application/json"
    assert event.get_extension("audience") == envelope.audience
    assert event.get_extension("revision") == str(envelope.revision)
    assert event.get_extension("epoch") == str(envelope.epoch)
    assert event.get_extension("customer") == (str(envelope.customer) if envelope.customer else None)
    assert event.get_data() == {"title": "Cut-over"}


@given(envelopes)
def test_we_read_what_the_reference_library_writes(envelope: Envelope) -> None:
    event = from_binary(KafkaMessage(dict(envelope.headers()), b"key", b"{}"), JSONFormat())
    message = to_binary(event, JSONFormat())
    assert Envelope.from_headers(list(message.headers.items())) == envelope


def envelope() -> Envelope:
    return Envelope(
        id=uuid4(),
        type="atrium.projects.item_changed.v1",
        source="projects",
        subject="projects/1",
        time=datetime(2026, 11, 16, tzinfo=UTC),
        customer=UUID(int=1),
        audience="internal",
        revision=3,
        epoch=1,
        actor=None,
    )


@pytest.mark.parametrize("missing", ["id", "type", "source", "subject", "time", "audience", "revision", "epoch"])
def test_a_missing_header_is_named(missing: str) -> None:
    headers = [(name, value) for name, value in envelope().headers() if name != f"ce_{missing}"]
    with pytest.raises(InvalidEnvelope, match=f"ce_{missing}"):
        Envelope.from_headers(headers)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "secret"),
        ("customer", "secret"),
        ("audience", "secret"),
        ("source", "/atrium/secret"),
        ("revision", "secret"),
        ("time", "secret"),
    ],
)
def test_a_malformed_header_is_refused_without_its_value(name: str, value: str) -> None:
    headers = [*(entry for entry in envelope().headers() if entry[0] != f"ce_{name}"), (f"ce_{name}", value.encode())]
    with pytest.raises(InvalidEnvelope) as refused:
        Envelope.from_headers(headers)
    assert "secret" not in str(refused.value)


def test_what_is_private_has_topics_of_its_own() -> None:
    assert topic("threads", "shared") == topic("threads", "internal") == "atrium.threads.v1"
    assert topic("threads", "private") == "atrium.threads.private.v1"
    assert dead_letter_topic("reports", "shared") == "atrium.reports.dead.v1"
    assert dead_letter_topic("reports", "private") == "atrium.reports.private.dead.v1"
