"""The ledger as a process of its own: what its operations do wrong, the chassis has to answer."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.service import Service, run
from atrium_chassis.settings import ServiceSettings
from atrium_chassis.viewer import Viewer
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from sqlalchemy import text

router = APIRouter()


@router.post("/breaks")
async def breaks(request: Request) -> None:
    raise RuntimeError(f"cannot use {(await request.body()).decode()}")


@router.post("/breaks-in-the-database")
async def breaks_in_the_database(request: Request, database: CurrentDatabase) -> None:
    title = (await request.body()).decode()
    async with database.transaction(Viewer.system(customer := uuid4())) as connection:
        values = {"customer": customer, "id": uuid4(), "title": title}
        for _ in range(2):
            await connection.execute(text("INSERT INTO entry VALUES (:customer, :id, :id, 'shared', :title)"), values)


@router.get("/breaks-off")
async def breaks_off() -> StreamingResponse:
    async def half() -> AsyncIterator[bytes]:
        yield b"half an answer"
        raise RuntimeError("the other half is lost")

    return StreamingResponse(half())


class Renames(BaseModel):
    customer: UUID
    entries: list[UUID]
    title: str
    #: Whether something is committed before.
    in_two_steps: bool = False


@router.post("/renames")
async def rename_all(renames: Renames, database: CurrentDatabase) -> dict[str, str]:
    """Locks the entries in the order in which they are named."""
    viewer = Viewer.system(renames.customer)
    rename = text("UPDATE entry SET title = title || :title WHERE id = :id")
    if renames.in_two_steps:
        async with database.transaction(viewer) as connection:
            await connection.execute(rename, {"title": renames.title, "id": renames.entries[0]})
    async with database.transaction(viewer) as connection:
        for entry in renames.entries:
            await connection.execute(rename, {"title": renames.title, "id": entry})
    return {"title": renames.title}


@router.post("/never-serializable")
async def never_serializable(database: CurrentDatabase) -> None:
    async with database.transaction(Viewer.system(None)) as connection:
        await connection.execute(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$"))


if __name__ == "__main__":
    run(Service("ledger", "projects", ServiceSettings, "atrium_ledger", routers=[router]))
