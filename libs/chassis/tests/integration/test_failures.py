"""What a service answers and logs when it breaks, on a process of its own."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from .conftest import LedgerProcess

SECRET = "nora@nordwind.example asks for 4711"
TRACE = "0af7651916cd43dd8448eb211c80319c"
HEADERS = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01", "authorization": "Bearer not-for-logs"}


def failures(process: LedgerProcess) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in process.log.read_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == "request_failed"]


@pytest.mark.parametrize("path", ["/breaks", "/breaks-in-the-database"])
async def test_a_failure_is_answered_by_its_trace_and_logged_once(ledger_process: LedgerProcess, path: str) -> None:
    known, begin = len(failures(ledger_process)), len(ledger_process.log.read_text())
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"{ledger_process.url}{path}", data=SECRET, headers=HEADERS)
        document = json.loads(await answer.text())
    assert (answer.status, answer.content_type) == (500, "application/problem+json")
    assert (document["code"], document["trace_id"]) == ("internal_error", TRACE)
    assert document["detail"] == "Something went wrong here."
    (line,) = failures(ledger_process)[known:]
    assert (line["route"], line["trace_id"], line["level"]) == (path, TRACE, "error")
    assert f"in {path[1:].replace('-', '_')}" in line["exception"]
    logged = ledger_process.log.read_text()[begin:]
    assert logged.count(path) == 1
    assert "Exception in ASGI application" not in logged
    assert not any(word in logged for word in ("nora@", "4711", "not-for-logs"))


async def test_who_hangs_up_is_no_failure(ledger_process: LedgerProcess) -> None:
    known = len(failures(ledger_process))
    host, port = ledger_process.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /breaks HTTP/1.1\r\nHost: ledger\r\nContent-Length: 100\r\n\r\nhalf a body")
    await writer.drain()
    async with aiohttp.ClientSession() as session:
        await session.post(f"{ledger_process.url}/breaks-in-the-database")  # by now the half body has arrived
        writer.close()
        await writer.wait_closed()
        await session.post(f"{ledger_process.url}/breaks-in-the-database")
    assert [line["route"] for line in failures(ledger_process)[known:]] == ["/breaks-in-the-database"] * 2


async def test_half_an_answer_is_not_taken_for_all_of_it(ledger_process: LedgerProcess) -> None:
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"{ledger_process.url}/breaks-off")
        assert answer.status == 200
        with pytest.raises(aiohttp.ClientPayloadError):
            await answer.read()
    assert failures(ledger_process)[-1]["route"] == "/breaks-off"
