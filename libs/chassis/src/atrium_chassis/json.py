"""One way to write and read JSON: orjson, with UUIDs, dates and times as interfaces want them."""

from typing import Any
from uuid import UUID

import orjson

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC


def _fallback(value: Any) -> Any:
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, UUID):  # asyncpg's is a subclass, which orjson does not take
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def dumps(value: Any, *, sort_keys: bool = False) -> bytes:
    options = _OPTIONS | orjson.OPT_SORT_KEYS if sort_keys else _OPTIONS
    return orjson.dumps(value, default=_fallback, option=options)


loads = orjson.loads
