"""Codes and links by mail, sessions, API tokens."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from atrium_chassis.database import Database, continue_as_system
from atrium_chassis.problems import NotFound, Problem
from atrium_chassis.viewer import Viewer
from sqlalchemy import Row, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_gateway.audit.commands import Actor, append
from atrium_gateway.changes import tell
from atrium_gateway.people.commands import accept_invitation
from atrium_gateway.people.queries import emails_of, find_member, open_invitation, person_of
from atrium_gateway.people.tables import invitation
from atrium_gateway.signin.model import (
    CODE_LIFETIME,
    CODES_PER_ADDRESS,
    CODES_PER_NETWORK,
    MAX_TRIES,
    NEW_CODE_AFTER,
    SESSION_LIFETIME,
    SHORT_SESSION_LIFETIME,
    IssuedCode,
    Session,
    address_digest,
    api_token,
    hash_code,
    hash_secret,
    issue,
    new_secret,
    same,
    viewer_of,
)
from atrium_gateway.signin.queries import code_by_link, count_codes, newest_code
from atrium_gateway.signin.tables import api_token as api_tokens
from atrium_gateway.signin.tables import session as sessions
from atrium_gateway.signin.tables import sign_in_code


@dataclass(frozen=True)
class Addressee:
    """Someone who may sign in at a house: a member, or invited."""

    email: str
    name: str
    language: str
    person_id: UUID | None
    invitation_id: UUID | None


@dataclass(frozen=True)
class Client:
    """From where someone signs in."""

    network: str
    device: str


@dataclass(frozen=True)
class SignedIn:
    session: Session
    secret: str
    stays: bool

    @property
    def lifetime(self) -> timedelta:
        return SESSION_LIFETIME if self.stays else SHORT_SESSION_LIFETIME


class WrongCode(Problem):
    def __init__(self, tries_left: int) -> None:
        super().__init__(422, "wrong_code", "Wrong code", "This code is not correct.", extra={"tries_left": tries_left})


class TooManyTries(Problem):
    """The code is dead; a new one may be asked for."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            429,
            "too_many_tries",
            "Too many tries",
            "This code can no longer be used. Ask for a new one.",
            headers={"Retry-After": str(seconds)},
        )


class CodeEnded(Problem):
    """Used, expired, or never there: one answer."""

    def __init__(self) -> None:
        super().__init__(
            422, "code_ended", "Code ended", "This code or link was used before or has expired. Ask for a new one."
        )


async def find_addressee(connection: AsyncConnection, house: UUID, email: str) -> Addressee | None:
    """Who signs in with this address at this house. The same statements for known and unknown addresses."""
    person_id = await person_of(connection, email)
    member = await find_member(connection, house, person_id or uuid4())
    invited = await open_invitation(connection, house, email, datetime.now(UTC))
    if member is not None and member.active:
        return Addressee(email, member.name, member.language, person_id, None)
    if invited is not None:
        return Addressee(email, invited.name, invited.language, person_id, invited.id)
    return None


async def store_code(
    connection: AsyncConnection,
    house: UUID,
    email: str,
    addressee: Addressee | None,
    network: str,
    lifetime: timedelta = CODE_LIFETIME,
) -> IssuedCode:
    """Keep the hashes of a new code; for an unknown address too, so that nothing later differs."""
    issued, salt = issue(), secrets.token_bytes(16)
    await connection.execute(
        insert(sign_in_code).values(
            customer_id=house,
            id=uuid4(),
            address_digest=address_digest(email),
            network=network,
            person_id=addressee and addressee.person_id,
            invitation_id=addressee and addressee.invitation_id,
            code_salt=salt,
            code_hash=await asyncio.to_thread(hash_code, issued.code, salt),
            link_hash=hash_secret(issued.link),
            expires_at=datetime.now(UTC) + lifetime,
        )
    )
    return issued


async def _forget_codes(connection: AsyncConnection, house: UUID) -> None:
    """Codes that nobody can use any more, and that no limit counts any more."""
    await connection.execute(
        delete(sign_in_code).where(
            sign_in_code.c.customer_id == house, sign_in_code.c.expires_at < datetime.now(UTC) - CODE_LIFETIME
        )
    )


async def request_code(
    database: Database, house: UUID, email: str, network: str
) -> tuple[Addressee, IssuedCode] | None:
    """A fresh code for whoever may have one, to be mailed. None for everyone else; the caller must not tell."""
    async with database.transaction(Viewer.system(house)) as connection:
        for_address, from_network = await count_codes(
            connection, house, address_digest(email), network, datetime.now(UTC) - CODE_LIFETIME
        )
        if from_network >= CODES_PER_NETWORK:
            raise TooManyTries(int(CODE_LIFETIME.total_seconds()))
        await _forget_codes(connection, house)
        addressee = await find_addressee(connection, house, email)
        issued = await store_code(connection, house, email, addressee, network)
    if addressee is None or for_address >= CODES_PER_ADDRESS:
        return None
    return addressee, issued


