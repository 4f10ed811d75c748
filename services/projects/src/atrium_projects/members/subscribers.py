"""Keeps the projection of memberships."""

from atrium_chassis.consumer import Subscriptions
from atrium_chassis.events import Received
from atrium_contracts.accounts import MembershipChanged
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_projects.members.tables import member, staff_member


async def keep_member(connection: AsyncConnection, event: Received[MembershipChanged]) -> None:
    data = event.data
    values = {
        "person_id": data.person_id,
        "role": data.role,
        "project_ids": data.project_ids,
        "active": data.active,
    }
    keys = ["person_id"]
    table = staff_member
    if data.customer_id is not None:
        values["customer_id"], keys, table = data.customer_id, ["customer_id", "person_id"], member
    statement = insert(table).values(values)
    changed = {name: statement.excluded[name] for name in values if name not in keys}
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def subscribe(subscriptions: Subscriptions) -> None:
    subscriptions.on(MembershipChanged)(keep_member)
