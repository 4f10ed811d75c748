"""Templates to HTML: one environment per language, strict about what is missing, with the formats as filters.

`render` makes a whole page. `render_part` makes one live part of it: the file `<page>/<part>.html` beside the page's
template, which the page itself includes, so that both are always the same.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from atrium_chassis.folding import spots
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

from atrium_gateway.pages import formats
from atrium_gateway.pages.formats import Words
from atrium_gateway.pages.presenting.page import Page
from atrium_gateway.pages.presenting.shapes import Person, Side, Turn
from atrium_gateway.pages.pseudo import PSEUDO
from atrium_gateway.pages.translation import LANGUAGES, TEMPLATES, translations
from atrium_gateway.pages.vocabulary import Vocabulary

STATIC = Path(__file__).parent.parent / "static"
STATIC_URL = "/static/"
#: Filters that need the moment and the zone of the page.
TIMED = ("day", "whole_day", "weekday_date", "short_date", "long_date", "month", "clock", "seconds", "ago", "at")
#: Filters that need only the language.
PLAIN = ("number", "percent", "size", "waited", "days", "count", "called", "addressed", "joined")
FILE_KINDS = {
    "pdf": "pdf",
    **dict.fromkeys(("xls", "xlsx", "csv", "ods"), "sheet"),
    **dict.fromkeys(("png", "jpg", "jpeg", "svg", "webp", "gif"), "image"),
    **dict.fromkeys(("doc", "docx", "txt", "md", "odt"), "text"),
    **dict.fromkeys(("mp4", "mov", "webm"), "film"),
}


@lru_cache(maxsize=1)
def manifest() -> Mapping[str, str]:
    """Names of built assets. A missing build is a broken installation and says so."""
    path = STATIC / "manifest.json"
    if not path.exists():
        raise RuntimeError(f"{path} is missing: build the pages' assets first (npm ci && npm run build in frontend/)")
    names: Mapping[str, str] = json.loads(path.read_text())
    return names


def asset(name: str) -> str:
    return STATIC_URL + manifest()[name]


@lru_cache(maxsize=2048)
def icon(name: str, size: int = 16, label: str = "") -> Markup:
    """A sign of the sprite; decorative unless it is given a label."""
    return Markup('<svg class="icon s{}"{}><use href="{}#{}"/></svg>').format(
        size, _spoken(label), asset("sprite.svg"), name
    )


def _spoken(label: str) -> Markup:
    return Markup(' role="img" aria-label="{}"').format(label) if label else Markup(' aria-hidden="true"')


@pass_context
def disc(context: Context, turn: Turn, side: Side | None = None, label: str = "") -> Markup:
    """The disc of the turn, as the reader's side sees it, or as another would; `label` where no word is beside it."""
    mine = turn == ("provider" if (side or context["page"].side) == "provider" else "customer")
    sign = "mine" if mine else {"third_party": "third", "nobody": "done"}.get(turn, "other")
    return _disc(sign, label)


@lru_cache
def _disc(sign: str, label: str) -> Markup:
    kind = sign if sign in ("mine", "done") else ""
    return Markup('<svg class="icon s16 disc {}"{}><use href="{}#turn-{}"/></svg>').format(
        kind, _spoken(label), asset("sprite.svg"), sign
    )


@pass_context
def named(context: Context, person: Person, capital: bool = False) -> str:
    """`you` for the reader, else the name."""
    reader: Person | None = context["page"].reader
    if reader and reader.id == person.id:
        you: str = context.environment.globals["say"].you  # type: ignore[attr-defined]
        return formats.capitalised(you) if capital else you
    return person.name


@pass_context
def urgent(context: Context, due: Any) -> bool:
    return formats.is_urgent(context["page"], due)


def strong(text: object) -> Markup:
    return Markup("<b>{}</b>").format(text)


def marked(text: str, words: tuple[str, ...]) -> Markup:
    """A text with the words that were looked for marked in it."""
    made, last = Markup(), 0
    for begin, end in spots(text, words):
        made += escape(text[last:begin]) + Markup("<mark>{}</mark>").format(text[begin:end])
        last = end
    return made + escape(text[last:])


def file_kind(extension: str) -> str:
    return FILE_KINDS.get(extension.lower(), "")


def _timed(function: Callable[..., str]) -> Callable[..., str]:
    @pass_context
    def apply(context: Context, moment: Any) -> str:
        return function(context["page"], moment)

    return apply


def _translating(catalogue: NullTranslations) -> Callable[..., Markup]:
    """What Jinja's own newstyle gettext does, but each text is looked up and marked as safe once, not at each use: a
    sixth of a page's time."""

    @lru_cache(maxsize=4096)
    def known(text: str) -> Markup:
        return Markup(catalogue.gettext(text))  # noqa: S704  # the text is the template's or its translator's

    def gettext(text: str, **values: object) -> Markup:
        return known(text) % values

    return gettext


class PageTemplate(Template):
    """A template whose macros are made once per page, however many templates of that page import them."""

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002  # Jinja's names
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002
    ) -> TemplateModule:
        made: dict[str | None, TemplateModule] = (vars or {}).get("made", {})
        if self.name not in made:
            made[self.name] = super().make_module(vars, shared, locals)
        return made[self.name]


@cache
def environment(language: str) -> Environment:
    """The templates in one language."""
    catalogue = translations(language)
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.template_class = PageTemplate
    env.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    env.globals["gettext"] = env.globals["_"] = _translating(catalogue)
    words = Words(language, catalogue)
    env.filters.update({name: _timed(getattr(words, name)) for name in TIMED})
    env.filters.update({name: getattr(words, name) for name in PLAIN})
    env.filters.update(
        named=named,
        strong=strong,
        marked=marked,
        capitalised=formats.capitalised,
        short_hash=formats.short_hash,
        file_kind=file_kind,
    )
    env.tests["urgent"] = urgent
    env.globals.update(asset=asset, icon=icon, disc=disc, say=Vocabulary(catalogue))
    return env


def render(template: str, page: Page, view: object) -> str:
    """A whole page, in the page's language."""
    return environment(_language(page)).get_template(template).render(page=page, view=view, made={})


def render_part(template: str, part: str, page: Page, view: object) -> str:
    """One live part of a page. Raises jinja2.TemplateNotFound for a part the page does not have."""
    folder = template.removesuffix(".html")
    return environment(_language(page)).get_template(f"{folder}/{part}.html").render(page=page, view=view, made={})


def _language(page: Page) -> str:
    return page.language if page.language in (*LANGUAGES, PSEUDO) else "en"
