"""Saving an item: the item, its history, what is published of it, and the events of both, in one transaction."""

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.events import record
from atrium_contracts.projects import ItemChanged, PublishedItemChanged, PublishedItemWithdrawn
from sqlalchemy import Row, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.plan.model import Item, Published, Visibility, differences, published
from atrium_projects.plan.tables import item as items
from atrium_projects.plan.tables import item_history, published_history, published_item

ITEM_FIELDS = [one.name for one in fields(Item)]
PUBLISHED_FIELDS = [one.name for one in fields(Published)]
#: Changes of these are told in an item's history; the rest is bookkeeping.
TOLD = frozenset(ITEM_FIELDS) - {"revision", "created_at", "turn_since", "position", "workflow_id", "asked_by"}

#: Acts that are nothing but their changes; any other act is told even where it changes no field.
FIELD_ACTS = frozenset({"created", "changed", "published"})

_ANCESTORS = text(
    "WITH RECURSIVE up AS (SELECT parent_id FROM item WHERE customer_id = :customer AND id = :id"
    " UNION SELECT i.parent_id FROM item i JOIN up ON i.id = up.parent_id WHERE i.customer_id = :customer)"
    " SELECT i.visibility FROM item i JOIN up ON i.id = up.parent_id WHERE i.customer_id = :customer"
)
_DESCENDANTS = text(
    "WITH RECURSIVE down AS (SELECT id FROM item WHERE customer_id = :customer AND parent_id = :id"
    " UNION SELECT i.id FROM item i JOIN down ON i.parent_id = down.id WHERE i.customer_id = :customer)"
    " SELECT i.* FROM item i JOIN down ON i.id = down.id WHERE i.customer_id = :customer ORDER BY i.id"
    " FOR NO KEY UPDATE OF i"
)


def item_of(row: Row[Any]) -> Item:
    values = {name: getattr(row, name) for name in ITEM_FIELDS}
    return Item(**{**values, "asked_ids": tuple(values["asked_ids"] or ())})


def published_of(row: Row[Any]) -> Published:
    values = {name: getattr(row, name) for name in PUBLISHED_FIELDS}
    return Published(**{**values, "asked_ids": tuple(values["asked_ids"] or ())})


async def ancestors_of(connection: AsyncConnection, one: Item) -> list[Visibility]:
    rows = await connection.execute(_ANCESTORS, {"customer": one.customer_id, "id": one.id})
    return [row.visibility for row in rows]


async def descendants_of(connection: AsyncConnection, one: Item) -> list[Item]:
    """All that lies in an item, locked: what is published of it next must not come from an older state."""
    rows = await connection.execute(_DESCENDANTS, {"customer": one.customer_id, "id": one.id})
    return [item_of(row) for row in rows.all()]


async def save(
    connection: AsyncConnection,
    before: Item | None,
    after: Item,
    *,
    actor: UUID | None,
    act: str,
    comment: str = "",
    versions: Sequence[dict[str, Any]] = (),
    by_mail: bool = True,
) -> Item:
    """Store `after` with the next revision, when anything differs; returns what is stored now.

    `by_mail`: whether who is asked at the customer then gets a mail.
    """
    changed = [name for name in TOLD if before is None or getattr(before, name) != getattr(after, name)]
    if before is not None and not changed and before.position == after.position and act in FIELD_ACTS:
        return before
    saved = replace(after, revision=1 if before is None else before.revision + 1)
    values = {**asdict(saved), "asked_ids": list(saved.asked_ids)}
    if before is None:
        await connection.execute(insert(items).values(values))
    else:
        where = (items.c.customer_id == saved.customer_id, items.c.id == saved.id)
        await connection.execute(update(items).where(*where).values(values))
    told = {
        name: [None if before is None else _plain(getattr(before, name)), _plain(getattr(saved, name))]
        for name in changed
    }
    if changed or act not in FIELD_ACTS:
        history = {"act": act, "comment": comment, "versions": list(versions), "actor_id": actor}
        await connection.execute(insert(item_history).values(_entry(saved, history, told)))
    await _tell_item(connection, saved, sorted(changed), actor)
    await publish(connection, saved, actor=actor, act=act, comment=comment, versions=versions, by_mail=by_mail)
    if before is not None and (before.visibility, before.parent_id) != (saved.visibility, saved.parent_id):
        for below in await descendants_of(connection, saved):
            await publish(connection, below, actor=actor, act="changed", by_mail=by_mail)
    return saved


