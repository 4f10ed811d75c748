"""The demo's people as clients: their address, their token, and who the services take them for."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import aiohttp
from atrium_chassis.viewer import Side, TokenMinter, Viewer
from atrium_testkit.demo_people import gateway_command
from atrium_testkit.system import System

READS_OF_HOME = ("projects", "files", "threads", "reports")
A_DAY = 86_400


@dataclass(frozen=True)
class Person:
    """`url` is on the loopback; `headers` name the house and carry the API token."""

    url: str
    headers: dict[str, str]
    viewer: Viewer


async def person(system: System, session: aiohttp.ClientSession, email: str, slug: str = "") -> Person:
    """Somebody of the demo; `slug` is their customer's, or empty for staff."""
    token = gateway_command(["token", email], system.environment("gateway")).strip()
    house = system.portal_url(slug) if slug else system.public_url
    url = f"http://127.0.0.1:{urlsplit(house).port}"
    headers = {"Host": urlsplit(house).netloc, "Authorization": f"Bearer {token}"}
    me = await read(session, f"{url}/api/v1/me", headers)
    viewer = Viewer(
        side=Side(me["side"]),
        person=UUID(me["person_id"]),
        customer=UUID(me["customer"]["id"]) if me["customer"] else None,
        role=me["role"],
        language=me["language"],
        time_zone=me["time_zone"],
    )
    return Person(url, headers, viewer)


async def read(session: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> Any:
    async with session.get(url, headers=headers) as response:
        body = await response.read()
        if response.status != 200:
            raise RuntimeError(f"{url}: {response.status} {body[:200]!r}")
        return json.loads(body)


def upstream_calls(system: System, viewer: Viewer) -> list[tuple[str, dict[str, str]]]:
    """The calls behind a home, as a client without a gateway makes them: address and headers."""
    minter = TokenMinter(system.keys.private_key.read_bytes())
    return [
        (f"{system.url(name)}/v1/home", {"Authorization": f"Bearer {minter.mint(viewer, name, A_DAY)}"})
        for name in READS_OF_HOME
    ]
