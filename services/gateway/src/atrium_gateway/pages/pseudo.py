"""A language for developers: English, accented, in brackets and two fifths longer, as translations may become.

What stands on a page without accents was not passed to gettext; what is cut off or breaks a row has too little room.
The samples and the style page speak it; no reader can choose it.
"""

import re
from collections.abc import Mapping
from gettext import NullTranslations
from math import ceil

#: What CLDR calls accented English.
PSEUDO = "en-XA"
GROWTH = 0.4
ACCENTED = str.maketrans("aceinouyACEINOUY", "åçéîñöûýÅÇÉÎÑÖÛÝ")
VOWELS = frozenset("aeiouAEIOU")
#: What is filled in later stays as it is.
PLACEHOLDER = re.compile(r"(%\(\w+\)[sd]|%%|\{\w+\})")


class PseudoTranslations(NullTranslations):
    """Made from the English texts as they are asked for, so that it always knows all of them."""

    def gettext(self, message: str) -> str:
        return longer(message)

    def pgettext(self, context: str, message: str) -> str:
        return longer(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return longer(msgid1 if n == 1 else msgid2)


def longer(text: str) -> str:
    """`Send code` → `[Séénd çöödéé]`"""
    return f"[{_grown(text)}]" if text.strip() else text


def longer_words(words: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """A house's words in all their forms."""
    return {word: {form: longer(said) for form, said in forms.items()} for word, forms in words.items()}


def _grown(text: str) -> str:
    parts = PLACEHOLDER.split(text)
    letters = [(at, place) for at, part in enumerate(parts) if at % 2 == 0 for place in _letters(part)]
    # Vowels first: words stay words, as long as that is enough.
    by_vowel = sorted(letters, key=lambda one: parts[one[0]][one[1]] not in VOWELS)
    doubled = set(by_vowel[: ceil(len(letters) * GROWTH)])
    return "".join(
        part if at % 2 else "".join(sign * 2 if (at, place) in doubled else sign for place, sign in enumerate(part))
        for at, part in enumerate(part if at % 2 else part.translate(ACCENTED) for at, part in enumerate(parts))
    )


def _letters(part: str) -> list[int]:
    return [place for place, sign in enumerate(part) if sign.isalpha()]
