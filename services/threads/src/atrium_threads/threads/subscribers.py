"""What threads may be about, as its owners tell it, and who may see that.

A change of a subject's audience reaches its threads inside the database (see migrations); here it is announced.
"""

from dataclasses import dataclass
from uuid import UUID

from atrium_chassis.events import Received
from atrium_contracts.files import VersionReady
from atrium_contracts.projects import (
    ItemChanged,
    ProjectChanged,
    PublishedItemChanged,
    PublishedItemWithdrawn,
    RequestChanged,
)
from atrium_contracts.reports import ReportChanged
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_threads.threads.commands import announce_thread
from atrium_threads.threads.model import Audience, effective_audience
from atrium_threads.threads.tables import subject, thread


@dataclass(frozen=True)
class Known:
    """What is known of a subject: whose it is, who may see it, and what both sides may call it."""

    customer: UUID
    project: UUID | None
    audience: Audience
    title: str


async def keep_project(connection: AsyncConnection, event: Received[ProjectChanged]) -> None:
    project = event.data
    await keep_subject(
        connection,
        f"projects/{project.project_id}",
        Known(project.customer_id, project.project_id, "shared", project.title),
    )


async def keep_item(connection: AsyncConnection, event: Received[ItemChanged]) -> None:
    """Staff may talk about any item; whether the customer may is said by the published item alone."""
    item = event.data
    row = insert(subject).values(
        customer_id=_customer(event.envelope.customer),
        subject=_item_path(item.project_id, item.item_id),
        project_id=item.project_id,
        audience="internal",
        title="",
        staff_title=item.title,
    )
    keys = [subject.c.customer_id, subject.c.subject]
    await connection.execute(row.on_conflict_do_update(index_elements=keys, set_={"staff_title": item.title}))


async def keep_published_item(connection: AsyncConnection, event: Received[PublishedItemChanged]) -> None:
    """A placeholder has no page and no conversation on the customer's side."""
    item = event.data
    audience: Audience = "shared" if item.form == "shared" else "internal"
    known = Known(_customer(event.envelope.customer), item.project_id, audience, item.title or "")
    await keep_subject(connection, _item_path(item.project_id, item.item_id), known)


async def withdraw_item(connection: AsyncConnection, event: Received[PublishedItemWithdrawn]) -> None:
    item = event.data
    known = Known(_customer(event.envelope.customer), item.project_id, "internal", "")
    await keep_subject(connection, _item_path(item.project_id, item.item_id), known)


async def keep_version(connection: AsyncConnection, event: Received[VersionReady]) -> None:
    version, envelope = event.data, event.envelope
    known = Known(_customer(envelope.customer), version.project_id, envelope.audience, version.name)
    await keep_subject(connection, f"files/{version.file_id}/versions/{version.number}", known)


async def keep_request(connection: AsyncConnection, event: Received[RequestChanged]) -> None:
    request = event.data
    known = Known(_customer(event.envelope.customer), request.project_id, "shared", request.title)
    await keep_subject(connection, f"requests/{request.request_id}", known)


async def keep_figures(connection: AsyncConnection, event: Received[ReportChanged]) -> None:
    report, envelope = event.data, event.envelope
    known = Known(_customer(envelope.customer), report.project_id, envelope.audience, report.title)
    for key in report.figures:
        await keep_subject(connection, f"reports/{report.report_id}/figures/{key}", known)


def _customer(customer: UUID | None) -> UUID:
    if customer is None:
        raise ValueError("an event about a customer's thing has no customer")
    return customer


def _item_path(project: UUID, item: UUID) -> str:
    return f"projects/{project}/items/{item}"


async def keep_subject(connection: AsyncConnection, path: str, now: Known) -> None:
    """Store who may see a subject, and tell those who gain or lose sight of its threads."""
    this = (subject.c.customer_id == now.customer, subject.c.subject == path)
    stored = (await connection.execute(select(subject).where(*this).with_for_update())).one_or_none()
    values = {"project_id": now.project, "audience": now.audience, "title": now.title}
    if stored is None:
        await connection.execute(insert(subject).values(customer_id=now.customer, subject=path, **values))
        return
    await connection.execute(update(subject).where(*this).values(values))
    if stored.project_id != now.project:
        moved = update(thread).where(thread.c.customer_id == now.customer, thread.c.subject == path)
        await connection.execute(moved.values(project_id=now.project))
    if stored.audience != now.audience:
        await _announce_threads(connection, now.customer, path, before=stored.audience)


async def _announce_threads(connection: AsyncConnection, customer: UUID, path: str, *, before: Audience) -> None:
    raised = (
        update(thread)
        .where(thread.c.customer_id == customer, thread.c.subject == path)
        .values(revision=thread.c.revision + 1)
        .returning(thread)
    )
    for row in await connection.execute(raised):
        was = effective_audience(row.audience, before)
        now = effective_audience(row.audience, row.subject_audience)
        if was is not None and was != now:
            await announce_thread(connection, row, was, actor=None, withdrawn=True)
        if now is not None and was != now:
            await announce_thread(connection, row, now, actor=None)
