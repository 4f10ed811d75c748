"""Staff who look as a customer's person find nothing private and nothing internal, and nothing they press is done."""

import re
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from .canaries import INTERNAL, PRIVATE, api_answers, crawl
from .people import Client, People
from .test_walk import METHODS

STARTS = (
    "/",
    "/projects",
    "/files",
    "/requests",
    "/threads",
    "/reports",
    "/catch-up",
    "/people",
    "/settings",
    "/audit",
)


@pytest.fixture(scope="module")
def looking(people: People) -> Client:
    """Nora's browser at Bluepeak's host, as Maya."""
    me = people.maya.get("/me")
    begun = people.nora.ask("GET", f"/customers/{me['customer']['id']}/view-as/{me['person_id']}")
    assert begun.status_code == 303, begun.text
    address = urlsplit(begun.headers["location"])
    assert f"{address.scheme}://{address.netloc}" == people.maya.origin
    browser = Client(people.maya.origin, "")
    entered = browser.ask("GET", address.path)
    assert entered.status_code == 303, entered.text
    browser.http.headers["Cookie"] = entered.headers["set-cookie"].partition(";")[0]
    assert browser.get("/me")["person_id"] == me["person_id"]
    return browser


@pytest.fixture(scope="module")
def pages(looking: Client, planted: dict[str, str]) -> dict[str, str]:
    return crawl(
        looking, [*STARTS, f"/projects/{planted['project']}", f"/items/{planted['shown']}", "/search?q=canary"]
    )


def test_nothing_private_and_nothing_internal_is_in_any_page(pages: dict[str, str]) -> None:
    assert len(pages) > 25
    assert any("Shown" in html for html in pages.values())
    assert all("look-bar" in html for html in pages.values() if "<main" in html)
    assert [path for path, html in pages.items() if PRIVATE in html or INTERNAL in html] == []


def test_nothing_private_is_in_any_answer(people: People, looking: Client, planted: dict[str, str]) -> None:
    answers = api_answers(looking, people, planted)
    assert [path for path, text in answers.items() if PRIVATE in text or INTERNAL in text] == []
    private = f"/api/v1/threads/{planted['private']}"
    for path in (private, f"{private}/messages"):
        assert looking.ask("GET", path).status_code == people.nora.ask("GET", path).status_code == 404
    assert (
        planted["private"]
        not in answers[f"/api/v1/threads?subject=projects/{planted['project']}/items/{planted['shown']}"]
    )


def test_no_operation_is_done(people: People, looking: Client) -> None:
    """Every write of the API, before its body is looked at."""
    document, done, walked = people.nobody.get("/openapi.json"), [], 0
    for path, operations in document["paths"].items():
        filled = re.sub(r"\{[^}]+\}", str(uuid4()), path)
        for method in METHODS:
            if method in operations and method != "get":
                answer = looking.ask(method.upper(), filled, json={})
                walked += 1
                if (answer.status_code, answer.json().get("code")) != (403, "read_only"):
                    done.append(f"{method} {path}: {answer.status_code}")
    assert done == []
    assert walked > 40


def test_no_button_of_a_page_does_anything(looking: Client, pages: dict[str, str]) -> None:
    actions = {
        action
        for html in pages.values()
        for action in re.findall(r'<form[^>]*method="post"[^>]*action="([^"]+)"', html)
    }
    assert len(actions) > 5
    for action in actions:
        answer = looking.ask("POST", action.replace("&amp;", "&"), data={"text": "x"})
        assert (answer.status_code, "reading only" in answer.text) == (403, True), action


def test_one_press_ends_it(looking: Client) -> None:
    assert looking.ask("GET", "/look/end").status_code == 303
    assert looking.ask("GET", "/api/v1/me").status_code == 401
