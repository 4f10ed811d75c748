"""What a service refused, as errors at the fields of a form, in the reader's language."""

from collections.abc import Callable, Mapping

from atrium_chassis.problems import FieldError as ProblemField
from atrium_chassis.problems import Problem

from atrium_gateway.pages.presenting.shapes import FieldError

Translate = Callable[[str], str]

EMPTY = {"required", "missing", "string_too_short", "too_short"}
TOO_LONG = {"string_too_long", "too_long"}


def field_errors(problem: Problem, _: Translate, names: Mapping[str, str]) -> tuple[FieldError, ...]:
    """One per field; a refusal of the whole form stands at no field."""
    if not problem.errors:
        return (FieldError("", problem_words(problem, _)),)
    return tuple(FieldError(_field(error, names), _words(error, _)) for error in problem.errors)


def _field(error: ProblemField, names: Mapping[str, str]) -> str:
    name = error.pointer.lstrip("/?").replace("/", "_")
    return names.get(name, name)


def _words(error: ProblemField, _: Translate) -> str:
    if error.code in EMPTY:
        return _("This is needed.")
    if error.code in TOO_LONG:
        return _("This is too long.")
    return _("This is not right yet.")


def problem_words(problem: Problem, _: Translate) -> str:
    """A refusal in the reader's language, by its stable code; nothing of what was refused is named."""
    known = {
        "version_superseded": _("A newer version came meanwhile; nothing was recorded. Look at the new one first."),
        "wrong_state": _("Somebody was faster: this is decided already."),
        "stale_revision": _("This has changed meanwhile. Look at it again, then decide."),
        "forbidden": _("Your role does not allow this."),
        "unavailable": _("This cannot be reached right now. What you wrote is still here; try again."),
        "internal_error": _("Something went wrong here. Look whether it was done before you try again."),
        "busy_try_again": _("Others are changing the same thing right now. Nothing was changed; try again."),
        "idempotency_key_reused": _("This was sent already."),
        "too_many_tries": _("Too many tries. Wait a moment."),
        "address_taken": _("This short name is taken already. Choose another one."),
        "already_member": _("This person belongs here already."),
        "last_owner": _("The last one who can invite stays. Give somebody else this role first."),
        "locked": _("Somebody else is working on this file."),
    }
    return known.get(problem.code) or _("This did not work. Nothing was changed.")
