"""All topics of all services, as `python -m atrium_<name> topics` makes those of one."""

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code
from atrium_contracts import dead_letter_topic, topics

from atrium_testkit.services import SERVICES

PARTITIONS = 12
RETENTION_DAYS = 30


def names() -> list[str]:
    own = [name for service in SERVICES.values() for name in topics(service.source)]
    dead = [
        dead_letter_topic(service.name, audience) for service in SERVICES.values() for audience in ("shared", "private")
    ]
    return [*own, *dead]


async def create(bootstrap: str, *, partitions: int = PARTITIONS, retention_days: int = RETENTION_DAYS) -> list[str]:
    """Create what is missing; returns all names."""
    configuration = {"retention.ms": str(retention_days * 24 * 3600 * 1000), "max.message.bytes": "8388608"}
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        answer = await admin.create_topics(
            [NewTopic(name, partitions, 1, topic_configs=configuration) for name in names()]
        )
        for topic, code, *_rest in answer.topic_errors:
            if code not in {0, TopicAlreadyExistsError.errno}:
                raise for_code(code)(f"topic {topic}")
    finally:
        await admin.close()
    return names()
