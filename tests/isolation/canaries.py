"""Canaries in every internal and private field of one project, and the ways to look for them."""

import re
import threading
import time
from collections.abc import Callable
from uuid import uuid4

import requests

from .people import Client, People

INTERNAL, PRIVATE = f"canary-i-{uuid4().hex}", f"canary-p-{uuid4().hex}"
PAGES = 150


def until(check: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def plant(people: People, heard: list[str]) -> dict[str, str]:
    """What was planted where, by name; `heard` takes what Maya's stream of hints says meanwhile."""
    listening = threading.Thread(target=listen, args=(people.maya, heard), daemon=True)
    listening.start()
    until(lambda: heard)
    nora, maya = people.nora, people.maya
    mine = maya.get("/home")["your_turn"]["mine"][0]
    project = mine["project_id"]
    fields = {"title": INTERNAL, "internal_note": INTERNAL, "customer_title": INTERNAL, "customer_note": INTERNAL}
    hidden = nora.post(f"/projects/{project}/items", fields)["id"]
    dashed = nora.post(f"/projects/{project}/items", {**fields, "visibility": "placeholder", "due": "2026-12-11"})["id"]
    shown = nora.post(
        f"/projects/{project}/items",
        {"title": INTERNAL, "internal_note": INTERNAL, "customer_title": "Shown", "visibility": "shared"},
    )["id"]
    subject = f"projects/{project}/items/{shown}"

    def opened(client: Client, subject: str, audience: str, text: str) -> str:
        body = {"subject": subject, "audience": audience, "title": text, "text": text}
        answers: list[requests.Response] = []

        def accepted() -> bool:
            answers.append(client.ask("POST", "/api/v1/threads", json=body))
            return answers[-1].ok

        until(accepted)
        return str(answers[-1].json()["id"])

    threads = [
        opened(nora, subject, "internal", INTERNAL),
        opened(nora, f"projects/{project}/items/{hidden}", "internal", INTERNAL),
    ]
    private = opened(maya, subject, "private", PRIVATE)
    nora.post(f"/projects/{project}/files", {"name": f"{INTERNAL}.txt", "audience": "internal"})
    maya.post(f"/projects/{project}/files", {"name": f"{PRIVATE}.txt", "audience": "private"})
    until(lambda: any(shown in line for line in heard))
    return {
        "project": project,
        "hidden": hidden,
        "dashed": dashed,
        "shown": shown,
        "internal_threads": " ".join(threads),
        "private": private,
    }


def listen(client: Client, heard: list[str]) -> None:
    with client.ask("GET", "/api/v1/events", stream=True) as stream:
        heard.extend(line.decode() for line in stream.iter_lines())


def crawl(client: Client, starts: list[str]) -> dict[str, str]:
    """Pages reachable by links from these, by their address."""
    seen: dict[str, str] = {}
    waiting = list(starts)
    while waiting and len(seen) < PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        answer = client.ask("GET", path)
        seen[path] = answer.text if "text" in answer.headers.get("content-type", "") else ""
        links = re.findall(r'(?:href|hx-get|action)="(/[^"#]*)', seen[path])
        waiting += [
            one.replace("&amp;", "&")
            for one in links
            if not one.startswith(("/static", "/brand", "/sign-out", "/look/"))
        ]
    return seen


def api_answers(client: Client, people: People, planted: dict[str, str]) -> dict[str, str]:
    """Every reading operation without a slot, and those of the planted things."""
    document = people.nobody.get("/openapi.json")
    paths = [path for path, operations in document["paths"].items() if "get" in operations and "{" not in path]
    paths = [path for path in paths if not path.endswith("/events")]
    paths += [f"/api/v1/search?q={words}" for words in ("canary", "shown")]
    project, shown = planted["project"], planted["shown"]
    paths += [f"/api/v1/projects/{project}{end}" for end in ("", "/plan", "/files")]
    paths += [f"/api/v1/items/{shown}{end}" for end in ("", "/history")]
    paths += [f"/api/v1/items/{planted[name]}" for name in ("hidden", "dashed")]
    paths += [f"/api/v1/threads?subject=projects/{project}/items/{shown}", f"/api/v1/threads/{planted['private']}"]
    paths += [f"/api/v1/threads/{thread}" for thread in planted["internal_threads"].split()]
    return {path: client.ask("GET", path).text for path in paths}
