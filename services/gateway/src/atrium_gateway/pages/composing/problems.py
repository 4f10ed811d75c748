"""What was refused, in the reader's language, by stable codes: on pages, at the fields of a form, and in the API.

Services say in English what is wrong, for whoever reads a log or the API in English. Nobody else is shown their words,
so what was refused is named nowhere but in the request itself.
"""

from collections.abc import Callable, Mapping

from atrium_chassis.problems import FieldError as ProblemField
from atrium_chassis.problems import Problem

from atrium_gateway.pages.presenting.shapes import FieldError

Translate = Callable[[str], str]


def field_errors(problem: Problem, _: Translate, names: Mapping[str, str]) -> tuple[FieldError, ...]:
    """One per field; a refusal of the whole form stands at no field."""
    if not problem.errors:
        return (FieldError("", problem_words(problem, _)),)
    return tuple(FieldError(_field(error, names), fault_words(error.code, _)) for error in problem.errors)


def _field(error: ProblemField, names: Mapping[str, str]) -> str:
    name = error.pointer.lstrip("/?").replace("/", "_")
    return names.get(name, name)


def translated(problem: Problem, _: Translate) -> Problem:
    """The same refusal for the API, in the reader's language; codes, pointers and numbers stay."""
    errors = [ProblemField(error.pointer, error.code, fault_words(error.code, _)) for error in problem.errors]
    detail = errors[0].detail if errors else problem_words(problem, _)
    title = titles(_).get(problem.status) or _("Not possible")
    return Problem(
        problem.status, problem.code, title, detail, errors=errors, headers=problem.headers, extra=problem.extra
    )


def titles(_: Translate) -> Mapping[int, str]:
    """What kind of refusal it is, by its status."""
    return {
        401: _("Not signed in"),
        403: _("Not allowed"),
        404: _("Not here"),
        405: _("Not possible here"),
        409: _("Conflict"),
        412: _("Changed meanwhile"),
        413: _("Too large"),
        415: _("Unknown kind of content"),
        421: _("Unknown address"),
        422: _("Wrong input"),
        429: _("Too many tries"),
        500: _("Failed"),
        503: _("Not available"),
    }


def problem_words(problem: Problem, _: Translate) -> str:
    """A refusal as a sentence."""
    return problems(_).get(problem.code) or _("This did not work. Nothing was changed.")


def fault_words(code: str, _: Translate) -> str:
    """What is wrong with one field, as a sentence."""
    return faults(_).get(code) or problems(_).get(code) or _("This is not right yet.")


def problems(_: Translate) -> Mapping[str, str]:
    """Refusals of a whole act, by code."""
    return {
        "address_taken": _("This address is taken. Choose another one."),
        "already_member": _("This person belongs here already."),
        "audience_not_allowed": _("This is not possible for this audience."),
        "busy_try_again": _("Others are changing the same thing right now. Nothing was changed; try again."),
        "changed_since_preview": _("Something has changed since the preview. Look at it again, then publish."),
        "code_ended": _("This code or link was used before or has expired. Ask for a new one."),
        "cross_origin": _("This did not come from a page of this address. Nothing was changed."),
        "decision_needed": _("This step is a decision about exact versions. Record it as an approval."),
        "file_locked": _("Somebody else is working on this file."),
        "first_version": _("This is the first version; there is none before it."),
        "forbidden": _("Your role does not allow this."),
        "has_file": _("There is a file here already: add a version to it."),
        "hidden_phase": _("Something here lies in a phase that shows less. Publish the phase first."),
        "idempotency_key_reused": _("This was sent already."),
        "import_is_off": _("History is imported with the import key of this installation."),
        "internal_error": _("Something went wrong here. Check whether it was done before you try again."),
        "key_taken": _("There is something by this name already. Choose another one."),
        "last_owner": _("The last one who can invite stays. Give somebody else this role first."),
        "link_ended": _("This link has ended. Ask for a new one."),
        "method_not_allowed": _("This cannot be done at this address."),
        "name_taken": _("There is a file of this name already: add a version to it."),
        "no_earlier_version": _("There is no earlier version."),
        "not_a_point": _("Only a point on a page can be closed."),
        "not_found": _("This is not here, or not for you."),
        "not_json": _("The body is not valid JSON."),
        "not_shared": _("The customer does not see this yet. Publish it first."),
        "not_signed_in": _("Sign in first."),
        "nothing_received": _("No file has arrived yet. Send it first."),
        "project_closed": _("This project is closed; nothing is added to it."),
        "read_only": _("This view is for reading only."),
        "stale_revision": _("This has changed in the meantime. Look at it again, then decide."),
        "too_large": _("This is too large. Upload files by their parts."),
        "too_many_files": _("This has as many files as it can have."),
        "too_many_tries": _("Too many tries. Wait a moment."),
        "unavailable": _("This cannot be reached right now. What you wrote is still here; try again."),
        "unknown_host": _("There is no portal at this address."),
        "upload_aborted": _("This upload was not completed in time. Start a new one."),
        "version_not_ready": _("This version has not passed its check."),
        "version_superseded": _(
            "A newer version came in the meantime; nothing was recorded. Look at the new one first."
        ),
        "wrong_code": _("This code is not correct."),
        "wrong_state": _("Somebody was faster: this is decided already."),
        "wrong_status": _("This is not possible in the state it is in now."),
    }


