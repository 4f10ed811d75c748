"""What the library needs to know of projects: whose each is, and whether it takes files."""

from atrium_chassis.consumer import Subscriptions
from atrium_chassis.events import Received
from atrium_contracts.projects import ProjectChanged
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.library.tables import project

subscriptions = Subscriptions()


@subscriptions.on(ProjectChanged)
async def know_project(connection: AsyncConnection, event: Received[ProjectChanged]) -> None:
    statement = insert(project).values(
        customer_id=event.data.customer_id, project_id=event.data.project_id, active=event.data.active
    )
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["customer_id", "project_id"], set_={"active": statement.excluded.active}
        )
    )
