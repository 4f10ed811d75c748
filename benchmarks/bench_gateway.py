"""quality.md 1 and 2: what the gateway adds to the calls it makes.

Latency: the home, as JSON and as a page, against the same upstream calls fired together by a bare client. Throughput:
the home against a bare FastAPI route with the same calls; a read that has not changed (304) against a bare route that
passes it on.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import aiohttp
from atrium_chassis.viewer import TokenMinter
from atrium_testkit.ports import any_free
from atrium_testkit.system import System
from atrium_testkit.waiting import eventually
from load import get, median_ms, per_second, together
from measuring import Comparison, Goal, compare, publish
from people import A_DAY, Person, person, read, upstream_calls
from servers import demo_system

READS = 80
CLIENTS = 16
SECONDS = 3.0


@contextmanager
def bare_server(routes: dict[str, list[tuple[str, dict[str, str]]]]) -> Iterator[str]:
    port = any_free()
    script = Path(__file__).with_name("bare.py")
    process = subprocess.Popen([sys.executable, str(script), str(port), json.dumps(routes)])
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


async def latency(session: aiohttp.ClientSession, system: System, maya: Person) -> list[Comparison]:
    bare = together([get(session, url, headers) for url, headers in upstream_calls(system, maya.viewer)])
    pages = (("home, JSON, p50", "/api/v1/home", 1.3), ("home, HTML, p50", "/", 1.5))
    found = []
    for name, path, goal in pages:
        ask = get(session, f"{maya.url}{path}", maya.headers)
        found.append(
            await compare(
                name,
                "ms",
                Goal("at_most", goal),
                ours=partial(median_ms, ask, READS),
                reference=partial(median_ms, bare, READS),
            )
        )
    return found


async def throughput(session: aiohttp.ClientSession, system: System, maya: Person) -> list[Comparison]:
    projects = await read(session, f"{maya.url}/api/v1/projects", maya.headers)
    project = f"/projects/{projects['items'][0]['id']}"
    token = TokenMinter(system.keys.private_key.read_bytes()).mint(maya.viewer, "projects", A_DAY)
    one = [(f"{system.url('projects')}/v1{project}", {"Authorization": f"Bearer {token}"})]
    async with session.get(f"{maya.url}/api/v1{project}", headers=maya.headers) as response:
        known = {**maya.headers, "If-None-Match": response.headers["ETag"]}
    with bare_server({"/home": upstream_calls(system, maya.viewer), "/project": one}) as bare:
        await eventually(lambda: answers(session, f"{bare}/project"), 20)
        pairs = (
            ("home, JSON", 0.6, get(session, f"{maya.url}/api/v1/home", maya.headers), f"{bare}/home"),
            ("project, 304", 1.0, get(session, f"{maya.url}/api/v1{project}", known, 304), f"{bare}/project"),
        )
        return [
            await compare(
                name,
                "requests/s",
                Goal("at_least", goal),
                ours=partial(per_second, ask, CLIENTS, SECONDS),
                reference=partial(per_second, get(session, url, {}), CLIENTS, SECONDS),
            )
            for name, goal, ask, url in pairs
        ]


async def answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as response:
            return response.status == 200
    except aiohttp.ClientConnectionError:
        return False


async def measure(system: System) -> list[Comparison]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        maya = await person(system, session, "maya.singh@bluepeak.example", "bluepeak")
        return [*await latency(session, system, maya), *await throughput(session, system, maya)]


def main() -> None:
    with demo_system() as system:
        found = asyncio.run(measure(system))
    about = {"clients": CLIENTS, "tracing": "1 %", "broker": "Apache Kafka, one node", "store": "Postgres, fsync off"}
    publish("gateway", found, about)


if __name__ == "__main__":
    main()
