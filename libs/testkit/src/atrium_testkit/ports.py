"""Free ports on the loopback interface."""

import socket

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def any_free() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


class Ports:
    """Hands out ports, each once: the wanted one, or the next free one; without a wish any free one."""

    def __init__(self) -> None:
        self._given: set[int] = set()
        #: (wanted, given) where the wanted one was taken.
        self.moved: list[tuple[int, int]] = []

    def take(self, wanted: int | None) -> int:
        if wanted is None:
            port = any_free()
            while port in self._given:
                port = any_free()
        else:
            port = next(port for port in range(wanted, wanted + 1000) if port not in self._given and is_free(port))
            if port != wanted:
                self.moved.append((wanted, port))
        self._given.add(port)
        return port
