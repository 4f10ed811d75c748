import pytest
from atrium_chassis.folding import excerpt, folded, spots, words_of


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Prüfung der Übersicht", "ubersicht", ["Übersicht"]),
        ("Prüfung der Übersicht", "uebersicht PRÜFUNG", ["Prüfung", "Übersicht"]),
        ("Herr Mueller", "müller", ["Mueller"]),
        ("Bahnhofstraße 3", "strasse", ["straße"]),
        ("Die Größe", "gross", ["Größ"]),
        ("Cafe\u0301 Ørsted", "café ørsted", ["Cafe\u0301", "Ørsted"]),
        ("During the value", "due", []),
        ("alarm alarms", "alarm ala", ["alarm", "alarm"]),
        ("a.b", ".", ["."]),
    ],
)
def test_words_are_found_whatever_their_case_accents_and_umlauts(text: str, typed: str, marked: list[str]) -> None:
    assert [text[begin:end] for begin, end in spots(text, words_of(typed))] == marked


def test_words_are_different_and_none_is_empty() -> None:
    assert words_of("  Alarm ALARM \u0301 zwei ") == ("alarm", "zwei")
    assert words_of(" \t\u0301") == ()


def test_an_excerpt_is_one_line_around_the_first_word_found() -> None:
    text = "before " * 60 + "the Prüfung\nstands " + "after " * 60
    cut = excerpt(text, ("prufung",))
    assert "the Prüfung stands after" in cut
    assert cut.startswith("… before")
    assert cut.endswith("after …")
    assert len(cut) < 170
    assert excerpt("short\n text", ("none",)) == "short text"


def test_folding_twice_changes_nothing() -> None:
    for text in ("ÄÖÜßẞ", "ﬁle", "İstanbul", "Москва Й", "Ωμέγα"):
        assert folded(folded(text)) == folded(text)
