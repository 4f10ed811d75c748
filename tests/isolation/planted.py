"""Rows of two customers in every table that row-level security guards, and which of them each side may read.

The rules are told by a row's own columns and know nothing of the policies that are tried with them.
"""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

OURS, THEIRS, OPEN, CLOSED, FOREIGN, ME, OTHER = (uuid4() for _ in range(7))
TOKEN = b"t" * 32
NUMBERS = itertools.count(1)

#: Tables whose rows are one person's alone, whoever else belongs to the house.
PERSONAL = frozenset({"api_token", "session", "seen", "brand_draft", "idempotency", "mark", "saved_filter"})
#: Tables whose rows are read by those who read another's: the column that names it.
BELOW = {
    "message": ("thread", "thread_id"),
    "report_link": ("report", "report_id"),
    "report_link_opening": ("report_link", "link_id"),
}

COLUMNS = """
SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type, a.attnotnull AND NOT a.atthasdef AS needed
FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
"""
CHECKS = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'c'"
KEY = """
SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
WHERE i.indrelid = $1::regclass AND i.indisprimary ORDER BY a.attname
"""

Row = dict[str, Any]


@dataclass(frozen=True)
class Side:
    """Somebody who reads: a role with its scope, and by which rule a row may be read."""

    name: str
    role: str
    scope: dict[str, str]

    def may_read(self, table: str, row: Row) -> bool:
        if table in PERSONAL and self.role != "system" and row["person_id"] != ME:
            return False
        if table == "idempotency":
            return True  # one's own answers, at whichever house
        if table == "report_link_token" and self.role == "link":
            return bool(row["token_hash"] == TOKEN)  # before it is known whose it is
        if self.role != "provider" and row["customer_id"] != OURS:
            return False
        return self.role == "system" or bool(getattr(self, f"_{self.role}")(table, row))

    def _project(self, row: Row) -> bool:
        return row.get("project", OPEN) in {OPEN, None}

    def _provider(self, table: str, row: Row) -> bool:
        named = row.get("staff_ids")
        if table == "mail" and row["kind"] != "reminder":
            return False  # of the mails of a customer's people, staff see whom they reminded
        return self._project(row) and row.get("audience") != "private" and (named is None or ME in named)

    def _customer(self, table: str, row: Row) -> bool:
        hidden = row.get("hidden") or row.get("withdrawn") or row.get("audience") == "internal"
        shown = self.name != "preview" or row.get("audience", "shared") == "shared"
        return self._project(row) and not hidden and shown

    def _link(self, table: str, row: Row) -> bool:
        return self._project(row) and row.get("audience") != "internal" and not row.get("hidden")


def _sides() -> Iterator[Side]:
    ours = {"customer": str(OURS), "person": str(ME), "projects": f"{{{OPEN}}}"}
    yield Side("staff", "provider", {"person": str(ME), "projects": f"{{{OPEN}}}"})
    yield Side("contact", "customer", ours)
    yield Side("preview", "customer", {**ours, "preview": str(ME)})
    yield Side("link", "link", {"customer": str(OURS), "projects": "{}", "token": TOKEN.hex()})
    yield Side("system", "system", {"customer": str(OURS), "projects": "all"})


SIDES = tuple(_sides())


