"""Host → tenant, cookie or API token → session: the one way into every request. The hot path reads a cache."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from atrium_chassis.clock import act_at
from atrium_chassis.database import Database
from atrium_chassis.problems import Forbidden, Problem, Unauthenticated
from atrium_chassis.viewer import Viewer
from fastapi import Depends, Request
from sqlalchemy import update

from atrium_gateway.audit.commands import Actor
from atrium_gateway.cache import Cache
from atrium_gateway.changes import Change, Changes
from atrium_gateway.people.queries import domains_of, find_customer, find_house, find_provider, members_of, within
from atrium_gateway.settings import Settings
from atrium_gateway.signin.importing import occurred_at
from atrium_gateway.signin.looks import load_look
from atrium_gateway.signin.model import (
    PROVIDER,
    SEEN_EVERY,
    Session,
    Tenant,
    hash_secret,
    network_of,
    read_api_token,
    viewer_of,
)
from atrium_gateway.signin.queries import find_session
from atrium_gateway.signin.tables import api_token, session

READS = frozenset({"GET", "HEAD", "OPTIONS"})
TENANT_SECONDS = 60.0
SESSION_SECONDS = 5.0
#: How long anything may be trusted while revocations cannot reach this replica.
DEAF_SECONDS = 0.5

Headers = Iterable[tuple[bytes, bytes]]


class UnknownHost(Problem):
    """This host belongs to nobody here."""

    def __init__(self) -> None:
        super().__init__(421, "unknown_host", "Unknown address", "There is no portal at this address.")


def address_name(host: str, base: str) -> str | None:
    """The name that a host is kept under: its slug below the workspace's host, else the host itself."""
    if host.endswith(f".{base}"):
        slug = host.removesuffix(f".{base}")
        return None if "." in slug else slug
    return host if "." in host else None


class NoTenant:
    """Remembers that a host leads nowhere, so that asking again costs nothing."""


class Identity:
    def __init__(self, database: Database, settings: Settings, changes: Changes) -> None:
        self._database = database
        self._settings = settings
        self._tenants: Cache[str, Tenant | NoTenant] = Cache(
            lambda: TENANT_SECONDS if changes.connected else DEAF_SECONDS, size=2000
        )
        self._sessions: Cache[tuple[UUID, bytes], Session] = Cache(
            lambda: SESSION_SECONDS if changes.connected else DEAF_SECONDS
        )
        self._looks: Cache[tuple[UUID, bytes], Session] = Cache(
            lambda: SESSION_SECONDS if changes.connected else DEAF_SECONDS
        )
        self.cookie_name = "__Host-atrium" if settings.secure else "atrium_session"
        self.look_cookie = "__Host-atrium-look" if settings.secure else "atrium_look"
        self._cookie_prefix = f"{self.cookie_name}=".encode()
        self._look_prefix = f"{self.look_cookie}=".encode()
        changes.subscribe(self._changed)

    def _changed(self, change: Change) -> None:
        if change.kind == "house":
            self._tenants.forget()
        if change.kind in {"house", "access"}:
            self._sessions.forget(lambda key: change.house is None or key[0] == change.house)
            self._looks.forget()  # they rest on two houses

    async def tenant(self, host: str) -> Tenant:
        """The tenant of a Host header, port ignored. Raises UnknownHost."""
        name = host.rpartition(":")[0] if ":" in host else host
        name = name.lower().rstrip(".")
        found = await self._tenants.get(name, lambda: self._load_tenant(name))
        if isinstance(found, NoTenant):
            raise UnknownHost
        return found

    async def tenant_of_house(self, house: UUID) -> Tenant:
        """The tenant of a house at its best address: its own host, else its slug. Raises UnknownHost."""
        async with self._database.transaction(Viewer.system(house)) as connection:
            if house == PROVIDER:
                host = self._settings.base_host
            else:
                row = await find_customer(connection, house)
                if row is None:
                    raise UnknownHost
                domains = await domains_of(connection, [house])
                host = domains.get(house, [f"{row.slug}.{self._settings.base_host}"])[0]
        return await self.tenant(host)

    async def _load_tenant(self, host: str) -> Tenant | NoTenant:
        base = self._settings.base_host
        async with self._database.transaction(Viewer.system(None)) as connection:
            provider = await find_provider(connection)
            if host == base:
                house: UUID | None = PROVIDER
            else:
                name = address_name(host, base)
                house = await find_house(connection, name) if name else None
        if provider is None or house is None:
            return NoTenant()
        origin = self._settings.origin(host)
        if house == PROVIDER:
            return Tenant(
                PROVIDER, None, "", provider.name, host, origin, provider.language, provider.time_zone, provider.name
            )
        async with self._database.transaction(Viewer.system(house)) as connection:
            row = await find_customer(connection, house)
        if row is None or not row.active:
            return NoTenant()
        return Tenant(house, house, row.slug, row.name, host, origin, row.language, row.time_zone, provider.name)

    async def session(self, tenant: Tenant, headers: Headers) -> Session | None:
        """Who is signed in, by cookie at this host or by API token. None for nobody.

        A customer's host takes that customer's API tokens only; the workspace's address, common to all clients of
        the API, takes any: the token names its house. Who looks as somebody else is that person, without hands.
        """
        authorization, secret = b"", ""
        for name, value in headers:
            if name == b"authorization":
                authorization = value
            elif name == b"cookie":
                if self._look_prefix in value and (look := await self._look(tenant, value)) is not None:
                    return look
                if self._cookie_prefix in value:
                    secret = self._from_cookie(value, self._cookie_prefix)
        if authorization[:7].lower() == b"bearer ":
            named = read_api_token(authorization[7:].decode("latin-1").strip())
            if named is None or tenant.house not in {PROVIDER, named[0]}:
                return None
            return await self._find(named[0], named[1], by_token=True)
        return await self._find(tenant.house, secret, by_token=False) if secret else None

    async def looking(self, tenant: Tenant, headers: Headers) -> Session | None:
        """The look of a request, if it is one."""
        for name, value in headers:
            if name == b"cookie" and self._look_prefix in value:
                return await self._look(tenant, value)
        return None

    async def _look(self, tenant: Tenant, header: bytes) -> Session | None:
        key = (tenant.house, hash_secret(self._from_cookie(header, self._look_prefix)))

        async def load() -> Session:
            found = await load_look(self._database, *key)
            if found is None:
                raise Unauthenticated
            return found

        try:
            return await self._looks.get(key, load)
        except Unauthenticated:
            return None

    @staticmethod
    def _from_cookie(header: bytes, prefix: bytes) -> str:
        for part in header.split(b";"):
            pair = part.strip()
            if pair.startswith(prefix):
                return pair[len(prefix) :].decode("latin-1")
        return ""

    async def _find(self, house: UUID, secret: str, *, by_token: bool) -> Session | None:
        key = (house, hash_secret(secret))
        known = self._sessions.known(key)
        if known is not None and known.by_token == by_token:
            return known
        try:
            return await self._sessions.get(key, lambda: self._load_session(*key, by_token=by_token))
        except Unauthenticated:
            return None

    async def _load_session(self, house: UUID, token_hash: bytes, *, by_token: bool) -> Session:
        async with self._database.transaction(Viewer.system(house)) as connection:
            row = await find_session(connection, house, token_hash, by_token=by_token)
            if row is None:
                raise Unauthenticated
            now = datetime.now(UTC)
            if row.last_seen_at is None or now - row.last_seen_at > SEEN_EVERY:
                held, members = (api_token if by_token else session), members_of(house)
                await connection.execute(
                    update(held).where(held.c.customer_id == house, held.c.id == row.id).values(last_seen_at=now)
                )
                await connection.execute(
                    update(members)
                    .where(members.c.person_id == row.person_id, *within(house, members))
                    .values(last_seen_at=now)
                )
        viewer = viewer_of(house, row.person_id, row.role, row.project_ids, row.language, row.time_zone)
        return Session(row.id, house, row.person_id, row.name, row.email, viewer, by_token)


