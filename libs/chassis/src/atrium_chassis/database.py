"""The service's Postgres database, entered only as a viewer: role and scope are set before any query runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from opentelemetry.trace import SpanKind
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from atrium_chassis import json
from atrium_chassis.repetition import note_effect
from atrium_chassis.telemetry import tracer
from atrium_chassis.viewer import Side, Viewer

# One statement per transaction: Postgres' SET LOCAL for the role and every setting that the policies read.
_ENTER = text(
    "SELECT set_config('role', :role, true), set_config('atrium.customer', :customer, true),"
    " set_config('atrium.person', :person, true), set_config('atrium.projects', :projects, true),"
    " set_config('atrium.preview', :preview, true), set_config('atrium.report', :report, true),"
    " set_config('transaction_read_only', :read_only, true)"
)


def _text(value: UUID | None) -> str:
    return "" if value is None else str(value)


def _projects(viewer: Viewer) -> str:
    """A Postgres array literal, or `all`."""
    return "all" if viewer.projects is None else "{" + ",".join(sorted(str(p) for p in viewer.projects)) + "}"


def sqlalchemy_url(dsn: str) -> str:
    """`postgresql://…` as SQLAlchemy wants it for asyncpg."""
    return dsn.replace("postgresql://", "postgresql+asyncpg://", 1).replace("postgres://", "postgresql+asyncpg://", 1)


class Database:
    """A pool of connections of the app role, which by itself may read and write nothing."""

    def __init__(self, dsn: str, service: str, pool_size: int = 8) -> None:
        self.service = service
        self.engine: AsyncEngine = create_async_engine(
            sqlalchemy_url(dsn),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=10,
            pool_recycle=1800,
            hide_parameters=True,  # they are what people wrote, and errors would quote them
            json_serializer=lambda value: json.dumps(value).decode(),
            json_deserializer=json.loads,
            connect_args={"server_settings": {"application_name": f"atrium-{service}", "jit": "off"}},
        )

    async def enter(self, connection: AsyncConnection, viewer: Viewer) -> None:
        """Give the running transaction the role and scope of a viewer.

        What belongs to one person alone, such as reading marks, is not shown to who looks as that person.
        """
        await connection.execute(
            _ENTER,
            {
                "role": f"{self.service}_{viewer.side.value}",
                "customer": _text(viewer.customer),
                "person": "" if viewer.preview is not None else _text(viewer.person),
                "projects": _projects(viewer),
                "preview": _text(viewer.preview),
                "report": _text(viewer.report),
                "read_only": "on" if viewer.preview is not None or viewer.side is Side.LINK else "off",
            },
        )

    @asynccontextmanager
    async def transaction(self, viewer: Viewer) -> AsyncIterator[AsyncConnection]:
        """A transaction as the viewer; commits on a clean exit, rolls back on an exception."""
        with tracer.start_as_current_span(
            "db.transaction",
            kind=SpanKind.CLIENT,
            attributes={"db.system": "postgresql"},
            record_exception=False,  # its text may quote values
            set_status_on_exception=False,
        ):
            async with self.engine.begin() as connection:
                await self.enter(connection, viewer)
                yield connection
            note_effect()

    async def ready(self) -> bool:
        async with self.engine.connect() as connection:
            return bool((await connection.execute(text("SELECT true"))).scalar())

    async def close(self) -> None:
        await self.engine.dispose()


async def continue_as_system(connection: AsyncConnection, service: str, customer: UUID) -> None:
    """Let a command that has checked the viewer's right go on as the system, within that customer alone."""
    await connection.execute(
        text("SELECT set_config('role', :role, true), set_config('atrium.customer', :customer, true)"),
        {"role": f"{service}_system", "customer": str(customer)},
    )
