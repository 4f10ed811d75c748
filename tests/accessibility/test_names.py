"""What a screen reader says: by the tree that the browser makes for it, in the page's language."""

import re

import pytest
from playwright.sync_api import Page, expect

from .served import Gallery, Look, once

#: What can be used but has no name. A frame or a field within `inert` cannot.
NAMED = r"- (?:button|link|textbox|checkbox|radio|combobox|searchbox|switch|slider|img|figure|dialog)"
NAMELESS = re.compile(rf"^\s*(?:{NAMED})(?: \[[^\]]*\])*:?$", re.MULTILINE)
#: Part of the tree of a page, by its sample.
SAID = {
    Look("home-bluepeak", "bluepeak", "en"): """
        - heading "Good morning, Maya" [level=1]
        - region "Your turn":
          - list:
            - listitem:
              - link "Screen layout for the Ardal control desk"
              - text: /Review/
              - link /^Start review/
        - region "Waiting on Nordwind":
          - list:
            - listitem:
              - img "With Nordwind"
              - link "Historian export drops milliseconds"
        """,
    Look("item-bluepeak", "bluepeak", "en"): """
        - heading "Alarm philosophy, version 3" [level=1]
        - region "Do you sign off version 3?":
          - code: hash begins 9f2c, ends a41e
          - textbox "Comment needed only if you ask for changes"
          - button "Sign off version 3"
        - region "Where it stands":
          - list:
            - listitem:
              - img "done"
              - text: /Draft/
          - img /Nordwind 6 days, Bluepeak 2 days/
        """,
    Look("threads", "bluepeak", "de"): """
        - group "Nachrichten"
        - textbox "Nachricht"
        """,
    Look("sign-in-code", "helvetia", "de"): """
        - heading "Code eingeben" [level=1]
        - textbox "Code, sechs Ziffern"
        - button "Anmelden"
        """,
    Look("report", "helvetia", "de"): """
        - figure /Einen Arbeitsplatz vor Plan/:
          - heading "Umgestellte Arbeitsplätze" [level=2]
          - img /Einen Arbeitsplatz vor Plan/
          - group: Als Tabelle zeigen
        - figure /Bei Ihnen 2.4 statt 3.2/:
          - img /Okt/
        """,
}


@pytest.mark.parametrize("look", SAID, ids=lambda look: look.name)
def test_a_page_is_read_out(still: Page, served: Gallery, look: Look) -> None:
    still.goto(served.address(look))
    expect(still.locator("main")).to_match_aria_snapshot(SAID[look])


@pytest.mark.parametrize("look", list(once("de")), ids=lambda look: look.name)
def test_everything_that_can_be_used_has_a_name(still: Page, served: Gallery, look: Look) -> None:
    still.goto(served.address(look))
    assert NAMELESS.findall(still.locator("body").aria_snapshot()) == []


def test_a_figure_can_be_read_as_a_table(still: Page, served: Gallery) -> None:
    still.goto(served.address(Look("report", "helvetia", "de")))
    figure = still.locator("figure").first
    figure.get_by_text("Als Tabelle zeigen").click()
    expect(figure.get_by_role("table", name="Umgestellte Arbeitsplätze")).to_be_visible()
    assert figure.get_by_role("row").count() > 3


def test_a_missing_name_is_seen(still: Page, served: Gallery) -> None:
    still.goto(served.address(Look("home-bluepeak", "bluepeak", "en")))
    still.evaluate("document.querySelector('a.header-button[href=\"/catch-up\"]').removeAttribute('aria-label')")
    assert NAMELESS.findall(still.locator("body").aria_snapshot())