def same_origin(request: Request) -> bool:
    """Whether a write comes from a page of this very host. Clients that are no browsers send neither header."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2].lower() == request.headers.get("host", "").lower()


def client_network(request: Request) -> str:
    """The caller's network; with trusted proxies in front, the address that the outermost of them saw."""
    settings: Settings = request.app.state.settings
    address = request.client.host if request.client else ""
    if settings.trusted_proxies:
        hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        if len(hops) >= settings.trusted_proxies:
            address = hops[-settings.trusted_proxies]
    return network_of(address)


async def _identity(request: Request) -> Identity:
    identity: Identity = request.app.state.identity
    return identity


CurrentIdentity = Annotated[Identity, Depends(_identity)]


async def tenant_of(request: Request) -> Tenant:
    """The tenant of a request's host. Raises UnknownHost; Forbidden for a write from a page of another origin."""
    if request.method not in READS and not same_origin(request):
        raise Forbidden("A write must come from a page of this address.", code="cross_origin")
    return await (await _identity(request)).tenant(request.headers.get("host", ""))


async def visitor_of(request: Request) -> Session | None:
    """The signed-in person of a request, or None. Raises what tenant_of and occurred_at raise."""
    found = await (await _identity(request)).session(await tenant_of(request), request.scope["headers"])
    moment = _moment(request)
    act_at(moment)
    return found if found is None or moment is None else replace(found, viewer=replace(found.viewer, acting_at=moment))


def _moment(request: Request) -> datetime | None:
    """The past moment that a write of the API tells of."""
    if request.method in READS or not request.url.path.startswith("/api/v1/"):
        return None
    settings: Settings = request.app.state.settings
    return occurred_at(request.headers, settings.import_key)


async def session_of(request: Request) -> Session:
    """The signed-in person of a request. Raises Unauthenticated and what tenant_of raises."""
    visitor = await visitor_of(request)
    if visitor is None:
        raise Unauthenticated
    return visitor


#: Whose house this host is. A write from a page of another origin ends here.
CurrentTenant = Annotated[Tenant, Depends(tenant_of)]
#: The signed-in person, or None.
CurrentVisitor = Annotated[Session | None, Depends(visitor_of)]
#: The signed-in person; 401 for nobody.
CurrentSession = Annotated[Session, Depends(session_of)]


async def _actor(request: Request, session: CurrentSession) -> Actor:
    return Actor(session.viewer, client_network(request))


#: The signed-in person as the audit trail names them.
CurrentActor = Annotated[Actor, Depends(_actor)]
