"""The open streams of this replica, and the hints on their way to them."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from atrium_chassis.viewer import Viewer
from atrium_contracts import Envelope

from atrium_gateway.live.model import Circle, Hint, may_have

#: A page that does not read for this many different subjects is told to refetch all it shows.
QUEUE_LIMIT = 500
#: What happened between the rendering of a page and the opening of its stream is told at once; `live.ts` counts on it.
RECENT_SECONDS = 10.0


@dataclass(eq=False)
class Stream:
    """One open stream. Hints of the same subject are merged while the browser is slow."""

    viewer: Viewer
    pending: OrderedDict[str, Hint] = field(default_factory=OrderedDict)
    overflown: bool = False
    ended: bool = False
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, hint: Hint) -> None:
        if len(self.pending) >= QUEUE_LIMIT and hint.subject not in self.pending:
            self.overflow()
        self.pending[hint.subject] = hint
        self.wake.set()

    def overflow(self) -> None:
        self.pending.clear()
        self.overflown = True
        self.wake.set()

    def end(self) -> None:
        self.ended = True
        self.wake.set()


class Hub:
    """Streams by customer, so that an event is only compared with those who could have it."""

    def __init__(self) -> None:
        self._by_customer: dict[UUID | None, set[Stream]] = {}
        self._recent: deque[tuple[float, Envelope, Circle, Hint]] = deque(maxlen=QUEUE_LIMIT)

    def __len__(self) -> int:
        return sum(len(streams) for streams in self._by_customer.values())

    def open(self, viewer: Viewer) -> Stream:
        stream = Stream(viewer)
        self._catch_up(stream)
        self._by_customer.setdefault(viewer.customer, set()).add(stream)
        return stream

    def _catch_up(self, stream: Stream) -> None:
        since = time.monotonic() - RECENT_SECONDS
        if len(self._recent) == QUEUE_LIMIT and self._recent[0][0] > since:
            stream.overflow()
            return
        for at, envelope, circle, hint in self._recent:
            if at > since and may_have(stream.viewer, envelope, circle):
                stream.offer(hint)

    def close(self, stream: Stream) -> None:
        streams = self._by_customer.get(stream.viewer.customer)
        if streams is not None:
            streams.discard(stream)
            if not streams:
                del self._by_customer[stream.viewer.customer]

    def _candidates(self, customer: UUID | None) -> Iterable[Stream]:
        yield from self._by_customer.get(customer, ())
        if customer is not None:
            yield from self._by_customer.get(None, ())

    def publish(self, envelope: Envelope, circle: Circle, trace_id: str) -> None:
        hint = Hint(envelope.subject, envelope.revision, trace_id)
        self._recent.append((time.monotonic(), envelope, circle, hint))
        for stream in self._candidates(envelope.customer):
            if may_have(stream.viewer, envelope, circle):
                stream.offer(hint)

    def end_where(self, concerns: Callable[[Viewer], bool]) -> None:
        """End streams whose access may have ended; a browser that still may comes back by itself."""
        for streams in self._by_customer.values():
            for stream in streams:
                if concerns(stream.viewer):
                    stream.end()

    def end_all(self) -> None:
        self.end_where(lambda _: True)
