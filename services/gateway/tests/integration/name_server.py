"""A name server on loopback: real questions and answers over UDP, from the texts it is given."""

import socket
import threading
from dataclasses import dataclass, field

from atrium_testkit.ports import LOOPBACK
from dns.flags import AA
from dns.message import Message, from_wire, make_response
from dns.rcode import NXDOMAIN
from dns.rrset import from_text


@dataclass
class NameServer:
    """`texts` by name; a name that is not there does not exist. `silent`: takes questions and gives no answer."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    silent: bool = False
    _socket: socket.socket = field(default_factory=lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM))

    @property
    def address(self) -> str:
        host, port = self._socket.getsockname()
        return f"{host}:{port}"

    def start(self) -> None:
        self._socket.bind((LOOPBACK, 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """An empty datagram ends the loop."""
        self._socket.sendto(b"", self._socket.getsockname())
        self._thread.join(10)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            asked, who = self._socket.recvfrom(4096)
            if not asked:
                return
            if not self.silent:
                self._socket.sendto(self._answer(from_wire(asked)).to_wire(), who)

    def _answer(self, question: Message) -> Message:
        answer = make_response(question)
        answer.flags |= AA
        name = question.question[0].name
        texts = self.texts.get(name.to_text(omit_final_dot=True))
        if texts is None:
            answer.set_rcode(NXDOMAIN)
        elif texts:
            answer.answer.append(from_text(name, 60, "IN", "TXT", *(f'"{text}"' for text in texts)))
        return answer
