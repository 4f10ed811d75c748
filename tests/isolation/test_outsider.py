"""Another system, with a Kafka client and the committed schemas alone."""

import asyncio
import json
from pathlib import Path
from typing import Any

import jsonschema
from aiokafka import AIOKafkaConsumer
from atrium_testkit.system import System

from .people import People

SCHEMAS = Path(__file__).parents[2] / "libs" / "contracts" / "schemas"
SOURCES = ("accounts", "projects", "files", "threads", "reports")


async def everything(bootstrap: str) -> list[Any]:
    topics = [f"atrium.{source}{kind}.v1" for source in SOURCES for kind in ("", ".private")]
    consumer = AIOKafkaConsumer(*topics, bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        ends, records = await consumer.end_offsets(consumer.assignment()), []
        await consumer.seek_to_beginning()
        while any([await consumer.position(partition) < end for partition, end in ends.items()]):
            for batch in (await consumer.getmany(timeout_ms=300)).values():
                records += batch
        return records
    finally:
        await consumer.stop()


def test_every_event_is_as_its_schema_says_and_the_shared_plan_can_be_rebuilt(
    demo_system: System, people: People
) -> None:
    records = asyncio.run(everything(demo_system.backends.kafka_bootstrap))
    assert len(records) > 300
    shared: dict[str, tuple[int, dict[str, Any] | None]] = {}
    for record in records:
        headers = {name: value.decode() for name, value in record.headers}
        schema = json.loads((SCHEMAS / f"{headers['ce_type']}.json").read_text())
        data = json.loads(record.value)
        jsonschema.validate(data, schema)
        assert (".private." in record.topic) == (headers["ce_audience"] == "private")
        revision, subject = int(headers["ce_revision"]), headers["ce_subject"]
        if (
            headers["ce_type"].startswith("atrium.projects.published_item_")
            and revision >= shared.get(subject, (0, {}))[0]
        ):
            shared[subject] = (revision, data if "changed" in headers["ce_type"] else None)
    for project in people.maya.get("/projects")["items"]:
        plan = people.maya.get(f"/projects/{project['id']}/plan")["items"]
        rebuilt = {
            one["item_id"]: one for _, one in shared.values() if one is not None and one["project_id"] == project["id"]
        }
        assert set(rebuilt) == {one["id"] for one in plan}
        for one in plan:
            told = rebuilt[one["id"]]
            for name in ("form", "title", "due", "state", "turn", "verb"):
                assert told.get(name) == one.get(name), name
