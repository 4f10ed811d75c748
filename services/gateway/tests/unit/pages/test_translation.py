"""The catalogues are complete, and a template cannot hide a text from them."""

from atrium_gateway.pages.translation import hard_coded, problems


def test_nothing_is_untranslated_left_over_or_hard_coded() -> None:
    assert problems() == []


def test_text_that_is_not_passed_to_gettext_is_found() -> None:
    assert hard_coded("<p>Hello {{ name }}</p>") == ["Hello"]
    assert hard_coded('<button aria-label="Close">{{ icon("x") }}</button>')
    assert not hard_coded('<p class="lead">{{ _("Hello") }} &middot;</p>')
