"""What `make up` shows: progress with times, readable log lines, and at the end where to go."""

import json
import sys
import time
from typing import Any

MARK = "│"
SHOWN_FIELDS = 6


class Progress:
    """Lines with the seconds since the start."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def tell(self, text: str) -> None:
        sys.stdout.write(f"{time.monotonic() - self._start:6.1f} s  {text}\n")
        sys.stdout.flush()


def echo(name: str, line: str) -> None:
    """One line of a service's log, for people."""
    sys.stdout.write(f"{name:>9} {MARK} {readable(line)}\n")
    sys.stdout.flush()


def is_service_line(line: str) -> bool:
    return line[9:12] == f" {MARK} "


def readable(line: str) -> str:
    """A JSON log line as `time level event field=value …`; any other line as it is."""
    try:
        entry = json.loads(line)
    except ValueError:
        return line
    if not isinstance(entry, dict):
        return line
    stamp = str(entry.pop("timestamp", entry.pop("time", "")))[11:19]
    level = str(entry.pop("level", "info"))
    event = str(entry.pop("event", entry.pop("message", "")))
    exception = entry.pop("exception", "")
    for noise in ("service", "trace_id", "span_id", "logger"):
        entry.pop(noise, None)
    fields = " ".join(f"{key}={value}" for key, value in list(entry.items())[:SHOWN_FIELDS])
    shown = f"{stamp} {level:<7} {event} {fields}".rstrip()
    return f"{shown}\n{exception}" if exception else shown


def show_addresses(endpoints: dict[str, Any], links: dict[str, str]) -> None:
    """Addresses, and one sign-in link per demo person."""
    rows = [
        (f"portal of {name}" if name != "provider" else "workspace", url) for name, url in endpoints["portal"].items()
    ]
    rows += [("mail", endpoints["mail"]), ("object store", endpoints["object_store"]["url"])]
    rows += [("Kafka", endpoints["kafka"])]
    sys.stdout.write("\n" + "".join(f"  {name:<22} {url}\n" for name, url in rows))
    if links:
        sys.stdout.write("\nSign in (each link works once; `make sign-in PERSON=…` prints a fresh one):\n")
        sys.stdout.write("".join(f"  {person:<30} {link}\n" for person, link in links.items()))
    sys.stdout.write("\n")
    sys.stdout.flush()
