"""The search's composition: what arrives is shown, what is away is said, one kind alone is answered wholly or not."""

from collections.abc import Iterator
from typing import Any

import pytest
from atrium_testkit.running import Answer

from services.gateway.tests.integration.conftest import Visitor, World
from services.gateway.tests.integration.upstream import Upstream

pytestmark = pytest.mark.asyncio(loop_scope="session")

ITEM: dict[str, Any] = {
    "id": "9d2a6c1b-51b4-4c53-9c44-2f1f0a7be6a3",
    "customer_id": "5f0c1f0e-3f5a-4b43-9c52-0d6a2f3f6a10",
    "project_id": "0c8f2f6a-7a3e-4a52-9a5e-6a1d8f2f1b32",
    "project_title": "Linie 2",
    "kind": "task",
    "title": "Größe <b>der</b> Etiketten",
    "excerpt": "Die GRÖSSE steht noch offen.",
    "turn": "customer",
    "state_name": {"en": "Sign-off", "de": "Freigabe"},
    "at": "2026-11-17T09:14:00+00:00",
}
FOUND = {
    "projects": {"items": [], "next_cursor": None},
    "items": {"items": [ITEM], "next_cursor": "further"},
    "requests": {"items": [], "next_cursor": None},
}


@pytest.fixture(autouse=True)
def projects_find(upstream: Upstream) -> Iterator[None]:
    """Projects answers; threads breaks at whatever it is asked."""
    upstream.answers["/v1/search"] = FOUND
    yield
    upstream.answers.pop("/v1/search", None)


async def page(visitor: Visitor, query: str) -> str:
    answer: Answer = await visitor.call("GET", f"/search?{query}")
    assert answer.status == 200
    return answer.content.decode()


async def test_what_arrives_is_answered_by_kind_and_what_is_away_is_named(world: World) -> None:
    answer = await world.anna.get("/search?q=groesse")
    assert answer.status == 200
    assert answer.json["items"] == FOUND["items"]
    assert "threads" in answer.json["missing"]
    assert answer.headers["cache-control"] == "private, no-store"


async def test_one_kind_alone_is_answered_wholly_or_not_at_all(world: World) -> None:
    assert (await world.anna.get("/search?q=groesse&kind=items")).json["missing"] == []
    assert (await world.anna.get("/search?q=groesse&kind=threads")).status == 503
    for wrong in ("q=x&kind=people", "q=x&cursor=abc", "q=%20", "", f"q={'x' * 101}"):
        assert (await world.anna.get(f"/search?{wrong}")).status == 422, wrong


async def test_without_a_session_nothing_is_found(world: World) -> None:
    assert (await world.visitor("helvetia.atrium.localhost").get("/search?q=x")).status == 401


async def test_the_page_marks_the_words_and_escapes_all_others(world: World) -> None:
    shown = await page(world.anna, "q=groesse")
    assert "<mark>Größe</mark> &lt;b&gt;der&lt;/b&gt; Etiketten</a>" in shown
    assert "Die <mark>GRÖSSE</mark> steht noch offen." in shown
    assert "Linie 2" in shown
    assert "Freigabe" in shown
    assert 'href="/search?q=groesse&amp;kind=items"' in shown
    assert "Unterhaltungen können gerade nicht geladen werden" in shown


async def test_nothing_found_and_nothing_asked_are_said(world: World, upstream: Upstream) -> None:
    upstream.answers["/v1/search"] = {"items": {"items": [], "next_cursor": None}}
    assert "Nichts gefunden zu «kran»" in await page(world.anna, "q=kran&kind=items")
    assert "Was suchen Sie?" in await page(world.anna, "")
    assert "Was suchen Sie?" in await page(world.anna, "q=%20%00")
