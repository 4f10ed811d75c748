"""What nothing else has answered: logged once, with its trace; answered without a word of what broke."""

from typing import Any

from fastapi import FastAPI, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from atrium_chassis.problems import Problem, problem_response
from atrium_chassis.telemetry import log


class InternalError(Problem):
    """Tells the reader nothing but the trace by which the failure is found in the log."""

    def __init__(self) -> None:
        super().__init__(500, "internal_error", "Failed", "Something went wrong here.")


class FailureMiddleware:
    """Pure ASGI, within the request's trace and around all other middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answering = False

        async def watch(message: Message) -> None:
            nonlocal answering
            answering = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except ClientDisconnect:  # nobody is left to be answered, and nothing broke
            return
        except Exception as error:
            problem = error if isinstance(error, Problem) else InternalError()
            if problem is not error:
                _log(scope, error)
            if not answering:  # else the server breaks the connection off, so that half an answer is not taken for all
                response = await _answer(Request(scope), problem)
                await response(scope, receive, send)


def _log(scope: Scope, error: Exception) -> None:
    route = getattr(scope.get("route"), "path", "unmatched")
    log.error("request_failed", method=scope["method"], route=route, exc_info=error)


async def _answer(request: Request, problem: Problem) -> Response:
    """As the app answers every problem, be it as a page; as a plain document where that fails as well."""
    app: FastAPI = request.app
    show: Any = app.exception_handlers[Problem]
    try:
        response: Response = await show(request, problem)
    except Exception as error:  # what broke the request may break its page too
        log.error("problem_not_shown", code=problem.code, exc_info=error)
        return problem_response(problem)
    return response
