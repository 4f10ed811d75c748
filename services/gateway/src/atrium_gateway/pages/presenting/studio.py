"""What the provider sets up. Templates `staff/brand.html`, `staff/workflows.html`, `staff/workflow.html`."""

from dataclasses import dataclass

from atrium_gateway.pages.presenting.shapes import Choice, Form, Turn
from atrium_gateway.pages.presenting.staff import CustomerRef


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """A pair of colours the pages use. `entered` differs from `used` where lightness was repaired."""

    use: str
    entered: str
    used: str
    entered_ratio: float
    used_ratio: float
    needed: float


@dataclass(frozen=True, slots=True)
class BrandPage:
    """`/customers/{id}/brand`. `form` posts `product_name`, `accent`, `header`, `font_heading`, `font_text`,
    `sender_name`, `support_address`, `logo` (file) and `words_<word>_<form>_<language>`."""

    customer: CustomerRef
    form: Form
    fonts: tuple[Choice, ...]
    headers: tuple[Choice, ...]
    pairs: tuple[ContrastPair, ...] = ()
    logo_url: str = ""
    logo_dark_url: str = ""
    host: str = ""
    people: int = 0
    preview_url: str = ""


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


@dataclass(frozen=True, slots=True)
class WorkflowState:
    """A row of the table of states."""

    key: str
    label_en: str
    label_de: str
    turn: Turn
    verb: str = ""
    running: int = 0
    days: str = ""


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


@dataclass(frozen=True, slots=True)
class WorkflowPage:
    """`/workflows/{id}`: a table form, saved as a new version; running items keep theirs.

    Rows post `state_key`, `state_en`, `state_de`, `state_turn`, `state_verb`, `state_days` and `transition_key`,
    `transition_en`, `transition_de`, `transition_from`, `transition_to`, `transition_sides`, `transition_roles`,
    `transition_needs`, `transition_decision`, once per row; rows with an empty key are ignored. `tried`: a dry run was
    made; `affected` are states that items are in and that would be gone. `more` is the number of empty rows at the end.
    """

    id: str
    name: str
    version: int
    form: Form
    states: tuple[WorkflowState, ...] = ()
    transitions: tuple[WorkflowTransition, ...] = ()
    verbs: tuple[Choice, ...] = ()
    rollback: Form | None = None
    running: int = 0
    tried: bool = False
    affected: tuple[tuple[str, int], ...] = ()
    more: int = 1
