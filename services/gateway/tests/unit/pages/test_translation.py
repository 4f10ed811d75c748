"""The catalogues are complete, and neither a template nor a script nor a module can hide a text from them."""

import pytest
from atrium_gateway.pages import translation
from atrium_gateway.pages.hard_coded import in_module, in_script, in_template
from atrium_gateway.pages.translation import problems
from babel.messages.catalog import Catalog


def test_nothing_is_untranslated_left_over_or_hard_coded() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Hello {{ name }}</p>", ["Hello"]),
        ('<button aria-label="Close {{ name }}">{{ icon("x") }}</button>', ["aria-label=Close"]),
        ('<input type="submit" value="Send it">', ["value=Send it"]),
        ('<form data-words-stop="Stop">', ["data-words-stop=Stop"]),
        ('<p title="a > b">Gone</p>', ["Gone"]),
        ('{{ forms.field(view.form, "title", "What it is about") }}', ["What it is about"]),
        ("{{ _('Done') if done else 'Open' }}", ["Open"]),
    ],
)
def test_words_of_a_template_that_are_not_passed_to_gettext_are_found(template: str, found: list[str]) -> None:
    assert in_template(template) == found


@pytest.mark.parametrize(
    "template",
    [
        '<p class="lead">{{ _("Hello") }} &middot; {{ ngettext("%(n)s day", "%(n)s days", 2, n=2) }}</p>',
        '{% macro part(name) %}id="{{ name }}" hx-trigger="refetch" hx-target="this"{% endmacro %}',
        '<input type="hidden" value="closed"><b class="{{ "button primary huge full" }}">{{ name }}</b>',
        '<a lang="de" hreflang="de">{{ "Deutsch" }}</a>{# Nobody reads this. #}<style>.Big { }</style>',
    ],
)
def test_what_is_passed_on_or_shown_to_nobody_is_no_text(template: str) -> None:
    assert in_template(template) == []


def test_words_of_a_script_are_found() -> None:
    script = """
    // Not this: 'Nobody reads this.'
    line.textContent = 'gone'; button.setAttribute('aria-label', `close`); row.append('none');
    const said = 'Connection lost'; const rest = `${n} of ${all} sent.`; const form = place.querySelector('.big form');
    if (event.key === 'Escape') line.className = 'title clip'; line.textContent = line.dataset['words'] ?? '';
    """
    assert in_script(script) == ["gone", "close", "none", "Connection lost", "${n} of ${all} sent."]


def test_words_of_a_module_are_found() -> None:
    module = '''
    """Documentation."""
    def row(_, n: "Number") -> "Row":
        title = "Two files" if n else f"{n} files are missing."
        return Row(title, _("Nothing here yet."), "button primary", headers={"Location": "/"})
    '''
    assert in_module(module.replace("\n    ", "\n")) == ["Two files", " files are missing."]


@pytest.mark.parametrize(
    ("german", "flags", "told"),
    [("", (), "no translation"), ("Anfrage", ("fuzzy",), "fuzzy translation"), ("Anfrage", (), None)],
)
def test_a_missing_or_fuzzy_translation_is_found(
    german: str, flags: tuple[str, ...], told: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, catalogue = Catalog(), Catalog(locale="de")
    texts.add("Request")
    catalogue.add("Request", german, flags=flags)
    monkeypatch.setattr(translation, "_texts", lambda: texts)
    monkeypatch.setattr(translation, "_catalogue", lambda language: catalogue)
    assert [problem for problem in problems() if told is None or told in problem] == (
        [f"de: {told} of 'Request'"] if told else []
    )


def test_a_translation_that_nobody_says_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("Gone", "Weg")
    monkeypatch.setattr(translation, "_texts", Catalog)
    monkeypatch.setattr(translation, "_catalogue", lambda language: catalogue)
    assert problems() == ["de: nobody says 'Gone'"]
