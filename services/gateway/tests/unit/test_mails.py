"""What mails say, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from string import Formatter

import pytest
from atrium_gateway.branding.model import Choices, publish
from atrium_gateway.dates import weekday_date
from atrium_gateway.notifications.composing import addressed, compose
from atrium_gateway.notifications.model import (
    AskedItem,
    House,
    MailText,
    act_mail,
    invitation_mail,
    message_mail,
    sign_in_mail,
)
from atrium_gateway.notifications.words import TEXTS, VERBS, due_words, verb_words

TODAY = date(2026, 11, 19)
UNTIL = datetime(2026, 11, 26, tzinfo=UTC)
HOUSE = House("Helvetia Foods", "Nordwind Systems", "Helvetia Projekte", "helvetia.example", "https://helvetia.example")
ITEM = AskedItem(
    "Etikettenlayout Bio-Linie", "sign_off", TODAY, "Danach werden Etiketten gedruckt.", "MES-Rollout Thun", "Jan Weber"
)


def mails(language: str) -> list[MailText]:
    return [
        sign_in_mail(language, HOUSE, "Anna Keller", "407153", "link-token"),
        invitation_mail(language, HOUSE, "Anna Keller", "Nora Lind", "link-token", UNTIL),
        act_mail(language, HOUSE, "Anna Keller", ITEM, "act-token", UNTIL, TODAY),
        message_mail(language, HOUSE, "Anna Keller", who="Jan Weber", title="Etiketten", thread="t", private=False),
        message_mail(language, HOUSE, "Anna Keller", who="Reto", title="Geheim", thread="t", private=True),
    ]


def test_both_languages_have_every_sentence_with_the_same_values() -> None:
    def values(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert TEXTS["en"].keys() == TEXTS["de"].keys()
    assert VERBS["en"].keys() == VERBS["de"].keys()
    for key, english in TEXTS["en"].items():
        assert values(english) == values(TEXTS["de"][key]), key
        assert "ß" not in TEXTS["de"][key]


def test_the_act_stands_first_in_the_subject() -> None:
    assert act_mail("de", HOUSE, "A", ITEM, "t", UNTIL, TODAY).subject == (
        "Freigeben bis heute: Etikettenlayout Bio-Linie"
    )
    later = replace(ITEM, due=date(2026, 11, 24))
    assert act_mail("en", HOUSE, "A", later, "t", UNTIL, TODAY).subject == (
        "Sign off by Tue 24 Nov: Etikettenlayout Bio-Linie"
    )


def test_a_private_thread_shows_nothing_of_itself() -> None:
    for language in ("de", "en"):
        text = message_mail(language, HOUSE, "A", who="Reto", title="Geheim", thread="t", private=True)
        said = f"{text.subject} {text.paragraphs} {text.audience}"
        assert "Geheim" not in said
        assert "Reto" not in said


@pytest.mark.parametrize("language", ["de", "en"])
def test_text_and_html_say_the_same_and_have_one_button(language: str) -> None:
    brand = publish(Choices("Helvetia Projekte", "#3f7d20", sender_name="Helvetia"), 1)
    for text in mails(language):
        message = compose(brand, HOUSE, text, addressed("Anna Keller", "anna@x.example"), "portal@x.example", "id")
        plain = message.get_body(("plain",))
        html = message.get_body(("html",))
        assert plain is not None
        assert html is not None
        for content in (plain.get_content(), html.get_content()):
            assert text.heading in content
            assert text.url in content
        assert html.get_content().count('class="act"') == 1
        assert message["From"].addresses[0].display_name == "Helvetia"
        assert "http-equiv" not in html.get_content()


def test_what_people_wrote_is_escaped_and_cannot_add_headers() -> None:
    brand = publish(Choices("Helvetia", "#3f7d20"), 1)
    nasty = replace(ITEM, title="<script>alert(1)</script>\r\nBcc: all@x.example")
    text = act_mail("en", HOUSE, "Anna", nasty, "t", UNTIL, TODAY)
    message = compose(brand, HOUSE, text, addressed("Anna", "anna@x.example"), "portal@x.example", "id")
    html = message.get_body(("html",))
    assert html is not None
    assert "<script>" not in html.get_content()
    assert message["Bcc"] is None


def test_verbs_that_are_new_are_shown_plainly() -> None:
    assert verb_words("en", "countersign_now").label == "Countersign now"
    assert verb_words("de", None).button == "Öffnen"


def test_dates_as_people_write_them() -> None:
    assert weekday_date("de", TODAY) == "Do, 19. Nov."
    assert weekday_date("en", TODAY) == "Thu 19 Nov"
    assert due_words("en", date(2026, 11, 17), TODAY) == "overdue since Tue 17 Nov"
    assert due_words("de", date(2026, 11, 20), TODAY) == "morgen fällig"
    assert due_words("de", None, TODAY) == ""
