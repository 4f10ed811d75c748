"""The demo with canaries planted in it, and its people."""

import pytest
from atrium_testkit.demo_people import gateway_command
from atrium_testkit.system import System

from .canaries import plant
from .people import Client, People

NORA, ANNA, MAYA = "nora@nordwind.example", "anna.keller@helvetia.example", "maya.singh@bluepeak.example"


@pytest.fixture(scope="session")
def people(demo_system: System) -> People:
    environment = demo_system.environment("gateway")
    tokens = {who: gateway_command(["token", who], environment).strip() for who in (NORA, ANNA, MAYA)}
    return People(
        nora=Client(demo_system.public_url, tokens[NORA]),
        anna=Client(demo_system.portal_url("helvetia"), tokens[ANNA]),
        maya=Client(demo_system.portal_url("bluepeak"), tokens[MAYA]),
        nobody=Client(demo_system.portal_url("bluepeak"), ""),
    )


@pytest.fixture(scope="session")
def heard() -> list[str]:
    """What Maya's stream of hints says while the canaries are planted."""
    return []


@pytest.fixture(scope="session")
def planted(people: People, heard: list[str]) -> dict[str, str]:
    return plant(people, heard)
