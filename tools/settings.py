"""Writes docs/settings.md, the table of all settings, from the services' own classes; `--check` only compares."""

import importlib
import sys
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from atrium_chassis.settings import ServiceSettings
from pydantic.fields import FieldInfo

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "settings.md"
SERVICES = ("gateway", "projects", "files", "threads", "reports")
KINDS = {str: "text", int: "number", float: "number", bool: "`true` or `false`", Path: "path"}
HEAD = """# Settings

Services are told everything by their environment. A wrong or missing setting stops the start with one line naming it.
This table is written by `make settings` from each service's `settings.py`.
"""
BOUNDS = (("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<"))
COLUMNS = "| variable | takes | default | what it does |\n|---|---|---|---|\n"


def kind(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return " ".join(f"`{choice}`" for choice in get_args(annotation))
    known = [part for part in get_args(annotation) or (annotation,) if part is not NoneType]
    return KINDS[known[0]]


def limits(field: FieldInfo) -> str:
    """Of numbers; a text's pattern is left to the error it leads to."""
    found = [(sign, getattr(rule, name)) for rule in field.metadata for name, sign in BOUNDS if hasattr(rule, name)]
    return "".join(f", {sign} {bound}" for sign, bound in found)


def default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be said"
    if field.default in {None, ""} or field.default_factory is not None:
        return ""
    value = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
    return f"`{value}`"


def row(name: str, field: FieldInfo) -> str:
    """Raises ValueError for a setting that nobody has explained."""
    if not field.description:
        raise ValueError(f"{name} has no description")
    taken = kind(field.annotation) + limits(field)
    cells = (f"`ATRIUM_{name.upper()}`", taken, default(field), field.description.replace("<", "\\<"))
    return f"| {' | '.join(cells)} |\n"


def rows(fields: dict[str, FieldInfo]) -> str:
    return COLUMNS + "".join(row(name, field) for name, field in fields.items())


def document() -> str:
    common = ServiceSettings.model_fields
    parts = [HEAD, f"## Every service\n\n{rows(common)}"]
    alike = []
    for service in SERVICES:
        known = importlib.import_module(f"atrium_{service}.settings").Settings.model_fields
        own = {name: field for name, field in known.items() if name not in common}
        if own:
            parts.append(f"## {service.capitalize()}\n\n{rows(own)}")
        else:
            alike.append(service.capitalize())
    parts.append(f"{', '.join(alike[:-1])} and {alike[-1]} need nothing beyond that.\n")
    return "\n".join(parts)


def main() -> int:
    text = document()
    is_current = TABLE.exists() and TABLE.read_text() == text
    if "--check" in sys.argv[1:] and not is_current:
        sys.stderr.write("docs/settings.md is not what the code says. `make settings` writes it.\n")
        return 1
    TABLE.write_text(text)
    sys.stdout.write("docs/settings.md is what the code says.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
