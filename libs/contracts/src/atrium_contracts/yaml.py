"""YAML written without a library: mappings, lists and JSON's scalars, which YAML 1.2 contains."""

import json
import re
from typing import Any

PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$./-]*")
#: Words that YAML 1.1 readers take for something else than text.
TAKEN = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def dumps(value: Any) -> str:
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Any) -> list[str]:
    if isinstance(value, dict) and value:
        return [line for key, entry in value.items() for line in _entry(f"{_scalar(key)}:", entry)]
    if isinstance(value, list) and value:
        return [line for entry in value for line in _item(entry)]
    return [_scalar(value)]


def _entry(key: str, value: Any) -> list[str]:
    lines = _lines(value)
    if not isinstance(value, dict | list) or not value:
        return [f"{key} {lines[0]}"]
    return [key, *(f"  {line}" for line in lines)]


def _item(value: Any) -> list[str]:
    first, *rest = _lines(value)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _scalar(value: Any) -> str:
    if isinstance(value, str) and PLAIN.fullmatch(value) and value.lower() not in TAKEN:
        return value
    return json.dumps(value, ensure_ascii=False)
