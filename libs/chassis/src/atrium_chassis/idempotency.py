"""A repeated POST gets the first answer; the same key with another body is refused.

The answer is stored in the command's own transaction, per person and operation: it exists exactly if the effect does.
"""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_chassis import json
from atrium_chassis.problems import Problem
from atrium_chassis.viewer import Viewer

NOBODY = UUID(int=0)

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
_FIND = text(
    "SELECT body_hash, answer FROM idempotency"
    " WHERE customer_id = :customer AND person_id = :person AND operation = :operation AND key = :key"
    " AND recorded_at > now() - interval '24 hours'"
)
_STORE = text(
    "INSERT INTO idempotency (customer_id, person_id, operation, key, body_hash, answer)"
    " VALUES (:customer, :person, :operation, :key, :body_hash, cast(:answer AS jsonb))"
    " ON CONFLICT (customer_id, person_id, operation, key) DO UPDATE"
    " SET body_hash = excluded.body_hash, answer = excluded.answer, recorded_at = now()"
)


async def once(
    connection: AsyncConnection,
    viewer: Viewer,
    *,
    operation: str,
    key: str | None,
    body: object,
    act: Callable[[], Awaitable[dict[str, Any]]],
) -> dict[str, Any]:
    """Run `act` at most once per person, operation and key within 24 h; returns its JSON answer.

    Raises Problem 422 `idempotency_key_reused` when the key came with another body before. Two requests at
    the same time wait for each other. If `act` changes the connection's role, the answer is
    stored under that role's policy.
    """
    if key is None or viewer.person is None:
        return await act()
    names = {
        "customer": viewer.customer or NOBODY,
        "person": viewer.person,
        "operation": operation,
        "key": key,
    }
    body_hash = hashlib.sha256(json.dumps(body, sort_keys=True)).digest()
    await connection.execute(_LOCK, {"name": f"{viewer.person}/{operation}/{key}"})
    known = (await connection.execute(_FIND, names)).one_or_none()
    if known is not None:
        if bytes(known.body_hash) != body_hash:
            raise Problem(
                422,
                "idempotency_key_reused",
                "Key used before",
                "This Idempotency-Key was used for another body. Use a new key for a new intent.",
            )
        return dict(known.answer)
    answer = await act()
    stored = json.dumps(answer).decode()
    await connection.execute(_STORE, {**names, "body_hash": body_hash, "answer": stored})
    return dict(json.loads(stored))
