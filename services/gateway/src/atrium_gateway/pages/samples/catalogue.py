"""Every template with a page of each kind it can show."""

from collections.abc import Iterator
from dataclasses import dataclass

from atrium_gateway.pages.presenting.page import Page
from atrium_gateway.pages.samples import portal, work
from atrium_gateway.pages.samples.house import page


@dataclass(frozen=True)
class Sample:
    """One page of the gallery."""

    name: str
    template: str
    page: Page
    view: object


def samples() -> Iterator[Sample]:
    """All samples, customer pages first."""
    yield Sample("home-bluepeak", "portal/home.html", page("bluepeak", "/", "home"), portal.HOME)
    yield Sample("home-helvetia", "portal/home.html", page("helvetia", "/", "home", counts={"home": 5}), portal.HOME_HELVETIA)
    yield Sample("home-dark", "portal/home.html", page("bluepeak", "/", "home", theme="dark"), portal.HOME)
    yield Sample("sign-in-email", "entry/email.html", page("bluepeak", "/sign-in", **portal.SIGNED_OUT), portal.EMAIL)
    yield Sample("sign-in-code", "entry/code.html", page("bluepeak", "/sign-in", **portal.SIGNED_OUT), portal.CODE)
    yield Sample("sign-in-wrong", "entry/code.html", page("bluepeak", "/sign-in", **portal.SIGNED_OUT), portal.CODE_WRONG)
    yield Sample("sign-in-link", "entry/link.html", page("helvetia", "/sign-in/t", **portal.SIGNED_OUT), portal.LINK)
    yield Sample("sign-in-expired", "entry/link.html", page("helvetia", "/sign-in/t", **portal.SIGNED_OUT), portal.LINK_EXPIRED)
    yield Sample("project-helvetia", "portal/project.html", page("helvetia", "/projects/3", "projects"), work.PROJECT)
    yield Sample("projects-bluepeak", "portal/projects.html", page("bluepeak", "/projects", "projects"), work.PROJECTS)
    yield Sample("item-bluepeak", "portal/item.html", page("bluepeak", "/items/1", "projects"), work.ITEM)
    yield Sample("item-theirs", "portal/item.html", page("bluepeak", "/items/7", "projects"), work.ITEM_THEIRS)
