"""Shapes of the comparison's answer."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from atrium_files.differences.model import Kind, State

_BOX: dict[str, Any] = {"page": 7, "x": 0.52, "y": 0.31, "width": 0.14, "height": 0.016}
_CHANGE: dict[str, Any] = {
    "number": 1,
    "kind": "replaced",
    "from": {"text": "after 60 seconds", "boxes": [_BOX]},
    "to": {"text": "after 30 seconds", "boxes": [_BOX]},
    "follows": "2, medium 10 minutes",
    "place": None,
}


class BoxView(BaseModel):
    """In fractions of the page, from its upper left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


class PassageView(BaseModel):
    text: str
    boxes: list[BoxView] = Field(description="One for each line.")


class ChangeView(BaseModel):
    number: int
    kind: Kind
    from_: PassageView | None = Field(alias="from")
    to: PassageView | None
    follows: str = Field(description="The last words before it in its sentence, or in its row of a table.")
    place: BoxView | None = Field(description="Where the side that lacks the passage would have it; without width.")


class PageCounts(BaseModel):
    from_: int | None = Field(alias="from")
    to: int | None


class SpotView(BaseModel):
    page: int
    x: float
    y: float
    changed: bool = Field(description="The words around it are no longer what they were.")


class SpotsView(BaseModel):
    """In the order in which they were asked for. Unless `state` is `ready`, they are where they were."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"state": "ready", "spots": [{"page": 7, "x": 0.585, "y": 0.34, "changed": True}]}
        }
    )

    state: State
    spots: list[SpotView]


class DifferencesView(BaseModel):
    """`same`: equal SHA-256. `no_text`: scans or drawings. `too_different`: too much for marks. `none`: no preview."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "state": "ready",
                "page_count": {"from": 14, "to": 14},
                "changed_pages": 1,
                "changes": [_CHANGE],
            }
        }
    )

    state: State
    page_count: PageCounts
    changed_pages: int
    changes: list[ChangeView]
