"""People of the demo as clients of the public API and of the pages."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests


@dataclass
class Client:
    """One person. Connects to the loopback; the house is in the Host header."""

    origin: str
    token: str
    http: requests.Session = field(default_factory=requests.Session)

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        parts = urlsplit(self.origin)
        headers = {"Host": parts.netloc, **more.pop("headers", {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        address = f"http://127.0.0.1:{parts.port}{path}"
        return self.http.request(method, address, headers=headers, timeout=30, allow_redirects=False, **more)

    def get(self, path: str) -> Any:
        answer = self.ask("GET", f"/api/v1{path}")
        assert answer.ok, f"{path}: {answer.status_code} {answer.text[:300]}"
        return answer.json()

    def post(self, path: str, body: Any) -> Any:
        answer = self.ask("POST", f"/api/v1{path}", json=body)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text[:300]}"
        return answer.json()


@dataclass
class People:
    nora: Client
    anna: Client
    maya: Client
    nobody: Client
