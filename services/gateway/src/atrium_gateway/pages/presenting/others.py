"""Thinner pages: catch-up, people, settings, acting from a mail, errors."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from atrium_gateway.pages.presenting.item import Decision
from atrium_gateway.pages.presenting.shapes import (
    Ask,
    Change,
    Choice,
    Form,
    Health,
    Person,
    ProjectLine,
    StatusUpdate,
    Verb,
)

AWAY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class NewsLine:
    """A change as the catch-up tells it. `kind` chooses the sign: `reached`, `thread`, `files`, `risk`, `calendar`."""

    kind: str
    title: str
    url: str
    at: datetime
    by: Person | None = None
    text: str = ""
    project: str | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class ProjectNews:
    """What changed in one project, and what of it the reader has already had on screen. `health` where it is known."""

    title: str
    url: str
    health: Health | None
    news: tuple[NewsLine, ...] = ()
    seen: tuple[NewsLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What someone reads who has not caught up before: what the projects are for, and who is who on both sides."""

    projects: tuple[ProjectLine, ...] = ()
    ours: tuple[Person, ...] = ()
    theirs: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class CatchUpPage:
    """`/catch-up`, template `portal/catch-up.html`. `seen` marks all as seen; before the first time, `newcomer`."""

    since: datetime | None = None
    decisions: tuple[Ask, ...] = ()
    projects: tuple[ProjectNews, ...] = ()
    update: StatusUpdate | None = None
    seen: Form | None = None
    changes: int = 0
    newcomer: Newcomer | None = None
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a list: role, projects, last seen, and for owners and admins the form to remove and whether an API
    token signs in too.
    """

    person: Person
    email: str
    projects: str = ""
    last_seen_at: datetime | None = None
    remove: Form | None = None
    has_token: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that nobody has taken yet; when it has `ended`, nobody can."""

    email: str
    role: str
    invited_by: Person | None = None
    ends_at: datetime | None = None
    withdraw: Form | None = None
    again: Form | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people are shown, by the address; empty for all. `seen` is `never`, or `away` for a month."""

    q: str = ""
    role: str = ""
    seen: str = ""

    def takes(self, one: Member, now: datetime) -> bool:
        return (
            self.q.casefold() in f"{one.person.name} {one.email}".casefold()
            and self.role in ("", one.person.role)
            and (self.seen != "never" or one.last_seen_at is None)
            and (self.seen != "away" or one.last_seen_at is None or now - one.last_seen_at > AWAY)
        )

    @property
    def narrows(self) -> bool:
        return self != PeopleFilter()


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`/people`, template `portal/people.html`, for both sides: of `total` people of this house those that the filter
    takes. `invite` posts `email`, `name`, `role`.
    """

    ours: tuple[Member, ...] = ()
    theirs: tuple[Member, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    invite: Form | None = None
    roles: tuple[Choice, ...] = ()
    filter: PeopleFilter = PeopleFilter()
    total: int = 0


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A device that is signed in."""

    device: str
    at: datetime
    current: bool = False
    end: Form | None = None


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """`/settings`, template `portal/settings.html`. `form` posts `language`, `time_zone`, `theme`, `keys`."""

    form: Form
    languages: tuple[Choice, ...]
    time_zones: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    keys: tuple[Choice, ...]
    email: str = ""
    sessions: tuple[SessionLine, ...] = ()


LinkState = Literal["ready", "expired", "sent"]


@dataclass(frozen=True, slots=True)
class ActPage:
    """`/act/{token}`, template `entry/act.html`: one more button, then it is done. Opening acts on nothing."""

    form: Form
    person: Person
    masked_email: str
    title: str
    verb: Verb
    project: str
    decision: Decision
    item_url: str
    state: LinkState | Literal["done"] = "ready"
    """`done`: somebody was faster. `expired`: `form` asks for a new link; `sent`: it is on its way."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Any refusal as a page, template `error.html`. `status` chooses the words; `missing` what is not there (503)."""

    status: int
    code: str = ""
    detail: str = ""
    missing: str = ""
    again_at: datetime | None = None
    who_may: str = ""
