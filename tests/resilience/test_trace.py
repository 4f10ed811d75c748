"""One trace from a person's request over outbox and Kafka to the hint on another person's page."""

import asyncio
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeVar

import pytest
import requests
from aiokafka import AIOKafkaConsumer
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span as Kind

from tests.isolation.conftest import Client

from .conftest import House

T = TypeVar("T")
PUBLISHED = "atrium.projects.published_item_changed.v1"
TRACED = ("gateway", "projects", "threads")


def until(find: Callable[[], T | None], seconds: float = 30) -> T:
    deadline = time.monotonic() + seconds
    while (found := find()) is None:
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return found


@dataclass(frozen=True)
class Span:
    service: str
    name: str
    kind: int
    trace: str
    id: str
    parent: str


@dataclass
class Collector:
    """What takes spans in over OTLP/HTTP, as a tracing backend would."""

    spans: list[Span] = field(default_factory=list)

    def take(self, body: bytes) -> None:
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            named = {one.key: one.value.string_value for one in resource.resource.attributes}
            for one in (span for scope in resource.scope_spans for span in scope.spans):
                ids = one.trace_id.hex(), one.span_id.hex(), one.parent_span_id.hex()
                self.spans.append(Span(named["service.name"].removeprefix("atrium-"), one.name, one.kind, *ids))

    def await_span(
        self, trace: str, service: str, name: str, kind: int | None = None, *, parent: str = "", itself: str = ""
    ) -> Span:
        def find() -> Span | None:
            for one in list(self.spans):
                fits = kind in {None, one.kind} and parent in {"", one.parent} and itself in {"", one.id}
                if (one.trace, one.service) == (trace, service) and one.name.startswith(name) and fits:
                    return one
            return None

        try:
            return until(find)
        except AssertionError:
            mine = [one for one in self.spans if one.trace == trace]
            pytest.fail(f"no span “{name}” of {service} among {mine}")

    def stands_below(self, one: Span, above: Span) -> bool:
        by_id = {span.id: span for span in list(self.spans)}
        current: Span | None = one
        while current is not None and current.id != above.id:
            current = by_id.get(current.parent)
        return current is not None

    def await_below(self, one: Span, above: Span) -> None:
        """What lies between them may be told later than both."""
        until(lambda: self.stands_below(one, above) or None)


@pytest.fixture(scope="module")
def collector(house: House) -> Iterator[Collector]:
    """The services of the trace started again with an address to send their spans to."""
    made = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the server's own name
            assert self.path == "/v1/traces"
            made.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Nothing: the run's output is for failures."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATRIUM_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        patch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
        restart(house)
    yield made
    restart(house)
    server.shutdown()


def restart(house: House) -> None:
    for name in TRACED:
        house.system.kill(name)
    for child in [house.system.start_service(name) for name in TRACED]:
        child.wait_ready()


def listen(client: Client, heard: list[str]) -> None:
    """Until the gateway is killed, which ends the answer in its middle."""
    ended = suppress(requests.exceptions.ChunkedEncodingError)
    with client.ask("GET", "/api/v1/events", stream=True) as stream, ended:
        heard.extend(line.decode() for line in stream.iter_lines())


def hint_about(heard: list[str], subject: str) -> dict[str, object] | None:
    for line in list(heard):
        if line.startswith("data: ") and subject in line:
            found: dict[str, object] = json.loads(line.removeprefix("data: "))
            return found
    return None


async def told(bootstrap: str, item: str) -> dict[str, str]:
    """The headers of the record that tells the customer's side of an item."""
    consumer = AIOKafkaConsumer("atrium.projects.v1", bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        async with asyncio.timeout(20):
            async for record in consumer:
                headers = {name: value.decode() for name, value in record.headers}
                if headers["ce_type"] == PUBLISHED and headers["ce_subject"].endswith(item):
                    return headers
    finally:
        await consumer.stop()
    raise AssertionError


def test_one_trace_leads_from_the_request_to_another_persons_hint(house: House, collector: Collector) -> None:
    heard: list[str] = []
    threading.Thread(target=listen, args=(house.maya, heard), daemon=True).start()
    until(lambda: heard or None)
    trace, caller = secrets.token_hex(16), secrets.token_hex(8)
    answer = house.nora.ask(
        "POST",
        f"/api/v1/projects/{house.project}/items",
        json={"title": "Traced", "visibility": "shared"},
        headers={"traceparent": f"00-{trace}-{caller}-01"},
    )
    assert answer.status_code == 201
    item = answer.json()["id"]

    hint = until(lambda: hint_about(heard, item))
    assert hint["trace_id"] == trace
    assert set(hint) == {"subject", "revision", "trace_id"}

    entry = collector.await_span(trace, "gateway", "POST /api/v1/projects/{project}/items", Kind.SPAN_KIND_SERVER)
    assert entry.parent == caller
    call = collector.await_span(trace, "gateway", "POST upstream", Kind.SPAN_KIND_CLIENT, parent=entry.id)
    served = collector.await_span(trace, "projects", "POST /v1/projects/{project}/items", parent=call.id)
    _, carried, sender, sampled = asyncio.run(told(house.system.backends.kafka_bootstrap, item))["traceparent"].split(
        "-"
    )
    assert (carried, sampled) == (trace, "01")
    applied = collector.await_span(trace, "threads", f"apply {PUBLISHED}", parent=sender)
    shown = collector.await_span(trace, "gateway", "hint", parent=sender)
    sent = collector.await_span(trace, "projects", "send atrium.projects.v1", Kind.SPAN_KIND_PRODUCER, itself=sender)
    for step in (sent, applied, shown):
        collector.await_below(step, served)


def test_a_refusal_names_the_trace_it_is_found_by(house: House, collector: Collector) -> None:
    trace = secrets.token_hex(16)
    for body, status in (({"title": ""}, 422), ({"title": "Fine", "nobody_knows": 1}, 422)):
        answer = house.nora.ask(
            "POST",
            f"/api/v1/projects/{house.project}/items",
            json=body,
            headers={"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"},
        )
        assert (answer.status_code, answer.json()["trace_id"]) == (status, trace)
