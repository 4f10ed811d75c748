"""A cursor belongs to one sort and one filter."""

import pytest
from atrium_chassis.paging import decode_cursor, encode_cursor
from atrium_chassis.problems import Invalid
from hypothesis import given
from hypothesis import strategies as st


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.text(max_size=20), st.text(max_size=20))
def test_a_cursor_gives_back_what_it_was_made_of(values: list[str], sort: str, filters: str) -> None:
    assert decode_cursor(encode_cursor(values, sort, filters), sort, filters) == values


def test_a_cursor_of_another_list_is_refused() -> None:
    cursor = encode_cursor(["2026-11-19", "x"], "due", "turn=customer")
    for sort, filters in (("title", "turn=customer"), ("due", "turn=provider")):
        with pytest.raises(Invalid):
            decode_cursor(cursor, sort, filters)


@given(st.text(max_size=60))
def test_what_is_no_cursor_is_refused(noise: str) -> None:
    with pytest.raises(Invalid):
        decode_cursor(noise, "due")


def test_no_cursor_is_the_first_page() -> None:
    assert decode_cursor(None, "due") is None
