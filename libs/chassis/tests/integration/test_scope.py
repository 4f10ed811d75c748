"""Row-level security as the chassis sets it up, idempotency, and what a preview may do."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from atrium_chassis.idempotency import once
from atrium_chassis.problems import Problem
from atrium_chassis.viewer import Side, Viewer
from atrium_testkit.protection import assert_protected
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from .conftest import Ledger

STAFF = Viewer(Side.PROVIDER, uuid4(), None, "manager")


async def fill(ledger: Ledger, customer: UUID, project: UUID) -> None:
    async with ledger.database.transaction(Viewer.system(customer)) as connection:
        for audience in ("shared", "internal", "private"):
            await connection.execute(
                text("INSERT INTO entry VALUES (:c, :i, :p, :a, :a)"),
                {"c": customer, "i": uuid4(), "p": project, "a": audience},
            )


async def test_the_catalogue_shows_every_table_protected(ledger: Ledger) -> None:
    await assert_protected(ledger.urls.owner, "ledger")


async def test_each_side_sees_its_own_and_nothing_else(ledger: Ledger) -> None:
    customer, project = uuid4(), uuid4()
    await fill(ledger, customer, project)
    contact = Viewer(Side.CUSTOMER, uuid4(), customer, "owner")
    assert await ledger.titles(contact) == ["private", "shared"]
    assert await ledger.titles(replace(contact, preview=uuid4())) == ["shared"]
    assert await ledger.titles(replace(contact, customer=uuid4())) == []
    assert await ledger.titles(replace(contact, customer=None)) == []
    assert await ledger.titles(replace(contact, projects=frozenset({uuid4()}))) == []
    assert await ledger.titles(replace(contact, projects=frozenset())) == []
    assert await ledger.titles(replace(contact, projects=frozenset({project}))) == ["private", "shared"]
    assert await ledger.titles(replace(STAFF, projects=frozenset({project}))) == ["internal", "shared"]
    assert await ledger.titles(Viewer.system(None)) == []


async def test_a_side_without_a_grant_may_not_even_ask(ledger: Ledger) -> None:
    with pytest.raises(DBAPIError, match="permission denied"):
        await ledger.titles(Viewer(Side.LINK, None, uuid4(), report=uuid4()))


async def test_what_is_one_persons_own_is_not_for_who_looks_as_them(ledger: Ledger) -> None:
    person = Viewer(Side.CUSTOMER, uuid4(), uuid4(), "owner")
    found = []
    for viewer in (person, replace(person, preview=uuid4())):
        async with ledger.database.transaction(viewer) as connection:
            found.append((await connection.execute(text("SELECT atrium.person()"))).scalar_one())
    assert found == [person.person, None]


async def test_a_preview_writes_nothing(ledger: Ledger) -> None:
    preview = Viewer(Side.CUSTOMER, None, uuid4(), "owner", preview=uuid4())
    with pytest.raises(DBAPIError, match="read-only"):
        async with ledger.database.transaction(preview) as connection:
            await connection.execute(text("INSERT INTO outbox VALUES (DEFAULT, 0, 't', 'k', '{}', '')"))


async def test_the_app_role_by_itself_may_read_nothing(ledger: Ledger) -> None:
    with pytest.raises(DBAPIError, match="permission denied"):
        async with ledger.database.engine.connect() as connection:
            await connection.execute(text("SELECT * FROM entry"))


async def answer(ledger: Ledger, viewer: Viewer, key: str | None, body: object) -> dict[str, Any]:
    async def act() -> dict[str, Any]:
        return {"id": str(uuid4())}

    async with ledger.database.transaction(viewer) as connection:
        return await once(connection, viewer, operation="make", key=key, body=body, act=act)


async def test_a_repeated_key_gets_the_first_answer(ledger: Ledger) -> None:
    first = await answer(ledger, STAFF, "k1", {"title": "a"})
    assert await answer(ledger, STAFF, "k1", {"title": "a"}) == first
    assert await answer(ledger, STAFF, "k2", {"title": "a"}) != first
    assert await answer(ledger, STAFF, None, {"title": "a"}) != first


async def test_a_key_belongs_to_one_person(ledger: Ledger) -> None:
    first = await answer(ledger, STAFF, "k3", {"title": "a"})
    assert await answer(ledger, replace(STAFF, person=uuid4()), "k3", {"title": "a"}) != first


async def test_a_key_with_another_body_is_refused(ledger: Ledger) -> None:
    await answer(ledger, STAFF, "k4", {"title": "a"})
    with pytest.raises(Problem) as caught:
        await answer(ledger, STAFF, "k4", {"title": "b"})
    assert (caught.value.status, caught.value.code) == (422, "idempotency_key_reused")
