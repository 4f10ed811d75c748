"""The gateway over real Postgres, Kafka and SMTP, with a provider and two customers."""

import contextlib
import io
import os
import re
import urllib.parse
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import aiohttp
import pytest
import pytest_asyncio
from atrium_chassis.database import Database
from atrium_gateway import command_line
from atrium_gateway.main import service
from atrium_testkit.endpoints import Mail
from atrium_testkit.running import Answer, RunningService
from atrium_testkit.viewers import ViewerKeys
from atrium_testkit.waiting import eventually

from services.gateway.tests.integration.name_server import NameServer
from services.gateway.tests.integration.upstream import Upstream

BASE = "atrium.localhost"
IMPORT_KEY = "key of the tests"
SENDER = f"portal-{uuid4().hex[:8]}@atrium.localhost"


GRACE_SECONDS = 1.0


@dataclass
class Visitor:
    """A browser at one host: keeps cookies, sends its own origin."""

    gateway: RunningService
    host: str = BASE
    cookies: dict[str, str] = field(default_factory=dict)
    bearer: str = ""

    async def call(self, method: str, path: str, *, headers: dict[str, str] | None = None, **options: Any) -> Answer:
        sent = {"host": self.host, "user-agent": "Mozilla/5.0 (Windows) Firefox/130.0", **(headers or {})}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.bearer:
            sent["authorization"] = f"Bearer {self.bearer}"
        answer = await self.gateway.call(method, path, headers=sent, **options)
        if "set-cookie" in answer.headers:
            name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return answer

    async def get(self, path: str, **options: Any) -> Answer:
        return await self.call("GET", f"/api/v1{path}", **options)

    async def post(self, path: str, body: Any = None, **options: Any) -> Answer:
        return await self.call("POST", f"/api/v1{path}", json=body or {}, **options)

    async def patch(self, path: str, body: Any, **options: Any) -> Answer:
        return await self.call("PATCH", f"/api/v1{path}", json=body, **options)

    async def delete(self, path: str, **options: Any) -> Answer:
        return await self.call("DELETE", f"/api/v1{path}", **options)


@dataclass(frozen=True)
class Mailbox:
    """What this run's gateway mailed: runs beside it write to people of the same addresses, from another sender."""

    mail: Mail
    sender: str

    async def of(self, email: str) -> list[dict[str, Any]]:
        address = f"{self.mail.url}/messages.json?to={urllib.parse.quote(email)}"
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            found: list[dict[str, Any]] = await response.json()
        return [mail for mail in found if self.sender in mail["from"]]

    async def next_after(self, email: str, known: int) -> dict[str, Any]:
        """The first mail beyond those known."""

        async def arrived() -> dict[str, Any] | None:
            mails = await self.of(email)
            return mails[known] if len(mails) > known else None

        found = await eventually(arrived)
        assert found
        return found


def code_in(mail: dict[str, Any]) -> str:
    found = re.search(r"\b(\d{3}) (\d{3})\b", mail["text"])
    assert found
    return found[1] + found[2]


def link_in(mail: dict[str, Any]) -> str:
    found = re.search(r"/sign-in/([\w-]+)", mail["text"])
    assert found
    return found[1]


@pytest.fixture(scope="session")
def upstream(keys: ViewerKeys) -> Iterator[Upstream]:
    server = Upstream(keys)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def names() -> Iterator[NameServer]:
    server = NameServer()
    server.start()
    yield server
    server.stop()


#: Where no service answers, whatever else runs on this machine.
NOWHERE = "http://127.0.0.1:1"


def settings_of(keys: ViewerKeys, mail: Mail) -> dict[str, Any]:
    return {
        "public_url": f"http://{BASE}",
        "viewer_signing_key": keys.private_key,
        "smtp_host": mail.smtp_host,
        "smtp_port": mail.smtp_port,
        "mail_from": SENDER,
        "mail_grace_seconds": GRACE_SECONDS,
        "files_url": NOWHERE,
        "reports_url": NOWHERE,
    }


@pytest.fixture(scope="session")
def gateway(
    service_app: Callable[..., RunningService], keys: ViewerKeys, mail: Mail, upstream: Upstream, names: NameServer
) -> RunningService:
    more = {"projects_url": upstream.url, "threads_url": upstream.url, "import_key": IMPORT_KEY}
    more["dns_server"] = names.address
    return service_app(service, worker=True, **settings_of(keys, mail), **more)


