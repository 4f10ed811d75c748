"""`/sign-in` in steps, the link of a mail, signing out. Opening a link signs nobody in; its button does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from re import fullmatch

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import Problem
from atrium_chassis.viewer import Viewer
from fastapi import APIRouter, Request
from fastapi.responses import Response

from atrium_gateway.notifications.mailing import CurrentMailing
from atrium_gateway.pages.entrance import CurrentEntrance, Entrance, safe_next
from atrium_gateway.pages.presenting.entry import CodeStep, EmailStep, LinkStep
from atrium_gateway.pages.presenting.shapes import FieldError, Form, Person
from atrium_gateway.pages.translation import translations
from atrium_gateway.pages.visit import CurrentForm, Submitted, new_form, see_other
from atrium_gateway.signin.commands import (
    CodeEnded,
    SignedIn,
    TooManyTries,
    WrongCode,
    request_code,
    sign_in_with_code,
    sign_in_with_link,
)
from atrium_gateway.signin.identity import CurrentIdentity, CurrentVisitor, client_network
from atrium_gateway.signin.model import EMAIL, hash_secret, mask, normal_email
from atrium_gateway.signin.queries import LinkHolder, link_holder
from atrium_gateway.signin.routes.entering import client_of, set_session_cookie, sign_out

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
async def show_email_step(entrance: CurrentEntrance, visitor: CurrentVisitor) -> Response:
    following = safe_next(entrance.request.query_params.get("next", "/"))
    if visitor is not None:
        return see_other(following)
    return entrance.show("entry/email.html", EmailStep(new_form("/sign-in"), following))


@router.post("/sign-in")
async def send_code(
    entrance: CurrentEntrance, form: CurrentForm, database: CurrentDatabase, mailing: CurrentMailing
) -> Response:
    """The same page for every address, whether it belongs to someone or not."""
    email = normal_email(form.get("email"))
    if not fullmatch(EMAIL, email):
        _ = translations(entrance.language).gettext
        wrong = FieldError("email", _("Enter an e-mail address, such as you@company.example."))
        again = Form("/sign-in", form.key, values=form.values, errors=(wrong,))
        return entrance.show("entry/email.html", EmailStep(again, safe_next(form.get("next"))), status=422)
    try:
        issued = await request_code(database, entrance.tenant.house, email, client_network(entrance.request))
    except TooManyTries as problem:
        return _code_step(entrance, form, "too_many", problem)
    if issued is not None:
        mailing.send_sign_in(entrance.tenant, *issued)
    return _code_step(entrance, form, "sent")


def _code_step(entrance: Entrance, form: Submitted, state: str, problem: Problem | None = None) -> Response:
    email, now = normal_email(form.get("email")), datetime.now(UTC)
    seconds = int(problem.headers.get("Retry-After", "0")) if problem else 0
    view = CodeStep(
        form=new_form("/sign-in/code", code=form.get("code") if state == "wrong" else ""),
        resend=new_form("/sign-in"),
        email=email,
        masked_email=mask(email),
        sent_at=now,
        next_url=safe_next(form.get("next")),
        state=state,  # type: ignore[arg-type]
        tries_left=problem.extra.get("tries_left", 0) if problem else 0,
        again_at=now + timedelta(seconds=seconds) if seconds else None,
    )
    return entrance.show("entry/code.html", view, status=problem.status if problem else 200)


@router.post("/sign-in/code")
async def enter_code(
    entrance: CurrentEntrance, form: CurrentForm, database: CurrentDatabase, identity: CurrentIdentity
) -> Response:
    code = "".join(sign for sign in form.get("code") if sign.isdigit())
    email = normal_email(form.get("email"))
    stays = bool(form.get("stay"))
    client = client_of(entrance.request)
    try:
        signed_in = await sign_in_with_code(database, entrance.tenant.house, email, code, client, stays=stays)
    except WrongCode as problem:
        return _code_step(entrance, form, "wrong", problem)
    except (CodeEnded, TooManyTries) as problem:
        return _code_step(entrance, form, "used_up", problem)
    return _welcome(entrance, identity.cookie_name, signed_in, form)


def _welcome(entrance: Entrance, cookie: str, signed_in: SignedIn, form: Submitted) -> Response:
    response = see_other(safe_next(form.get("next") or "/"))
    set_session_cookie(response, cookie, signed_in, secure=entrance.request.app.state.settings.secure)
    return response


@router.get("/sign-in/{token}")
async def show_link_step(entrance: CurrentEntrance, token: str, database: CurrentDatabase) -> Response:
    house = entrance.tenant.house
    async with database.transaction(Viewer.system(house)) as connection:
        holder = await link_holder(connection, house, hash_secret(token))
    return _link_step(entrance, token, holder)


def _link_step(entrance: Entrance, token: str, holder: LinkHolder | None) -> Response:
    form = new_form(f"/sign-in/{token}")
    following = safe_next(entrance.request.query_params.get("next", "/"))
    if holder is None or holder.state != "open":
        expired = LinkStep(form, None, "", next_url=following, state="expired")
        return entrance.show("entry/link.html", expired, status=410)
    entrance = replace(entrance, addressee=holder.language)
    side = "customer" if entrance.tenant.customer else "provider"
    person = Person("", holder.name, side)  # type: ignore[arg-type]
    return entrance.show("entry/link.html", LinkStep(form, person, holder.masked_email, next_url=following))


@router.post("/sign-in/{token}")
async def use_link(
    entrance: CurrentEntrance, token: str, form: CurrentForm, database: CurrentDatabase, identity: CurrentIdentity
) -> Response:
    client = client_of(entrance.request)
    try:
        signed_in = await sign_in_with_link(database, entrance.tenant.house, token, client, stays=True)
    except CodeEnded:
        return _link_step(entrance, token, None)
    return _welcome(entrance, identity.cookie_name, signed_in, form)


@router.post("/sign-out")
async def leave(
    request: Request, visitor: CurrentVisitor, identity: CurrentIdentity, database: CurrentDatabase
) -> Response:
    await sign_out(request, database, visitor)
    response = see_other("/sign-in")
    response.delete_cookie(identity.cookie_name, path="/", secure=request.app.state.settings.secure, httponly=True)
    return response
