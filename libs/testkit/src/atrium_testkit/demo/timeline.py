"""The story's acts in the order in which they happened, each with its moment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import ParamSpec

from atrium_testkit.demo.calendar import When, moment

Part = ParamSpec("Part")


@dataclass
class History:
    """What a write says of the act that is being told: its past moment, with the key that lets history be imported."""

    import_key: str
    at: datetime | None = None

    def headers(self) -> dict[str, str]:
        if self.at is None:
            return {}
        return {"Atrium-Occurred-At": self.at.isoformat(), "Atrium-Import-Key": self.import_key}


@dataclass
class Timeline:
    """Acts are added as they come to mind and told by time; at the same moment in the order of adding."""

    zone: str
    history: History
    today: date | None = None
    _acts: list[tuple[datetime | None, Callable[[], object]]] = field(default_factory=list)

    def add(self, when: When, tell: Callable[Part, object], *of: Part.args, **more: Part.kwargs) -> None:
        self._acts.append((moment(when, self.zone, self.today), partial(tell, *of, **more)))

    def moments(self) -> list[datetime]:
        return sorted(at for at, _ in self._acts if at is not None)

    def tell(self) -> None:
        past = [(at, tell) for at, tell in self._acts if at is not None]
        present = [(at, tell) for at, tell in self._acts if at is None]
        for at, tell in [*sorted(past, key=lambda act: act[0]), *present]:
            self.history.at = at
            tell()
        self.history.at = None
