"""What a spreadsheet gets to see."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

from atrium_chassis.csv_export import csv_lines
from atrium_reports.exports.model import rows_of

REPORT: dict[str, Any] = {
    "title": "=HYPERLINK(1)",
    "as_of": datetime(2026, 11, 19, 9, 42, tzinfo=UTC),
    "figures": [
        {
            "key": "open_by_turn",
            "value": None,
            "of": None,
            "unit": None,
            "labels": ("customer", "provider"),
            "series": ({"name": "open", "values": (-1, 2)},),
            "rows": (),
        },
        {
            "key": "open_decisions",
            "value": 1,
            "of": None,
            "unit": None,
            "labels": (),
            "series": (),
            "rows": ({"title": "+cmd", "due": None, "versions": []},),
        },
    ],
}


def test_a_report_as_csv() -> None:
    written = "".join(csv_lines(rows_of(REPORT, "https://portal.example/r/1"))).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(written))) == [
        ["'=HYPERLINK(1)"],
        ["as_of", "2026-11-19T09:42:00+00:00"],
        ["link", "https://portal.example/r/1"],
        [],
        ["open_by_turn"],
        ["", "open"],
        ["customer", "-1"],
        ["provider", "2"],
        [],
        ["open_decisions", "1"],
        ["title", "due"],
        ["'+cmd", ""],
    ]
