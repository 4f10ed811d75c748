"""What reports look like from outside."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from atrium_chassis.requests import Body
from pydantic import BaseModel, Field, StringConstraints

from atrium_reports.figures.model import FIGURES

FigureKey = Literal[
    "milestones",
    "open_decisions",
    "requests",
    "progress",
    "waiting_time",
    "open_by_turn",
    "recent_approvals",
]
ALL_FIGURES: tuple[str, ...] = tuple(FIGURES)
EXAMPLE_ID = "0d3b2c36-6a41-4f0e-9e0b-8f1f6a1f5f10"


class NewReport(Body):
    project_id: UUID = Field(examples=[EXAMPLE_ID])
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(examples=["Steering committee"])
    introduction: Annotated[str, StringConstraints(max_length=4000)] = ""
    figures: list[FigureKey] | None = Field(None, min_length=1, description="In this order; all when left out.")


class ReportSummary(BaseModel):
    id: UUID
    project_id: UUID
    project_title: str
    customer_id: UUID
    title: str
    introduction: str
    figures: list[str] = Field(examples=[["milestones", "waiting_time"]])
    created_by: UUID
    created_at: datetime
    revision: int


class SeriesShape(BaseModel):
    name: str
    values: list[float]


class FigureShape(BaseModel):
    """`labels` name what the values of each series belong to; `rows` are those of a list."""

    key: str
    kind: Literal["number", "bars", "series", "list"]
    value: float | None = None
    of: int | None = None
    unit: str | None = Field(None, description="`working_days`, or nothing where things are counted.")
    labels: list[str] = []
    series: list[SeriesShape] = []
    rows: list[dict[str, Any]] = []


class LiveReport(BaseModel):
    """A report with its figures as of a moment."""

    id: UUID
    project_id: UUID
    project_title: str
    customer_id: UUID
    title: str
    introduction: str
    as_of: datetime
    revision: int
    figures_revision: int
    counted_items: int = Field(description="From how many shared items the figures are computed.")
    figures: list[FigureShape]


class HomeReport(BaseModel):
    id: UUID
    title: str
    project_id: UUID
    customer_id: UUID


class Home(BaseModel):
    reports: list[HomeReport]
