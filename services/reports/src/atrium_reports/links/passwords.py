"""Links that ask for a password: setting one, and finding out whether somebody knows it."""

import asyncio
import hmac
import secrets
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.problems import Forbidden, Problem
from atrium_chassis.viewer import Viewer
from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_reports.links.model import Tries, is_proof, proof_of, slow_hash
from atrium_reports.links.tables import report_link_password as table


class TooManyTries(Problem):
    def __init__(self, seconds: int) -> None:
        detail = "There were too many tries with a wrong password. Wait a little, then try again."
        super().__init__(429, "too_many_tries", "Too many tries", detail, headers={"Retry-After": str(seconds)})


async def salted(password: str) -> tuple[bytes, bytes]:
    """A fresh salt and the hash; in a thread, as it is slow on purpose."""
    salt = secrets.token_bytes(16)
    return salt, await asyncio.to_thread(slow_hash, password, salt)


async def keep_password(connection: AsyncConnection, customer: UUID, link: UUID, kept: tuple[bytes, bytes]) -> None:
    """In place of the one before. The transaction is the system's."""
    salt, password_hash = kept
    values = {"salt": salt, "password_hash": password_hash, "tries": 0, "tried_since": datetime.now(UTC)}
    statement = upsert(table).values(customer_id=customer, link_id=link, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["customer_id", "link_id"], set_=values))


async def unlock(database: Database, customer: UUID, link: UUID, password: str, proof: str) -> str:
    """The proof to keep. Raises Forbidden `password_needed` or `wrong_password`, TooManyTries."""
    this = (table.c.customer_id == customer, table.c.link_id == link)
    async with database.transaction(Viewer.system(customer)) as connection:
        row: Row[Any] = (await connection.execute(select(table).where(*this).with_for_update())).one()
        known = bytes(row.password_hash)
        if proof and is_proof(proof, known, link):
            return proof
        if not password:
            raise Forbidden("This link asks for a password.", "password_needed")
        now, tries = datetime.now(UTC), Tries(row.tries, row.tried_since)
        counted = tries.one_more(now)
        if counted is None:
            raise TooManyTries(tries.wait(now))
        await connection.execute(update(table).where(*this).values(tries=counted.count, tried_since=counted.since))
    # Counted and committed first: many tries at the same time are many tries.
    tried = await asyncio.to_thread(slow_hash, password, bytes(row.salt))
    if not hmac.compare_digest(tried, known):
        raise Forbidden("This is not the password of this link.", "wrong_password")
    async with database.transaction(Viewer.system(customer)) as connection:
        await connection.execute(update(table).where(*this).values(tries=0))
    return proof_of(known, link)
