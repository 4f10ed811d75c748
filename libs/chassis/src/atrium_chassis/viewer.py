"""Who is asking, as services see it, and the token that says so.

The gateway mints one token per call (Ed25519 JWT after RFC 9864, 60 s, `aud` = the one service it is for).
Services accept nothing else.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from atrium_chassis import clock
from atrium_chassis.problems import Unauthenticated

TOKEN_SECONDS = 60
KEYS_RELOAD_SECONDS = 5


class Side(StrEnum):
    PROVIDER = "provider"
    CUSTOMER = "customer"
    LINK = "link"
    SYSTEM = "system"


@dataclass(frozen=True)
class Viewer:
    """`projects` None means all projects; `customer` None means all customers, for staff, or none, for the system.

    `acting_at` is the past moment of an act that is imported; None is the present.
    """

    side: Side
    person: UUID | None = None
    customer: UUID | None = None
    role: str = ""
    projects: frozenset[UUID] | None = None
    language: str = "en"
    time_zone: str = "UTC"
    preview: UUID | None = None
    report: UUID | None = None
    link: UUID | None = None
    acting_at: datetime | None = None

    @classmethod
    def system(cls, customer: UUID | None) -> "Viewer":
        return cls(side=Side.SYSTEM, customer=customer)

    def claims(self) -> dict[str, Any]:
        """The viewer as JWT claims; what is None or default is left out."""
        claims: dict[str, Any] = {"side": self.side.value, "lang": self.language, "zone": self.time_zone}
        for name in ("person", "customer", "preview", "report", "link"):
            value = getattr(self, name)
            if value is not None:
                claims[name] = str(value)
        if self.role:
            claims["role"] = self.role
        if self.projects is not None:
            claims["projects"] = sorted(str(project) for project in self.projects)
        if self.acting_at is not None:
            claims["acting_at"] = self.acting_at.isoformat()
        return claims

    @classmethod
    def from_claims(cls, claims: dict[str, Any]) -> "Viewer":
        def identifier(name: str) -> UUID | None:
            return UUID(claims[name]) if name in claims else None

        projects = claims.get("projects")
        return cls(
            side=Side(claims["side"]),
            person=identifier("person"),
            customer=identifier("customer"),
            role=claims.get("role", ""),
            projects=None if projects is None else frozenset(UUID(project) for project in projects),
            language=claims.get("lang", "en"),
            time_zone=claims.get("zone", "UTC"),
            preview=identifier("preview"),
            report=identifier("report"),
            link=identifier("link"),
            acting_at=datetime.fromisoformat(claims["acting_at"]) if "acting_at" in claims else None,
        )


def common(one: frozenset[UUID] | None, other: frozenset[UUID] | None) -> frozenset[UUID] | None:
    """The projects that two viewers may both see; None stands for all."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


class TokenMinter:
    """Signs viewer tokens with the gateway's private key (PEM, Ed25519)."""

    def __init__(self, private_key_pem: bytes) -> None:
        self._key = OKPKey.import_key(private_key_pem)
        self._header = {"alg": "Ed25519", "kid": self._key.thumbprint()}

    def mint(self, viewer: Viewer, audience: str, lifetime: int = TOKEN_SECONDS) -> str:
        now = int(time.time())
        claims = {**viewer.claims(), "aud": audience, "iat": now, "exp": now + lifetime}
        return jwt.encode(self._header, claims, self._key, algorithms=["Ed25519"])


class TokenVerifier:
    """Verifies tokens against all public keys of a folder, current and next; reloads the folder when it changes."""

    def __init__(self, keys_dir: Path, audience: str) -> None:
        self._dir = keys_dir
        self._audience = audience
        self._keys: dict[str, OKPKey] = {}
        self._checked_at = 0.0
        self._verified: dict[str, tuple[float, Viewer]] = {}

    def _reload(self) -> None:
        now = time.monotonic()
        if self._keys and now - self._checked_at < KEYS_RELOAD_SECONDS:
            return
        self._checked_at = now
        keys = [OKPKey.import_key(path.read_bytes()) for path in sorted(self._dir.glob("*.pem"))]
        loaded = {key.thumbprint(): key for key in keys}
        if loaded.keys() != self._keys.keys():
            self._verified.clear()
        self._keys = loaded

    def verify(self, token: str) -> Viewer:
        """Raises Unauthenticated for a token that is malformed, expired, for another service or by an unknown key."""
        self._reload()
        now = time.time()
        known = self._verified.get(token)
        if known is not None and known[0] > now:
            return known[1]
        try:
            unverified_key = jwt_key_id(token)
            key = self._keys[unverified_key]
            claims = jwt.decode(token, key, algorithms=["Ed25519"]).claims
            if claims.get("aud") != self._audience or float(claims["exp"]) <= now:
                raise Unauthenticated("The viewer token is expired or not for this service.")
            viewer = Viewer.from_claims(claims)
        except (JoseError, KeyError, ValueError) as error:
            raise Unauthenticated("A valid viewer token is needed.") from error
        self._remember(token, float(claims["exp"]), viewer, now)
        return viewer

    def _remember(self, token: str, expires: float, viewer: Viewer, now: float) -> None:
        """A gateway reuses a token for some seconds; checking its signature once is enough."""
        if len(self._verified) > 2000:
            self._verified = {known: entry for known, entry in self._verified.items() if entry[0] > now}
        if len(self._verified) <= 2000:
            self._verified[token] = (expires, viewer)


def jwt_key_id(token: str) -> str:
    from joserfc.jws import extract_compact  # noqa: PLC0415  # only needed for tokens not seen before

    return str(extract_compact(token.encode()).headers()["kid"])


async def viewer_of_request(request: Request) -> Viewer:
    """The viewer of a request, from its bearer token; the request's acts have the viewer's moment.

    Raises Unauthenticated.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("A viewer token is needed.")
    verifier: TokenVerifier = request.app.state.token_verifier
    viewer = verifier.verify(token)
    request.state.viewer = viewer
    clock.act_at(viewer.acting_at)
    return viewer


CurrentViewer = Annotated[Viewer, Depends(viewer_of_request)]
