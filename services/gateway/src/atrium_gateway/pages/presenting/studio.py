"""What the provider sets up. Templates `staff/brand.html`, `staff/workflows.html`, `staff/workflow.html`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from atrium_gateway.pages.presenting.shapes import Choice, Form, Turn, Verb
from atrium_gateway.pages.presenting.staff import CustomerRef


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """A pair of colours the pages use. `entered` is filled where another colour is used than the one that was typed."""

    use: str
    dark: bool
    text: str
    ground: str
    ratio: float
    needed: float
    entered: str = ""
    entered_ratio: float = 0.0
    entered_lightness: int = 0
    lightness: int = 0


@dataclass(frozen=True, slots=True)
class PictureSlot:
    """One of the brand's pictures; posts `logos_<kind>` (file) and `drop_<kind>`."""

    kind: str
    url: str = ""
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class OwnHost:
    """A host of the customer's own: in force, or waiting for its TXT record. `fault` is what the last look lacked."""

    host: str
    record_name: str = ""
    record_value: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Showing:
    """Which page the middle shows, in which theme and language."""

    page: str = "home"
    theme: str = "light"
    language: str = "en"

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(one for one in PREVIEWS if one != self.page)


@dataclass(frozen=True, slots=True)
class Paper:
    """A page of a document, as a picture; `text` says what it is."""

    picture: str
    text: str


PREVIEWS = ("home", "sign-in", "mail", "pdf")


@dataclass(frozen=True, slots=True)
class BrandPage:
    """`/customers/{id}/brand`. `form` posts `product_name`, `accent`, `header`, `text_on_accent`, `font_heading`,
    `font_text`, `sender_name`, `support_address`, `logos_<kind>` (files) and `words_<language>_<word>_<form>`.

    `version` names the draft's content, for addresses of its previews; `changes` counts what it has changed.
    """

    customer: CustomerRef
    form: Form
    version: str
    showing: Showing
    host: str
    mail_from: str = ""
    fonts: tuple[Choice, ...] = ()
    headers: tuple[Choice, ...] = ()
    texts: tuple[Choice, ...] = ()
    pictures: tuple[PictureSlot, ...] = ()
    pairs: tuple[ContrastPair, ...] = ()
    changes: int = 0
    saved_at: datetime | None = None
    revision: int = 1
    domain: Form | None = None
    own_hosts: tuple[OwnHost, ...] = ()
    live: bool = False
    """A script asked for the outcome of what is being typed; it can turn the button off and on again."""

    @property
    def repaired(self) -> tuple[ContrastPair, ...]:
        return tuple(pair for pair in self.pairs if pair.entered)

    @property
    def enough(self) -> tuple[ContrastPair, ...]:
        return tuple(pair for pair in self.pairs if not pair.entered)

    def preview(self, page: str) -> str:
        """The address of a page as the draft would show it."""
        query = {"theme": self.showing.theme, "language": self.showing.language, "v": self.version}
        return f"{self.customer.url}/brand/preview/{page}?{urlencode(query)}"


@dataclass(frozen=True, slots=True)
class WorkflowRow:
    """A workflow in the list."""

    id: str
    name: str
    url: str
    version: int
    states: int
    running: int = 0


@dataclass(frozen=True, slots=True)
class WorkflowsPage:
    """`/workflows`."""

    workflows: tuple[WorkflowRow, ...] = ()
    missing: frozenset[str] = frozenset()


#: What became of a state or a transition since the version in force.
Changed = Literal["", "new", "renamed", "gone"]


@dataclass(frozen=True, slots=True)
class WorkflowState:
    """A row of the table of states; `running` counts the items that are in it now."""

    key: str
    label_en: str
    label_de: str
    turn: Turn
    verb: str = ""
    running: int = 0
    days: str = ""
    changed: Changed = ""


@dataclass(frozen=True, slots=True)
class WorkflowTransition:
    """A row of the table of transitions. `roles` and `needs` as the form writes them, separated by commas."""

    key: str
    label_en: str
    label_de: str
    source: str
    target: str
    roles: str = ""
    needs: str = ""
    sides: str = "provider, customer"
    decision: str = ""
    changed: Changed = ""


@dataclass(frozen=True, slots=True)
class StateBox:
    """A state where it stands in the drawing; `x` and `y` of its upper left corner."""

    key: str
    title: str
    turn: Turn
    verb: Verb | None
    x: int
    y: int
    changed: Changed = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from state to state: its path, and its words around `x`, `y`."""

    path: str
    words: str
    x: int
    y: int
    changed: Changed = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The states and ways of a workflow, with the size of all of it and of a box."""

    width: int
    height: int
    box_width: int
    box_height: int
    boxes: tuple[StateBox, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class RunningItem:
    """An item on its way, with the project it belongs to."""

    title: str
    url: str
    customer: CustomerRef
    project: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """Items that find their state in the new version by themselves."""

    items: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A state that the new version does not have, its items, and where they shall go: empty until it is chosen."""

    key: str
    title: str
    items: tuple[RunningItem, ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class TurnChange:
    """Items whose turn another side would have."""

    items: int
    before: Turn
    after: Turn


@dataclass(frozen=True, slots=True)
class DryRun:
    """What switching the running items would do. Selects post `mapping_from` and `mapping_to`, once per state gone.

    `mails`: somebody at a customer would be asked for something, and told so by mail.
    """

    mapped: tuple[Mapped, ...] = ()
    gone: tuple[Gone, ...] = ()
    targets: tuple[Choice, ...] = ()
    turns: tuple[TurnChange, ...] = ()
    mails: bool = False

    @property
    def by_themselves(self) -> int:
        return sum(one.items for one in self.mapped)

    @property
    def by_choice(self) -> int:
        return sum(len(one.items) for one in self.gone)

    @property
    def running(self) -> int:
        return self.by_themselves + self.by_choice

    @property
    def left(self) -> int:
        return sum(not one.chosen for one in self.gone)

    @property
    def turned(self) -> int:
        return sum(one.items for one in self.turns)


@dataclass(frozen=True, slots=True)
class WorkflowPage:
    """`/workflows/{id}`: a table form, saved as a new version, for new items alone or for the running ones too.

    Rows post `state_key`, `state_en`, `state_de`, `state_turn`, `state_verb`, `state_days` and `transition_key`,
    `transition_en`, `transition_de`, `transition_from`, `transition_to`, `transition_sides`, `transition_roles`,
    `transition_needs`, `transition_decision`, once per row; rows with an empty key are ignored. `removed` are states
    that only the version in force has. `dry` is None where no dry run could be made, `faults` say why. `more` is the
    number of empty rows at the end.
    """

    id: str
    name: str
    version: int
    form: Form
    states: tuple[WorkflowState, ...] = ()
    transitions: tuple[WorkflowTransition, ...] = ()
    removed: tuple[WorkflowState, ...] = ()
    rollback: Form | None = None
    dry: DryRun | None = None
    faults: tuple[str, ...] = ()
    manages: bool = True
    switches: bool = True
    """Its items can take a new version, and the reader sees all of them."""
    more: int = 1
    drawing: Drawing | None = None

    @property
    def is_changed(self) -> bool:
        return bool(
            self.removed or any(one.changed for one in self.states) or any(one.changed for one in self.transitions)
        )
