"""Refusals as pages, where a page was asked for; the API's stay problem documents."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from atrium_chassis.problems import Problem, problem_response, validation_problem
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from atrium_gateway.pages.composing.problems import problem_words, translated
from atrium_gateway.pages.entrance import entrance_of
from atrium_gateway.pages.headers import security_headers
from atrium_gateway.pages.languages import before_sign_in
from atrium_gateway.pages.presenting.others import ErrorPage
from atrium_gateway.pages.translation import translations
from atrium_gateway.pages.visit import SignInFirst, see_other, visit_of
from atrium_gateway.signin.identity import READS, Identity

API = "/api/"
CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}


def install_errors(app: FastAPI) -> None:
    """Replaces the chassis' handlers by ones that know pages and languages."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(SignInFirst, _on_sign_in_first)


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  # installed for it
    return await answer(request, error)


async def _on_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    return await answer(request, validation_problem(error))


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    code = CODES.get(error.status_code, "http_error")
    return await answer(request, Problem(error.status_code, code, str(error.detail), headers=dict(error.headers or {})))


async def _on_sign_in_first(request: Request, error: Exception) -> Response:
    where = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    following = where if request.method in READS else "/"
    return see_other(f"/sign-in?{urlencode({'next': following})}" if following != "/" else "/sign-in")


async def answer(request: Request, problem: Problem) -> Response:
    response = await _shown(request, problem)
    # The answer to a failure does not pass through the middleware that adds these.
    response.headers.update(security_headers(request.app.state.settings.content_origin))
    return response


async def _shown(request: Request, problem: Problem) -> Response:
    if request.url.path.startswith(API):
        return problem_response(await _in_the_readers_language(request, problem))
    if problem.status == 401:
        return await _on_sign_in_first(request, problem)
    try:
        response = await _page(request, problem)
    except Problem:  # an unknown host, or the names cannot be read: no brand to show it in
        return problem_response(problem)
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response


async def _in_the_readers_language(request: Request, problem: Problem) -> Problem:
    """As the signed-in person chose, else as the client wishes. English is what services say, to the point."""
    identity: Identity = request.app.state.identity
    try:
        tenant = await identity.tenant(request.headers.get("host", ""))
        visitor = await identity.session(tenant, request.scope["headers"])
    except Problem:  # the names cannot be read
        visitor = None
    language = visitor.viewer.language if visitor else before_sign_in(request)
    return problem if language == "en" else translated(problem, translations(language).gettext)


async def _page(request: Request, problem: Problem) -> Response:
    """In the reader's page where someone is signed in, else in the house's alone. Raises UnknownHost."""
    identity: Identity = request.app.state.identity
    tenant = await identity.tenant(request.headers.get("host", ""))
    visitor = await identity.session(tenant, request.scope["headers"])
    if visitor is None:
        entrance = await entrance_of(request, tenant)
        return entrance.show("error.html", _view(problem, entrance.language), status=problem.status)
    visit = await visit_of(request, tenant, visitor)
    return visit.whole("error.html", _view(problem, visit.viewer.language), "", status=problem.status)


def _view(problem: Problem, language: str) -> ErrorPage:
    seconds = problem.headers.get("Retry-After", "")
    again_at = (
        datetime.now(UTC) + timedelta(seconds=int(seconds)) if problem.status == 429 and seconds.isdigit() else None
    )
    words = problem_words(problem, translations(language).gettext)
    return ErrorPage(problem.status, problem.code, words, again_at=again_at)
