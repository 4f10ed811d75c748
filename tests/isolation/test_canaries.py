"""Canaries in every internal and private field, then every channel of the other side crawled for them."""

import io
import zipfile
from uuid import uuid4

import requests
from atrium_testkit.documents import read_pdf
from atrium_testkit.system import System

from .canaries import INTERNAL, PRIVATE, api_answers, crawl
from .people import Client, People


def test_nothing_internal_is_in_any_page_of_the_customer(people: People, planted: dict[str, str]) -> None:
    pages = crawl(
        people.maya,
        ["/", "/projects", "/files", "/requests", "/threads", "/reports", f"/projects/{planted['project']}"],
    )
    assert len(pages) > 25
    assert any("Shown" in html for html in pages.values())
    assert [path for path, html in pages.items() if INTERNAL in html] == []


def test_nothing_internal_is_in_any_answer_to_the_customer(people: People, planted: dict[str, str]) -> None:
    answers = api_answers(people.maya, people, planted)
    assert [path for path, text in answers.items() if INTERNAL in text] == []


def test_a_search_for_what_is_not_theirs_finds_as_much_as_for_what_is_nowhere(
    people: People, planted: dict[str, str]
) -> None:
    """Nothing, no count, no further page; for its own side it is there."""

    def found(client: Client, words: str, kind: str = "") -> str:
        answer = client.ask(
            "GET", "/api/v1/search", params={"q": words, "limit": 1, **({"kind": kind} if kind else {})}
        )
        assert answer.ok, answer.text
        return answer.text

    nowhere = f"canary-n-{uuid4().hex}"
    for client, hidden in (
        (people.maya, INTERNAL),
        (people.nora, PRIVATE),
        (people.anna, INTERNAL),
        (people.anna, PRIVATE),
    ):
        for kind in ("", "projects", "items", "requests", "files", "threads", "reports"):
            assert found(client, hidden, kind) == found(client, nowhere, kind), (client.origin, kind)
        page = client.ask("GET", "/search", params={"q": hidden}).text
        assert planted["shown"] not in page
        assert planted["private"] not in page
    assert planted["private"] in found(people.maya, PRIVATE, "threads")
    for kind in ("items", "threads"):
        assert INTERNAL in found(people.nora, INTERNAL, kind)


def test_nothing_private_is_in_anything_of_the_provider(people: People, planted: dict[str, str]) -> None:
    answers = api_answers(people.nora, people, planted)
    assert [path for path, text in answers.items() if PRIVATE in text] == []
    pages = crawl(
        people.nora, ["/", "/threads", "/files", f"/projects/{planted['project']}", f"/items/{planted['shown']}"]
    )
    assert len(pages) > 10
    assert [path for path, html in pages.items() if PRIVATE in html] == []


def test_the_customers_own_private_space_is_there(people: People, planted: dict[str, str]) -> None:
    assert PRIVATE in people.maya.ask("GET", f"/api/v1/threads/{planted['private']}/messages").text
    assert people.nora.ask("GET", f"/api/v1/threads/{planted['private']}").status_code == 404
    assert people.anna.ask("GET", f"/api/v1/threads/{planted['private']}").status_code == 404


def test_no_hint_tells_that_something_internal_exists(planted: dict[str, str], heard: list[str]) -> None:
    told = "\n".join(heard)
    assert planted["shown"] in told
    assert planted["hidden"] not in told
    assert all(thread not in told for thread in planted["internal_threads"].split())
    assert INTERNAL not in told


def test_reports_exports_and_links_are_free_of_it(people: People, planted: dict[str, str]) -> None:
    found = next(one for one in people.maya.get("/reports")["items"] if one["project_id"] == planted["project"])
    report = found["id"]
    token = people.maya.post(f"/reports/{report}/links", {"purpose": "canary"})["token"]
    page = people.nobody.ask("GET", f"/r/{token}")
    assert page.ok
    told = {"page": page.text}
    for client, address in ((people.maya, f"/api/v1/reports/{report}/export"), (people.nobody, f"/r/{token}/export")):
        for kind in ("csv", "pdf", "xlsx"):
            answer = client.ask("GET", f"{address}.{kind}")
            assert answer.ok, (address, kind)
            told[f"{address}.{kind}"] = text_of(kind, answer.content)
    assert found["title"] in told[f"/r/{token}/export.pdf"]
    assert [where for where, text in told.items() if INTERNAL in text or PRIVATE in text] == []


def text_of(kind: str, content: bytes) -> str:
    """All that an export says, of a PDF and a workbook with what does not meet the eye."""
    if kind == "pdf":
        read = read_pdf(content)
        return f"{read.title} {read.text} {sorted(read.links)} {content!r}"
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return content.decode()


def test_no_mail_tells_it(demo_system: System, planted: dict[str, str]) -> None:
    mails = requests.get(f"{demo_system.backends.mail.url}/messages.json", timeout=10).text
    assert "Bluepeak" in mails
    assert INTERNAL not in mails
    assert PRIVATE not in mails
