"""Reading all topics from their end, without a group: every replica sees every event."""

from typing import get_args

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from atrium_chassis.relay import start_patiently
from atrium_chassis.service import Runtime
from atrium_chassis.telemetry import context_from, log, tracer
from atrium_contracts import Envelope, Source, topics
from opentelemetry import trace

from atrium_gateway.live.hub import Hub
from atrium_gateway.live.model import circle_of


def publish_record(hub: Hub, record: ConsumerRecord) -> None:
    """Turn a record into hints, in the trace of the request that caused it."""
    try:
        envelope, circle = Envelope.from_headers(record.headers), circle_of(record.value)
    except ValueError as error:
        log.warning("hint_skipped", error=type(error).__name__)
        return
    headers = {name: value.decode("latin-1") for name, value in record.headers}
    context = context_from(headers) if "traceparent" in headers else None
    with tracer.start_as_current_span("hint", context=context) as span:
        trace_id = trace.format_trace_id(span.get_span_context().trace_id)
        hub.publish(envelope, circle, trace_id)


async def tail_topics(runtime: Runtime) -> None:
    """An API task of the gateway: runs until the process stops."""
    hub: Hub = runtime.resources["hub"]
    names = [name for source in get_args(Source) for name in topics(source)]
    consumer = AIOKafkaConsumer(
        *names,
        **runtime.settings.kafka_client(),
        enable_auto_commit=False,
        auto_offset_reset="latest",
        fetch_max_wait_ms=500,
        client_id=f"atrium-live-{runtime.settings.replica}",
    )
    await start_patiently(consumer, runtime.stopping)
    try:
        while not runtime.stopping.is_set():
            batches = await consumer.getmany(timeout_ms=300, max_records=1000)
            for records in batches.values():
                for record in records:
                    publish_record(hub, record)
    finally:
        hub.end_all()
        await consumer.stop()
