from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from atrium_files.library.model import (
    File,
    NotNow,
    RuleBroken,
    check_audience,
    check_lock,
    clean_name,
    extension,
    lock,
    name_key,
    unlock,
)
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 11, 17, 15, 40, tzinfo=UTC)
MAYA, JAN = uuid4(), uuid4()


def a_file(locked_by: UUID | None = None) -> File:
    return File(uuid4(), uuid4(), uuid4(), "Alarm philosophy.pdf", "shared", 1, None, 0, locked_by, None)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name_missing"),
        ("   ", "name_missing"),
        ("a" * 201, "too_long"),
        ("a\r\nSet-Cookie: b", "control_character"),
        ("tab\tname", "control_character"),
        ("null\x00.pdf", "control_character"),
        ("line\u2028break", "control_character"),
        ("invoice\u202efdp.exe", "direction_character"),
        ("a\u2066b", "direction_character"),
        ("../secret", "path"),
        ("..\\secret", "path"),
        ("a/b.pdf", "path"),
        ("..", "path"),
    ],
)
def test_deceiving_names_are_refused(name: str, code: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        clean_name(name)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "name", ["Etikettenlayout Bio-Linie.pdf", "Прайс 2026.xlsx", "报价 v2.docx", "a..b.txt", "נספח.pdf"]
)
def test_names_of_any_language_are_kept(name: str) -> None:
    assert clean_name(f" {name} ") == name


@given(st.text(max_size=250))
def test_a_cleaned_name_is_clean(name: str) -> None:
    try:
        cleaned = clean_name(name)
    except RuleBroken:
        return
    assert clean_name(cleaned) == cleaned
    assert 0 < len(cleaned) <= 200
    assert not set(cleaned) & set("\r\n\x00/\\\u202e")


def test_composed_and_decomposed_names_are_the_same_name() -> None:
    assert clean_name("Pru\u0308fung.pdf") == "Pr\u00fcfung.pdf"
    assert name_key("PRÜFUNG.pdf") == name_key("prüfung.PDF")


@pytest.mark.parametrize(
    ("name", "ending"), [("a.PDF", "pdf"), ("archive.tar.gz", "gz"), ("README", ""), (".profile", "")]
)
def test_extension(name: str, ending: str) -> None:
    assert extension(name) == ending


@pytest.mark.parametrize(
    ("side", "audience", "allowed"),
    [
        ("provider", "internal", True),
        ("provider", "shared", True),
        ("provider", "private", False),
        ("customer", "internal", False),
        ("customer", "shared", True),
        ("customer", "private", True),
        ("link", "shared", False),
    ],
)
def test_nobody_makes_what_they_could_not_read(side: str, audience: str, allowed: bool) -> None:
    if allowed:
        check_audience(audience, side)  # type: ignore[arg-type]
    else:
        with pytest.raises(RuleBroken):
            check_audience(audience, side)  # type: ignore[arg-type]


def test_a_lock_keeps_others_out_and_its_holder_in() -> None:
    locked = lock(a_file(), MAYA, NOW)
    assert (locked.locked_by, locked.locked_at, locked.revision) == (MAYA, NOW, 2)
    assert lock(locked, MAYA, NOW) == locked
    check_lock(locked, MAYA)
    for attempt in (
        lambda: check_lock(locked, JAN),
        lambda: lock(locked, JAN, NOW),
        lambda: unlock(locked, JAN, "member"),
    ):
        with pytest.raises(NotNow):
            attempt()


@pytest.mark.parametrize("role", ["admin", "manager", "owner"])
def test_some_roles_may_break_a_lock(role: str) -> None:
    assert unlock(a_file(locked_by=MAYA), JAN, role).locked_by is None


def test_unlocking_what_is_not_locked_changes_nothing() -> None:
    file = a_file()
    assert unlock(file, JAN, "member") == file
    assert replace(file) == file
