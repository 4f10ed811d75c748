"""The demo's past is believable on whatever day it is told: in order, on working days, in office hours, never ahead."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from atrium_testkit.demo.planning import plan_project, steps_of
from atrium_testkit.demo.stage import Cast, Stage
from atrium_testkit.demo.story.bluepeak import BLUEPEAK
from atrium_testkit.demo.story.helvetia import HELVETIA
from atrium_testkit.demo.story.shapes import House
from atrium_testkit.demo.telling import stage_of
from atrium_testkit.demo.timeline import History, Timeline

HOUSES = pytest.mark.parametrize("house", [BLUEPEAK, HELVETIA], ids=lambda house: house.slug)
#: A Thursday, a Sunday, a Monday, and the Monday after the clocks were changed.
DAYS = pytest.mark.parametrize("today", [date(2026, 11, 19), date(2026, 11, 22), date(2026, 11, 23), date(2026, 3, 30)])


def told_on(house: House, today: date) -> Stage:
    stage = stage_of(house, Cast({}, {}), "key")
    stage.timeline.today = today
    for project in house.projects:
        plan_project(project, stage)
    return stage


@HOUSES
@DAYS
def test_the_past_is_past_and_happens_in_office_hours(house: House, today: date) -> None:
    moments = told_on(house, today).timeline.moments()
    assert len(moments) > 150
    midnight = datetime.combine(today, time(), UTC)
    for moment in moments:
        local = moment.astimezone(ZoneInfo(house.time_zone))
        assert moment < midnight
        assert local.weekday() < 5
        assert time(7, 30) <= local.time() <= time(17, 30)


@HOUSES
def test_it_reaches_back_for_months_and_up_to_yesterday(house: House) -> None:
    today = date(2026, 11, 19)
    moments = told_on(house, today).timeline.moments()
    assert moments[0] < datetime(2026, 8, 31, tzinfo=UTC)
    assert moments[-1].date() == today - timedelta(days=1)


@HOUSES
def test_an_item_is_planned_before_it_goes_anywhere(house: House) -> None:
    for project in house.projects:
        for phase in project.phases:
            for line in phase.lines:
                born = phase.born if line.born is None else line.born
                days = [step.when[0] for step in steps_of(line, born)]
                assert days == sorted(days), line.title
                assert all(born < day for day in days), line.title
                assert born > project.span[0] - 2, line.title


@HOUSES
def test_a_decision_is_about_a_version_that_was_there(house: House) -> None:
    for project in house.projects:
        for document in project.documents:
            days = [version.when[0] for version in document.versions]
            assert days == sorted(days)
            assert all(days[0] < approval.when[0] <= -1 for approval in document.approvals)


def test_acts_are_told_by_time_and_what_is_of_now_at_the_end() -> None:
    history, told = History("key"), list[tuple[str, bool]]()
    timeline = Timeline("Europe/Zurich", history, date(2026, 11, 19))

    def tell(name: str) -> None:
        told.append((name, "Atrium-Occurred-At" in history.headers()))

    for when, name in (((0, ""), "now"), ((-1, "09:00"), "late"), ((-2, "16:00"), "early"), ((-1, "09:00"), "last")):
        timeline.add(when, tell, name)
    timeline.tell()
    assert told == [("early", True), ("late", True), ("last", True), ("now", False)]
