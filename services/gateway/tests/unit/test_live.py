"""Hints: who may have one, and what happens to those who read slowly."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from atrium_chassis import json
from atrium_chassis.viewer import Side, Viewer
from atrium_contracts import Audience, Envelope
from atrium_gateway.live.hub import QUEUE_LIMIT, RECENT_SECONDS, Hub
from atrium_gateway.live.model import Circle, circle_of, may_have
from atrium_gateway.pages.presenting.page import Looked

CUSTOMER, OTHER, PROJECT, PERSON = (uuid4() for _ in range(4))
IN_PROJECT, ANYWHERE = Circle(PROJECT), Circle()
CONTACT = Viewer(Side.CUSTOMER, PERSON, CUSTOMER, "member")
STAFF = Viewer(Side.PROVIDER, uuid4(), None, "manager")


def event(audience: Audience = "shared", customer: UUID | None = CUSTOMER, subject: str = "projects/1") -> Envelope:
    return Envelope(
        uuid4(), "atrium.projects.x.v1", "projects", subject, datetime.now(UTC), customer, audience, 7, 1, None
    )


@pytest.mark.parametrize(
    ("viewer", "audience", "customer", "allowed"),
    [
        (CONTACT, "shared", CUSTOMER, True),
        (CONTACT, "private", CUSTOMER, True),
        (CONTACT, "internal", CUSTOMER, False),
        (CONTACT, "shared", OTHER, False),
        (CONTACT, "private", OTHER, False),
        (CONTACT, "shared", None, False),
        (STAFF, "shared", CUSTOMER, True),
        (STAFF, "internal", CUSTOMER, True),
        (STAFF, "internal", None, True),
        (STAFF, "private", CUSTOMER, False),
        (replace(CONTACT, preview=uuid4()), "private", CUSTOMER, False),
        (replace(CONTACT, preview=uuid4()), "shared", CUSTOMER, True),
        (Viewer(Side.LINK, None, CUSTOMER), "shared", CUSTOMER, False),
    ],
)
def test_a_hint_reaches_only_who_may_read(
    viewer: Viewer, audience: Audience, customer: UUID | None, allowed: bool
) -> None:
    assert may_have(viewer, event(audience, customer), IN_PROJECT) is allowed
    hub = Hub()
    stream = hub.open(viewer)
    hub.publish(event(audience, customer), IN_PROJECT, "")
    assert bool(stream.pending) is allowed


def test_a_project_not_permitted_sends_no_hint() -> None:
    restricted = replace(CONTACT, projects=frozenset({uuid4()}))
    assert not may_have(restricted, event(), IN_PROJECT)
    assert may_have(replace(CONTACT, projects=frozenset({PROJECT})), event(), IN_PROJECT)


def test_a_conversation_limited_to_named_staff_is_hinted_to_them_alone() -> None:
    colleague = replace(STAFF, person=uuid4())
    data = json.dumps({"project_id": PROJECT, "staff_ids": [STAFF.person]})
    hub = Hub()
    named, other = hub.open(STAFF), hub.open(colleague)
    hub.publish(event("internal", subject="threads/1"), circle_of(data), "")
    assert list(named.pending) == ["threads/1"]
    assert not other.pending


@pytest.mark.parametrize("data", [b"", b"[]", b'{"project_id": 7}', b'{"staff_ids": ["nobody"]}'])
def test_of_data_that_cannot_be_read_nobody_is_told(data: bytes) -> None:
    with pytest.raises(ValueError):  # whichever of its kinds
        circle_of(data)


def test_a_stream_is_told_what_happened_while_its_page_was_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    hub = Hub()
    hub.publish(event(subject="files/1"), ANYWHERE, "")
    hub.publish(event("internal", subject="files/2"), ANYWHERE, "")
    assert list(hub.open(CONTACT).pending) == ["files/1"]
    later = time.monotonic() + RECENT_SECONDS
    monkeypatch.setattr("atrium_gateway.live.hub.time.monotonic", lambda: later)
    assert not hub.open(CONTACT).pending


def test_a_stream_that_opens_after_too_much_to_keep_is_told_to_look_at_everything() -> None:
    hub = Hub()
    for number in range(QUEUE_LIMIT):
        hub.publish(event(subject=f"files/{number}"), ANYWHERE, "")
    stream = hub.open(CONTACT)
    assert (stream.overflown, list(stream.pending)) == (True, [])


def test_hints_of_one_subject_are_merged() -> None:
    hub = Hub()
    stream = hub.open(CONTACT)
    hub.publish(event(), ANYWHERE, "")
    hub.publish(replace(event(), revision=9), ANYWHERE, "")
    assert [hint.revision for hint in stream.pending.values()] == [9]


def test_a_stream_that_falls_behind_is_told_to_refresh() -> None:
    hub = Hub()
    stream = hub.open(CONTACT)
    for number in range(QUEUE_LIMIT + 1):
        hub.publish(event(subject=f"projects/{number}"), ANYWHERE, "")
    assert stream.overflown
    assert len(stream.pending) <= QUEUE_LIMIT


def test_access_revoked_ends_the_streams_of_that_person_alone() -> None:
    hub = Hub()
    gone, stays = hub.open(CONTACT), hub.open(STAFF)
    hub.end_where(lambda viewer: viewer.person == PERSON)
    assert gone.ended
    assert not stays.ended


def test_a_closed_stream_is_forgotten() -> None:
    hub = Hub()
    stream = hub.open(CONTACT)
    hub.close(stream)
    hub.close(stream)
    assert len(hub) == 0


def test_what_changed_is_news_until_it_was_looked_at() -> None:
    begun = datetime(2026, 11, 12, tzinfo=UTC)
    looked = Looked(begun, {"files/1": begun + timedelta(days=2)})
    assert not looked.is_news("/files/2", begun)
    assert looked.is_news("/files/2", begun + timedelta(days=1))
    assert not looked.is_news("/files/1", begun + timedelta(days=2))
    assert looked.is_news("/files/1", begun + timedelta(days=3))
    assert not looked.is_news("/files/1", None)
