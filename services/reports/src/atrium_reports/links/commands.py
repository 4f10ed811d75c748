"""Making, changing, ending and opening links."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis import clock
from atrium_chassis.database import Database, continue_as_system
from atrium_chassis.events import record
from atrium_chassis.problems import Conflict, FieldError, Invalid, NotFound
from atrium_chassis.requests import require_revision
from atrium_chassis.viewer import Side, Viewer
from atrium_contracts.reports import ReportLinkChanged
from sqlalchemy import ColumnElement, Row, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_reports.links.model import DEFAULT_LIFE, LONGEST_LIFE, hash_of, new_token, state_of
from atrium_reports.links.passwords import keep_password, unlock
from atrium_reports.links.queries import Json, LinkEnded, customer_of_report, link_json
from atrium_reports.links.tables import report_link, report_link_opening, report_link_token

SERVICE = "reports"


@dataclass(frozen=True)
class Opened:
    """What a token opens."""

    link_id: UUID
    report_id: UUID
    customer_id: UUID
    proof: str


def _end(wanted: datetime | None) -> datetime:
    """Raises Invalid for an end that is past or too far away."""
    now = datetime.now(UTC)
    end = wanted or now + DEFAULT_LIFE
    if end.tzinfo is None or not now < end <= now + LONGEST_LIFE:
        detail = f"A link ends at a moment within the next {LONGEST_LIFE.days} days, given with its time zone."
        raise Invalid([FieldError("/expires_at", "wrong_end", detail)])
    return end


async def create_link(
    connection: AsyncConnection,
    viewer: Viewer,
    report_id: UUID,
    expires_at: datetime | None,
    purpose: str,
    *,
    has_password: bool = False,
) -> Json:
    """The link without its token. Raises NotFound, Invalid."""
    customer = await customer_of_report(connection, viewer, report_id)
    made = await connection.execute(
        insert(report_link)
        .values(
            customer_id=customer,
            id=uuid4(),
            report_id=report_id,
            purpose=purpose,
            created_by=viewer.person,
            created_at=clock.now(),
            expires_at=_end(expires_at),
            openings=0,
            revision=1,
            has_password=has_password,
        )
        .returning(report_link)
    )
    row = made.one()
    await _tell(connection, row, viewer)
    return {**link_json(row), "customer_id": row.customer_id}


async def issue_token(connection: AsyncConnection, customer: UUID, link: UUID) -> str:
    """A new token for a link; one given before opens nothing any more. The transaction goes on as the system."""
    token = new_token()
    await continue_as_system(connection, SERVICE, customer)
    statement = upsert(report_link_token).values(customer_id=customer, link_id=link, token_hash=hash_of(token))
    changed = {"token_hash": statement.excluded.token_hash}
    await connection.execute(statement.on_conflict_do_update(index_elements=["customer_id", "link_id"], set_=changed))
    return token


async def change_link(
    connection: AsyncConnection,
    viewer: Viewer,
    link: UUID,
    values: dict[str, Any],
    expected: int | None,
    password: tuple[bytes, bytes] | None = None,
) -> Json:
    """Extend a link, say what it is for, or set its password, as salt and hash.

    Raises NotFound, Stale, Invalid, Conflict when it is revoked.
    """
    row = await _changeable(connection, viewer, link, expected)
    if "expires_at" in values:
        values["expires_at"] = _end(values["expires_at"])
    if password is not None:
        values["has_password"] = True
    changed = await _store(connection, viewer, row, values)
    if password is not None:
        await continue_as_system(connection, SERVICE, row.customer_id)
        await keep_password(connection, row.customer_id, link, password)
    return link_json(changed)


async def renew_address(connection: AsyncConnection, viewer: Viewer, link: UUID, expected: int | None) -> Json:
    """A new token in place of the one before. Raises NotFound, Stale, Conflict when it is revoked."""
    row = await _changeable(connection, viewer, link, expected)
    changed = await _store(connection, viewer, row, {})
    return {**link_json(changed), "token": await issue_token(connection, row.customer_id, link)}


async def _changeable(connection: AsyncConnection, viewer: Viewer, link: UUID, expected: int | None) -> Row[Any]:
    row = await _locked(connection, viewer, link)
    require_revision(row.revision, expected)
    if row.revoked_at is not None:
        raise Conflict("link_ended", "This link was revoked. Make a new one.")
    return row


async def revoke_link(connection: AsyncConnection, viewer: Viewer, link: UUID, expected: int | None) -> None:
    """It opens nothing from now on; revoking twice is revoking once. Raises NotFound, Stale."""
    row = await _locked(connection, viewer, link)
    require_revision(row.revision, expected)
    if row.revoked_at is None:
        await _store(connection, viewer, row, {"revoked_at": clock.now()})


async def _locked(connection: AsyncConnection, viewer: Viewer, link: UUID) -> Row[Any]:
    query = select(report_link).where(report_link.c.id == link).with_for_update()
    if viewer.customer is not None:
        query = query.where(report_link.c.customer_id == viewer.customer)
    row: Row[Any] | None = (await connection.execute(query)).one_or_none()
    if row is None:
        raise NotFound()
    return row


async def _store(connection: AsyncConnection, viewer: Viewer, row: Row[Any], values: dict[str, Any]) -> Row[Any]:
    where = (report_link.c.customer_id == row.customer_id, report_link.c.id == row.id)
    stored = await connection.execute(
        update(report_link).where(*where).values(**values, revision=row.revision + 1).returning(report_link)
    )
    changed: Row[Any] = stored.one()
    await _tell(connection, changed, viewer)
    return changed


async def _tell(connection: AsyncConnection, row: Row[Any], viewer: Viewer) -> None:
    await record(
        connection,
        ReportLinkChanged(
            link_id=row.id, report_id=row.report_id, expires_at=row.expires_at, revoked=row.revoked_at is not None
        ),
        subject=f"reports/{row.report_id}/links/{row.id}",
        customer=row.customer_id,
        audience="shared",
        revision=row.revision,
        key=row.report_id,
        actor=viewer.person,
    )


_BRING = text("SELECT set_config('atrium.token', :hash, true)")


async def open_link(
    database: Database, token: str, password: str = "", proof: str = "", place: tuple[str, str] = ("", "")
) -> Opened:
    """What a token opens, counted as an opening, unless it is only that a password is told. `place` is the network and
    the device that it is opened from.

    Raises NotFound, LinkEnded, and what `unlock` raises.
    """
    async with database.transaction(Viewer(Side.LINK)) as connection:
        await connection.execute(_BRING, {"hash": hash_of(token).hex()})
        found = await connection.execute(select(report_link_token.c.customer_id, report_link_token.c.link_id))
        known = found.one_or_none()
    if known is None:
        raise NotFound()
    this = (report_link.c.customer_id == known.customer_id, report_link.c.id == known.link_id)
    async with database.transaction(Viewer.system(known.customer_id)) as connection:
        row = _valid((await connection.execute(select(report_link).where(*this))).one())
    if row.has_password:
        proof = await unlock(database, row.customer_id, row.id, password, proof)
    if not password:
        await _count(database, this, row.customer_id, place)
    return Opened(row.id, row.report_id, row.customer_id, proof if row.has_password else "")


async def _count(
    database: Database, this: tuple[ColumnElement[bool], ...], customer: UUID, place: tuple[str, str]
) -> None:
    """Raises LinkEnded where it ended meanwhile."""
    async with database.transaction(Viewer.system(customer)) as connection:
        row = _valid((await connection.execute(select(report_link).where(*this).with_for_update())).one())
        at = datetime.now(UTC)
        counted = {"openings": row.openings + 1, "last_opened_at": at}
        await connection.execute(update(report_link).where(*this).values(counted))
        seen = upsert(report_link_opening).values(
            customer_id=customer, link_id=row.id, network=place[0], device=place[1], openings=1, last_opened_at=at
        )
        once_more = {"openings": report_link_opening.c.openings + 1, "last_opened_at": at}
        await connection.execute(
            seen.on_conflict_do_update(index_elements=report_link_opening.primary_key, set_=once_more)
        )


def _valid(row: Row[Any]) -> Row[Any]:
    if state_of(row.expires_at, row.revoked_at, datetime.now(UTC)) != "valid":
        raise LinkEnded()
    return row
