"""What customers ask for: the list by turn, the form, one request."""

from collections.abc import Collection, Mapping, Sequence

from atrium_contracts.promises import PROMISED_DAYS, promised

from atrium_gateway.dates import weekday_date
from atrium_gateway.pages.composing.rows import REQUEST_TONES, file_line, kind_of_request, request_line
from atrium_gateway.pages.composing.scene import Json, Scene, clock, day, moment, verb
from atrium_gateway.pages.composing.waits import mean_answer
from atrium_gateway.pages.presenting.requests import RequestAct, RequestPage, RequestsPage
from atrium_gateway.pages.presenting.shapes import Choice, Form, Person
from atrium_gateway.pages.presenting.thread import Thread

KINDS = ("fault", "question", "wish", "access")
TURNS = ("customer", "provider", "third_party", "nobody")
DONE = 10


def urgencies(scene: Scene) -> tuple[Choice, ...]:
    """Each with the day by which an answer is promised."""
    words = {
        "stopped": scene._("Work has stopped"),
        "hinders": scene._("It hinders the work"),
        "time": scene._("It has time"),
    }

    def answer(urgency: str) -> str:
        return scene._("by %(day)s") % {"day": weekday_date(scene.language, promised(urgency, scene.today))}

    return tuple(Choice(urgency, label, answer(urgency)) for urgency, label in words.items())


def requests_page(
    scene: Scene,
    everything: Sequence[Json],
    rows: Sequence[Json],
    projects: Sequence[Json],
    *,
    form: Form | None,
    readers: Sequence[Person],
    upload: Form | None,
    chosen: str,
    q: str,
    missing: Collection[str],
) -> RequestsPage:
    """`rows` are those of `everything` that were looked for."""
    counts = {turn: sum(row["turn"] == turn for row in rows) for turn in TURNS}
    by_turn = {
        turn: [request_line(scene, row) for row in rows if row["turn"] == turn]
        for turn in TURNS
        if chosen in {"", turn}
    }
    return RequestsPage(
        mine=tuple(by_turn.get("customer", ())),
        provider=tuple(by_turn.get("provider", ())),
        third_party=tuple(by_turn.get("third_party", ())),
        done=tuple(by_turn.get("nobody", ()))[: None if chosen else DONE],
        filter=chosen,
        q=q,
        counts={"": len(rows) - counts["nobody"], **counts},
        asked=sum(row["turn"] == "customer" for row in everything),
        answer_hours=mean_answer(scene, everything),
        promised_days=(min(PROMISED_DAYS.values()), max(PROMISED_DAYS.values())),
        form=form,
        kinds=tuple(Choice(kind, kind_of_request(scene, kind)) for kind in KINDS),
        projects=tuple(Choice(row["id"], row["title"]) for row in projects),
        urgencies=urgencies(scene),
        readers=tuple(readers),
        upload=upload,
        missing=frozenset(missing),
    )


def request_acts(scene: Scene, row: Json) -> tuple[RequestAct, ...]:
    """The steps this reader may take; the first is the filled button while it is the reader's turn."""
    possible = row.get("transitions", [])
    return tuple(
        RequestAct(one["key"], scene.named(one["name"]), index == 0 and row["turn"] == scene.side)
        for index, one in enumerate(possible)
    )


def request_page(
    scene: Scene,
    row: Json,
    *,
    item: Json | None,
    form: Form | None,
    triage: Form | None,
    threads: Mapping[str, Thread],
    files: Sequence[Json],
    upload: Form | None,
    missing: Collection[str],
) -> RequestPage:
    return RequestPage(
        id=row["id"],
        number=row["label"],
        title=row["title"],
        text=row["text"],
        turn=row["turn"],
        state=scene.named(row.get("state_name")),
        tone=REQUEST_TONES.get(row["state"], ""),
        kind=kind_of_request(scene, row["kind"]),
        project=row.get("project_title") or "",
        project_id=row.get("project_id") or "",
        by=scene.person(row["raised_by"]),
        at=moment(row["raised_at"]),
        moved_at=moment(row["turn_since"]),
        assigned=scene.person(row.get("owner_id")),
        verb=verb(row),
        due=day(row.get("due")),
        clock=clock(scene, row),
        third_party=row.get("third_party") or "",
        question=row.get("question") or "",
        form=form,
        acts=request_acts(scene, row),
        item_url=f"/items/{item['id']}" if item else "",
        item_title=item["title"] if item else "",
        thread=threads.get("shared"),
        private_thread=threads.get("private"),
        internal_thread=threads.get("internal"),
        triage=triage,
        files=tuple(file_line(scene, one) for one in files),
        upload=upload,
        missing=frozenset(missing),
    )
