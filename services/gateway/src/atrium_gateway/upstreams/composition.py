"""Several upstream calls at once, each with its own deadline; a part that fails is missing, not the page."""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any

from atrium_chassis.problems import Problem


@dataclass(frozen=True)
class Parts:
    """What arrived, by part; `missing` names what did not."""

    arrived: Mapping[str, Any]
    missing: tuple[str, ...]

    def get(self, name: str, default: Any = None) -> Any:
        return self.arrived.get(name, default)

    def __getitem__(self, name: str) -> Any:
        return self.arrived[name]


async def gather_parts(
    required: Mapping[str, Awaitable[Any]] | None = None, optional: Mapping[str, Awaitable[Any]] | None = None
) -> Parts:
    """Await all at once. Raises the Problem of a required part; an optional one that is away is only missing.

    An optional part that is forbidden or not there is missing as well, but without notice: it is not for this viewer.
    """
    missing: list[str] = []

    async def tolerate(name: str, part: Awaitable[Any]) -> Any:
        try:
            return await part
        except Problem as problem:
            if problem.status >= 500:
                missing.append(name)
            return None

    async def plain(part: Awaitable[Any]) -> Any:
        return await part

    tasks: dict[str, asyncio.Task[Any]] = {}
    try:
        async with asyncio.TaskGroup() as group:
            for name, part in (required or {}).items():
                tasks[name] = group.create_task(plain(part))
            for name, part in (optional or {}).items():
                tasks[name] = group.create_task(tolerate(name, part))
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    arrived = {name: task.result() for name, task in tasks.items()}
    return Parts({name: value for name, value in arrived.items() if value is not None}, tuple(sorted(missing)))
