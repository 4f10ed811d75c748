"""WCAG 2.2 AA as far as axe can tell, on every page in every brand, language and theme."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from .served import Gallery, Look, crossed, looks, once

Rules = dict[str, str | list[str]]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL: Rules = {"type": "tag", "values": TAGS}
#: What a theme can change; everything else is the same in light and dark.
OF_COLOURS: Rules = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
CROSSED = frozenset(crossed())
FOUND = """async only => {
  const { violations } = await axe.run(document, { runOnly: only, resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
    `${id}: ${html.slice(0, 240)} ${failureSummary.split('\\n').slice(1).join(' ').slice(0, 300)}`));
}"""


def violations(page: Page, only: Rules) -> Iterator[str]:
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(url="/axe.js")
    yield from page.evaluate(FOUND, only)


@pytest.mark.parametrize("look", list(looks()), ids=lambda look: look.name)
def test_a_page_breaks_no_rule(still: Page, served: Gallery, look: Look) -> None:
    """All rules on each page in both houses and both languages, and those of colours in each with each."""
    assert faults(still, served, look, ALL if look in CROSSED else OF_COLOURS) == []


@pytest.mark.parametrize("look", list(once()), ids=lambda look: look.name)
def test_a_page_on_a_phone_breaks_no_rule(phone: Page, served: Gallery, look: Look) -> None:
    assert faults(phone, served, look, ALL) == []


def faults(page: Page, served: Gallery, look: Look, rules: Rules) -> list[str]:
    """A theme changes colours only, so that the dark page is the same one with the other theme."""
    opened = page.goto(served.address(look))
    assert opened is not None
    assert opened.ok
    found = [f"light: {one}" for one in violations(page, rules)]
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    found += [f"dark: {one}" for one in violations(page, OF_COLOURS)]
    return [one for one in found if not is_repeated(look, one)]


def is_repeated(look: Look, violation: str) -> bool:
    """The style page shows one landmark in several states, under the same name."""
    return look.sample.startswith("components") and violation.startswith("light: landmark-unique:")


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("document.querySelector('.lead').style.color = '#999'", "color-contrast"),
        ("document.querySelector('main').setAttribute('role', 'presentation')", "landmark-one-main"),
        ("document.querySelector('a.header-button[href=\"/catch-up\"]').removeAttribute('aria-label')", "link-name"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
        ("document.querySelector('h2').outerHTML = '<h4>Your turn</h4>'", "heading-order"),
    ],
)
def test_a_broken_rule_is_seen(still: Page, served: Gallery, damage: str, rule: str) -> None:
    still.goto(served.address(Look("home-bluepeak", "bluepeak", "en")))
    still.evaluate(damage)
    assert any(one.startswith(f"{rule}:") for one in violations(still, ALL))