@pytest.fixture(scope="session")
def replica(
    gateway: RunningService,
    service_app: Callable[..., RunningService],
    keys: ViewerKeys,
    mail: Mail,
    upstream: Upstream,
) -> Callable[..., RunningService]:
    """Makes another replica over the same database, which imports no history and knows where the named services are."""

    def another(*known: str) -> RunningService:
        told = {f"{name}_url": upstream.url for name in known}
        return service_app(service, database=gateway.database, **{**settings_of(keys, mail), **told})

    return another


@pytest.fixture(scope="session")
def second(replica: Callable[..., RunningService]) -> RunningService:
    return replica()


@pytest.fixture(scope="session")
def mailbox(mail: Mail) -> Mailbox:
    return Mailbox(mail, SENDER)


@pytest.fixture(scope="session")
def gateway_environment(gateway: RunningService) -> dict[str, str]:
    """What a command of the gateway needs to be told."""
    told = ("database_url", "kafka_bootstrap", "viewer_keys_dir", "public_url", "viewer_signing_key")
    return {**os.environ, **{f"ATRIUM_{name.upper()}": str(getattr(gateway.settings, name)) for name in told}}


@dataclass
class World:
    """`nora` is an admin of the provider; `anna` owns helvetia (German), `maya` owns bluepeak (English)."""

    gateway: RunningService
    nora: Visitor
    anna: Visitor
    maya: Visitor
    helvetia: UUID
    bluepeak: UUID

    def visitor(self, host: str = BASE) -> Visitor:
        return Visitor(self.gateway, host)

    async def invite(self, inviter: Visitor, customer: UUID, email: str, name: str, role: str, **more: Any) -> Answer:
        body = {"email": email, "name": name, "role": role, **more}
        return await inviter.post(f"/customers/{customer}/invitations", body)


@pytest.fixture(scope="session")
def operator(gateway: RunningService) -> Callable[..., Any]:
    """`await operator("token", "nora@…")`: what the command prints."""

    async def run(command: str, *arguments: str) -> str:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            code = await getattr(command_line, command.replace("-", "_"))(gateway.settings, list(arguments))
        assert code == 0
        # The service under test logs to the same standard output, from its own thread.
        lines = printed.getvalue().splitlines()
        return next((line for line in lines if line.startswith(("atrium_", "http://"))), "")

    return run


@pytest_asyncio.fixture(scope="session")
async def world(gateway: RunningService, operator: Callable[..., Any], mailbox: Mailbox) -> World:
    early = await Visitor(gateway).get("/me")
    assert early.status == 421, "nobody lives here yet; once somebody does, that is to be forgotten at once"
    provider = ["--provider-name", "Nordwind Systems", "--admin-email", "nora@nordwind.example"]
    await operator("bootstrap", *provider, "--admin-name", "Nora Lind")
    nora = Visitor(gateway, bearer=await operator("token", "nora@nordwind.example"))
    customers = {}
    for slug, name, language in (("helvetia", "Helvetia Foods", "de"), ("bluepeak", "Bluepeak Energy", "en")):
        created = await nora.post("/customers", {"slug": slug, "name": name, "language": language})
        assert created.status == 201, created.content
        customers[slug] = UUID(created.json["id"])
    people = {
        "helvetia": ("anna.keller@helvetia.example", "Anna Keller", "de"),
        "bluepeak": ("maya.singh@bluepeak.example", "Maya Singh", "en"),
    }
    tokens = {}
    for slug, (email, name, language) in people.items():
        body = {"email": email, "name": name, "role": "owner", "language": language}
        invited = await nora.post(f"/customers/{customers[slug]}/invitations", body)
        assert invited.status == 201, invited.content
        tokens[slug] = await operator("token", email)
        await mailbox.next_after(email, 0)  # a late invitation would be taken for the mail a test waits for
    return World(
        gateway,
        nora,
        Visitor(gateway, f"helvetia.{BASE}", bearer=tokens["helvetia"]),
        Visitor(gateway, f"bluepeak.{BASE}", bearer=tokens["bluepeak"]),
        customers["helvetia"],
        customers["bluepeak"],
    )


@pytest_asyncio.fixture
async def database(world: World) -> AsyncIterator[Database]:
    opened = Database(world.gateway.database.app, "gateway", 1)
    yield opened
    await opened.close()
