"""In by a code or a mailed link, and out again."""

from typing import Annotated

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE
from atrium_chassis.problems import FieldError, Invalid
from atrium_chassis.requests import Body
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field, StringConstraints

from atrium_gateway import examples
from atrium_gateway.audit.commands import Actor
from atrium_gateway.notifications.mailing import CurrentMailing
from atrium_gateway.openapi import described
from atrium_gateway.signin.commands import (
    Client,
    SignedIn,
    end_session,
    request_code,
    sign_in_with_code,
    sign_in_with_link,
)
from atrium_gateway.signin.identity import (
    CurrentIdentity,
    CurrentTenant,
    CurrentVisitor,
    client_network,
)
from atrium_gateway.signin.model import EMAIL, Session, Tenant, device_name, mask, normal_email
from atrium_gateway.signin.routes.me import Me, me_of

router = APIRouter(prefix="/api/v1")

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
