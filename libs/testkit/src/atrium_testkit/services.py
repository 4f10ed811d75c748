"""The five services and what the testkit has to know of each."""

from dataclasses import dataclass

from atrium_contracts import Source


@dataclass(frozen=True)
class ServiceInfo:
    name: str
    source: Source
    port: int

    @property
    def package(self) -> str:
        return f"atrium_{self.name}"


SERVICES = {
    info.name: info
    for info in (
        ServiceInfo("projects", "projects", 8101),
        ServiceInfo("files", "files", 8102),
        ServiceInfo("threads", "threads", 8103),
        ServiceInfo("reports", "reports", 8104),
        ServiceInfo("gateway", "accounts", 8000),
    )
}
