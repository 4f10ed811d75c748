"""Another system, with a Kafka client and the committed schemas alone."""

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import jsonschema
from aiokafka import AIOKafkaConsumer
from atrium_testkit.system import System

from .canaries import until
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


def shared_plan(records: list[Any], projects: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What the events say of the items that these projects' customers see, as it was told last."""
    latest: dict[str, tuple[int, dict[str, Any] | None]] = {}
    for record in records:
        headers = {name: value.decode() for name, value in record.headers}
        revision, subject = int(headers["ce_revision"]), headers["ce_subject"]
        if not headers["ce_type"].startswith("atrium.projects.published_item_"):
            continue
        if revision >= latest.get(subject, (0, None))[0]:
            latest[subject] = (revision, json.loads(record.value) if "changed" in headers["ce_type"] else None)
    there = [data for _, data in latest.values() if data is not None]
    return {
        project: {one["item_id"]: facts(one) for one in there if one["project_id"] == project} for project in projects
    }


def facts(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item.get(name) for name in ("form", "title", "due", "state", "turn", "verb")}


def test_every_event_is_as_its_schema_says_and_the_shared_plan_can_be_rebuilt(
    demo_system: System, people: People
) -> None:
    projects = [project["id"] for project in people.maya.get("/projects")["items"]]
    plans = {one: people.maya.get(f"/projects/{one}/plan")["items"] for one in projects}
    shown = {project: {one["id"]: facts(one) for one in plan} for project, plan in plans.items()}
    records: list[Any] = []

    def is_told() -> bool:
        records[:] = asyncio.run(everything(demo_system.backends.kafka_bootstrap))
        return shared_plan(records, projects) == shown

    with suppress(AssertionError):  # the comparison below says more
        until(is_told)
    assert shared_plan(records, projects) == shown
    assert len(records) > 300
    for record in records:
        headers = {name: value.decode() for name, value in record.headers}
        jsonschema.validate(json.loads(record.value), json.loads((SCHEMAS / f"{headers['ce_type']}.json").read_text()))
        assert (".private." in record.topic) == (headers["ce_audience"] == "private")
