"""The rules of conversations."""

from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from atrium_threads.threads.model import (
    EXCERPT_LENGTH,
    READING_SIDES,
    Audience,
    Circle,
    Person,
    Point,
    WrongSubject,
    effective_audience,
    excerpt,
    may_open,
    parse_subject,
    parse_subject_filter,
)
from hypothesis import given
from hypothesis import strategies as st

AUDIENCES = st.sampled_from(["internal", "shared", "private"])
ID = "0b0f2a3e-6f0a-4c56-9a55-0d3a7c1f4e10"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"projects/{ID}", "project"),
        (f"projects/{ID}/items/{ID}", "item"),
        (f"files/{ID}/versions/3", "file_version"),
        (f"requests/{ID}", "request"),
        (f"reports/{ID}/figures/waiting_time", "figure"),
    ],
)
def test_each_kind_of_subject_is_read_in_its_grammar(text: str, kind: str) -> None:
    subject = parse_subject(text)
    assert (subject.kind, subject.path, subject.point) == (kind, text, None)


def test_ids_are_compared_in_lower_case_and_keys_as_they_are() -> None:
    assert parse_subject(f"projects/{ID.upper()}").path == f"projects/{ID}"
    assert parse_subject(f"reports/{ID.upper()}/figures/DueByWeek").path == f"reports/{ID}/figures/DueByWeek"


def test_a_file_version_may_have_a_point() -> None:
    subject = parse_subject(f"files/{ID}/versions/3?page=4&x=0.31&y=1")
    assert (subject.path, subject.point) == (f"files/{ID}/versions/3", Point(4, 0.31, 1.0))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "projects",
        "projects/1",
        f"projects/{ID}/",
        f"projects/{ID}\n",
        f"files/{ID}/versions/0",
        f"files/{ID}/versions/-1",
        f"files/{ID}/versions/3?page=0&x=0&y=0",
        f"files/{ID}/versions/3?page=1&x=1.2&y=0",
        f"files/{ID}/versions/3?page=1&x=1.2.3&y=0",
        f"files/{ID}/versions/3?",
        f"projects/{ID}?page=1&x=0&y=0",
        f"reports/{ID}/figures/a b",
        f"threads/{ID}",
    ],
)
def test_anything_else_is_no_subject(text: str) -> None:
    with pytest.raises(WrongSubject):
        parse_subject(text)


def test_a_filter_may_name_all_versions_of_a_file() -> None:
    assert parse_subject_filter(f"files/{ID}") == (f"files/{ID}", True)
    assert parse_subject_filter(f"projects/{ID}") == (f"projects/{ID}", False)
    with pytest.raises(WrongSubject):
        parse_subject_filter("files")


@given(st.text())
def test_no_text_breaks_the_parser(text: str) -> None:
    with suppress(WrongSubject):
        assert parse_subject(text).path.lower() == text.partition("?")[0].lower()


@given(AUDIENCES, AUDIENCES)
def test_effective_is_who_may_read_both(own: Audience, subject: Audience) -> None:
    effective = effective_audience(own, subject)
    sides = READING_SIDES[effective] if effective else frozenset()
    assert sides == READING_SIDES[own] & READING_SIDES[subject]
    assert effective == effective_audience(subject, own)


@given(AUDIENCES)
def test_a_shared_subject_narrows_nothing(own: Audience) -> None:
    assert effective_audience(own, "shared") == own == effective_audience(own, own)


def test_internal_and_private_leave_nobody() -> None:
    assert effective_audience("private", "internal") is None


def test_nobody_opens_what_their_side_could_not_read() -> None:
    assert may_open("provider", "internal")
    assert may_open("provider", "shared")
    assert not may_open("provider", "private")
    assert may_open("customer", "shared")
    assert may_open("customer", "private")
    assert not may_open("customer", "internal")


people = st.builds(
    Person,
    st.uuids(),
    st.sampled_from(["provider", "customer"]),
    st.none() | st.frozensets(st.sampled_from([UUID(int=n) for n in range(4)])),
)
projects = st.none() | st.sampled_from([UUID(int=n) for n in range(4)])


@given(people, AUDIENCES, AUDIENCES, projects)
def test_a_narrower_circle_never_admits_more(
    person: Person, own: Audience, subject: Audience, project: UUID | None
) -> None:
    effective = effective_audience(own, subject)
    if effective is not None and Circle(effective, project).admits(person):
        assert Circle(own, project).admits(person)
        assert Circle(subject, project).admits(person)


@given(people, projects)
def test_named_staff_alone_read_a_limited_thread(person: Person, project: UUID | None) -> None:
    assert not Circle("internal", project, frozenset({uuid4()})).admits(person)
    limited = Circle("internal", project, frozenset({person.id})).admits(person)
    assert limited == Circle("internal", project).admits(person)


def test_permitted_projects_bound_who_reads() -> None:
    project = uuid4()
    contact = Person(uuid4(), "customer", frozenset({project}))
    assert Circle("shared", project).admits(contact)
    assert not Circle("shared", uuid4()).admits(contact)
    assert not Circle("shared", None).admits(contact)


@given(st.text(max_size=400))
def test_an_excerpt_is_one_short_line(text: str) -> None:
    line = excerpt(text)
    assert len(line) <= EXCERPT_LENGTH
    assert len(line.splitlines()) <= 1
