"""Charts speak the reader's language: titles, findings, labels and numbers."""

from datetime import UTC, datetime

import pytest
from atrium_gateway.pages.composing import charts
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.translation import translations

NOW = datetime(2026, 11, 19, 9, 42, tzinfo=UTC)


def scene(language: str) -> Scene:
    return Scene("maya", "customer", "owner", language, NOW, "Europe/Zurich", lambda _: None, translations(language))


@pytest.mark.parametrize(
    ("language", "title", "finding", "label"),
    [
        ("en", "Open by turn", "12,480 are open, 2,480 of them with Helvetia.", "Third parties"),
        ("de", "Offen nach Zug", "12’480 sind offen, davon 2’480 bei Helvetia.", "Dritte"),
    ],
)
def test_open_items_by_turn(language: str, title: str, finding: str, label: str) -> None:
    figure = {"key": "turns", "labels": ["customer", "third_party"], "series": [{"values": [2480, 10_000]}]}
    bars = charts.turn_bars(scene(language), figure, ("Helvetia", "Nordwind"), "", 0)
    assert (bars.title, bars.finding, bars.bars[1].label) == (title, finding, label)


@pytest.mark.parametrize(
    ("language", "unit", "months"), [("en", "working days", ["Mar", "Sept"]), ("de", "Arbeitstage", ["März", "Sept"])]
)
def test_waiting_by_month(language: str, unit: str, months: list[str]) -> None:
    series = [{"name": "customer", "values": [1.5, 2]}, {"name": "provider", "values": [1, 3]}]
    figure = {"key": "waiting", "labels": ["2026-03", "2026-09"], "series": series}
    bars = charts.waiting_bars(scene(language), figure, ("Helvetia", "Nordwind"), "", 0)
    assert (bars.unit, [bar.label for bar in bars.bars]) == (unit, months)


@pytest.mark.parametrize(
    ("language", "title", "value"), [("en", "Milestones reached", "1,200"), ("de", "Meilensteine erreicht", "1’200")]
)
def test_key_figures(language: str, title: str, value: str) -> None:
    figure = charts.key_figure(scene(language), {"key": "milestones", "value": 1200, "of": 2000.5})
    assert (figure.title, figure.value, figure.of[1:]) == (title, value, value[1] + "000.5")
