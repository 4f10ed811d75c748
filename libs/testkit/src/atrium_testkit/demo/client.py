"""The public API as the demo's people use it: sign-in by the code of a mail, then an API token each."""

import base64
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

import requests

from atrium_testkit.demo.timeline import History

PATIENCE_SECONDS = 20.0


class Refused(RuntimeError):
    """The API did not accept a step of the story."""


@dataclass
class Api:
    """One person at one house. Connects to the loopback and names the house in the Host header, since only browsers
    resolve `*.localhost`."""

    origin: str
    token: str = ""
    http: requests.Session = field(default_factory=requests.Session)
    history: History | None = None

    def call(self, method: str, path: str, body: Any = None, *, key: str = "", patient: bool = False) -> Any:
        """The answer's JSON. `patient`: a 404 may only mean that an event is still on its way."""
        parts = urlsplit(self.origin)
        headers = {"Host": parts.netloc}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.history is not None and method != "GET":
            headers |= self.history.headers()
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid5(NAMESPACE_URL, f"{key or path}/{body}"))
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = self.http.request(
                method, f"http://127.0.0.1:{parts.port}/api/v1{path}", json=body, headers=headers, timeout=30
            )
            if answer.ok:
                return answer.json() if answer.content else None
            may_wait = patient and answer.status_code in {404, 409, 422, 503} and time.monotonic() < deadline
            if not may_wait:
                raise Refused(f"{method} {path}: {answer.status_code} {answer.text[:400]} for {str(body)[:300]}")
            time.sleep(0.1)

    def get(self, path: str, **more: Any) -> Any:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any, **more: Any) -> Any:
        return self.call("POST", path, body, **more)

    def patch(self, path: str, body: Any) -> Any:
        return self.call("PATCH", path, body)

    def until(self, path: str, settled: Callable[[Any], bool]) -> Any:
        """Read until something that happens by itself has happened."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            found = self.get(path, patient=True)
            if settled(found):
                return found
            if time.monotonic() > deadline:
                raise Refused(f"{path} does not settle: {str(found)[:300]}")
            time.sleep(0.1)

    def upload(self, file: str, content: bytes, media_type: str, note: str) -> None:
        """A version in parts, until the check has found it ready."""
        asked = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "media_type": media_type}
        upload = self.post(f"/files/{file}/uploads", {**asked, "note": note}, patient=True)
        parts, start = [], 0
        for part in upload["parts"]:
            sent = self.http.put(
                part["url"],
                data=content[start : start + part["size"]],
                headers=part.get("headers") or {},
                timeout=60,
            )
            if not sent.ok:
                raise Refused(f"part {part['number']}: {sent.status_code} {sent.text[:200]}")
            start += part["size"]
            parts.append({"number": part["number"], "etag": sent.headers["ETag"]})
        self.post(f"/uploads/{upload['upload']}/completion", {"parts": parts})
        self.until(f"/files/{file}", lambda found: all(v["status"] == "ready" for v in found["versions"]))


def signed_in(origin: str, email: str, mail_url: str) -> Api:
    """Asks for a code, reads it in the mail, signs in, and takes an API token."""
    api = Api(origin)
    api.post("/sign-in/codes", {"email": email}, key=f"{origin}{email}{time.time_ns()}")
    _use_code(api, email, mail_url)
    api.http.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in api.http.cookies.items())
    token = api.post("/me/tokens", {"name": "Demo"}, key=f"{origin}{email}{time.time_ns()}")["token"]
    return Api(origin, token)


def _use_code(api: Api, email: str, mail_url: str) -> None:
    """An invitation's mail has a code too, so the newest mail need not be the one that was asked for last."""
    tried: set[str] = set()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for code in reversed([code for code in _codes(mail_url, email) if code not in tried]):
            tried.add(code)
            try:
                api.post("/sign-in", {"email": email, "code": code}, key=f"{email}{code}")
            except Refused:
                continue
            return
        time.sleep(0.05)
    raise Refused(f"no code that works came for {email}")


def _codes(mail_url: str, email: str) -> list[str]:
    mails = requests.get(f"{mail_url}/messages.json", timeout=10).json()
    listed = mails if isinstance(mails, list) else mails["messages"]
    found = []
    for mail in listed:
        if email in str(mail["to"]):
            code = re.search(r"\b(\d{3})[  ]?(\d{3})\b", mail["text"])
            if code:
                found.append(code[1] + code[2])
    return found


def picture(content: bytes) -> dict[str, str]:
    return {"media_type": "image/svg+xml", "content": base64.b64encode(content).decode()}
