"""Facts from other services' events. Notes, texts and names of persons are never kept."""

from typing import Any, Literal, TypeVar
from uuid import UUID

from atrium_chassis.consumer import Subscriptions
from atrium_chassis.events import Received
from atrium_contracts import EventData
from atrium_contracts.accounts import CustomerChanged
from atrium_contracts.files import VersionReady
from atrium_contracts.projects import (
    ApprovalRecorded,
    ApprovalSuperseded,
    ItemChanged,
    ProjectChanged,
    PublishedItemChanged,
    PublishedItemWithdrawn,
    RequestChanged,
)
from atrium_contracts.threads import MessagePosted
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_reports.facts.commands import News, data_held, remember
from atrium_reports.facts.model import Kind
from atrium_reports.facts.tables import customer, project

DataT = TypeVar("DataT", bound=EventData)

OF_ITEM = ("kind", "title", "state", "turn", "verb", "turn_since", "due")
OF_REQUEST = ("number", "title", "kind", "urgency", "state", "turn", "verb", "turn_since")


def _news(
    event: Received[DataT], kind: Kind, project_id: UUID | None, data: dict[str, Any], *, item: UUID | None = None
) -> News:
    envelope = event.envelope
    if envelope.customer is None:
        raise ValueError("an event about a customer's thing has no customer")
    audience: Literal["shared", "internal"] = "shared" if envelope.audience == "shared" else "internal"
    return News(envelope.id, envelope.customer, project_id, item, envelope.subject, kind, audience, envelope.time, data)


async def keep_customer(connection: AsyncConnection, event: Received[CustomerChanged]) -> None:
    values = {"time_zone": event.data.time_zone}
    statement = insert(customer).values(customer_id=event.data.customer_id, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["customer_id"], set_=values))


async def keep_project(connection: AsyncConnection, event: Received[ProjectChanged]) -> None:
    data = event.data
    values = {"customer_id": data.customer_id, "id": data.project_id, "title": data.title, "active": data.active}
    changed = {"title": data.title, "active": data.active}
    statement = insert(project).values(values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["customer_id", "id"], set_=changed))
    told = data.model_dump(include={"title", "status", "starts_on", "ends_on", "active"})
    await remember(connection, _news(event, "project", data.project_id, told))


async def keep_item(connection: AsyncConnection, event: Received[ItemChanged]) -> None:
    """An internal fact: no report reads it, and no customer may."""
    data = event.data
    told = data.model_dump(include={*OF_ITEM, "visibility", "deleted"})
    await remember(connection, _news(event, "item", data.project_id, told, item=data.item_id))


async def keep_published_item(connection: AsyncConnection, event: Received[PublishedItemChanged]) -> None:
    data = event.data
    told = data.model_dump(include={*OF_ITEM, "form", "done"})
    await remember(connection, _news(event, "item", data.project_id, told, item=data.item_id))


async def withdraw_item(connection: AsyncConnection, event: Received[PublishedItemWithdrawn]) -> None:
    data = event.data
    news = _news(event, "item", data.project_id, {"form": "withdrawn"}, item=data.item_id)
    await remember(connection, news)


async def keep_approval(connection: AsyncConnection, event: Received[ApprovalRecorded]) -> None:
    data = event.data
    told = data.model_dump(include={"item_id", "decision", "person_id", "decided_at", "versions"})
    news = _news(event, "approval", data.project_id, {**told, "superseded": False}, item=data.item_id)
    await remember(connection, news)


async def supersede_approval(connection: AsyncConnection, event: Received[ApprovalSuperseded]) -> None:
    """An approval that is superseded stays what it was, for the version it was given for."""
    data = event.data
    news = _news(event, "approval", data.project_id, {}, item=data.item_id)
    held = await data_held(connection, news.customer, news.subject)
    news.data.update({**held, "item_id": data.item_id, "superseded": True})
    await remember(connection, news)


async def keep_request(connection: AsyncConnection, event: Received[RequestChanged]) -> None:
    data = event.data
    await remember(connection, _news(event, "request", data.project_id, data.model_dump(include=set(OF_REQUEST))))


async def keep_version(connection: AsyncConnection, event: Received[VersionReady]) -> None:
    data = event.data
    if event.envelope.audience == "shared":
        told = data.model_dump(include={"file_id", "name", "number", "sha256", "uploaded_at"})
        await remember(connection, _news(event, "version", data.project_id, told))


async def count_message(connection: AsyncConnection, event: Received[MessagePosted]) -> None:
    """That something was written, not what or by whom."""
    data = event.data
    if event.envelope.audience == "shared":
        await remember(connection, _news(event, "message", data.project_id, {"about": data.about}))


def subscribe(subscriptions: Subscriptions) -> None:
    subscriptions.on(CustomerChanged)(keep_customer)
    subscriptions.on(ProjectChanged)(keep_project)
    subscriptions.on(ItemChanged)(keep_item)
    subscriptions.on(PublishedItemChanged)(keep_published_item)
    subscriptions.on(PublishedItemWithdrawn)(withdraw_item)
    subscriptions.on(ApprovalRecorded)(keep_approval)
    subscriptions.on(ApprovalSuperseded)(supersede_approval)
    subscriptions.on(RequestChanged)(keep_request)
    subscriptions.on(VersionReady)(keep_version)
    subscriptions.on(MessagePosted)(count_message)
