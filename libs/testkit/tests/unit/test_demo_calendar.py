"""The demo tells the same story on any day: its dates are counted, also within texts."""

import re
from datetime import date

import pytest
from atrium_testkit.demo.calendar import dated, dated_text, workday
from atrium_testkit.demo.story.bluepeak import BLUEPEAK
from atrium_testkit.demo.story.helvetia import HELVETIA
from atrium_testkit.demo.story.shapes import House

THURSDAY = date(2026, 11, 19)


def test_weekends_are_no_working_days() -> None:
    assert workday(2, THURSDAY) == date(2026, 11, 23)
    assert workday(0, date(2026, 11, 21)) == date(2026, 11, 23)
    assert workday(-4, THURSDAY) == date(2026, 11, 13)


def test_a_date_reads_in_the_language() -> None:
    assert dated_text("on {+10}", "en", THURSDAY) == "on 3 December"
    assert dated_text("am {+10}, bis Ende {+50:month}", "de", THURSDAY) == "am 3. Dezember, bis Ende Januar"


@pytest.mark.parametrize("house", [BLUEPEAK, HELVETIA], ids=lambda house: house.slug)
def test_no_text_of_the_story_names_a_fixed_month(house: House) -> None:
    months = (
        "January|February|March|April|June|July|August|September|October|November|December"
        "|Januar|Februar|März|Juni|Juli|Oktober|Dezember"
    )
    assert re.findall(rf"\b({months})\b", str(house.projects)) == []
    assert "{" + "+" not in str(dated(house.projects, house.language, THURSDAY))


@pytest.mark.parametrize("house", [BLUEPEAK, HELVETIA], ids=lambda house: house.slug)
def test_each_project_has_a_plan_of_fifteen_to_thirty_items_in_every_visibility(house: House) -> None:
    for project in house.projects:
        lines = [line for phase in project.phases for line in phase.lines]
        assert 15 <= len(lines) <= 30
        assert {line.shown for line in lines} == {"internal", "placeholder", "shared"}
