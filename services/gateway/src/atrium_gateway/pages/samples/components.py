"""What `/_components` shows."""

from dataclasses import dataclass, field
from datetime import date

from atrium_gateway.pages.presenting.shapes import Change, Choice, Clock, FieldError, Form, Verb
from atrium_gateway.pages.samples.more import FILE
from atrium_gateway.pages.samples.portal import HOME, PEOPLE
from atrium_gateway.pages.samples.work import PRIVATE_THREAD, SHARED_THREAD, UPLOAD

CHOICES = (Choice("a", "Anlage", "heute"), Choice("b", "Betrieb", "morgen"))
WRONG = Form("/", "k", values={"title": "Typed"}, errors=(FieldError("text", "Nennen Sie die Sache in einem Satz."),))


@dataclass(frozen=True)
class Components:
    """Every component with data in its states."""

    people: tuple[object, ...] = PEOPLE
    asks: tuple[object, ...] = HOME.mine
    colleague: object = HOME.colleagues[0]
    waiting: tuple[object, ...] = HOME.waiting
    shared: object = SHARED_THREAD
    private: object = PRIVATE_THREAD
    versions: tuple[object, ...] = FILE.versions
    form: Form = WRONG
    upload: Form = UPLOAD
    choices: tuple[Choice, ...] = CHOICES
    clocks: tuple[Clock, ...] = (Clock(8, 24), Clock(16, 24), Clock(48, 40), Clock(3), Clock(3, 24, True))
    change: Change = field(default_factory=lambda: Change("", "60 s", "30 s"))
    dates: tuple[date, ...] = (date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 4))

    def verb(self, key: str) -> Verb:
        return Verb(key)
