"""What every service's `GET /v1/search` has in common: its parameters, how a row matches, and a page for each kind.

Rows are found by their customer first, through an index, and compared word by word: operators that are not leakproof
use no index of texts under row-level security. What is compared is a stored column, see `migration.make_searchable`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy import ColumnElement, FromClause, Select, Text, and_, func, literal_column, or_, tuple_

from atrium_chassis.folding import excerpt, spellings, spots, words_of
from atrium_chassis.paging import decode_cursor, encode_cursor
from atrium_chassis.problems import FieldError, Invalid

LONGEST = 100

Json = dict[str, Any]


def folded(table: FromClause, column: str = "folded") -> ColumnElement[str]:
    """The column that is compared; it is no part of the tables, so that nothing else reads it."""
    return literal_column(f"{table.description}.{column}", Text)


@dataclass(frozen=True)
class SearchRequest:
    """What someone looks for. `kind` None means all kinds, from their beginnings."""

    q: str
    limit: int
    kind: str | None = None
    cursor: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        return words_of(self.q)

    def wants(self, kind: str) -> bool:
        return self.kind in (None, kind)

    def found_in(self, *columns: ColumnElement[str]) -> ColumnElement[bool]:
        """Whether each word stands in one of the folded columns."""
        return and_(
            *(
                or_(*(func.strpos(column, spelling) > 0 for column in columns for spelling in spellings(word)))
                for word in self.words
            )
        )

    def newest_first(
        self, query: Select[Any], at: ColumnElement[datetime], identifier: ColumnElement[UUID], kind: str
    ) -> Select[Any]:
        """The page's part of a query, and one row more, which tells whether there is a next page. Raises Invalid."""
        after = decode_cursor(self.cursor, *self._binding(kind))
        if after is not None:
            query = query.where(tuple_(at, identifier) < tuple_(datetime.fromisoformat(after[0]), UUID(after[1])))
        return query.order_by(at.desc(), identifier.desc()).limit(self.limit + 1)

    def page(self, kind: str, hits: Sequence[Json]) -> Json:
        """`hits` have an `id` and an `at`, in the order of `newest_first`."""
        shown = list(hits[: self.limit])
        cursor = None
        if len(hits) > self.limit:
            cursor = encode_cursor([shown[-1]["at"].isoformat(), str(shown[-1]["id"])], *self._binding(kind))
        return {"items": shown, "next_cursor": cursor}

    def excerpt(self, *texts: str | None) -> str:
        """One line of the first text in which a word stands; empty where none does."""
        found = (text for text in texts if text and spots(text, self.words))
        return excerpt(next(found, ""), self.words)

    def _binding(self, kind: str) -> tuple[str, str]:
        return f"search/{kind}/newest", " ".join(self.words)


async def _search_request(
    q: Annotated[str, Query(max_length=LONGEST, pattern=r"^[^\x00]*$", description="Words; all must match.")],
    kind: Annotated[str | None, Query(max_length=20, description="Only things of this kind.")] = None,
    limit: Annotated[int, Query(ge=1, le=50, description="How many of each kind at the most.")] = 10,
    cursor: Annotated[
        str | None, Query(max_length=1000, description="`next_cursor` of the kind's page before.")
    ] = None,
) -> SearchRequest:
    if cursor is not None and kind is None:
        raise Invalid([FieldError("?cursor", "without_kind", "A cursor belongs to one kind: name it.")])
    asked = SearchRequest(q, limit, kind, cursor)
    if not asked.words:
        raise Invalid([FieldError("?q", "no_words", "Say what to look for.")])
    return asked


SearchParameters = Annotated[SearchRequest, Depends(_search_request)]
