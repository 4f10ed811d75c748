"""What threads may be about, as its owners tell it, and who may see that.

A change of a subject's audience reaches its threads inside the database (see migrations); here it is announced.
"""

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


async def keep_project(connection: AsyncConnection, event: Received[ProjectChanged]) -> None:
    project = event.data
    await keep_subject(connection, project.customer_id, f"projects/{project.project_id}", project.project_id, "shared")


async def keep_item(connection: AsyncConnection, event: Received[ItemChanged]) -> None:
    """Staff may talk about any item; whether the customer may is said by the published item alone."""
    item, customer = event.data, _customer(event.envelope.customer)
    row = insert(subject).values(
        customer_id=customer,
        subject=_item_path(item.project_id, item.item_id),
        project_id=item.project_id,
        audience="internal",
    )
    await connection.execute(row.on_conflict_do_nothing())


async def keep_published_item(connection: AsyncConnection, event: Received[PublishedItemChanged]) -> None:
    """A placeholder has no page and no conversation on the customer's side."""
    item = event.data
    audience: Audience = "shared" if item.form == "shared" else "internal"
    path = _item_path(item.project_id, item.item_id)
    await keep_subject(connection, _customer(event.envelope.customer), path, item.project_id, audience)


async def withdraw_item(connection: AsyncConnection, event: Received[PublishedItemWithdrawn]) -> None:
    item = event.data
    path = _item_path(item.project_id, item.item_id)
    await keep_subject(connection, _customer(event.envelope.customer), path, item.project_id, "internal")


async def keep_version(connection: AsyncConnection, event: Received[VersionReady]) -> None:
    version = event.data
    path = f"files/{version.file_id}/versions/{version.number}"
    customer = _customer(event.envelope.customer)
    await keep_subject(connection, customer, path, version.project_id, event.envelope.audience)


async def keep_request(connection: AsyncConnection, event: Received[RequestChanged]) -> None:
    request, customer = event.data, _customer(event.envelope.customer)
    await keep_subject(connection, customer, f"requests/{request.request_id}", request.project_id, "shared")


async def keep_figures(connection: AsyncConnection, event: Received[ReportChanged]) -> None:
    report, customer = event.data, _customer(event.envelope.customer)
    for key in report.figures:
        path = f"reports/{report.report_id}/figures/{key}"
        await keep_subject(connection, customer, path, report.project_id, event.envelope.audience)


def _customer(customer: UUID | None) -> UUID:
    if customer is None:
        raise ValueError("an event about a customer's thing has no customer")
    return customer


def _item_path(project: UUID, item: UUID) -> str:
    return f"projects/{project}/items/{item}"


async def keep_subject(
    connection: AsyncConnection, customer: UUID, path: str, project: UUID | None, audience: Audience
) -> None:
    """Store who may see a subject, and tell those who gain or lose sight of its threads."""
    this = (subject.c.customer_id == customer, subject.c.subject == path)
    known = (await connection.execute(select(subject).where(*this).with_for_update())).one_or_none()
    values = {"project_id": project, "audience": audience}
    if known is None:
        await connection.execute(insert(subject).values(customer_id=customer, subject=path, **values))
        return
    if (known.project_id, known.audience) == (project, audience):
        return
    await connection.execute(update(subject).where(*this).values(values))
    if known.project_id != project:
        moved = update(thread).where(thread.c.customer_id == customer, thread.c.subject == path)
        await connection.execute(moved.values(project_id=project))
    if known.audience != audience:
        await _announce_threads(connection, customer, path, before=known.audience)


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