def faults(_: Translate) -> Mapping[str, str]:
    """What is wrong with one field, by code."""
    empty, too_long = _("This is needed."), _("This is too long.")
    unreadable = _("A name has no line breaks or other characters that cannot be seen.")
    return {
        **dict.fromkeys(("required", "missing", "string_too_short", "too_short", "name_missing"), empty),
        **dict.fromkeys(("string_too_long", "too_long"), too_long),
        **dict.fromkeys(("control_character", "direction_character"), unreadable),
        **dict.fromkeys(("date_parsing", "date_from_datetime_parsing", "date_type"), _("Enter a date.")),
        "ambiguous": _("The address names another subject than the body."),
        "below_aa": _("With this colour something could not be read. Choose another one."),
        "checksums": _("Give a checksum for each part."),
        "choice_missing": _("Say where items in this state go."),
        "code_or_token": _("Sign in with an address and its code, or with a link’s token."),
        "does_not_read": _("This person does not read this conversation."),
        "invalid": _("This is not right yet."),
        "ends_too_early": _("The last day is before the first. Choose the first day or a later one."),
        "in_itself": _("An item cannot lie in itself."),
        "no_words": _("Say what to look for."),
        "not_a_host": _("Write a host of the customer’s own, such as portal.company.example."),
        "not_a_revision": _("If-Match takes the ETag of a read."),
        "not_base64": _("The picture is base64."),
        "not_past": _("An earlier moment is needed, with its time zone."),
        "not_possible": _("Running requests keep their version."),
        "one_of_two": _("Give either a message or a revision."),
        "only_internal": _("Only an internal conversation can be limited."),
        "part_size": _("Choose another size of the parts."),
        "parts_missing": _("Name each part once."),
        "path": _("A name is not a path."),
        "repeated": _("Something is named twice."),
        "unknown_item": _("There is no such item in this project."),
        "unknown_kind": _("There is no such kind."),
        "unknown_person": _("This person does not belong here."),
        "unknown_project": _("There is no such project."),
        "unknown_role": _("There is no such role here."),
        "unknown_state": _("The workflow has no such state."),
        "unknown_version": _("There is no such version."),
        "unknown_workflow": _("There is no such workflow."),
        "without_kind": _("A cursor belongs to one kind: name it."),
        "wrong_cursor": _("This cursor belongs to another list."),
        "wrong_end": _("Choose an end in the future, within a year."),
        "wrong_file": _("This must be about this item’s file."),
        "wrong_parts": _("The store has other parts than these. Send them again."),
        "wrong_subject": _("There is no such subject."),
        "wrong_workflow": _("The workflow does not hold together here."),
    }
