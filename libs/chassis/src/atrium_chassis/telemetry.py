"""One trace from the browser's request to the hint on another page; JSON logs; Prometheus metrics.

The ASGI span is our own: the contrib instrumentor costs half of the throughput even where nothing is sampled.
"""

import logging
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from itertools import islice
from typing import Any

import structlog
from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Span, SpanKind, StatusCode
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import Processor

tracer = trace.get_tracer("atrium")

LONGEST_CHAIN = 10  # of errors that came from each other, which may even go in a circle

REQUESTS = Histogram(
    "atrium_http_request_seconds",
    "Time from the first byte of a request to the start of its response.",
    ["service", "method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
EVENTS_SENT = Counter("atrium_outbox_sent_total", "Events that the relay has sent.", ["service"])
EVENTS_APPLIED = Counter("atrium_events_applied_total", "Events that were applied.", ["service", "type"])
EVENTS_DEAD = Counter("atrium_events_dead_total", "Events that went to the dead letters.", ["service", "type"])


def configure_tracing(service: str, otlp_endpoint: str, sampling: float) -> None:
    """Set the global tracer provider. Without an endpoint, spans still carry trace ids, but go nowhere."""
    provider = TracerProvider(
        resource=Resource.create({"service.name": f"atrium-{service}"}),
        sampler=ParentBased(TraceIdRatioBased(sampling)),
    )
    if otlp_endpoint:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415  # 4 MB, not needed without
            OTLPSpanExporter,
        )

        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{otlp_endpoint.rstrip('/')}/v1/traces")))
    trace.set_tracer_provider(provider)


def configure_logging(service: str, level: str) -> None:
    """JSON, a line each, on stdout. Never a token, a body or an e-mail address."""

    def add_trace(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
        trace_id = current_trace_id()
        return {**event, "service": service, **({"trace_id": trace_id} if trace_id else {})}

    stamp: list[Processor] = [structlog.processors.TimeStamper(fmt="iso", utc=True), add_trace]
    end: list[Processor] = [
        structlog.processors.ExceptionRenderer(lambda info: where_it_broke(info[1])),
        structlog.processors.JSONRenderer(),
    ]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, *stamp, *end],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    _configure_others(max(logging.WARNING, logging.getLevelName(level)), stamp, end)


def _configure_others(level: int, stamp: list[Processor], end: list[Processor]) -> None:
    """What libraries log by the standard library, as lines of the same shape."""
    handler = logging.StreamHandler(sys.stdout)
    names: list[Processor] = [structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name, _first_line]
    meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=[*names, *stamp], processors=[meta, *end])
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)


def _first_line(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """What follows it, in asyncio's records say, shows errors with their texts."""
    return {**event, "event": str(event["event"]).partition("\n")[0]}


def where_it_broke(error: BaseException) -> str:
    """A traceback of places and types; the texts of errors are left out, since many quote what was sent."""
    parts = [_place(part) for part in islice(_causes(error), LONGEST_CHAIN)]
    return "\nthen, because of it:\n".join(reversed(parts))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it came from, and so on."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _place(error: BaseException) -> str:
    kind = type(error)
    return "".join(traceback.format_tb(error.__traceback__)) + f"{kind.__module__}.{kind.__qualname__}"


log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


def current_trace_id() -> str:
    """32 hex digits, or empty outside a trace."""
    context = trace.get_current_span().get_span_context()
    return format(context.trace_id, "032x") if context.is_valid else ""


def trace_headers() -> dict[str, str]:
    """The W3C headers that hand the current trace on."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier


def context_from(headers: dict[str, str]) -> Context:
    return propagate.extract(headers)


class TelemetryMiddleware:
    """Pure ASGI: a server span and a measurement per request."""

    def __init__(self, app: ASGIApp, service: str) -> None:
        self.app = app
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in {"/livez", "/readyz", "/metrics"}:
            await self.app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in scope["headers"]
            if name in {b"traceparent", b"tracestate"}
        }
        scope.setdefault("state", {})  # one for all routers in routers: what is below may say which route it took
        started = time.perf_counter()
        with tracer.start_as_current_span(
            scope["method"], context=context_from(headers) if headers else None, kind=SpanKind.SERVER
        ) as span:

            async def observe(message: Message) -> None:
                if message["type"] == "http.response.start":
                    self._observe(scope, span, message["status"], time.perf_counter() - started)
                await send(message)

            await self.app(scope, receive, observe)

    def _observe(self, scope: Scope, span: Span, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "") or scope["state"].get("route", "unmatched")
        REQUESTS.labels(self.service, scope["method"], route, str(status)).observe(seconds)
        if span.is_recording():
            span.update_name(f"{scope['method']} {route}")
            span.set_attribute("http.response.status_code", status)
            span.set_attribute("http.route", route)
            if status >= 500:
                span.set_status(StatusCode.ERROR)
