"""A small in-process cache whose entries end by themselves or at a change told by the database."""

import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Cache(Generic[Key, Value]):
    """`lifetime` gives the seconds that an entry may be trusted, at the moment it is read."""

    def __init__(self, lifetime: Callable[[], float], size: int = 10_000) -> None:
        self._entries: dict[Key, tuple[float, Value]] = {}
        self._lifetime = lifetime
        self._size = size
        self._generation = 0

    def known(self, key: Key) -> Value | None:
        entry = self._entries.get(key)
        if entry is None or time.monotonic() - entry[0] > self._lifetime():
            return None
        return entry[1]

    async def get(self, key: Key, load: Callable[[], Awaitable[Value]]) -> Value:
        """The cached value, else the loaded one; what changed while it was loaded is not kept."""
        value = self.known(key)
        if value is not None:
            return value
        generation, started = self._generation, time.monotonic()
        value = await load()
        if generation == self._generation:
            if len(self._entries) >= self._size:
                self._entries.clear()
            self._entries[key] = (started, value)
        return value

    def forget(self, concerns: Callable[[Key], bool] = lambda _: True) -> None:
        self._generation += 1
        for key in [key for key in self._entries if concerns(key)]:
            del self._entries[key]
