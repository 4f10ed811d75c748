"""What routes ask FastAPI for. All such functions are coroutines: plain ones would each be sent to a thread."""

from typing import Annotated

from fastapi import Depends, Request

from atrium_chassis.database import Database


async def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


CurrentDatabase = Annotated[Database, Depends(_database)]
