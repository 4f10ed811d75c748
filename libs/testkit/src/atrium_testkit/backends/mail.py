"""A mail server that keeps every mail and shows it: SMTP, a page, and `/messages.json`."""

import sys
import urllib.request
from pathlib import Path

from atrium_testkit.endpoints import Mail
from atrium_testkit.ports import LOOPBACK
from atrium_testkit.supervisor import ChildSpec


def prepare(state: Path, smtp_port: int, http_port: int) -> tuple[ChildSpec, Mail]:
    mail = Mail(smtp_host=LOOPBACK, smtp_port=smtp_port, url=f"http://{LOOPBACK}:{http_port}")
    command = [sys.executable, "-m", "atrium_testkit.backends.mail_server"]
    arguments = [str(smtp_port), str(http_port), str(state / "mail.jsonl")]
    return ChildSpec(name="mail", command=[*command, *arguments], ready=lambda: _answers(mail)), mail


def _answers(mail: Mail) -> bool:
    with urllib.request.urlopen(f"{mail.url}/messages.json", timeout=2) as response:  # noqa: S310  # our own address
        return bool(response.status == 200)
