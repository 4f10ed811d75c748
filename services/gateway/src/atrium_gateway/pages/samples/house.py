"""The two demo houses, their people, and a page of each."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from atrium_gateway.branding.model import Choices, derive, publish
from atrium_gateway.pages.colours import colours
from atrium_gateway.pages.presenting.page import CustomerMark, House, Looked, Page
from atrium_gateway.pages.presenting.shapes import Crumb, Person

NOW = datetime(2026, 11, 19, 9, 42, tzinfo=UTC)
TODAY = date(2026, 11, 19)

MAYA = Person("maya-3", "Maya Singh", "customer", role="owner")
TOM = Person("tom-1", "Tom Reed", "customer", role="member", part="Control room")
ANNA = Person("anna-2", "Anna Keller", "customer", salutation="Frau", role="owner")
RETO = Person("reto-4", "Reto Brunner", "customer", salutation="Herr", role="reader")
NORA = Person("nora-d", "Nora Lind", "provider", salutation="Frau", role="admin", part="Project lead")
JAN = Person("jan-x", "Jan Weber", "provider", salutation="Herr", role="manager", part="Engineering")

HOUSES = {
    "bluepeak": House(
        slug="bluepeak",
        name="Bluepeak Energy",
        short_name="Bluepeak",
        provider="Nordwind Systems",
        provider_short="Nordwind",
        host="bluepeak.atrium.localhost",
        header="accent",
        theme_url="/theme-bluepeak.css",
        mark_url="/assets/bluepeak.svg",
        support_address="help@nordwind.example",
    ),
    "helvetia": House(
        slug="helvetia",
        name="Helvetia Foods",
        short_name="Helvetia",
        provider="Nordwind Systems",
        provider_short="Nordwind",
        host="helvetia.atrium.localhost",
        header="light",
        theme_url="/theme-helvetia.css",
        mark_url="/assets/helvetia.svg",
        support_address="help@nordwind.example",
        words={"conversation": {"singular": "Gespräch", "plural": "Gespräche"}},
    ),
    "nordwind": House(
        slug="nordwind",
        name="Nordwind Systems",
        short_name="Nordwind",
        provider="Nordwind Systems",
        provider_short="Nordwind",
        host="atrium.localhost",
        theme_url="/theme-nordwind.css",
        mark_url="/assets/nordwind.svg",
    ),
}
CHOICES = {
    "bluepeak": Choices("Bluepeak Energy", "#0b3fa8", "accent", "Manrope"),
    "helvetia": Choices("Helvetia Foods", "#3a7620", "light", "Vollkorn"),
    "nordwind": Choices("Nordwind Systems", "#0e6073"),
}
READERS = {"bluepeak": MAYA, "helvetia": ANNA, "nordwind": NORA}
LANGUAGES = {"bluepeak": "en", "helvetia": "de", "nordwind": "en"}


def theme(slug: str) -> str:
    """What /theme.css says at a house."""
    return derive(CHOICES[slug]).css()


def customers_css() -> str:
    """What /customers.css says in the workspace."""
    return "".join(colours(slug, publish(CHOICES[slug], 1)) for slug in ("bluepeak", "helvetia"))


def page(slug: str, path: str, section: str = "", **changes: Any) -> Page:
    """A page of a demo house as its first reader sees it."""
    staff = slug == "nordwind"
    given: dict[str, Any] = {
        "language": LANGUAGES[slug],
        "reader": READERS[slug],
        "side": "provider" if staff else "customer",
        "shell": "workspace" if staff else "portal",
        "time_zone": "Europe/Zurich",
        "counts": {"home": 7, "threads": 4, "requests": 3} if staff else {"home": 4},
        "unread_notices": True,
        "customers": CUSTOMERS if staff else (),
        "looked": Looked(days(1)),
    }
    return Page(house=HOUSES[slug], now=NOW, path=path, section=section, **{**given, **changes})


CUSTOMERS = (
    CustomerMark(
        "bluepeak",
        "Bluepeak Energy",
        "/customers/b",
        "/assets/bluepeak.svg",
        4,
        (Crumb("Control room migration", "/projects/1"), Crumb("Hydro site telemetry", "/projects/2")),
    ),
    CustomerMark(
        "helvetia",
        "Helvetia Foods",
        "/customers/h",
        "/assets/helvetia.svg",
        3,
        (Crumb("MES-Rollout Thun", "/projects/3"), Crumb("Rückverfolgbarkeit Frischprodukte", "/projects/4")),
    ),
)


def days(number: float) -> datetime:
    """That many days before the moment of the samples."""
    return NOW - timedelta(days=number)
