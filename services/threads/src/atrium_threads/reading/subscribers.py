"""Memberships as the gateway tells them: who the people are that may read."""

from atrium_chassis.events import Received
from atrium_contracts.accounts import MembershipChanged
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_threads.reading.tables import member, staff_member


async def keep_membership(connection: AsyncConnection, event: Received[MembershipChanged]) -> None:
    changed = event.data
    values = {
        "membership_id": changed.membership_id,
        "person_id": changed.person_id,
        "role": changed.role,
        "project_ids": changed.project_ids,
        "active": changed.active,
    }
    if changed.customer_id is None:
        row = insert(staff_member).values(values)
        await connection.execute(row.on_conflict_do_update(index_elements=["membership_id"], set_=values))
    else:
        row = insert(member).values(customer_id=changed.customer_id, **values)
        keys = ["customer_id", "membership_id"]
        await connection.execute(row.on_conflict_do_update(index_elements=keys, set_=values))
