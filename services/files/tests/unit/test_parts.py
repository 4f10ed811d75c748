import pytest
from atrium_files.library.model import RuleBroken
from atrium_files.transfers.model import (
    MIB,
    MOST_PARTS,
    SMALLEST_PART,
    check_parts_named,
    disposition,
    part_size_for,
    plan_parts,
    served_type,
)
from hypothesis import given
from hypothesis import strategies as st

SIZES = st.integers(min_value=0, max_value=5 * 1024 * MIB)


@given(SIZES)
def test_the_parts_of_a_plan_are_the_whole(size: int) -> None:
    plan = plan_parts(size, part_size_for(size))
    assert sum(part.size for part in plan) == size
    assert [part.number for part in plan] == list(range(1, len(plan) + 1))
    assert 1 <= len(plan) <= MOST_PARTS
    assert all(part.size >= SMALLEST_PART for part in plan[:-1])


def test_an_empty_file_has_one_empty_part() -> None:
    assert [part.size for part in plan_parts(0, part_size_for(0))] == [0]


def test_a_file_that_fills_its_parts_has_no_empty_last_one() -> None:
    assert [part.size for part in plan_parts(10 * MIB, 5 * MIB)] == [5 * MIB, 5 * MIB]


@pytest.mark.parametrize(("size", "wanted"), [(1, 5 * MIB - 1), (1, 513 * MIB), (5001 * MIB, 5 * MIB)])
def test_part_sizes_that_the_store_would_not_take(size: int, wanted: int) -> None:
    with pytest.raises(RuleBroken):
        part_size_for(size, wanted)


@pytest.mark.parametrize("numbers", [[], [1], [1, 1], [1, 2, 3], [0, 1], [2, 3]])
def test_a_completion_names_each_part_once(numbers: list[int]) -> None:
    plan = plan_parts(6 * MIB, 5 * MIB)
    check_parts_named(plan, [2, 1])
    with pytest.raises(RuleBroken):
        check_parts_named(plan, numbers)


@given(st.text(min_size=1, max_size=200))
def test_a_disposition_is_one_header_of_plain_characters(name: str) -> None:
    try:
        header = disposition(name)
    except UnicodeEncodeError:  # half a surrogate pair, which no cleaned name has
        return
    assert header.isascii() and header.isprintable()
    assert header.count('"') == 2


def test_a_disposition_keeps_the_name() -> None:
    assert disposition('Prüf"bericht.pdf') == (
        "attachment; filename=\"Pr_f_bericht.pdf\"; filename*=UTF-8''Pr%C3%BCf%22bericht.pdf"
    )


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/xhtml+xml"])
def test_active_content_goes_out_as_bytes(media_type: str) -> None:
    assert served_type(media_type) == "application/octet-stream"
    assert served_type("application/pdf") == "application/pdf"
