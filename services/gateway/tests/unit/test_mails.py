"""What mails say, in both languages."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import SMTP, default
from html import unescape
from string import Formatter

import pytest
from atrium_gateway.branding.colours import contrast
from atrium_gateway.branding.model import Brand, Choices, publish
from atrium_gateway.dates import weekday_date
from atrium_gateway.notifications.composing import addressed, compose, look
from atrium_gateway.notifications.model import (
    AskedItem,
    House,
    MailText,
    act_mail,
    invitation_mail,
    message_mail,
    reminder_mail,
    sign_in_mail,
)
from atrium_gateway.notifications.words import TEXTS, VERBS, due_words, verb_words

BRAND = publish(Choices("Helvetia Projekte", "#3f7d20", sender_name="Helvetia"), 1)
TODAY = date(2026, 11, 19)
UNTIL = datetime(2026, 11, 26, tzinfo=UTC)
HOUSE = House("Helvetia Foods", "Nordwind Systems", "Helvetia Projekte", "helvetia.example", "https://helvetia.example")
ITEM = AskedItem(
    "Etikettenlayout Bio-Linie", "sign_off", TODAY, "Danach werden Etiketten gedruckt.", "MES-Rollout Thun", "Jan Weber"
)


def reminder(language: str) -> MailText:
    asking = act_mail(language, HOUSE, "Anna Keller", ITEM, "act-token", UNTIL, TODAY)
    other = replace(ITEM, title="Artikelstamm", due=None)
    return reminder_mail(asking, HOUSE, "Anna Keller", "Nora Lind", [other, replace(other, due=TODAY)], TODAY)


def mails(language: str) -> list[MailText]:
    return [
        sign_in_mail(language, HOUSE, "Anna Keller", "407153", "link-token"),
        invitation_mail(language, HOUSE, "Anna Keller", "Nora Lind", "link-token", UNTIL),
        act_mail(language, HOUSE, "Anna Keller", ITEM, "act-token", UNTIL, TODAY),
        reminder(language),
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


def test_a_reminder_says_who_reminds_and_what_else_waits() -> None:
    said = reminder("de")
    assert said.subject == "Erinnerung: Etikettenlayout Bio-Linie (+2)"
    assert said.url.endswith("/act/act-token")
    assert said.paragraphs[0] == "Guten Tag, Anna Keller. Nora Lind erinnert Sie daran."
    assert said.paragraphs[-1] == "Ausserdem wartet auf Sie: Artikelstamm; Artikelstamm (heute fällig)."


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
    for text in mails(language):
        message = compose(BRAND, HOUSE, text, addressed("Anna Keller", "anna@x.example"), "portal@x.example", "id")
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


LONG = [
    "Version Etikettenlayout Version bis Version 3 Bio-Linie Bio-Linie (Entwurf)",
    "Nährwerttabelle, «Grösse» FAT_Protokoll_Linie_2_2026-11-17_final_überarbeitet_v3.pdf Nährwerttabelle, (Entwurf)",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf " * 3,
    "Alarm list with longer and longer words about what it is for, " * 4,
]


@pytest.mark.parametrize("title", LONG)
def test_long_subjects_arrive_as_they_were_written(title: str) -> None:
    """Neither a space at the beginning nor one lost between two encoded words."""
    text = act_mail("de", HOUSE, "Anna", replace(ITEM, title=title), "t", UNTIL, TODAY)
    message = compose(BRAND, HOUSE, text, addressed("Anna", "anna@x.example"), "portal@x.example", "id")
    sent = message.as_bytes(policy=SMTP)
    assert max(len(line) for line in sent.partition(b"\r\nFrom:")[0].split(b"\r\n")) <= 78
    assert message_from_bytes(sent, policy=default)["Subject"] == " ".join(text.subject.split())


@pytest.mark.parametrize("language", ["de", "en"])
def test_each_part_of_a_mail_stands_in_its_text_and_in_its_html(language: str) -> None:
    for text in mails(language):
        plain, markup = bodies(text)
        said = " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())
        for part in parts(text):
            assert " ".join(part.split()) in " ".join(plain.split()), part
            assert " ".join(part.split()) in said, part


def parts(text: MailText) -> list[str]:
    lines = (*text.paragraphs, *text.thing_lines, *text.foot)
    single = (text.heading, text.verb_label, text.due, text.code, text.thing, text.button, text.note, text.audience)
    return [part for part in (*single, *lines) if part]


def bodies(text: MailText, brand: Brand | None = None) -> tuple[str, str]:
    message = compose(brand or BRAND, HOUSE, text, addressed("Anna Keller", "anna@x.example"), "portal@x.example", "id")
    plain, markup = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert markup is not None
    return plain.get_content(), markup.get_content()


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_mail_says_why_it_came_how_often_and_who_runs_the_portal(language: str) -> None:
    for text in mails(language):
        assert len(text.foot) == 3
        assert all(text.foot)
        assert "Nordwind Systems" in text.foot[-1]


def test_a_mail_asks_the_portal_for_the_houses_mark_alone_so_that_nobody_is_followed() -> None:
    for text in mails("de"):
        _, markup = bodies(text)
        asked = re.findall(r"""(?:src=|url\(|href=)["']?([^"')>\s]+)""", markup)
        assert sorted(asked) == sorted(["https://helvetia.example/brand/mark?v=1", text.url])


@pytest.mark.parametrize("accent", ["#3f7d20", "#ffd400", "#0b5cad", "#111111", "#f4f4f4"])
def test_the_button_and_all_words_can_be_read_in_light_and_in_dark(accent: str) -> None:
    """Of every brand; what the dark theme changes is changed for the ground and for what stands on it."""
    brand = publish(Choices("Helvetia", accent), 1)
    for verb in VERBS["en"]:
        given = look(brand, "", verb)
        on = [("on_accent", "accent"), ("dark_on_accent", "dark_accent"), ("verb_ink", "verb_tint")]
        for ink, ground in (*on, ("dark_verb_ink", "dark_verb_tint")):
            assert contrast(given[ink], given[ground]) >= 4.5, (verb, ink)
    _, markup = bodies(mails("en")[2], brand)
    assert '<meta name="color-scheme" content="light dark">' in markup
    dark = dict(re.findall(r"\.(\w+)\{([^}]*)\}", markup.partition("@media (prefers-color-scheme:dark){")[2]))
    colours = {name: dict(re.findall(r"(background|color):(#\w{6})", rules)) for name, rules in dark.items()}
    for name in ("ink", "quiet", "urgent"):
        assert contrast(colours[name]["color"], colours["card"]["background"]) >= 4.5, name
    assert contrast(colours["act"]["color"], colours["act"]["background"]) >= 4.5
    assert contrast(colours["quiet"]["color"], colours["foot"]["background"]) >= 4.5
