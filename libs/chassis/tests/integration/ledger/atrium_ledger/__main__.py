"""The ledger as a process of its own: what its operations do wrong, the chassis has to answer."""

from collections.abc import AsyncIterator
from uuid import uuid4

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.service import Service, run
from atrium_chassis.settings import ServiceSettings
from atrium_chassis.viewer import Viewer
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
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


if __name__ == "__main__":
    run(Service("ledger", "projects", ServiceSettings, "atrium_ledger", routers=[router]))