async def sign_in_with_code(
    database: Database, house: UUID, email: str, code: str, client: Client, *, stays: bool
) -> SignedIn:
    """Raises WrongCode, TooManyTries after five wrong ones, CodeEnded."""
    async with database.transaction(Viewer.system(house)) as connection:
        row = await newest_code(connection, house, address_digest(email))
        if row is not None and row.tries >= MAX_TRIES:
            raise TooManyTries(_seconds_until_new(row))
        if row is None or _ended(row):
            raise CodeEnded
        # An address nobody belongs to has a code as well, which nobody was told.
        if same(await asyncio.to_thread(hash_code, code, row.code_salt), row.code_hash) and _held(row):
            return await _complete(connection, house, row, client, stays=stays)
        tries = row.tries + 1
        await connection.execute(
            update(sign_in_code)
            .where(sign_in_code.c.customer_id == house, sign_in_code.c.id == row.id)
            .values(tries=tries)
        )
    if tries >= MAX_TRIES:
        raise TooManyTries(_seconds_until_new(row))
    raise WrongCode(MAX_TRIES - tries)


async def sign_in_with_link(database: Database, house: UUID, link: str, client: Client, *, stays: bool) -> SignedIn:
    """Uses the link up. Raises CodeEnded."""
    async with database.transaction(Viewer.system(house)) as connection:
        row = await code_by_link(connection, house, hash_secret(link))
        if row is None or _ended(row) or not _held(row):
            raise CodeEnded
        return await _complete(connection, house, row, client, stays=stays)


def _ended(row: Row[Any]) -> bool:
    return row.used_at is not None or row.expires_at <= datetime.now(UTC)


def _held(row: Row[Any]) -> bool:
    return row.person_id is not None or row.invitation_id is not None


def _seconds_until_new(row: Row[Any]) -> int:
    left = row.created_at + NEW_CODE_AFTER - datetime.now(UTC)
    return max(1, int(left.total_seconds()))


async def _complete(
    connection: AsyncConnection, house: UUID, code: Row[Any], client: Client, *, stays: bool
) -> SignedIn:
    """Use the code up, accept the invitation it came with, and begin a session with a new random secret."""
    now = datetime.now(UTC)
    await connection.execute(
        update(sign_in_code)
        .where(sign_in_code.c.customer_id == house, sign_in_code.c.id == code.id)
        .values(used_at=now)
    )
    person_id = code.person_id
    if code.invitation_id is not None:
        invited = await connection.execute(
            select(invitation.c.email).where(invitation.c.customer_id == house, invitation.c.id == code.invitation_id)
        )
        invited_email = invited.scalar_one()
        accepted = await accept_invitation(connection, Actor(Viewer.system(house)), house, invited_email)
        person_id = accepted or await person_of(connection, invited_email)
    member = await find_member(connection, house, person_id) if person_id is not None else None
    if member is None or not member.active:
        raise CodeEnded
    viewer = viewer_of(house, person_id, member.role, member.project_ids, member.language, member.time_zone)
    secret, session_id = new_secret(), uuid4()
    lifetime = SESSION_LIFETIME if stays else SHORT_SESSION_LIFETIME
    await connection.execute(
        insert(sessions).values(
            customer_id=house,
            id=session_id,
            person_id=person_id,
            token_hash=hash_secret(secret),
            device=client.device,
            network=client.network,
            expires_at=now + lifetime,
        )
    )
    await append(connection, Actor(viewer, client.network), "signed_in", f"sessions/{session_id}", house=house)
    email = (await emails_of(connection, [person_id]))[person_id]
    return SignedIn(Session(session_id, house, person_id, member.name, email, viewer, by_token=False), secret, stays)


async def create_api_token(
    connection: AsyncConnection, actor: Actor, house: UUID, person_id: UUID, name: str, expires_at: datetime | None
) -> tuple[UUID, str]:
    """The id, and the token itself, which is shown once."""
    secret, token_id = new_secret(), uuid4()
    await continue_as_system(connection, "gateway", house)
    await connection.execute(
        insert(api_tokens).values(
            customer_id=house,
            id=token_id,
            person_id=person_id,
            token_hash=hash_secret(secret),
            name=name,
            expires_at=expires_at,
        )
    )
    await append(connection, actor, "api_token_created", f"api-tokens/{token_id}", house=house, after={"name": name})
    return token_id, api_token(house, secret)


async def end_session(connection: AsyncConnection, actor: Actor, house: UUID, session_id: UUID) -> None:
    """One's own session. Raises NotFound."""
    await _end(connection, actor, house, sessions, session_id, "session_ended", f"sessions/{session_id}")


async def revoke_api_token(connection: AsyncConnection, actor: Actor, house: UUID, token_id: UUID) -> None:
    """One's own API token. Raises NotFound."""
    await _end(connection, actor, house, api_tokens, token_id, "api_token_revoked", f"api-tokens/{token_id}")


async def end_all_sessions(connection: AsyncConnection, actor: Actor, house: UUID) -> None:
    """Sign out everywhere."""
    await _end(connection, actor, house, sessions, None, "sessions_ended", f"people/{actor.viewer.person}")


async def _end(
    connection: AsyncConnection, actor: Actor, house: UUID, table: Table, held: UUID | None, action: str, subject: str
) -> None:
    person_id = actor.viewer.person
    assert person_id is not None  # noqa: S101  # only people hold sessions
    await continue_as_system(connection, "gateway", house)
    query = update(table).where(
        table.c.customer_id == house, table.c.person_id == person_id, table.c.ended_at.is_(None)
    )
    if held is not None:
        query = query.where(table.c.id == held)
    ended = await connection.execute(query.values(ended_at=datetime.now(UTC)).returning(table.c.id))
    if held is not None and ended.one_or_none() is None:
        raise NotFound
    await append(connection, actor, action, subject, house=house)
    await tell(connection, "access", house, person_id)
