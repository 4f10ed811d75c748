"""What of an item a customer may see."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from atrium_projects.plan.model import SHOWN, Item, differences, ends_too_early, narrowest, published, reordered
from hypothesis import given
from hypothesis import strategies as st

SECRET = "canary-7f3a"
VISIBILITIES = st.sampled_from(["internal", "placeholder", "shared"])


def item(**changes: Any) -> Item:
    made = Item(
        customer_id=uuid4(),
        project_id=uuid4(),
        id=uuid4(),
        parent_id=None,
        position=1,
        kind="task",
        title=f"ours {SECRET}",
        internal_note=SECRET,
        customer_title="Alarm philosophy, version 3",
        customer_note="Nordwind configures the limits once you sign off.",
        customer_date=None,
        customer_until=None,
        due=date(2026, 11, 19),
        estimate_hours=14.0,
        visibility="shared",
        workflow_id=uuid4(),
        workflow_version=1,
        state="sign_off",
        turn="customer",
        verb="sign_off",
        turn_since=datetime(2026, 11, 17, tzinfo=UTC),
        agreed_days=5,
        owner_id=uuid4(),
        asked_ids=(uuid4(),),
        asked_by=uuid4(),
        file_id=None,
        third_party="",
        revision=4,
        created_at=datetime(2026, 10, 5, tzinfo=UTC),
    )
    return replace(made, **changes)


def test_an_internal_item_shows_nothing() -> None:
    assert published(item(visibility="internal")) is None


def test_a_placeholder_shows_its_date_and_nothing_else() -> None:
    shown = published(item(visibility="placeholder"))
    assert shown is not None
    assert (shown.form, shown.due) == ("placeholder", date(2026, 11, 19))
    told = {shown.title, shown.note, shown.kind, shown.state, shown.turn, shown.verb, shown.owner_id, shown.asked_by}
    assert told == {None}
    assert shown.asked_ids == ()


def test_what_takes_several_days_shows_the_first_and_the_last() -> None:
    days = {"customer_date": date(2026, 12, 7), "customer_until": date(2026, 12, 18)}
    for visibility in ("placeholder", "shared"):
        shown = published(item(visibility=visibility, **days))
        assert shown is not None
        assert (shown.due, shown.until) == (date(2026, 12, 7), date(2026, 12, 18))


def test_nothing_ends_before_it_begins() -> None:
    day = date(2026, 12, 7)
    assert ends_too_early(item(customer_date=day, customer_until=date(2026, 12, 6)))
    assert ends_too_early(item(due=None, customer_until=day))
    assert not ends_too_early(item(customer_date=day, customer_until=day))
    assert not ends_too_early(item(due=day, customer_until=day))
    assert not ends_too_early(item(due=None))


def test_a_shared_item_shows_the_customers_title_note_and_date() -> None:
    shown = published(item(customer_date=date(2026, 12, 4)))
    assert shown is not None
    assert (shown.title, shown.due) == ("Alarm philosophy, version 3", date(2026, 12, 4))


def test_without_a_title_of_their_own_customers_read_ours() -> None:
    shown = published(item(customer_title=None, title="Site survey"))
    assert shown is not None
    assert shown.title == "Site survey"


@given(VISIBILITIES, st.lists(VISIBILITIES, max_size=4))
def test_nothing_shows_more_than_what_it_lies_in(own: Any, around: list[Any]) -> None:
    shown = published(item(visibility=own), around)
    form = "internal" if shown is None else shown.form
    assert form == narrowest([own, *around])
    assert all(SHOWN[form] <= SHOWN[outer] for outer in [own, *around])


@given(VISIBILITIES, st.lists(VISIBILITIES, max_size=3))
def test_what_is_internal_is_never_published(own: Any, around: list[Any]) -> None:
    assert SECRET not in repr(published(item(visibility=own), around))


@pytest.mark.parametrize("changes", [{"internal_note": "new"}, {"estimate_hours": 99.0}, {"title": "renamed by us"}])
def test_an_internal_edit_changes_nothing_that_a_customer_can_see(changes: dict[str, Any]) -> None:
    before = item()
    assert differences(published(before), published(replace(before, **changes))) == []


def test_a_difference_names_its_fields() -> None:
    before = item()
    assert differences(published(before), published(replace(before, verb="review"))) == ["verb"]
    assert differences(None, published(before)) == ["form"]
    assert differences(None, None) == []


def test_what_moves_within_its_place_shares_the_positions_that_were_there() -> None:
    first, second, third, one = (UUID(int=number) for number in range(1, 5))
    around = [(first, 1), (second, 4), (third, 9)]
    assert reordered(around, one, 12, second) == {first: 1, one: 4, second: 9, third: 12}
    assert reordered(around, one, 2, None) == {first: 1, second: 2, third: 4, one: 9}
    assert reordered([(first, 1), (second, 1)], one, 1, first) == {one: 1, first: 2, second: 3}
    assert reordered([], one, 5, None) == {one: 5}
