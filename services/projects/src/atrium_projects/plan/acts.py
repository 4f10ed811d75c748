"""Acts on an item by either side: taking a step of its workflow, asking someone else, bringing its file."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from atrium_chassis.clock import now
from atrium_chassis.database import continue_as_system
from atrium_chassis.problems import Conflict, FieldError, Forbidden, Invalid, NotFound
from atrium_chassis.requests import require_revision
from atrium_chassis.viewer import Side, Viewer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.approvals.model import Exact
from atrium_projects.approvals.versions import lock_files, plain, require_newest
from atrium_projects.members.queries import contacts_of
from atrium_projects.plan.commands import SERVICE, lock_item, require_people
from atrium_projects.plan.model import Item
from atrium_projects.plan.saving import save
from atrium_projects.plan.tables import published_item
from atrium_projects.workflows.model import DECIDING_ROLES, Transition
from atrium_projects.workflows.queries import Version, exact_version


async def published_revision(connection: AsyncConnection, customer: UUID, identifier: UUID) -> int | None:
    """The revision that the customer sees of an item that is shared with them now."""
    found = await connection.execute(
        select(published_item.c.revision).where(
            published_item.c.customer_id == customer,
            published_item.c.item_id == identifier,
            published_item.c.form == "shared",
            published_item.c.withdrawn.is_(False),
        )
    )
    return found.scalar_one_or_none()


async def lock_item_for_act(
    connection: AsyncConnection, viewer: Viewer, identifier: UUID, expected: int | None = None
) -> Item:
    """The item that the viewer acts on. A customer must see it as shared; from there on the system acts for them.

    The customer's role has no right on `item`, so whatever a command shows to a customer afterwards has to be read
    from `published_item` in a transaction of the viewer's own. What they see is looked at again once the item is
    locked: it may have been withdrawn meanwhile. Raises NotFound, Stale.
    """
    if viewer.side is not Side.CUSTOMER:
        one = await lock_item(connection, identifier)
        require_revision(one.revision, expected)
        return one
    assert viewer.customer is not None  # noqa: S101  # a customer's viewer has one
    if await published_revision(connection, viewer.customer, identifier) is None:
        raise NotFound()
    await continue_as_system(connection, SERVICE, viewer.customer)
    one = await lock_item(connection, identifier)
    seen = await published_revision(connection, viewer.customer, identifier)
    if seen is None:
        raise NotFound()
    require_revision(seen, expected)
    return one


async def answer_of(connection: AsyncConnection, viewer: Viewer, one: Item) -> dict[str, Any]:
    """What an act answers with: the new state, and the revision that the viewer's side counts."""
    revision: int | None = one.revision
    if viewer.side is Side.CUSTOMER:
        revision = await published_revision(connection, one.customer_id, one.id)
    told = {"id": str(one.id), "state": one.state, "turn": one.turn, "verb": one.verb}
    return told if revision is None else {**told, "revision": revision}


def allowed_transition(workflow: Version, one: Item, viewer: Viewer, key: str) -> Transition:
    """Raises Conflict when the state has no such transition, Forbidden when it is not the viewer's to take."""
    leaving = [transition for transition in workflow.table.leaving(one.state) if transition.key == key]
    if not leaving:
        raise Conflict("wrong_state", f"“{key}” is not possible from the state this is in now.")
    if viewer.side.value not in leaving[0].sides or viewer.role not in leaving[0].roles:
        raise Forbidden("Your role does not allow this step.")
    return leaving[0]


def moved(one: Item, workflow: Version, transition: Transition, asked: list[UUID] | None, actor: UUID | None) -> Item:
    """The item in its next state; whoever was asked stays asked while the turn stays with the same side."""
    state = workflow.table.state(transition.target)
    keeps = state.turn == one.turn
    return replace(
        one,
        state=state.key,
        turn=state.turn,
        verb=state.verb,
        turn_since=one.turn_since if keeps else now(),
        agreed_days=state.days_after(one.turn, one.agreed_days),
        asked_ids=tuple(asked) if asked is not None else one.asked_ids,
        asked_by=actor if asked is not None or not keeps else one.asked_by,
    )


