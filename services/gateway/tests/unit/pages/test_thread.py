"""A conversation as it is read."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from atrium_gateway.pages import rendering
from atrium_gateway.pages.presenting.thread import Message, ThreadsPage
from atrium_gateway.pages.samples.house import NORA, TOM, page
from atrium_gateway.pages.samples.work import SHARED_THREAD

LINES = re.compile(r'<div class="day-line">([^<]+)</div>')


def said(day: int, hour: int) -> Message:
    at = datetime(2026, 11, day, hour, 30, tzinfo=UTC)
    return Message(at.isoformat(), at, "It is so.", NORA if hour % 2 else TOM)


@pytest.mark.parametrize(
    ("language", "zone", "lines"),
    [
        ("en", "UTC", ["Today"]),
        ("de", "Europe/Zurich", ["Dienstag, 17. November", "Heute"]),
        ("en", "Asia/Tokyo", ["Today"]),
    ],
)
def test_a_line_stands_between_messages_of_different_days_of_the_reader(
    language: str, zone: str, lines: list[str]
) -> None:
    messages = (said(16, 20), said(16, 23), said(19, 8), said(19, 9))
    thread = replace(SHARED_THREAD, messages=messages)
    view = ThreadsPage(thread=thread)
    reader = replace(page("bluepeak", "/threads/1"), language=language, time_zone=zone)
    assert LINES.findall(rendering.render("portal/threads.html", reader, view)) == lines
