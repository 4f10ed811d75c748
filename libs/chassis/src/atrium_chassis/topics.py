"""Creating a service's topics with their partitions and retention."""

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code
from atrium_contracts import Source, dead_letter_topic, topics

from atrium_chassis.settings import ServiceSettings

DAY_MS = 24 * 3600 * 1000


async def create_topics(settings: ServiceSettings, service: str, source: Source) -> list[str]:
    """Create what is missing of the service's own topics and dead letters; returns all their names."""
    names = [*topics(source), dead_letter_topic(service, "shared"), dead_letter_topic(service, "private")]
    configuration = {"retention.ms": str(settings.kafka_retention_days * DAY_MS), "max.message.bytes": "8388608"}
    client = AIOKafkaAdminClient(**settings.kafka_client())
    await client.start()
    try:
        wanted = [
            NewTopic(name, settings.kafka_partitions, settings.kafka_replication, topic_configs=configuration)
            for name in names
        ]
        answer = await client.create_topics(wanted)
        for error in answer.topic_errors:
            if error[1] not in {0, TopicAlreadyExistsError.errno}:
                raise for_code(error[1])(f"topic {error[0]}")
    finally:
        await client.close()
    return names
