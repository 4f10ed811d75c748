"""The workspace's lists, narrowed by their filters."""

from dataclasses import replace

from atrium_gateway.pages.presenting.others import PeopleFilter
from atrium_gateway.pages.presenting.shapes import FieldError, Form
from atrium_gateway.pages.presenting.staff import CustomersFilter, SavedFilter
from atrium_gateway.pages.samples.house import NORA
from atrium_gateway.pages.samples.more import PEOPLE
from atrium_gateway.pages.samples.workspace import AUDIT, CUSTOMER_PEOPLE, CUSTOMERS, HOME

HOME_MINE = replace(HOME, needs=tuple(row for row in HOME.needs if row.owner == NORA), waiting=(), whose="mine")
HOME_REFUSED = replace(HOME, refused="Tom Reed had a reminder today already; the next one can go tomorrow.")
HOME_NOBODYS = replace(
    HOME_MINE, needs=(), whose="nobody", sums=replace(HOME.sums, needs={"": 5, "mine": 1, "nobody": 0})
)

AUDIT_ASKED = {"q": "plan", "customer": "h", "since": "2026-11-01"}
AUDIT_NARROWED = replace(
    AUDIT,
    lines=AUDIT.lines[2:],
    values={**AUDIT.values, **AUDIT_ASKED},
    next_cursor="older",
    saved=(
        SavedFilter("Invitations", "/audit?action=invited", Form("/audit/filters/remove", "sample")),
        SavedFilter("Internal this month", "/audit?audience=internal", Form("/audit/filters/remove", "sample")),
    ),
    save=Form("/audit/filters", "sample"),
)
TOO_LONG = FieldError("name", "This is too long.")
AUDIT_REFUSED = replace(
    AUDIT_NARROWED, save=Form("/audit/filters", "sample", values={"name": "plan " * 20}, errors=(TOO_LONG,))
)
AUDIT_NOTHING = replace(AUDIT_NARROWED, lines=(), next_cursor="")

CUSTOMERS_ASKED = {"q": "b", "lead": NORA.id, "sort": "seen"}
CUSTOMERS_NARROWED = replace(CUSTOMERS, customers=CUSTOMERS.customers[:1], filter=CustomersFilter(**CUSTOMERS_ASKED))
CUSTOMERS_NOTHING = replace(CUSTOMERS_NARROWED, customers=())

PEOPLE_ASKED = {"q": "maya", "role": "owner"}
PEOPLE_MANY = replace(PEOPLE, total=12)
PEOPLE_NARROWED = replace(PEOPLE_MANY, ours=PEOPLE.ours[:1], filter=PeopleFilter(**PEOPLE_ASKED))
PEOPLE_NOBODY = replace(CUSTOMER_PEOPLE, who=replace(PEOPLE_NARROWED, ours=()))