def _plain(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, tuple) else value


def _entry(one: Item, history: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {
        "customer_id": one.customer_id,
        "id": uuid4(),
        "project_id": one.project_id,
        "item_id": one.id,
        "changes": changes,
        **history,
    }


async def publish(
    connection: AsyncConnection,
    one: Item,
    *,
    actor: UUID | None,
    act: str,
    comment: str = "",
    versions: Sequence[dict[str, Any]] = (),
    by_mail: bool = True,
) -> None:
    """Bring the published item to what the rules say; nothing happens when the customer sees no difference.

    Its row is locked before the ancestors are read, so that the later of two changes at once decides by both.
    """
    key = (published_item.c.customer_id == one.customer_id, published_item.c.item_id == one.id)
    row = (await connection.execute(select(published_item).where(*key).with_for_update())).one_or_none()
    shown = published_of(row) if row is not None and not row.withdrawn else None
    now_shown = published(one, await ancestors_of(connection, one))
    changed = differences(shown, now_shown)
    acted = now_shown is not None and now_shown.form == "shared" and act not in FIELD_ACTS
    if not changed and not acted:
        return
    revision = 1 if row is None else row.revision + 1
    if now_shown is None:
        await connection.execute(update(published_item).where(*key).values(withdrawn=True, revision=revision))
        await _tell_withdrawn(connection, one, revision, actor)
        return
    values = {**asdict(now_shown), "asked_ids": list(now_shown.asked_ids), "revision": revision, "withdrawn": False}
    statement = insert(published_item).values(values)
    changed_columns = {name: statement.excluded[name] for name in [*values, "updated_at"]}
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["customer_id", "item_id"], set_=changed_columns)
    )
    if now_shown.form == "shared" and (acted or changed != ["position"]):
        before = {
            name: getattr(shown, name) if shown is not None and shown.form == "shared" else None for name in changed
        }
        told = {
            name: [_plain(before[name]), _plain(getattr(now_shown, name))]
            for name in changed
            if name in TOLD | {"note", "until"}
        }
        history = {"act": act, "comment": comment, "versions": list(versions), "actor_id": actor}
        await connection.execute(insert(published_history).values(_entry(one, history, told)))
    await _tell_published(connection, now_shown, changed, revision, actor, by_mail)


def subject_of(project: UUID, item: UUID) -> str:
    return f"projects/{project}/items/{item}"


async def _tell_item(connection: AsyncConnection, one: Item, changed: list[str], actor: UUID | None) -> None:
    names = ItemChanged.model_fields.keys() - {"item_id", "asked_ids", "deleted", "changed"}
    data = ItemChanged(
        item_id=one.id,
        asked_ids=list(one.asked_ids),
        changed=changed,
        **{name: getattr(one, name) for name in names},
    )
    await record(
        connection,
        data,
        subject=subject_of(one.project_id, one.id),
        customer=one.customer_id,
        audience="internal",
        revision=one.revision,
        key=one.project_id,
        actor=actor,
    )


async def _tell_published(
    connection: AsyncConnection, one: Published, changed: list[str], revision: int, actor: UUID | None, by_mail: bool
) -> None:
    if one.form == "placeholder":
        data = PublishedItemChanged(
            project_id=one.project_id, item_id=one.item_id, form="placeholder", due=one.due, until=one.until
        )
    else:
        names = PublishedItemChanged.model_fields.keys() - {"asked_ids", "done", "changed", "by_mail"}
        data = PublishedItemChanged(
            asked_ids=list(one.asked_ids),
            done=one.turn == "nobody",
            changed=changed,
            by_mail=by_mail,
            **{name: getattr(one, name) for name in names},
        )
    await record(
        connection,
        data,
        subject=subject_of(one.project_id, one.item_id),
        customer=one.customer_id,
        audience="shared",
        revision=revision,
        key=one.project_id,
        actor=actor,
    )


async def _tell_withdrawn(connection: AsyncConnection, one: Item, revision: int, actor: UUID | None) -> None:
    await record(
        connection,
        PublishedItemWithdrawn(project_id=one.project_id, item_id=one.id),
        subject=subject_of(one.project_id, one.id),
        customer=one.customer_id,
        audience="shared",
        revision=revision,
        key=one.project_id,
        actor=actor,
    )
