"""What every page knows: the house, the reader, the moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from atrium_gateway.pages.presenting.shapes import Crumb, Person, Side, Tone

Shell = Literal["portal", "workspace", "guest"]


@dataclass(frozen=True, slots=True)
class House:
    """The customer's portal (or the provider's workspace) as pages show it.

    `proportions` are width by height of the pictures in the header: `light`, `dark`, `mark`, as far as they are known.
    `words` maps a word of product.md (`project`, `request`, `conversation`, `report`) to the customer's own, with the
    keys `singular` and `plural`, already in the reader's language.
    """

    slug: str
    name: str
    short_name: str
    provider: str
    provider_short: str
    host: str
    header: Literal["light", "accent", "dark"] = "light"
    theme_url: str = "/theme.css"
    fonts: tuple[str, ...] = ("inter.woff2",)
    logo_url: str = ""
    logo_dark_url: str = ""
    mark_url: str = ""
    sign_in_url: str = ""
    proportions: Mapping[str, float] = field(default_factory=dict)
    theme_colour: str = ""
    support_address: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CustomerMark:
    """A customer in the workspace's rail: mark, open turns, its projects."""

    slug: str
    name: str
    url: str
    mark_url: str = ""
    open_turns: int = 0
    projects: tuple[Crumb, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """Up to when the reader has seen everything (`since`), and what they have seen of single things after that."""

    since: datetime
    until: Mapping[str, datetime] = field(default_factory=dict)

    def is_news(self, url: str, at: datetime | None) -> bool:
        return at is not None and at > self.since and at > self.until.get(url.removeprefix("/"), self.since)


@dataclass(frozen=True, slots=True)
class Fresh(Looked):
    """What would be new for the reader, whenever it changed: the things with these addresses."""

    urls: frozenset[str] = frozenset()

    def is_news(self, url: str, at: datetime | None) -> bool:
        return at is not None and url in self.urls


@dataclass(frozen=True, slots=True)
class Toast:
    """What has just happened, said once, after the redirect."""

    text: str
    tone: Tone = ""
    undo_url: str = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """Staff see this page as `person` of the customer; `workspace` is the same page, or the nearest, over there.

    `width` is `phone` where the page stands in a frame as wide as a phone, and `framed` within that frame.
    """

    person: Person
    others: tuple[Person, ...]
    language: str
    path: str
    workspace: str
    width: Literal["", "phone", "framed"] = ""

    def as_(self, person: Person, language: str = "") -> str:
        """The same page as another person, or in another language."""
        chosen = {"language": language} if language else {}
        to = self.phone_url if self.width == "phone" else self.path
        return f"/look/as/{person.id}?{urlencode({'to': to, **chosen})}"

    @property
    def phone_url(self) -> str:
        return f"/look/phone?at={quote(self.path)}"

    @property
    def hidden_url(self) -> str:
        """What of this page the person does not see."""
        return f"/look/hidden?at={quote(self.path)}"


@dataclass(frozen=True, slots=True)
class Page:
    """One request's page. `section` names the entry of the navigation; `path` is the page's own address.

    `counts` are the badges of the navigation by section.
    """

    house: House
    language: str
    now: datetime
    path: str
    shell: Shell = "portal"
    section: str = ""
    reader: Person | None = None
    side: Side = "customer"
    time_zone: str = "UTC"
    theme: Literal["", "light", "dark"] = ""
    #: Whether letters alone do something, which those who speak to their computer or miss keys switch off.
    has_keys: bool = True
    counts: Mapping[str, int] = field(default_factory=dict)
    unread_notices: bool = False
    customers: tuple[CustomerMark, ...] = ()
    toast: Toast | None = None
    trace_id: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    mini: bool = False
    crumbs: tuple[Crumb, ...] = ()
    """Where one is, in the workspace's top bar."""
    inert: bool = False
    """Only looked at, in a frame: no script runs, nothing takes a click."""
    looked: Looked | None = None
    """What the reader has looked at, where the page marks what changed since."""
    looking: Looking | None = None
    """Staff look at the page as somebody else; nothing can be done on it."""
    calendar: str = ""
    """The zone in which a customer's house counts days; in the workspace it is the reader's own."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.calendar or self.time_zone)).date()

    @property
    def layout(self) -> str:
        """The template around pages that several shells show."""
        return f"layout/{self.shell}.html"

    @property
    def is_staff(self) -> bool:
        return self.side == "provider"

    def is_news(self, url: str, at: datetime | None, by: Person | None = None) -> bool:
        """Whether this changed since the reader looked, by someone else."""
        own = by is not None and self.reader is not None and by.id == self.reader.id
        return self.looked is not None and not own and self.looked.is_news(url, at)

    def part_url(self, part: str) -> str:
        """Where one part of this page is fetched again: the same address, with the part's name."""
        return f"{self.path}?{urlencode({**self.query, 'part': part})}"

    @property
    def narrowed(self) -> str:
        """How this page's address narrows it, for acts whose answer shows it as narrow."""
        return f"?{urlencode(self.query)}" if self.query else ""

    def with_query(self, **changes: str) -> str:
        """This page's address with other filters; an empty value removes one."""
        merged = {name: value for name, value in {**self.query, **changes}.items() if value}
        return f"{self.path}?{urlencode(merged)}" if merged else self.path
