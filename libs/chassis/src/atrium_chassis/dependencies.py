"""What routes ask FastAPI for."""

from typing import Annotated

from fastapi import Depends, Request

from atrium_chassis.database import Database


def _database(request: Request) -> Database:
    database: Database = request.app.state.database
    return database


CurrentDatabase = Annotated[Database, Depends(_database)]
