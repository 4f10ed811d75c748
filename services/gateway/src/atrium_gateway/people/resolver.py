"""The one question we ask of the DNS: which texts stand at a name."""

from typing import Protocol

from dns.asyncresolver import Resolver
from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer

SECONDS = 5.0


class DnsAway(Exception):  # not an error of ours: no name server gave an answer in time
    pass


class TxtResolver(Protocol):
    async def texts(self, name: str) -> list[str]:
        """The TXT records of a name, none where it has none. Raises DnsAway."""


class DnsTxtResolver:
    """Asks `server` (`address:port`), or, where that is empty, the machine's own name servers. Remembers nothing."""

    def __init__(self, server: str = "") -> None:
        self._server = server

    async def texts(self, name: str) -> list[str]:
        try:
            answer = await self._resolver().resolve(name, "TXT", lifetime=SECONDS)
        except (NXDOMAIN, NoAnswer):
            return []
        except (DNSException, OSError) as error:
            raise DnsAway from error
        return [b"".join(record.strings).decode("ascii", "replace") for record in answer]

    def _resolver(self) -> Resolver:
        resolver = Resolver(configure=not self._server)
        if self._server:
            address, _, port = self._server.rpartition(":")
            resolver.nameservers, resolver.port = [address], int(port)
        return resolver
