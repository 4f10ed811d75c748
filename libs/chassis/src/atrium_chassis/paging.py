"""Keyset pages: an opaque cursor that is bound to the sort and filter it was made for."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel

from atrium_chassis import json
from atrium_chassis.problems import FieldError, Invalid

RowT = TypeVar("RowT")


class Page(BaseModel, Generic[RowT]):
    """`next_cursor` is None on the last page."""

    items: list[RowT]
    next_cursor: str | None = None


@dataclass(frozen=True)
class PageRequest:
    limit: int
    cursor: str | None


async def _page_request(
    limit: Annotated[int, Query(ge=1, le=200, description="How many at the most.")] = 50,
    cursor: Annotated[str | None, Query(max_length=1000, description="`next_cursor` of the page before.")] = None,
) -> PageRequest:
    return PageRequest(limit, cursor)


PageParameters = Annotated[PageRequest, Depends(_page_request)]


def _binding(sort: str, filters: str) -> str:
    return hashlib.sha256(f"{sort}\n{filters}".encode()).hexdigest()[:12]


def encode_cursor(values: list[str], sort: str, filters: str = "") -> str:
    """`values` are those of the last row's sort columns, ending with its id."""
    return base64.urlsafe_b64encode(json.dumps([_binding(sort, filters), *values])).decode().rstrip("=")


def decode_cursor(cursor: str | None, sort: str, filters: str = "") -> list[str] | None:
    """The values that `encode_cursor` was given, or None for the first page. Raises Invalid for any other cursor."""
    if cursor is None:
        return None
    try:
        binding, *values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, TypeError):
        binding, values = "", []
    if binding != _binding(sort, filters) or not all(isinstance(value, str) for value in values):
        raise Invalid([FieldError("?cursor", "wrong_cursor", "This cursor belongs to another list.")])
    return list(values)
