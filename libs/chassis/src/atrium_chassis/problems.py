"""RFC 9457 problem documents: what is wrong and what to do, with a stable `code`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from atrium_chassis import json
from atrium_chassis.telemetry import current_trace_id

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class FieldError:
    """`pointer` is a JSON pointer into the body, or `?name` for a query parameter."""

    pointer: str
    code: str
    detail: str


class Problem(Exception):  # the field's term is “problem”
    """An error meant for a person. Raised anywhere, turned into a document in one place."""

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str = "",
        *,
        errors: Sequence[FieldError] = (),
        headers: dict[str, str] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(detail or title)
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = headers or {}
        self.extra = extra or {}

    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = {
            "type": f"https://atrium.dev/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail or self.title,
            "code": self.code,
            "trace_id": current_trace_id(),
        }
        if self.errors:
            document["errors"] = [
                {"pointer": error.pointer, "code": error.code, "detail": error.detail} for error in self.errors
            ]
        return {**document, **self.extra}


class Unauthenticated(Problem):
    def __init__(self, detail: str = "Sign in first.") -> None:
        super().__init__(401, "not_signed_in", "Not signed in", detail, headers={"WWW-Authenticate": "Bearer"})


class NotFound(Problem):
    """The same answer for what is not there and for what is not yours."""

    def __init__(self) -> None:
        super().__init__(404, "not_found", "Not here", "This is not here, or not for you.")


class Forbidden(Problem):
    """Yours to see, but not to do."""

    def __init__(self, detail: str = "Your role does not allow this.", code: str = "forbidden") -> None:
        super().__init__(403, code, "Not allowed", detail)


class Conflict(Problem):
    def __init__(self, code: str, detail: str, extra: dict[str, Any] | None = None) -> None:
        super().__init__(409, code, "Conflict", detail, extra=extra)


class Stale(Problem):
    """`If-Match` names an older revision."""

    def __init__(self, current_revision: int) -> None:
        super().__init__(
            412,
            "stale_revision",
            "Changed meanwhile",
            f"This was changed meanwhile; it is now at revision {current_revision}. Read it again and decide.",
            extra={"current_revision": current_revision},
        )


class Invalid(Problem):
    def __init__(self, errors: Sequence[FieldError] = (), code: str = "invalid", detail: str = "") -> None:
        first = errors[0].detail if errors else "The request has a wrong value."
        super().__init__(422, code, "Wrong input", detail or first, errors=errors)


class Unavailable(Problem):
    def __init__(self, what: str) -> None:
        super().__init__(
            503, "unavailable", "Not available", f"{what} cannot be reached right now.", headers={"Retry-After": "5"}
        )


def problem_response(problem: Problem) -> Response:
    return Response(
        json.dumps(problem.document()), status_code=problem.status, media_type=MEDIA_TYPE, headers=problem.headers
    )


def _pointer(location: tuple[int | str, ...]) -> str:
    where, *path = location
    if where == "body":
        return "/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in path)
    return f"?{'.'.join(str(part) for part in path)}" if where == "query" else ".".join(str(p) for p in location)


def validation_problem(error: RequestValidationError) -> Problem:
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        return Problem(422, "not_json", "Not JSON", "The body is not valid JSON.")
    if any(fault["loc"] and fault["loc"][0] == "path" for fault in faults):
        # A malformed id names nothing, so it is answered like an id that names nothing.
        return NotFound()
    return Invalid([FieldError(_pointer(fault["loc"]), fault["type"], fault["msg"]) for fault in faults])


HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "unsupported_media_type"}


def install_problem_handlers(app: FastAPI) -> None:
    """One place turns every error into a problem document."""

    async def on_problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)  # noqa: S101
        return problem_response(error)

    async def on_validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        return problem_response(validation_problem(error))

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101
        if error.status_code == 404:
            return problem_response(NotFound())
        code = HTTP_CODES.get(error.status_code, "http_error")
        return problem_response(Problem(error.status_code, code, str(error.detail), headers=dict(error.headers or {})))

    app.add_exception_handler(Problem, on_problem)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(HTTPException, on_http)
