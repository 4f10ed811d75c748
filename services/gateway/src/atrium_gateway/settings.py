"""The gateway's settings, each as `ATRIUM_<NAME>`."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from atrium_chassis.settings import ServiceSettings
from pydantic import Field


class Settings(ServiceSettings):
    public_url: str = Field(
        "http://atrium.localhost:8000",
        pattern=r"^https?://[^/]+$",
        description="Address of the provider's workspace; customers' portals are at <slug>.<its host>.",
    )
    viewer_signing_key: Path = Field(description="Ed25519 private key (PEM) that viewer tokens are signed with.")
    projects_url: str = Field("http://127.0.0.1:8101", description="Address of the projects service.")
    files_url: str = Field("http://127.0.0.1:8102", description="Address of the files service.")
    threads_url: str = Field("http://127.0.0.1:8103", description="Address of the threads service.")
    reports_url: str = Field("http://127.0.0.1:8104", description="Address of the reports service.")
    content_origin: str = Field("", description="Origin that browsers reach the object store at, named in the CSP.")
    smtp_host: str = Field("127.0.0.1", description="Mail server.")
    smtp_port: int = Field(1025, ge=1, le=65535, description="Port of the mail server.")
    smtp_user: str = Field("", description="User at the mail server; empty: no sign-in.")
    smtp_password: str = Field("", description="Password of that user.")
    smtp_start_tls: bool = Field(False, description="Whether the connection to the mail server must turn to TLS.")
    mail_from: str = Field("portal@atrium.localhost", description="Sender address of every mail.")
    mail_grace_seconds: float = Field(
        60,
        ge=0,
        le=3600,
        description="How long a mail that asks for an act waits, so that it can be taken back unsent.",
    )
    import_key: str = Field(
        "", description="Whoever sends it along may import history: acts with a past time; empty: nobody may."
    )
    dns_server: str = Field(
        "",
        pattern=r"^(\S+:\d+)?$",
        description="Name server (address:port) that customers' own hosts are verified at; empty: the machine's.",
    )
    style_page: Path | None = Field(
        None, description="Folder of the demo's logos; with it /_components shows every component. For development."
    )
    trusted_proxies: int = Field(
        0, ge=0, le=10, description="How many proxies in front add to X-Forwarded-For; 0: the header is ignored."
    )

    @property
    def mail_grace(self) -> timedelta:
        return timedelta(seconds=self.mail_grace_seconds)

    @property
    def base_host(self) -> str:
        """Host of the workspace, without the port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    def origin(self, host: str) -> str:
        """The address of a host of ours: the workspace's scheme and port."""
        parts = urlsplit(self.public_url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{host}{port}"
