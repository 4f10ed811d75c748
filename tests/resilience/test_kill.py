"""kill -9 under load, with a ledger of everything that was acknowledged: nothing lost, nothing twice."""

import asyncio
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
import requests
from aiokafka import AIOKafkaConsumer
from atrium_testkit.demo_people import PROVIDER, gateway_command
from atrium_testkit.system import System

#: Of each item, (revision, event id) in the order on the topic.
Told = dict[str, list[tuple[int, str]]]

NORA = "nora@nordwind.example"
WRITERS, SECONDS = 4, 9.0


@dataclass
class Ledger:
    """Titles of items that the API has acknowledged, with their ids."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    retried: int = 0
    faults: list[str] = field(default_factory=list)


class Writer(threading.Thread):
    """Creates items one after the other; asks again with the same key until it gets an answer."""

    def __init__(self, address: str, headers: dict[str, str], ledger: Ledger, until: float) -> None:
        super().__init__(daemon=True)
        self.address, self.headers, self.ledger, self.until = address, headers, ledger, until

    def run(self) -> None:
        with requests.Session() as http:
            while time.monotonic() < self.until:
                self.create(http, f"item {uuid4()}")

    def create(self, http: requests.Session, title: str) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                headers = {**self.headers, "Idempotency-Key": title}
                answer = http.post(
                    self.address, json={"title": title, "visibility": "shared"}, headers=headers, timeout=5
                )
            except requests.RequestException:
                self.ledger.retried += 1
                time.sleep(0.1)
                continue
            if answer.status_code == 201:
                self.ledger.acknowledged[title] = answer.json()["id"]
                return
            if answer.status_code < 500:
                self.ledger.faults.append(f"{answer.status_code} {answer.text[:200]}")
                return
            self.ledger.retried += 1
            time.sleep(0.1)
        self.ledger.faults.append("no answer within 30 s")


@dataclass
class Office:
    """Nora at work in an empty system with one project."""

    system: System
    token: str
    project: str = ""

    @property
    def headers(self) -> dict[str, str]:
        port = self.system.service_ports["gateway"]
        return {"Host": f"atrium.localhost:{port}", "Authorization": f"Bearer {self.token}"}

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.system.service_ports['gateway']}/api/v1{path}"

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        answer = requests.request(method, self.address(path), json=body, headers=self.headers, timeout=20)
        assert answer.ok, answer.text
        return answer.json()

    def load(self, seconds: float) -> tuple[Ledger, list[Writer]]:
        ledger, until = Ledger(), time.monotonic() + seconds
        address = self.address(f"/projects/{self.project}/items")
        writers = [Writer(address, self.headers, ledger, until) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        return ledger, writers


@pytest.fixture(scope="module")
def office(system: System) -> Office:
    environment = system.environment("gateway")
    gateway_command(["bootstrap", *PROVIDER], environment)
    made = Office(system, gateway_command(["token", NORA], environment).strip())
    customer = made.ask("POST", "/customers", {"slug": f"c{uuid4().hex[:8]}", "name": "Under load"})["id"]
    made.project = made.ask("POST", "/projects", {"customer_id": customer, "title": "Load"})["id"]
    return made


async def told_items(bootstrap: str, project: str) -> Told:
    """Of each item, (revision, event id) in the order on the topic."""
    consumer = AIOKafkaConsumer("atrium.projects.v1", bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        ends, told = await consumer.end_offsets(consumer.assignment()), {}
        await consumer.seek_to_beginning()
        while any([await consumer.position(partition) < end for partition, end in ends.items()]):
            for batch in (await consumer.getmany(timeout_ms=300)).values():
                for record in batch:
                    headers = {name: value.decode() for name, value in record.headers}
                    data = json.loads(record.value)
                    if headers["ce_type"].endswith(".item_changed.v1") and data["project_id"] == project:
                        entry = (int(headers["ce_revision"]), headers["ce_id"])
                        told.setdefault(data["item_id"], []).append(entry)
        return told
    finally:
        await consumer.stop()


def settle(office: Office, ledger: Ledger) -> Told:
    """The events once every acknowledged item has been told."""
    deadline = time.monotonic() + 40
    while True:
        told = asyncio.run(told_items(office.system.backends.kafka_bootstrap, office.project))
        if set(ledger.acknowledged.values()) <= set(told) or time.monotonic() > deadline:
            return told
        time.sleep(0.3)


def assert_whole(office: Office, ledger: Ledger) -> None:
    assert ledger.faults == []
    items = office.ask("GET", f"/projects/{office.project}/plan")["items"]
    titles = [one["title"] for one in items]
    assert len(titles) == len(set(titles)), "an item was made twice"
    stored = {one["title"]: one["id"] for one in items}
    assert {title: stored.get(title) for title in ledger.acknowledged} == ledger.acknowledged, "an item was lost"
    told = settle(office, ledger)
    assert set(told) >= set(ledger.acknowledged.values()), "an event was lost"
    assert set(told) == set(stored.values()), "an event tells of an item that is not there"
    for entries in told.values():
        revisions = [revision for revision, _ in dict.fromkeys(entries)]
        assert revisions == sorted(set(revisions)), "events of one item are out of order"


def join(writers: list[Writer]) -> None:
    for writer in writers:
        writer.join(timeout=60)
        assert not writer.is_alive()


@pytest.mark.parametrize("victim", ["projects", "gateway"])
def test_a_killed_service_loses_nothing_and_doubles_nothing(office: Office, victim: str) -> None:
    """A process is API, relay and consumer at once: all three die in the middle of their work."""
    ledger, writers = office.load(SECONDS)
    for _ in range(2):
        time.sleep(SECONDS / 4)
        office.system.kill(victim)
        started = time.monotonic()
        office.system.start_service(victim).wait_ready()
        assert time.monotonic() - started < 10, "ready again within 10 s"
    join(writers)
    assert ledger.retried > 0, "the kill was not felt, so nothing was tested"
    assert len(ledger.acknowledged) > 20
    assert_whole(office, ledger)


def test_a_projection_is_whole_after_its_consumer_was_killed(office: Office) -> None:
    """Threads know every item's subject although their process died while the events came."""
    ledger, writers = office.load(SECONDS / 2)
    time.sleep(SECONDS / 6)
    office.system.kill("threads")
    office.system.start_service("threads").wait_ready()
    join(writers)
    assert_whole(office, ledger)
    waiting = {f"projects/{office.project}/items/{UUID(one)}" for one in list(ledger.acknowledged.values())[-25:]}
    deadline = time.monotonic() + 30
    while waiting and time.monotonic() < deadline:
        for subject in sorted(waiting):
            body = {"subject": subject, "audience": "internal", "text": "known"}
            answer = requests.post(office.address("/threads"), json=body, headers=office.headers, timeout=10)
            if answer.ok:
                waiting.discard(subject)
    assert not waiting


def test_with_threads_away_the_home_is_partial_and_quick(office: Office) -> None:
    office.system.kill("threads")
    try:
        started = time.monotonic()
        home = office.ask("GET", "/home")
        assert time.monotonic() - started < 4
        assert "projects" in home
        assert home["missing"] == ["threads"]
    finally:
        office.system.start_service("threads").wait_ready()
