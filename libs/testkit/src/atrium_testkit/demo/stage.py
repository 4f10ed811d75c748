"""What the tellers share: who acts, and what has been told so far."""

from dataclasses import dataclass, field

from atrium_testkit.demo.client import Api
from atrium_testkit.demo.timeline import Timeline


@dataclass
class Cast:
    """Who acts: an API for each person, and everyone's id."""

    apis: dict[str, Api]
    ids: dict[str, str]

    def __getitem__(self, name: str) -> Api:
        return self.apis[name]

    def people(self, names: tuple[str, ...]) -> list[str]:
        return [self.ids[name] for name in names]


@dataclass
class Stage:
    """A house while its story is told."""

    cast: Cast
    timeline: Timeline
    customer: str = ""


@dataclass
class Told:
    """Ids of what the story names by key, within one project."""

    project: str = ""
    report: str = ""
    phases: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    requests: dict[str, str] = field(default_factory=dict)
    #: Items whose decision stands until a newer version of their file comes.
    decided: dict[str, str] = field(default_factory=dict)
