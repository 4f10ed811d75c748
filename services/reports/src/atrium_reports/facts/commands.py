"""Remembering facts, hiding those of what is withdrawn, and telling open reports that their figures changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from atrium_chassis import json
from atrium_chassis.events import record
from atrium_contracts.reports import FiguresChanged
from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_reports.facts.model import COUNTED, Kind
from atrium_reports.facts.tables import fact


@dataclass(frozen=True)
class News:
    """What an event says of one subject. `id` is the event's, so that nothing is remembered twice."""

    id: UUID
    customer: UUID
    project: UUID | None
    item: UUID | None
    subject: str
    kind: Kind
    audience: Literal["shared", "internal"]
    since: datetime
    data: dict[str, Any]


async def remember(connection: AsyncConnection, news: News) -> None:
    """Begin a fact and end the one before. What says nothing new, such as a state sent again, is not a fact."""
    data = json.loads(json.dumps(news.data))
    this = (
        fact.c.customer_id == news.customer,
        fact.c.subject == news.subject,
        fact.c.audience == news.audience,
        fact.c.valid_to.is_(None),
    )
    before = (await connection.execute(select(fact).where(*this).with_for_update())).one_or_none()
    if before is not None and before.data == data and before.project_id == news.project:
        return
    # Clocks of replicas differ; events of a subject come in their order all the same.
    since = news.since if before is None else max(news.since, before.valid_from)
    if before is not None:
        await connection.execute(update(fact).where(*this).values(valid_to=since))
    await connection.execute(
        insert(fact).values(
            customer_id=news.customer,
            id=news.id,
            project_id=news.project,
            item_id=news.item,
            subject=news.subject,
            kind=news.kind,
            audience=news.audience,
            valid_from=since,
            hidden=False,
            data=data,
        )
    )
    if news.audience == "shared":
        if news.item is not None:
            await _hide(connection, news.customer, news.item)
        if news.kind in COUNTED and news.project is not None:
            await announce_figures(connection, news.customer, news.project)


async def data_held(connection: AsyncConnection, customer: UUID, subject: str) -> dict[str, Any]:
    """What holds of a shared subject now; nothing when it is unknown."""
    held = await connection.execute(
        select(fact.c.data).where(
            fact.c.customer_id == customer,
            fact.c.subject == subject,
            fact.c.audience == "shared",
            fact.c.valid_to.is_(None),
        )
    )
    return dict(held.scalar_one_or_none() or {})


# An item shows no more of its past than of its present: nothing when it is withdrawn, no shared past of a placeholder.
_HIDE = text(
    "UPDATE fact SET hidden = NOT hidden FROM (SELECT coalesce((SELECT data->>'form' FROM fact"
    "  WHERE customer_id = :customer AND item_id = :item AND kind = 'item' AND audience = 'shared'"
    "  AND valid_to IS NULL), 'withdrawn') AS form) AS present"
    " WHERE fact.customer_id = :customer AND fact.item_id = :item AND fact.audience = 'shared'"
    " AND hidden IS DISTINCT FROM (form = 'withdrawn'"
    "  OR (form = 'placeholder' AND data->>'form' IS DISTINCT FROM 'placeholder'))"
)


async def _hide(connection: AsyncConnection, customer: UUID, item: UUID) -> None:
    await connection.execute(_HIDE, {"customer": customer, "item": item})


# Once per transaction, however many events a batch brings.
_CHANGED = text(
    "UPDATE report SET figures_revision = figures_revision + 1, figures_changed_in = txid_current()"
    " WHERE customer_id = :customer AND project_id = :project AND figures_changed_in IS DISTINCT FROM txid_current()"
    " RETURNING id, figures_revision"
)


async def announce_figures(connection: AsyncConnection, customer: UUID, project: UUID) -> None:
    for row in (await connection.execute(_CHANGED, {"customer": customer, "project": project})).all():
        await record(
            connection,
            FiguresChanged(report_id=row.id, project_id=project),
            subject=f"reports/{row.id}/figures",
            customer=customer,
            audience="shared",
            revision=row.figures_revision,
            key=row.id,
            actor=None,
        )
