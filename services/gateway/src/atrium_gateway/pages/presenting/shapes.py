"""Shapes that several pages share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Side = Literal["provider", "customer", "link"]
Turn = Literal["customer", "provider", "third_party", "nobody"]
Audience = Literal["shared", "internal", "private"]
Visibility = Literal["internal", "placeholder", "shared"]
Tone = Literal["", "ok", "warn", "bad", "accent"]

HUES = 12


@dataclass(frozen=True, slots=True)
class Person:
    """A face and a name. `salutation` (Frau, Herr) only where it is known; `part` is what they do in a project."""

    id: str
    name: str
    side: Side
    salutation: str = ""
    role: str = ""
    part: str = ""

    @property
    def given(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def family(self) -> str:
        return self.name.rsplit(" ", 1)[-1]

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][:1] + words[-1][:1] if len(words) > 1 else self.name[:2]).upper()

    @property
    def hue(self) -> int:
        """The same face everywhere: the hue comes from the id alone."""
        return sum(self.id.encode()) % HUES + 1


@dataclass(frozen=True, slots=True)
class Verb:
    """What is asked: its key (`sign_off`, or one a workflow invented) and the workflow's own label, if it has one."""

    key: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a side has waited. `agreed` in working hours, None where nothing was agreed."""

    waited_hours: float
    agreed_hours: float | None = None
    paused: bool = False

    @property
    def share(self) -> float:
        """Share of the agreed time used, 0 to 1."""
        if not self.agreed_hours:
            return 0.0
        return max(0.0, min(1.0, self.waited_hours / self.agreed_hours))

    @property
    def over(self) -> bool:
        return self.agreed_hours is not None and self.waited_hours > self.agreed_hours

    @property
    def late(self) -> bool:
        """From 60 % on the ring is amber."""
        return self.agreed_hours is not None and self.share >= 0.6


@dataclass(frozen=True, slots=True)
class Change:
    """A value before and after; either may be empty."""

    title: str
    before: str = ""
    after: str = ""
    where: str = ""
    at: datetime | None = None
    by: Person | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a version. Its size keeps its place until the picture is there."""

    number: int
    width: int
    height: int
    picture_url: str
    thumbnail_url: str
    url: str = ""
    points: int = 0


@dataclass(frozen=True, slots=True)
class Ask:
    """Something whose turn has come: an act row, the hero of a page."""

    title: str
    url: str
    verb: Verb
    context: str = ""
    due: date | None = None
    why: str = ""
    asked_by: Person | None = None
    asked_at: datetime | None = None
    person: Person | None = None
    version: int | None = None
    first_page: Sheet | None = None
    """Of that version, once it is drawn."""
    delegate_url: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something another side has. `after` names what it waits for instead of a date."""

    title: str
    url: str
    turn: Turn
    context: str = ""
    person: Person | None = None
    due: date | None = None
    after: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file as a row: `remark` is what it waits for or what became of it."""

    name: str
    url: str
    extension: str
    version: int
    remark: str = ""
    by: Person | None = None
    at: datetime | None = None
    size: int | None = None
    verb: Verb | None = None


@dataclass(frozen=True, slots=True)
class TalkLine:
    """A thread as a row: its subject, who said what last."""

    subject: str
    url: str
    audience: Audience
    at: datetime
    by: Person | None = None
    text: str = ""
    unread: int = 0
    customer: str = ""
    """Slug of the customer, for staff."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Working hours that each side has had the turn so far."""

    customer_hours: float = 0.0
    provider_hours: float = 0.0
    third_hours: float = 0.0

    @property
    def total(self) -> float:
        return self.customer_hours + self.provider_hours + self.third_hours


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as a row. `days` since the side with the turn has it."""

    number: str
    title: str
    url: str
    turn: Turn
    state: str = ""
    tone: Tone = ""
    kind: str = ""
    project: str = ""
    by: Person | None = None
    assigned: Person | None = None
    clock: Clock | None = None
    verb: Verb | None = None
    question: str = ""
    asked_by: Person | None = None
    due: date | None = None
    done_at: datetime | None = None
    at: datetime | None = None
    third_party: str = ""
    customer: str = ""
    waits: Waits | None = None
    moved_by: Person | None = None
    """Whose act `at` is, where that is known: who raised it, as long as its turn has not moved since."""


@dataclass(frozen=True, slots=True)
class Health:
    """How a project goes: key of `on_track`, `attention`, `late`, `finished`, `not_started`."""

    key: str


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project as a card: milestones reached of all, and the next one."""

    title: str
    url: str
    health: Health
    reached: int = 0
    milestones: int = 0
    next_title: str = ""
    next_due: date | None = None
    open_count: int = 0
    goal: str = ""


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """What a person of the provider sums up, with the next touchpoint."""

    by: Person
    at: datetime
    text: str
    next_at: datetime | None = None
    report_url: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the path above the title; the last has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with a field of a form, in the reader's language."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """What every form carries: where it posts, its idempotency key, what was typed, what was wrong."""

    action: str
    idempotency_key: str
    revision: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()

    def value(self, name: str, default: str = "") -> str:
        return self.values.get(name, default)

    def error(self, name: str) -> str:
        return next((error.text for error in self.errors if error.field == name), "")


@dataclass(frozen=True, slots=True)
class Stale:
    """Someone was faster: who and when, and each value as it was typed (`before`) and as it is there now (`after`)."""

    lines: tuple[Change, ...]
    by: Person | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a select or a set of radio buttons."""

    value: str
    label: str
    hint: str = ""
