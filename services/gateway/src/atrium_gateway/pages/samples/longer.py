"""Samples in the developers' language, to see whether there is room for longer words."""

from dataclasses import replace

from atrium_gateway.branding.terms import OURS
from atrium_gateway.pages.presenting.page import Page
from atrium_gateway.pages.pseudo import PSEUDO, longer_words


def in_pseudo(shown: Page) -> Page:
    """The same page, with the house's words in that language too."""
    return replace(shown, language=PSEUDO, house=replace(shown.house, words=longer_words(OURS["en"])))
