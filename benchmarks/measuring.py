"""What all benchmarks share: both sides measured in turns, their ratio, and a control that must be 1.

Machines differ, so a figure is a ratio of two sides measured in the same run, one after the other. The control is the
reference against itself: where it is off by more than ±10 %, the machine was too busy and the figure says little.
"""

import json
import statistics
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

RUNS = 5
CONTROL_TOLERANCE = 0.10
RESULTS = Path(__file__).parent.parent / "build" / "bench"

Measure = Callable[[], Awaitable[float]]


@dataclass(frozen=True)
class Goal:
    """What the ratio of ours to the reference shall be."""

    direction: Literal["at_least", "at_most"]
    ratio: float

    def reached(self, ratio: float) -> bool:
        return ratio >= self.ratio if self.direction == "at_least" else ratio <= self.ratio

    def __str__(self) -> str:
        return f"{'≥' if self.direction == 'at_least' else '≤'} {self.ratio:g}"


@dataclass
class Comparison:
    """One figure: runs of both sides, and of the reference once more as the control."""

    name: str
    unit: str
    goal: Goal
    ours: list[float] = field(default_factory=list)
    reference: list[float] = field(default_factory=list)
    control: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        return [mine / theirs for mine, theirs in zip(self.ours, self.reference, strict=True)]

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    @property
    def control_ratio(self) -> float:
        pairs = zip(self.control, self.reference, strict=True)
        return statistics.median(again / first for again, first in pairs)

    def document(self) -> dict[str, object]:
        return {
            "name": self.name,
            "unit": self.unit,
            "goal": str(self.goal),
            "ours": self.ours,
            "reference": self.reference,
            "control": self.control,
            "ratio": round(self.ratio, 3),
            "ratio_min": round(min(self.ratios), 3),
            "ratio_max": round(max(self.ratios), 3),
            "control_ratio": round(self.control_ratio, 3),
            "control_is_steady": abs(self.control_ratio - 1) <= CONTROL_TOLERANCE,
            "reached": self.goal.reached(self.ratio),
        }


async def compare(
    name: str, unit: str, goal: Goal, *, ours: Measure, reference: Measure, runs: int = RUNS
) -> Comparison:
    """Ours, reference, control, in turns; one round beforehand warms everything up and is not counted."""
    comparison = Comparison(name, unit, goal)
    await ours()
    await reference()
    for _ in range(runs):
        comparison.reference.append(await reference())
        comparison.ours.append(await ours())
        comparison.control.append(await reference())
    return comparison


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all lies at or below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def publish(name: str, comparisons: Sequence[Comparison], about: dict[str, object]) -> None:
    """Print the table and write `build/bench/<name>.json`."""
    print(f"\n{name}: " + ", ".join(f"{key} {value}" for key, value in about.items()))
    head = ("", "ours", "reference", "unit", "ratio", "min–max", "control", "goal", "")
    rows = [head, *(_row(comparison) for comparison in comparisons)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    RESULTS.mkdir(parents=True, exist_ok=True)
    document = {"name": name, "about": about, "comparisons": [one.document() for one in comparisons]}
    (RESULTS / f"{name}.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def _row(one: Comparison) -> tuple[str, ...]:
    steady = abs(one.control_ratio - 1) <= CONTROL_TOLERANCE
    return (
        one.name,
        _figure(statistics.median(one.ours)),
        _figure(statistics.median(one.reference)),
        one.unit,
        f"{one.ratio:.2f}",
        f"{min(one.ratios):.2f}–{max(one.ratios):.2f}",
        f"{one.control_ratio:.2f}{'' if steady else ' (unsteady)'}",
        str(one.goal),
        "reached" if one.goal.reached(one.ratio) else "short",
    )


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
