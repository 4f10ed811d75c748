"""Whoever writes sees who will read: the names beside a conversation are those of its readers, and of nobody else."""

import html
import re
from typing import Any
from urllib.parse import quote

import pytest

from .people import Client, People


@pytest.fixture(scope="module")
def shared(people: People) -> dict[str, Any]:
    """A shared conversation of Bluepeak, about something without any other conversation."""
    rows = people.maya.get("/threads?audience=shared&limit=200")["items"]
    taken = {row["subject"] for audience in ("private", "internal") for row in beside(people, audience)}
    found: dict[str, Any] = next(row for row in rows if row["subject"] not in taken)
    return found


def beside(people: People, audience: str) -> list[dict[str, Any]]:
    who = people.nora if audience == "internal" else people.maya
    rows: list[dict[str, Any]] = who.get(f"/threads?audience={audience}&limit=200")["items"]
    return rows


def names(client: Client, path: str) -> dict[str, set[str]]:
    """Of each conversation on a page, by its audience: who is said to read it."""
    page = client.ask("GET", path).text
    cards = re.findall(r'<section class="card readers (\w+)">(.*?)</section>', page, re.DOTALL)
    return {audience: {html.unescape(name) for name in re.findall(r"<b>(.*?)</b>", card)} for audience, card in cards}


def told(client: Client, path: str) -> str:
    return html.unescape(client.ask("GET", path).text)


def people_of(people: People, house: str) -> set[str]:
    """The names of a house's active people."""
    customers = people.nora.get("/customers?limit=200")["items"]
    customer = next(one["id"] for one in customers if one["slug"] == house)
    return {one["name"] for one in people.nora.get(f"/customers/{customer}/people?limit=200")["items"]}


def test_staff_see_the_people_of_this_customer_alone(people: People, shared: dict[str, Any]) -> None:
    bluepeak, helvetia = people_of(people, "bluepeak"), people_of(people, "helvetia")
    read = names(people.nora, f"/threads/{shared['id']}")
    assert set(read) == {"shared", "internal"}
    assert read["internal"] == {"You", "Jan Weber"}
    assert read["shared"] >= {"You", "Jan Weber", "Maya Singh"}
    assert not read["shared"] & helvetia
    assert read["shared"] - read["internal"] <= bluepeak


def test_the_customer_sees_that_staff_do_not_read_what_is_private(people: People, shared: dict[str, Any]) -> None:
    read = names(people.maya, f"/threads/{shared['id']}")
    assert set(read) == {"shared", "private"}
    assert "Nora Lind" in read["shared"]
    assert "You" in read["private"]
    assert read["private"] - {"You"} <= people_of(people, "bluepeak")
    assert "Nora Lind" not in read["private"]


def test_the_names_of_a_conversation_not_begun_are_those_who_then_read_it(
    people: People, shared: dict[str, Any]
) -> None:
    for client, own in ((people.nora, "internal"), (people.maya, "private")):
        promised = names(client, f"/threads/{shared['id']}")[own]
        body = {"subject": shared["subject"], "audience": own, "text": "Now it is begun"}
        begun = client.post("/threads", body)
        assert names(client, f"/threads/{begun['id']}")[own] == promised
        detail = client.get(f"/threads/{begun['id']}")
        assert len(detail["readers"]) == len(promised)
        assert f"{len(promised)} people" in told(client, f"/threads/{begun['id']}")


def test_a_refused_first_message_keeps_the_names(people: People, shared: dict[str, Any]) -> None:
    form = {"subject": shared["subject"], "audience": "shared", "text": "x" * 10_001}
    answer = people.nora.ask("POST", f"/threads?back={quote('/')}", data=form, headers={"Origin": people.nora.origin})
    assert answer.status_code == 422
    refused = {
        html.unescape(one) for one in re.findall(r'class="card readers shared">.*?</section>', answer.text, re.S)
    }
    assert len(refused) == 1
    said = set(re.findall(r"<b>(.*?)</b>", refused.pop()))
    assert said == names(people.nora, f"/threads/{shared['id']}")["shared"]
