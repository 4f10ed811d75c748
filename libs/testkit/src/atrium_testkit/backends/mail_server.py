"""`python -m atrium_testkit.backends.mail_server SMTP_PORT HTTP_PORT FILE`: takes mails, keeps and shows them."""

import asyncio
import html
import json
import re
import signal
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope, Session

from atrium_testkit.ports import LOOPBACK

LINK = re.compile(r"https?://[^\s\"'<>]+")
STYLE = (
    "body{font:15px system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}"
    "td,th{text-align:left;padding:.4rem 1rem .4rem 0}"
    "iframe{width:100%;height:44rem;border:1px solid #ccc}pre{white-space:pre-wrap}"
)


class Mailbox:
    """All mails, oldest first, in memory and as one line of JSON each in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.messages: list[dict[str, Any]] = []
        if path.exists():
            self.messages = [json.loads(line) for line in path.read_text().splitlines() if line.endswith("}")]

    def add(self, message: dict[str, Any]) -> None:
        self.messages.append(message)
        with self._path.open("a") as file:
            file.write(json.dumps(message) + "\n")

    def clear(self) -> None:
        self.messages.clear()
        self._path.write_text("")

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        parsed = message_from_bytes(
            envelope.content if isinstance(envelope.content, bytes) else b"", policy=policy.default
        )
        self.add(describe(parsed, envelope.rcpt_tos))
        return "250 kept"


def describe(message: EmailMessage, recipients: list[str]) -> dict[str, Any]:
    """The fields that interfaces promise (to, subject, text, html, links), and some more."""
    text, markup = (_part(message, subtype) for subtype in ("plain", "html"))
    found = [html.unescape(link) for link in LINK.findall(markup)] + LINK.findall(text)
    return {
        "id": str(uuid4()),
        "to": recipients[0] if len(recipients) == 1 else ", ".join(recipients),
        "from": str(message.get("from", "")),
        "subject": str(message.get("subject", "")),
        "date": str(message.get("date", "")),
        "text": text,
        "html": markup,
        "links": list(dict.fromkeys(link.rstrip(".,)") for link in found)),
    }


def _part(message: EmailMessage, subtype: str) -> str:
    body = message.get_body(preferencelist=(subtype,))
    return str(body.get_content()) if body is not None else ""


def application(mailbox: Mailbox) -> web.Application:
    async def messages(request: web.Request) -> web.Response:
        to = request.query.get("to")
        return web.json_response([message for message in mailbox.messages if to is None or to in message["to"]])

    async def clear(_request: web.Request) -> web.Response:
        mailbox.clear()
        return web.Response(status=204)

    async def page(_request: web.Request) -> web.Response:
        rows = "".join(_row(message) for message in reversed(mailbox.messages))
        table = f"<table><tr><th>To<th>Subject<th>Sent</tr>{rows}</table>" if rows else "<p>No mail yet.</p>"
        return _html("Mail", f"<h1>Mail sent here</h1>{table}")

    async def message(request: web.Request) -> web.Response:
        found = next((mail for mail in mailbox.messages if mail["id"] == request.match_info["id"]), None)
        if found is None:
            raise web.HTTPNotFound
        return _html(found["subject"], _shown(found))

    app = web.Application()
    routes = [web.get("/", page), web.get("/messages.json", messages), web.get("/messages/{id}", message)]
    app.add_routes([*routes, web.delete("/messages.json", clear)])
    return app


def _row(message: dict[str, Any]) -> str:
    to, subject, date = (html.escape(message[name]) for name in ("to", "subject", "date"))
    return f'<tr><td>{to}<td><a href="/messages/{message["id"]}">{subject or "(no subject)"}</a><td>{date}</tr>'


def _shown(message: dict[str, Any]) -> str:
    sandbox = 'sandbox="allow-popups allow-top-navigation-by-user-activation"'
    frame = f'<iframe {sandbox} title="mail" srcdoc="{html.escape(message["html"])}"></iframe>'
    links = "".join(f'<li><a href="{html.escape(link)}">{html.escape(link)}</a>' for link in message["links"])
    head = f"<h1>{html.escape(message['subject'])}</h1><p>To {html.escape(message['to'])}</p><ul>{links}</ul>"
    return f"{head}{frame if message['html'] else ''}<pre>{html.escape(message['text'])}</pre>"


def _html(title: str, body: str) -> web.Response:
    page = f"<!doctype html><meta charset=utf-8><title>{html.escape(title)}</title><style>{STYLE}</style>{body}"
    return web.Response(text=page, content_type="text/html")


async def serve(smtp_port: int, http_port: int, path: Path) -> None:
    mailbox = Mailbox(path)
    loop = asyncio.get_running_loop()
    smtp = await loop.create_server(
        lambda: SMTP(mailbox, enable_SMTPUTF8=True, hostname="localhost", loop=loop), LOOPBACK, smtp_port
    )
    runner = web.AppRunner(application(mailbox), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, http_port, shutdown_timeout=1).start()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    await stopping.wait()
    smtp.close()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
