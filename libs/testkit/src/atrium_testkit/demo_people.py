"""The people of the demo, and how they come in."""

import os
import subprocess
import sys
from collections.abc import Mapping

from atrium_testkit.system import System

SLUGS = ("helvetia", "bluepeak")
#: A command that takes longer does not end by itself.
COMMAND_SECONDS = 60
PROVIDER = (
    "--provider-name",
    "Nordwind Systems",
    "--admin-email",
    "nora@nordwind.example",
    "--admin-name",
    "Nora Lind",
)
PEOPLE = (
    "nora@nordwind.example",
    "jan@nordwind.example",
    "anna.keller@helvetia.example",
    "reto.brunner@helvetia.example",
    "maya.singh@bluepeak.example",
    "tom.reed@bluepeak.example",
)


def sign_in_links(environment: Mapping[str, str]) -> dict[str, str]:
    """A fresh one-time link for each, by the gateway's own command; none where the demo is not there (any more)."""
    try:
        printed = gateway_command(["sign-in", *PEOPLE], environment).splitlines()
    except SystemExit:
        return {}
    return dict(zip(PEOPLE, printed, strict=True))


def gateway_command(arguments: list[str], environment: Mapping[str, str]) -> str:
    """What a command of the gateway prints. Raises SystemExit with its complaint."""
    command = [sys.executable, "-m", "atrium_gateway", *arguments]
    result = subprocess.run(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    if result.returncode != 0:
        raise SystemExit(result.returncode)
    return result.stdout


def seed_demo(system: System) -> None:
    """Tell the story of the demo to a running, empty system: its provider by command, the rest by the API."""
    from atrium_testkit import demo  # noqa: PLC0415  # only where something is to be seeded

    gateway_command(["bootstrap", *PROVIDER], system.environment("gateway"))
    demo.seed(system.endpoints(SLUGS), system.import_key)
