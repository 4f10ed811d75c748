"""Viewers for tests, and the key that their tokens are signed with."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from atrium_chassis.viewer import Side, TokenMinter, Viewer
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from atrium_testkit.paths import file_lock, write_private


@dataclass(frozen=True)
class ViewerKeys:
    """The gateway's private key, and the folder of public keys that every service mounts."""

    private_key: Path
    public_dir: Path

    def minter(self) -> TokenMinter:
        return TokenMinter(self.private_key.read_bytes())

    def token(self, viewer: Viewer, audience: str) -> str:
        """A viewer token for one service, as the gateway mints it."""
        return self.minter().mint(viewer, audience)


def viewer_keys(state: Path) -> ViewerKeys:
    """The key pair of a state folder, made at first use."""
    keys = ViewerKeys(state / "viewer-key.pem", state / "viewer-keys")
    public = keys.public_dir / "current.pem"
    with file_lock(state / "viewer-key.lock"):
        if not keys.private_key.exists() or not public.exists():
            private = Ed25519PrivateKey.generate()
            pem, info = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            secret = private.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            write_private(public, private.public_key().public_bytes(pem, info).decode())
            write_private(keys.private_key, secret.decode())
    return keys


def provider(
    role: str = "admin",
    *,
    person: UUID | None = None,
    customer: UUID | None = None,
    projects: frozenset[UUID] | None = None,
) -> Viewer:
    """Somebody of the provider: `admin` or `manager`; with `customer`, looking at that customer alone."""
    return Viewer(side=Side.PROVIDER, person=person or uuid4(), customer=customer, role=role, projects=projects)


def contact(
    customer: UUID,
    role: str = "owner",
    projects: frozenset[UUID] | None = None,
    *,
    person: UUID | None = None,
    language: str = "en",
) -> Viewer:
    """Somebody of a customer: `owner`, `member` or `reader`; `projects` None means all of that customer's."""
    return Viewer(
        side=Side.CUSTOMER, person=person or uuid4(), customer=customer, role=role, projects=projects, language=language
    )


def link(customer: UUID, report: UUID, link_id: UUID | None = None) -> Viewer:
    """Whoever holds a report link."""
    return Viewer(side=Side.LINK, customer=customer, report=report, link=link_id or uuid4())


def preview(customer: UUID, staff: UUID | None = None) -> Viewer:
    """A member of the staff looking with the customer's eyes: shared things only, nothing to write."""
    return Viewer(side=Side.CUSTOMER, person=None, customer=customer, role="owner", preview=staff or uuid4())


def system(customer: UUID | None = None) -> Viewer:
    return Viewer.system(customer)
