"""Sign-in by code or link, one's own sessions and API tokens."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from atrium_chassis.database import continue_as_system
from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE
from atrium_chassis.idempotency import once
from atrium_chassis.paging import Page
from atrium_chassis.problems import FieldError, Invalid, NotFound
from atrium_chassis.requests import Body, IdempotencyKey
from atrium_chassis.viewer import Side
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, field_validator

from atrium_gateway import examples
from atrium_gateway.audit.commands import Actor
from atrium_gateway.notifications.mailing import CurrentMailing
from atrium_gateway.openapi import described
from atrium_gateway.people.commands import change_member
from atrium_gateway.people.model import is_time_zone
from atrium_gateway.people.queries import find_customer
from atrium_gateway.signin.commands import (
    Client,
    SignedIn,
    create_api_token,
    end_all_sessions,
    end_session,
    request_code,
    revoke_api_token,
    sign_in_with_code,
    sign_in_with_link,
)
from atrium_gateway.signin.identity import (
    CurrentActor,
    CurrentIdentity,
    CurrentSession,
    CurrentTenant,
    CurrentVisitor,
    client_network,
)
from atrium_gateway.signin.model import EMAIL, PROVIDER, Session, Tenant, device_name, initials, mask, normal_email
from atrium_gateway.signin.queries import list_own
from atrium_gateway.signin.tables import api_token
from atrium_gateway.signin.tables import session as sessions

router = APIRouter()

Email = Annotated[str, StringConstraints(max_length=254, pattern=EMAIL)]


class CodeRequest(Body):
    email: Email = Field(examples=["maya.singh@bluepeak.example"])


class CodeSent(BaseModel):
    sent_to: str = Field(description="Masked; the same answer whether the address is known or not.")


class SignIn(Body):
    """Either an address and its code, or the token of a mailed link."""

    email: Email | None = Field(None, examples=["maya.singh@bluepeak.example"])
    code: str | None = Field(None, max_length=20, examples=["407 153"])
    token: str | None = Field(None, max_length=200)
    stay: bool = Field(True, description="Stay signed in on this device for 30 days, else for 12 hours.")


class HouseView(BaseModel):
    id: UUID
    slug: str
    name: str


class Me(BaseModel):
    person_id: UUID
    name: str
    initials: str
    email: str
    side: Side
    role: str
    customer: HouseView | None
    projects: list[UUID] | None = Field(description="Permitted projects; null for all.")
    language: str
    time_zone: str


class MePatch(Body):
    language: Literal["de", "en"] | None = None
    time_zone: str | None = Field(None, max_length=64, examples=["Europe/Zurich"])

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        if name is not None and not is_time_zone(name):
            raise ValueError("a time zone of the IANA list, such as Europe/Zurich")
        return name


class SessionView(BaseModel):
    id: UUID
    device: str
    network: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    current: bool


class TokenBody(Body):
    name: str = Field(min_length=1, max_length=80, examples=["Reporting script"])
    expires_at: AwareDatetime | None = None


class TokenView(BaseModel):
    id: UUID
    name: str
    created_at: datetime
    last_seen_at: datetime | None
    expires_at: datetime | None


class NewToken(BaseModel):
    id: UUID
    name: str
    token: str = Field(description="Shown this once.")


def client_of(request: Request) -> Client:
    return Client(client_network(request), device_name(request.headers.get("user-agent", "")))


def set_session_cookie(response: Response, name: str, signed_in: SignedIn, *, secure: bool) -> None:
    """Not readable by scripts, not sent by other sites' forms, for this host alone."""
    response.set_cookie(
        name,
        signed_in.secret,
        max_age=int(signed_in.lifetime.total_seconds()) if signed_in.stays else None,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


async def sign_in(database: CurrentDatabase, tenant: Tenant, body: SignIn, client: Client) -> SignedIn:
    """By whichever the body holds. Raises Invalid, CodeEnded, WrongCode, TooManyTries."""
    if body.token and not body.email and not body.code:
        return await sign_in_with_link(database, tenant.house, body.token, client, stays=body.stay)
    if body.email and body.code and not body.token:
        code = "".join(filter(str.isdigit, body.code))
        return await sign_in_with_code(database, tenant.house, normal_email(body.email), code, client, stays=body.stay)
    raise Invalid([FieldError("", "code_or_token", "Sign in with an address and its code, or with a link's token.")])


@router.post(
    "/sign-in/codes",
    operation_id="request_sign_in_code",
    response_model=CodeSent,
    **described("public", (), 403, 429, example=examples.CODE_SENT, status=202),
)
async def post_code(
    request: Request, body: CodeRequest, tenant: CurrentTenant, database: CurrentDatabase, mailing: CurrentMailing
) -> CodeSent:
    """Mails a code and a link to an invited address. The answer is the same for every address."""
    email = normal_email(body.email)
    issued = await request_code(database, tenant.house, email, client_network(request))
    if issued is not None:
        mailing.send_sign_in(tenant, *issued)
    return CodeSent(sent_to=mask(email))


@router.post(
    "/sign-in",
    operation_id="sign_in",
    response_model=Me,
    **described("public", (), 403, 429, example=examples.ME),
)
async def post_sign_in(
    request: Request, body: SignIn, tenant: CurrentTenant, identity: CurrentIdentity, database: CurrentDatabase
) -> Response:
    """Begins a session with a new cookie. Opening a mailed link does nothing; this uses it up."""
    signed_in = await sign_in(database, tenant, body, client_of(request))
    response = JSONResponse((await me_of(database, signed_in.session)).model_dump(mode="json"))
    set_session_cookie(response, identity.cookie_name, signed_in, secure=request.app.state.settings.secure)
    return response


@router.post(
    "/sign-out",
    operation_id="sign_out",
    **described("both", EVERYONE, 403, status=204),
)
async def post_sign_out(
    visitor: CurrentVisitor, request: Request, identity: CurrentIdentity, database: CurrentDatabase
) -> Response:
    """Ends this session, on every open page of it. Without a session there is nothing to end."""
    await sign_out(request, database, visitor)
    response = Response(status_code=204)
    response.delete_cookie(identity.cookie_name, path="/", secure=request.app.state.settings.secure, httponly=True)
    return response


async def sign_out(request: Request, database: CurrentDatabase, visitor: Session | None) -> None:
    if visitor is None or visitor.by_token:
        return
    async with database.transaction(visitor.viewer) as connection:
        await end_session(connection, Actor(visitor.viewer, client_network(request)), visitor.house, visitor.id)


async def me_of(database: CurrentDatabase, session: Session) -> Me:
    viewer, house = session.viewer, None
    if session.house != PROVIDER:
        async with database.transaction(viewer) as connection:
            row = await find_customer(connection, session.house)
        if row is None:
            raise NotFound
        house = HouseView(id=row.customer_id, slug=row.slug, name=row.name)
    return Me(
        person_id=session.person,
        name=session.name,
        initials=initials(session.name),
        email=session.email,
        side=viewer.side,
        role=viewer.role,
        customer=house,
        projects=None if viewer.projects is None else sorted(viewer.projects, key=str),
        language=viewer.language,
        time_zone=viewer.time_zone,
    )


@router.get(
    "/me",
    operation_id="get_me",
    response_model=Me,
    **described("both", EVERYONE, example=examples.ME),
)
async def get_me(session: CurrentSession, database: CurrentDatabase) -> Me:
    return await me_of(database, session)


@router.patch(
    "/me",
    operation_id="change_me",
    response_model=Me,
    **described("both", EVERYONE, 403, example=examples.ME),
)
async def patch_me(body: MePatch, session: CurrentSession, actor: CurrentActor, database: CurrentDatabase) -> Me:
    """One's own language and time zone; role and projects are others' to give."""
    changes = body.model_dump(exclude_none=True)
    async with database.transaction(session.viewer) as connection:
        await continue_as_system(connection, "gateway", session.house)
        await change_member(connection, actor, session.house, session.person, changes, None)
    return await me_of(database, replace(session, viewer=replace(session.viewer, **changes)))


@router.get(
    "/me/sessions",
    operation_id="list_my_sessions",
    response_model=Page[SessionView],
    **described("both", EVERYONE, example=examples.page(examples.SESSION)),
)
async def get_sessions(session: CurrentSession, database: CurrentDatabase) -> dict[str, Any]:
    async with database.transaction(session.viewer) as connection:
        rows = await list_own(connection, sessions, session.house, session.person)
    return {"items": [{**row._mapping, "current": row.id == session.id} for row in rows], "next_cursor": None}


@router.delete(
    "/me/sessions",
    operation_id="end_my_sessions",
    **described("both", EVERYONE, 403, status=204),
)
async def delete_sessions(session: CurrentSession, actor: CurrentActor, database: CurrentDatabase) -> Response:
    """Signs out everywhere, here too."""
    async with database.transaction(session.viewer) as connection:
        await end_all_sessions(connection, actor, session.house)
    return Response(status_code=204)


@router.delete(
    "/me/sessions/{held}",
    operation_id="end_my_session",
    **described("both", EVERYONE, 403, 404, status=204),
)
async def delete_session(
    held: UUID, session: CurrentSession, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    async with database.transaction(session.viewer) as connection:
        await end_session(connection, actor, session.house, held)
    return Response(status_code=204)


@router.get(
    "/me/tokens",
    operation_id="list_my_tokens",
    response_model=Page[TokenView],
    **described("both", EVERYONE, example=examples.page(examples.TOKEN)),
)
async def get_tokens(session: CurrentSession, database: CurrentDatabase) -> dict[str, Any]:
    async with database.transaction(session.viewer) as connection:
        rows = await list_own(connection, api_token, session.house, session.person)
    return {"items": [dict(row._mapping) for row in rows], "next_cursor": None}


@router.post(
    "/me/tokens",
    operation_id="create_my_token",
    response_model=NewToken,
    **described("both", EVERYONE, 403, example=examples.NEW_TOKEN, status=201),
)
async def post_token(
    body: TokenBody, session: CurrentSession, actor: CurrentActor, database: CurrentDatabase, key: IdempotencyKey
) -> dict[str, Any]:
    """An API token for `Authorization: Bearer`, with one's own rights. A repeat shows it no second time."""
    shown: list[str] = []
    async with database.transaction(session.viewer) as connection:

        async def act() -> dict[str, Any]:
            token_id, token = await create_api_token(
                connection, actor, session.house, session.person, body.name, body.expires_at
            )
            shown.append(token)
            return {"id": str(token_id), "name": body.name}

        answer = await once(
            connection, session.viewer, operation="create_my_token", key=key, body=body.model_dump(mode="json"), act=act
        )
    return {**answer, "token": shown[0] if shown else ""}


@router.delete(
    "/me/tokens/{held}",
    operation_id="revoke_my_token",
    **described("both", EVERYONE, 403, 404, status=204),
)
async def delete_token(held: UUID, session: CurrentSession, actor: CurrentActor, database: CurrentDatabase) -> Response:
    async with database.transaction(session.viewer) as connection:
        await revoke_api_token(connection, actor, session.house, held)
    return Response(status_code=204)
