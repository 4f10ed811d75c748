"""What the database itself refuses, whatever a query asks for."""

from uuid import UUID

import pytest
from atrium_chassis.database import Database
from atrium_chassis.viewer import Side, Viewer
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from services.gateway.tests.integration.conftest import World

PER_CUSTOMER = ("customer", "membership", "invitation", "brand", "audit_event")
HIDDEN = (
    "person",
    "address",
    "staff_membership",
    "sign_in_code",
    "mail",
    "mail_queue",
    "act_token",
    "asked",
    "provider",
)


def contact(customer: UUID) -> Viewer:
    return Viewer(Side.CUSTOMER, person=UUID(int=7), customer=customer, role="owner")


@pytest.mark.parametrize("table", PER_CUSTOMER)
async def test_a_customer_reads_its_own_rows_without_any_where(world: World, database: Database, table: str) -> None:
    async with database.transaction(contact(world.helvetia)) as connection:
        seen = (await connection.execute(text(f"SELECT DISTINCT customer_id FROM {table}"))).scalars().all()  # noqa: S608
    assert set(seen) <= {world.helvetia}


@pytest.mark.parametrize("table", HIDDEN)
async def test_customers_have_no_right_on_what_signs_people_in(world: World, database: Database, table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with database.transaction(contact(world.helvetia)) as connection:
            await connection.execute(text(f"SELECT 1 FROM {table}"))  # noqa: S608


@pytest.mark.parametrize("table", ["session", "api_token", "seen", "saved_filter"])
async def test_nobody_reads_the_sessions_of_others(world: World, database: Database, table: str) -> None:
    for viewer in (contact(world.helvetia), Viewer(Side.PROVIDER, person=UUID(int=7), role="admin")):
        async with database.transaction(viewer) as connection:
            assert (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar() == 0  # noqa: S608


@pytest.mark.parametrize("change", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event"])
async def test_the_trail_is_append_only_even_for_the_system(world: World, database: Database, change: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with database.transaction(Viewer.system(world.helvetia)) as connection:
            await connection.execute(text(change))


async def test_the_system_is_bound_to_one_house(world: World, database: Database) -> None:
    async with database.transaction(Viewer.system(world.helvetia)) as connection:
        for table in (*PER_CUSTOMER, "session", "sign_in_code"):
            seen = (await connection.execute(text(f"SELECT DISTINCT customer_id FROM {table}"))).scalars().all()  # noqa: S608
            assert set(seen) <= {world.helvetia}
    async with database.transaction(Viewer.system(None)) as connection:
        assert (await connection.execute(text("SELECT count(*) FROM membership"))).scalar() == 0
