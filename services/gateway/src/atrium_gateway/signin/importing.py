"""History import: a write of the API may say that it tells of a past act, where the installation allows that."""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime

from atrium_chassis.problems import FieldError, Forbidden, Invalid

OCCURRED_AT = "Atrium-Occurred-At"
IMPORT_KEY = "Atrium-Import-Key"
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def occurred_at(headers: Mapping[str, str], import_key: str) -> datetime | None:
    """The past moment that a write tells of; None where it tells of none.

    Raises Forbidden without the installation's import key, and always where it has none; Invalid for a moment that is
    none, or not past.
    """
    said = headers.get(OCCURRED_AT)
    if said is None:
        return None
    given = headers.get(IMPORT_KEY, "")
    if not import_key or not hmac.compare_digest(given.encode(), import_key.encode()):
        raise Forbidden("History is imported with the import key of this installation.", "import_is_off")
    return _past(said)


def _past(said: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not EARLIEST <= moment <= datetime.now(UTC):
        detail = "This takes a past moment after 1999 with its time zone, such as 2026-03-02T09:30:00+01:00."
        raise Invalid([FieldError(OCCURRED_AT, "not_past", detail)])
    return moment.astimezone(UTC)
