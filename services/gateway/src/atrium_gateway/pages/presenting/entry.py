"""Sign-in in three steps. Templates `entry/email.html`, `entry/code.html`, `entry/link.html`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from atrium_gateway.pages.presenting.shapes import Form, Person


@dataclass(frozen=True, slots=True)
class EmailStep:
    """Form posts `email` (and `next`, hidden) to `form.action`, `/sign-in`. `notice` is one sentence above the form."""

    form: Form
    next_url: str = "/"
    notice: str = ""


@dataclass(frozen=True, slots=True)
class CodeStep:
    """Form posts `code`, `email`, `next`, `stay` to `/sign-in/code`; `resend.action` takes `email` again.

    `state` is `sent`, `wrong` (with `tries_left`), `used_up` (expired or no tries left: a new code in this place) or
    `too_many` (with `again_at`).
    """

    form: Form
    resend: Form
    email: str
    masked_email: str
    sent_at: datetime
    next_url: str = "/"
    state: Literal["sent", "wrong", "used_up", "too_many"] = "sent"
    tries_left: int = 5
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkStep:
    """A link from a mail: asks before anyone is signed in. `state` `expired` offers a new one to the same address.

    `form` posts to `/sign-in/{token}`; `code_form` posts `code` of the same mail to `/sign-in/code`.
    """

    form: Form
    person: Person | None
    masked_email: str
    sent_at: datetime | None = None
    ends_at: datetime | None = None
    code_form: Form | None = None
    email: str = ""
    next_url: str = "/"
    purpose: str = ""
    state: Literal["ready", "expired"] = "ready"
