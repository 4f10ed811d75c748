"""Asking: one after the other for latency, many at once for throughput."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from statistics import median

import aiohttp

Ask = Callable[[], Awaitable[None]]


def get(session: aiohttp.ClientSession, url: str, headers: dict[str, str], expected: int = 200) -> Ask:
    """A read that must answer with the expected status."""

    async def ask() -> None:
        async with session.get(url, headers=headers) as response:
            await response.read()
            if response.status != expected:
                raise RuntimeError(f"{url}: {response.status}, not {expected}")

    return ask


def together(asks: list[Ask]) -> Ask:
    async def ask() -> None:
        await asyncio.gather(*(one() for one in asks))

    return ask


async def median_ms(ask: Ask, count: int) -> float:
    """The p50 of so many reads, one after the other."""
    times = []
    for _ in range(count):
        begin = time.perf_counter()
        await ask()
        times.append((time.perf_counter() - begin) * 1000)
    return median(times)


async def per_second(ask: Ask, clients: int, seconds: float) -> float:
    """Answers per second with so many clients, each asking again as soon as it was answered."""
    answered = 0
    begin = time.perf_counter()
    end = begin + seconds

    async def client() -> None:
        nonlocal answered
        while time.perf_counter() < end:
            await ask()
            answered += 1

    await asyncio.gather(*(client() for _ in range(clients)))
    return answered / (time.perf_counter() - begin)