def require_given(transition: Transition, comment: str, versions: list[Exact]) -> None:
    """Raises Invalid that names everything the step needs and did not get."""
    needed = {"comment": bool(comment), "versions": bool(versions)}
    words = {"comment": "a comment", "versions": "the versions that it is about"}
    missing = [name for name, given in needed.items() if name in transition.requires and not given]
    if missing:
        raise Invalid([FieldError(f"/{name}", "required", f"This step needs {words[name]}.") for name in missing])


async def take_transition(
    connection: AsyncConnection,
    viewer: Viewer,
    identifier: UUID,
    key: str,
    comment: str,
    versions: list[Exact],
    asked: list[UUID] | None,
    expected: int | None,
) -> dict[str, Any]:
    """Moves an item's turn and verb. On a shared item the comment is the customer's to read.

    Raises NotFound, Conflict, Forbidden, Invalid, Stale.
    """
    await lock_files(connection, [version.file_id for version in versions])
    before = await lock_item_for_act(connection, viewer, identifier, expected)
    workflow = await exact_version(connection, before.workflow_id, before.workflow_version)
    transition = allowed_transition(workflow, before, viewer, key)
    if transition.decision is not None:
        raise Conflict("decision_needed", "This step is a decision about exact versions; record an approval instead.")
    require_given(transition, comment, versions)
    if versions:
        await require_newest(connection, before.customer_id, before.file_id, versions)
    if asked is not None:
        await require_people(connection, before.customer_id, asked, "/asked_ids", before.project_id)
    after = moved(before, workflow, transition, asked, viewer.person)
    told = plain(versions)
    saved = await save(
        connection, before, after, actor=viewer.person, act=transition.key, comment=comment, versions=told
    )
    return await answer_of(connection, viewer, saved)


async def delegate(
    connection: AsyncConnection, viewer: Viewer, identifier: UUID, person: UUID, expected: int | None = None
) -> dict[str, Any]:
    """Ask someone else: the trace and the clock stay. Raises NotFound, Conflict, Forbidden, Invalid, Stale."""
    before = await lock_item_for_act(connection, viewer, identifier, expected)
    if viewer.role not in DECIDING_ROLES:
        raise Forbidden("Readers cannot hand a decision on.")
    if viewer.side is Side.CUSTOMER:
        await _require_colleague(connection, before, person)
    await require_people(connection, before.customer_id, [person], "/person", before.project_id)
    after = replace(before, asked_ids=(person,), asked_by=viewer.person)
    saved = await save(connection, before, after, actor=viewer.person, act="delegated")
    answer = await answer_of(connection, viewer, saved)
    return {**answer, "asked_ids": [str(one) for one in saved.asked_ids]}


async def attach_file(
    connection: AsyncConnection, viewer: Viewer, identifier: UUID, file: UUID, expected: int | None = None
) -> dict[str, Any]:
    """Say which file an item is about, where none is yet. Raises NotFound, Conflict, Forbidden, Stale."""
    before = await lock_item_for_act(connection, viewer, identifier, expected)
    if viewer.role not in DECIDING_ROLES:
        raise Forbidden("Readers bring no files.")
    if before.file_id not in {None, file}:
        raise Conflict("has_file", "There is a file here already: add a version to it.")
    saved = await save(connection, before, replace(before, file_id=file), actor=viewer.person, act="changed")
    return {**await answer_of(connection, viewer, saved), "file_id": str(file)}


async def _require_colleague(connection: AsyncConnection, one: Item, person: UUID) -> None:
    """A customer hands on its own turn, to colleagues on this project who may decide."""
    if one.turn != Side.CUSTOMER.value:
        raise Conflict("wrong_state", "It is not your turn here now.")
    contacts = await contacts_of(connection, one.customer_id, one.project_id)
    if (person, True) not in {(contact, role in DECIDING_ROLES) for contact, role in contacts}:
        raise Invalid([FieldError("/person", "unknown_person", "Nobody by this id can decide this.")])
