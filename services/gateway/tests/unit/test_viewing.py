"""A version at one of its pages: what the preview's states become, how points are numbered, which addresses lead on."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.composing.viewing import (
    Reading,
    carried,
    older_points,
    opened_at,
    points,
    spot,
    state_of,
    viewer,
)
from atrium_gateway.pages.presenting.shapes import Form, Person
from atrium_gateway.pages.translation import translations

NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
READY = {"number": 3, "status": "ready"}
READING = Reading("f", 3, 3, page=2)


def scene() -> Scene:
    people = {"tom": Person("tom", "Tom Reed", "customer")}
    return Scene("maya", "customer", "owner", "en", NOW, "Europe/Zurich", people.get, translations("en"))


def preview(count: int, state: str = "ready") -> dict[str, Any]:
    pages = [
        {"number": n, "width": 595.3, "height": 841.9, "picture_url": "p", "thumbnail_url": "t"}
        for n in range(1, count + 1)
    ]
    return {"state": state, "page_count": count, "pages": pages}


def thread(name: str, day: int, audience: str = "shared", version: int = 3, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "subject": f"files/f/versions/{version}",
        "point": {"page": 2, "x": 0.31, "y": 0.62},
        "title": "",
        "audience": audience,
        "opened_by": "tom",
        "opened_at": f"2026-11-{day:02}T09:00:00Z",
        "closed_by": None,
        "closed_at": None,
        "message_count": 2,
        "unread": 0,
        "last_message": {"excerpt": f"about {name}"},
        **more,
    }


@pytest.mark.parametrize(
    ("version", "found", "is_away", "state"),
    [
        (None, None, False, "checking"),
        ({"status": "uploading"}, None, False, "checking"),
        ({"status": "checking"}, None, False, "checking"),
        ({"status": "rejected"}, None, False, "rejected"),
        (READY, None, True, "away"),
        (READY, None, False, "none"),
        (READY, preview(0, "making"), False, "making"),
        (READY, preview(0, "failed"), False, "failed"),
        (READY, preview(0, "none"), False, "none"),
        (READY, preview(0), False, "none"),
        (READY, preview(2), False, "ready"),
    ],
)
def test_what_is_shown_of_a_version(version: Any, found: Any, is_away: bool, state: str) -> None:
    assert state_of(version, found, is_away=is_away) == state


def test_points_are_numbered_as_they_were_opened_each_audience_by_itself() -> None:
    """Whoever reads the shared ones alone sees no gap where others talk among themselves."""
    rows = [thread("late", 12), thread("early", 3), thread("own", 1, "private"), thread("whole", 1, point=None)]
    found = {one.id: one.number for one in points(scene(), rows, READING)}
    assert found == {"early": 1, "late": 2, "own": 1}


def test_a_number_stays_when_an_older_version_is_open() -> None:
    rows = [thread("first", 1, version=2), thread("second", 2, version=3), thread("third", 3, version=1)]
    old = replace(READING, version=2)
    assert {one.id: one.number for one in points(scene(), rows, old)} == {"first": 1, "third": 3}


@pytest.mark.parametrize(
    ("side", "reader", "closed_at", "may"),
    [
        ("customer", "tom", None, True),
        ("customer", "maya", None, False),
        ("provider", "nora", None, True),
        ("customer", "maya", "2026-11-17T09:00:00Z", True),
    ],
)
def test_who_opened_a_point_or_the_provider_closes_it_and_any_reader_opens_it_again(
    side: str, reader: str, closed_at: str | None, may: bool
) -> None:
    as_reader = replace(scene(), side=side, reader=reader)
    row = thread("one", 1, closed_at=closed_at, closed_by="tom" if closed_at else None)
    (point,) = points(as_reader, [row], READING, lambda name, closed: Form(f"{name}-{closed}", "k"))
    assert (point.settle is not None) is may
    assert point.is_closed is (closed_at is not None)


def test_a_point_goes_with_its_words_and_says_where_they_have_changed() -> None:
    rows = [thread("kept", 1, version=1), thread("changed", 2, version=1), thread("new", 3)]
    older = older_points(rows, 3)
    assert [row["id"] for row in older[1]] == ["kept", "changed"]
    spots = {
        "kept": {"page": 3, "x": 0.1, "y": 0.2, "changed": False},
        "changed": {"page": 2, "x": 0.3, "y": 0.6, "changed": True},
    }
    found = {one.id: one for one in points(scene(), carried(rows, spots), READING)}
    assert (found["kept"].page, found["kept"].left, found["kept"].original_url) == (3, "10.00%", "")
    assert found["changed"].original_url == "/files/f?version=1&page=2&point=changed"
    assert (found["new"].page, found["new"].left) == (2, "31.00%")


def test_only_open_points_are_counted_on_the_strip() -> None:
    rows = [thread("open", 1), thread("done", 2, closed_at="2026-11-17T09:00:00Z", closed_by="tom")]
    shown = viewer("ready", preview(3), READING, points(scene(), rows, READING), may_add=True)
    assert [one.points for one in shown.sheets] == [0, 1, 0]
    assert (shown.open_here, shown.closed_here) == (1, 1)


def test_the_spot_just_written_about_is_its_point() -> None:
    at = replace(READING, at=spot("0.310,0.620"))
    assert [one.is_chosen for one in points(scene(), [thread("one", 1)], at)] == [True]
    assert [one.is_chosen for one in points(scene(), [thread("one", 1)], replace(at, page=1))] == [False]


def test_a_points_address_leads_to_its_page() -> None:
    rows = [thread("one", 1)]
    reading = opened_at(replace(READING, page=1, point="one"), rows)
    (point,) = points(scene(), rows, reading)
    assert reading.page == 2
    assert point.is_chosen
    assert point.url == "/files/f?page=2&point=one#points"


@pytest.mark.parametrize("text", ["", "0.5", "0.5,", "a,b", "1.2,0.5", "0.5,-0.1", "nan,nan", "0,0,0"])
def test_a_spot_is_two_fractions_or_none(text: str) -> None:
    assert spot(text) is None


def test_addresses_keep_version_and_size_and_end_with_the_pages() -> None:
    reading = Reading("f", 2, 3, page=1, zoom=150)
    first = viewer("ready", preview(2), reading, (), may_add=True)
    last = viewer("ready", preview(2), replace(reading, page=9), (), may_add=True)
    assert first.next_url == "/files/f?version=2&zoom=150&page=2"
    assert (first.before_url, last.next_url, last.page) == ("", "", 2)
    assert first.larger_url == "/files/f?version=2&zoom=200"
    assert first.smaller_url == "/files/f?version=2&zoom=125"
    assert first.is_old
    assert first.add_url == ""


def test_pictures_come_by_addresses_of_our_own_and_keep_their_place() -> None:
    shown = viewer("ready", preview(2), READING, (), may_add=True)
    assert shown.sheet is not None
    assert shown.sheet.picture_url == "/files/f/versions/3/pages/2"
    assert shown.sheet.thumbnail_url == "/files/f/versions/3/pages/2/thumbnail"
    assert (shown.sheet.width, shown.sheet.height) == (595, 842)
    assert shown.add_url == "/files/f?page=2&at=0.500%2C0.500#points"
