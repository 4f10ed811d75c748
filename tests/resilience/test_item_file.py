"""A file that is brought to an item's page is the item's from then on, without scripts too."""

import html
import re
import time
from urllib.parse import urlsplit

import requests

from tests.isolation.conftest import Client

from .conftest import House


def form_of(page: str, kind: str) -> tuple[str, dict[str, str]]:
    """The address of a form and what it hides."""
    found = re.search(rf'<form class="{kind}"[^>]*action="([^"]+)"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert found, page[:500]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[2])
    return html.unescape(found[1]), {name: html.unescape(value) for name, value in hidden}


def bring(person: Client, item: str, name: str, content: bytes) -> None:
    """Through the forms alone: the file by its name, its content to the store, back to the portal."""
    action, hidden = form_of(person.ask("GET", f"/items/{item}").text, "upload")
    begun = person.ask("POST", action, data={**hidden, "content": name}, headers={"Origin": person.origin})
    store, fields = form_of(begun.text, "card body fields")
    stored = requests.post(store, data=fields, files={"file": (name, content)}, timeout=20, allow_redirects=False)
    assert stored.is_redirect, stored.text[:300]
    back = urlsplit(stored.headers["location"])
    assert person.ask("GET", f"{back.path}?{back.query}").status_code == 303


def test_a_file_brought_to_an_item_is_the_items(house: House) -> None:
    item, maya = house.item(title="Bring the delivery data"), house.maya
    bring(maya, item, "Delivery data.csv", b"article;pieces\n4711;12\n")
    file = maya.get(f"/items/{item}")["file_id"]
    assert house.nora.get(f"/items/{item}")["file_id"] == file
    assert maya.get(f"/files/{file}")["name"] == "Delivery data.csv"
    deadline = time.monotonic() + 30
    while f'href="/files/{file}' not in (page := html.unescape(maya.ask("GET", f"/items/{item}").text)):
        assert time.monotonic() < deadline, "the item does not show its file"
        time.sleep(0.1)
    assert form_of(page, "upload")[0] == f"/files/{file}/versions"
