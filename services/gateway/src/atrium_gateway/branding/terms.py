"""The words that a house may say its own way, as they stand in sentences of both languages.

German bends what stands before a noun by its gender; so whoever writes a sentence takes the whole group from here,
`say.term(page, "request").new`, and never puts an article or an adjective before a word of a house.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Article = Literal["der", "die", "das"]
#: Word of product.md → {"singular", "plural", "article"}
Words = Mapping[str, Mapping[str, str]]

OURS: Mapping[str, Words] = {
    "en": {
        "project": {"singular": "Project", "plural": "Projects"},
        "request": {"singular": "Request", "plural": "Requests"},
        "conversation": {"singular": "Conversation", "plural": "Conversations"},
        "report": {"singular": "Report", "plural": "Reports"},
    },
    "de": {
        "project": {"article": "das", "singular": "Projekt", "plural": "Projekte"},
        "request": {"article": "die", "singular": "Anfrage", "plural": "Anfragen"},
        "conversation": {"article": "die", "singular": "Unterhaltung", "plural": "Unterhaltungen"},
        "report": {"article": "der", "singular": "Bericht", "plural": "Berichte"},
    },
}
#: What stands before a noun, by its gender.
BEFORE: Mapping[str, Mapping[str, str]] = {
    "new": {"der": "Neuer", "die": "Neue", "das": "Neues"},
    "a": {"der": "ein", "die": "eine", "das": "ein"},
    "take_a": {"der": "einen", "die": "eine", "das": "ein"},
    "on_a": {"der": "einem", "die": "einer", "das": "einem"},
    "beside_the": {"der": "dem", "die": "der", "das": "dem"},
    "about_this": {"der": "diesem", "die": "dieser", "das": "diesem"},
    "read_this": {"der": "diesen", "die": "diese", "das": "dieses"},
    "to_the": {"der": "zum", "die": "zur", "das": "zum"},
}
ENGLISH = {"new": "New", "beside_the": "the", "about_this": "this", "read_this": "this", "to_the": "the"}


@dataclass(frozen=True)
class Term:
    """One word in one language. Groups are lower case in English; German nouns are not."""

    language: str
    one: str
    several: str
    article: str = "das"

    @property
    def within(self) -> str:
        """One, within a sentence: `request`, `Anfrage`."""
        return self.one if self.language == "de" else _lower(self.one)

    @property
    def many(self) -> str:
        """Several, within a sentence: `requests`, `Anfragen`."""
        return self.several if self.language == "de" else _lower(self.several)

    @property
    def new(self) -> str:
        """`New request`, `Neue Anfrage`"""
        return self._after("new")

    @property
    def a(self) -> str:
        """Somebody or something: `a request`, `eine Anfrage`"""
        return self._after("a")

    @property
    def take_a(self) -> str:
        """Object of a verb: `a report`, `einen Bericht`"""
        return self._after("take_a")

    @property
    def on_a(self) -> str:
        """After a preposition that asks where: `a report`, `einem Bericht`"""
        return self._after("on_a")

    @property
    def beside_the(self) -> str:
        """`the report`, `dem Bericht`"""
        return self._after("beside_the")

    @property
    def about_this(self) -> str:
        """`this conversation`, `dieser Unterhaltung`"""
        return self._after("about_this")

    @property
    def read_this(self) -> str:
        """`this conversation`, `diese Unterhaltung`"""
        return self._after("read_this")

    @property
    def to_the(self) -> str:
        """`the report`, `zum Bericht`"""
        return self._after("to_the")

    def _after(self, group: str) -> str:
        if self.language == "de":
            return f"{BEFORE[group][self.article]} {self.one}"
        before = ENGLISH.get(group) or ("an" if self.one[:1].lower() in "aeio" else "a")
        return f"{before} {self.within}"


def _lower(word: str) -> str:
    """`Request` within a sentence; an abbreviation (`RFC`) stays."""
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


def term(own: Words, language: str, word: str) -> Term:
    """The house's own word in this language for one of ours, else ours; what it has no form for is ours."""
    known = language if language in OURS else "en"
    ours, theirs = OURS[known][word], own.get(word, {})
    return Term(
        known,
        theirs.get("singular") or ours["singular"],
        theirs.get("plural") or ours["plural"],
        theirs.get("article") or ours.get("article", "das"),
    )