@dataclass
class Garden:
    """One service's database with a row of every sort in each guarded table; `rows` by table, then by primary key."""

    service: str
    connection: asyncpg.Connection
    keys: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, dict[tuple[Any, ...], Row]] = field(default_factory=dict)
    _made: dict[str, list[Row]] = field(default_factory=dict)

    async def plant(self, tables: list[str]) -> None:
        # Only the policies are tried here, so the rows need not refer to each other.
        await self.connection.execute("SET session_replication_role = replica")
        for table in sorted(tables, key=lambda name: name in BELOW):
            self.keys[table] = [row["attname"] for row in await self.connection.fetch(KEY, table)]
            columns = {row["name"]: row for row in await self.connection.fetch(COLUMNS, table)}
            checks = [row[0] for row in await self.connection.fetch(CHECKS, table)]
            self._made[table], self.rows[table] = [], {}
            for sort in self._sorts(table, set(columns), checks):
                await self._insert(table, columns, checks, sort)
        await self.connection.execute("SET session_replication_role = origin")

    def _sorts(self, table: str, columns: set[str], checks: list[str]) -> Iterator[Row]:
        """Every combination of what decides who may read a row of this table."""
        if table in BELOW:
            above, name = BELOW[table]
            for one in self._made[above]:
                told: Row = {key: one[key] for key in ("customer_id", "project", "audience", "staff_ids") if key in one}
                yield {**told, name: one["id"]}
            return
        choices: dict[str, list[Any]] = {"customer_id": [OURS, THEIRS]} if "customer_id" in columns else {}
        if table == "project" or "project_id" in columns:
            choices["project"] = [OPEN, CLOSED]
        if table in PERSONAL:
            choices["person_id"] = [ME, OTHER]
        if "audience" in columns:
            choices["audience"] = ["internal", "shared"] if table == "fact" else ["internal", "shared", "private"]
        choices |= {name: [False, True] for name in ("hidden", "withdrawn") if name in columns}
        if "staff_ids" in columns:
            choices["staff_ids"] = [None, [ME], [OTHER]]
        if table == "mail":
            choices["kind"] = ["act", "reminder"]
        if table == "report_link_token":
            choices["token_hash"] = [TOKEN, b"o" * 32]
        for values in itertools.product(*choices.values()):
            sort = dict(zip(choices, values, strict=True))
            if sort.get("staff_ids") is None or sort["audience"] == "internal":
                yield sort

    async def _insert(self, table: str, columns: dict[str, Any], checks: list[str], sort: Row) -> None:
        values = {name: _value(name, one["type"], checks) for name, one in columns.items() if one["needed"]}
        values |= {name: value for name, value in sort.items() if name in columns}
        if "project" in sort:
            # A foreign project has an id of its own: nobody's permitted projects name it.
            project = FOREIGN if sort["customer_id"] == THEIRS and sort["project"] == CLOSED else sort["project"]
            column = "id" if table == "project" and "project_id" not in columns else "project_id"
            values |= {column: project} if column in columns else {}
        if "subject_audience" in columns:
            values["subject_audience"] = sort["audience"]
        names = ", ".join(values)
        places = ", ".join(f"${number}" for number in range(1, len(values) + 1))
        returned = ", ".join(self.keys[table])
        made = await self.connection.fetchrow(
            f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING {returned}",  # noqa: S608  # catalogue names
            *values.values(),
        )
        self.rows[table][tuple(made)] = sort
        self._made[table].append({**values, **sort})

    async def read(self, side: Side, table: str) -> set[tuple[Any, ...]]:
        """The keys of all that a side gets from a table when it asks for everything."""
        scope = {"customer": "", "person": "", "projects": "", "preview": "", "report": "", "token": "", **side.scope}
        if side.role == "link":
            scope["report"] = str(self._open_report())
        for name, value in scope.items():
            await self.connection.execute("SELECT set_config($1, $2, true)", f"atrium.{name}", value)
        await self.connection.execute(f"SET LOCAL ROLE {self.service}_{side.role}")
        rows = await self.connection.fetch(f"SELECT {', '.join(self.keys[table])} FROM {table}")  # noqa: S608
        await self.connection.execute("RESET ROLE")
        return {tuple(row) for row in rows}

    def permitted(self, side: Side, table: str) -> set[tuple[Any, ...]]:
        return {
            key for key, row in self.rows[table].items() if side.may_read(table, row) and self._of_link(side, row, key)
        }

    def _open_report(self) -> UUID | None:
        """The one report that the link is for."""
        reports = self._made.get("report", [])
        return next((one["id"] for one in reports if one["customer_id"] == OURS and one["project"] == OPEN), None)

    def _of_link(self, side: Side, row: Row, key: tuple[Any, ...]) -> bool:
        return side.role != "link" or "report_id" not in row or row["report_id"] == self._open_report()


def _value(name: str, kind: str, checks: list[str]) -> Any:
    """Something that a column takes."""
    if kind.endswith("[]"):
        return []
    if kind == "boolean":
        return True
    for check in checks:
        if found := re.search(rf"\({name} = ANY \(ARRAY\['(\w[\w/+]*)'", check):
            return found[1]
        if found := re.search(rf"\(length\({name}\) <= (\d+)\)", check):
            return uuid4().hex[: int(found[1])]
    values: dict[str, Any] = {
        "uuid": uuid4(),
        "text": uuid4().hex * 2,
        "jsonb": json.dumps({}),
        "bytea": uuid4().bytes,
        "date": date(2026, 11, 20),
        "timestamp with time zone": datetime(2026, 11, 20, 9, tzinfo=UTC),
        "numeric": 1,
    }
    return values.get(kind) or next(NUMBERS)
