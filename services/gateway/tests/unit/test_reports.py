"""A report's page: states to look at, what changed since the last visit, scales that read well."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from atrium_gateway.pages.composing.reports import Earlier, axis, months_between, open_decisions, report_page
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.presenting.report import PLOT_WIDTH, LineFigure, Point, ReportPage
from atrium_gateway.pages.routes.reports import proposed_password
from atrium_gateway.pages.translation import translations

NOW = datetime(2026, 11, 19, 9, 42, tzinfo=UTC)
VISIT = datetime(2026, 11, 12, 23, 30, tzinfo=UTC)  # the 13th in Zurich
SCENE = Scene("maya", "customer", "owner", "en", NOW, "Europe/Zurich", lambda _: None, translations("en"))


def figures(done: int, reached: int, decisions: list[str]) -> list[dict[str, Any]]:
    rows = [{"item_id": one, "title": one, "verb": None, "due": None, "turn": "customer"} for one in decisions]
    return [
        {"key": "milestones", "value": reached, "of": 6, "rows": []},
        {"key": "open_decisions", "value": len(rows), "rows": rows},
        {
            "key": "progress",
            "value": done,
            "of": 22,
            "labels": ["2026-08-03", "2026-11-13", "2026-11-19"],
            "series": [{"name": "done", "values": [0, 10, done]}, {"name": "total", "values": [22, 22, 22]}],
        },
    ]


def report(*of: Any) -> dict[str, Any]:
    told = {"id": "1", "title": "Steering", "project_title": "P", "project_id": "2", "introduction": ""}
    return {**told, "counted_items": 22, "figures": figures(*of)}


def shown(earlier: Earlier | None) -> ReportPage:
    return report_page(
        SCENE,
        report(14, 3, ["a", "b"]),
        names=("Bluepeak", "Nordwind"),
        as_of=None,
        exports="/x.{}",
        messages={},
        earlier=earlier,
        discussed_key="progress",
    )


def before(*of: Any) -> Earlier:
    return Earlier(VISIT, {one["key"]: one for one in figures(*of)})


def test_what_changed_since_the_last_visit_is_told_at_its_place() -> None:
    page = shown(before(10, 3, ["a"]))
    assert page.visited is not None
    assert (page.visited.words, page.visited.changed, page.visited.of) == ("13 Nov", 2, 3)
    milestones, decisions = page.key_figures
    assert (milestones.delta, milestones.remark) == ("", "unchanged since 13 Nov")
    assert decisions.delta == "+1 since 13 Nov"
    assert (page.lines[0].changed, page.lines[0].visit) == ("13 Nov", date(2026, 11, 13))
    assert [one.is_new for one in page.decisions] == [False, True]
    assert page.discussed_title == "Progress"
    # What one presses on the page carries the visit on: it is the same one then.
    assert "since=2026-11-12T23%3A30%3A00%2B00%3A00" in page.lines[0].discuss_url


def test_who_was_never_here_is_told_of_no_change() -> None:
    page = shown(None)
    assert page.visited is None
    assert {one.delta + one.remark for one in page.key_figures} == {""}
    assert page.lines[0].changed == ""


def test_a_line_that_only_went_on_has_not_changed() -> None:
    earlier = before(14, 3, ["a", "b"])
    assert not any(earlier.is_changed(one) for one in figures(14, 3, ["a", "b"]))


def test_a_visit_of_today_is_told_by_its_time() -> None:
    assert Earlier(NOW - timedelta(hours=1), {}).words(SCENE) == "09:42"


def test_the_axis_leads_from_the_first_day_over_the_last_visit_to_now() -> None:
    marks = axis(SCENE, report(14, 3, []), None, VISIT)
    assert [one.words for one in marks] == [
        "Start, 3 Aug",
        "31 Aug",
        "30 Sept",
        "31 Oct",
        "Your last visit, 13 Nov",
        "10:42",
    ]
    assert [one.url for one in marks][-2:] == ["/reports/1?as_of=2026-11-13", "/reports/1"]
    assert [one.current for one in marks] == [False] * 5 + [True]


def test_a_day_that_was_chosen_stands_among_the_others() -> None:
    marks = axis(SCENE, report(14, 3, []), datetime(2026, 9, 15, 21, tzinfo=UTC), None)
    assert [one.words for one in marks if one.current] == ["15 Sept"]
    assert [one.words for one in marks] == ["Start, 3 Aug", "31 Aug", "15 Sept", "30 Sept", "31 Oct", "10:42"]


@pytest.mark.parametrize(("first", "count"), [(date(2026, 11, 2), 0), (date(2026, 10, 15), 1), (date(2024, 1, 1), 3)])
def test_few_months_stand_on_it_however_long_it_is(first: date, count: int) -> None:
    found = months_between(first, date(2026, 11, 19))
    assert len(found) == count
    assert all((day + timedelta(days=1)).day == 1 and first < day for day in found)


@pytest.mark.parametrize("highest", [0, 1, 3, 4, 7, 9, 10, 14, 22, 26, 41, 70, 99, 100, 101, 250, 999, 12_480])
def test_a_scale_holds_all_values_and_its_quarters_are_whole(highest: int) -> None:
    line = LineFigure("k", "t", "f", (Point(date(2026, 11, 1), highest),))
    assert line.top >= max(highest, 1)
    assert all(value.is_integer() for value, _ in line.grid)
    assert line.top <= max(highest * 2.5, 4)


def test_a_visit_is_marked_within_a_line_alone() -> None:
    points = tuple(Point(date(2026, 11, day), day) for day in (1, 11, 21))
    line = LineFigure("k", "t", "f", points, visit=date(2026, 11, 12))
    assert line.visit_place is not None
    assert line.visit_place[0] == PLOT_WIDTH / 2
    for outside in (date(2026, 10, 1), date(2026, 11, 21), None):
        assert LineFigure("k", "t", "f", points, visit=outside).visit_place is None


def test_decisions_of_which_nothing_earlier_is_known_are_not_new() -> None:
    assert [one.is_new for one in open_decisions(figures(1, 1, ["a"])[1], linked=True)] == [False]


def test_a_proposed_password_can_be_said_and_is_another_each_time() -> None:
    made = {proposed_password() for _ in range(50)}
    assert len(made) == 50
    assert all(
        re.fullmatch(r"([bdfghklmnprstvwz][aeiou]){3}-([bdfghklmnprstvwz][aeiou]){3}-\d{4}", one) for one in made
    )
