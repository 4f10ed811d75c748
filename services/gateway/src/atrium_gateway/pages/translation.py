"""Catalogues of the pages: English is written in templates, German stands in `locale/de`.

`python -m atrium_gateway.pages.translation extract|compile|check` gathers texts into the catalogue, compiles it, or
fails for a missing, fuzzy or left-over translation and for text that is not passed to gettext (`hard_coded`).
"""

import io
import sys
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from atrium_gateway.pages import hard_coded
from atrium_gateway.pages.pseudo import PSEUDO, PseudoTranslations

PACKAGE = Path(__file__).parent.parent
TEMPLATES = Path(__file__).parent / "templates"
LOCALE = PACKAGE / "locale"
TRANSLATED = ("de",)
LANGUAGES = ("en", *TRANSLATED)
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
#: `pgettext` first says where: one English word that is two in German.
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "_n": (1, 2), "pgettext": ((1, "c"), 2)}
OPTIONS = {"**.html": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"}}


def source(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "pages.po"


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; the compiled one where it is current, else made from its source."""
    if language == PSEUDO:
        return PseudoTranslations()
    po = source(language)
    if language not in TRANSLATED or not po.exists():
        return NullTranslations()
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
        with mo.open("rb") as compiled:
            return GNUTranslations(compiled)
    return GNUTranslations(io.BytesIO(_compiled(language)))


def _catalogue(language: str) -> Catalog:
    with source(language).open("rb") as file:
        return read_po(file, locale=language, domain="pages")


def _compiled(language: str) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, _catalogue(language))
    return buffer.getvalue()


def _texts() -> Catalog:
    """Every text of templates and modules of the pages, with where it stands."""
    catalogue = Catalog(domain="pages", project="Atrium", version="1", charset="utf-8")
    for name, _, message, comments, context in extract_from_dir(
        str(PACKAGE), METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",)
    ):
        catalogue.add(message, None, [(name, 1)], auto_comments=comments, context=context)
    return catalogue


def extract() -> None:
    """Brings the catalogues to the texts of today; new ones are empty, gone ones are dropped."""
    texts = _texts()
    for language in TRANSLATED:
        po = source(language)
        po.parent.mkdir(parents=True, exist_ok=True)
        catalogue = _catalogue(language) if po.exists() else Catalog(locale=language, domain="pages")
        catalogue.update(texts, no_fuzzy_matching=True)
        with po.open("wb") as file:
            write_po(
                file, catalogue, width=120, omit_header=False, sort_output=True, ignore_obsolete=True, no_location=True
            )


def compile_all() -> None:
    for language in TRANSLATED:
        source(language).with_suffix(".mo").write_bytes(_compiled(language))


def _untranslated(language: str, texts: Catalog) -> Iterator[str]:
    catalogue = _catalogue(language)
    for message in texts:
        if not message.id:
            continue
        found = catalogue.get(message.id, message.context)
        words = found.string if found else ""
        filled = all(words) if isinstance(words, (tuple, list)) else bool(words)
        if not filled:
            yield f"{language}: no translation of {message.id!r}"
        elif found and found.fuzzy:
            yield f"{language}: fuzzy translation of {message.id!r}"
    known = {(message.id, message.context) for message in texts}
    for gone in catalogue:
        if gone.id and (gone.id, gone.context) not in known:
            yield f"{language}: nobody says {gone.id!r}"


def problems() -> list[str]:
    """What keeps the catalogues from being complete."""
    texts = _texts()
    found = [problem for language in TRANSLATED for problem in _untranslated(language, texts)]
    return [*found, *hard_coded.everywhere()]


def check() -> None:
    found = problems()
    if found:
        sys.exit("\n".join(found))


COMMANDS = {"extract": extract, "compile": compile_all, "check": check}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python -m atrium_gateway.pages.translation {'|'.join(COMMANDS)}")
    COMMANDS[sys.argv[1]]()
