"""What a spreadsheet gets to see."""

import csv
import io

import pytest
from atrium_chassis.csv_export import csv_line, csv_lines, harmless
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "  ="])
def test_formulas_are_text(start: str) -> None:
    assert str(harmless(f"{start}1+1")).startswith("'")


@given(st.text())
def test_no_text_begins_like_a_formula(cell: str) -> None:
    assert not str(harmless(cell)).lstrip(" ").startswith(("=", "+", "-", "@"))


def test_numbers_stay_numbers() -> None:
    assert csv_line(["-1", -1, 2.5, None]) == "'-1,-1,2.5,\r\n"


@given(st.lists(st.lists(st.text(alphabet='ab,"\n\r;= '), min_size=1), min_size=1))
def test_rows_are_read_as_they_were_written(rows: list[list[str]]) -> None:
    written = "".join(csv_lines(rows)).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(written, newline=""))) == [[str(harmless(cell)) for cell in row] for row in rows]
