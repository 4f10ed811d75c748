"""A live report: key figures, charts, what is open, what was decided; its links."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from atrium_gateway.pages.composing.charts import key_figure, line_figure, turn_bars, waiting_bars
from atrium_gateway.pages.composing.scene import Json, Scene, day, moment, newest, verb
from atrium_gateway.pages.formats import Words
from atrium_gateway.pages.presenting.item import Act
from atrium_gateway.pages.presenting.report import (
    BarFigure,
    LineFigure,
    Moment,
    MomentKind,
    OpenDecision,
    Opening,
    ReportLine,
    ReportLink,
    ReportPage,
    ReportsPage,
    Visited,
)
from atrium_gateway.pages.presenting.shapes import Form

#: So many ends of months stand on the time axis, at most.
MONTHS = 3
#: So many places that a link was opened from are shown, the last first.
PLACES = 5
EXPORTS = ("pdf", "xlsx", "csv")
#: For how many days a link is offered to hold.
LIFETIMES = (7, 30, 90)
KEYS = ("milestones", "open_decisions", "requests")


def reports_page(reports: Sequence[Json], missing: Collection[str]) -> ReportsPage:
    lines = tuple(ReportLine(row["title"], f"/reports/{row['id']}", row["project_title"]) for row in reports)
    return ReportsPage(lines, frozenset(missing))


def open_decisions(figure: Json, *, linked: bool, before: Collection[str] | None = None) -> tuple[OpenDecision, ...]:
    """What was not among those before, where that is known, is new."""
    return tuple(
        OpenDecision(
            row["title"],
            row["turn"],
            f"/items/{row['item_id']}" if linked else "",
            verb(row),
            day(row.get("due")),
            before is not None and row["item_id"] not in before,
        )
        for row in figure.get("rows") or []
    )


def recent_approvals(scene: Scene, figure: Json) -> tuple[Act, ...]:
    words = {"approved": scene._("%(title)s: signed off"), "changes_requested": scene._("%(title)s: changes asked for")}
    found = []
    for row in figure.get("rows") or []:
        version = row["versions"][0]["number"] if row["versions"] else None
        detail = scene._("Version %(number)s") % {"number": version} if version else ""
        if row["superseded"]:
            detail = f"{detail} · {scene._('superseded')}" if detail else scene._("superseded")
        sentence = words.get(row["decision"], "%(title)s") % {"title": row["title"]}
        found.append(Act(newest(row["decided_at"]), sentence, scene.person(row["person_id"]), detail, version))
    return tuple(found)


def report_links(
    rows: Sequence[Json], act: Callable[[str, str, int], Form], fresh: Mapping[str, tuple[str, str]]
) -> tuple[ReportLink, ...]:
    """Address and password of a link are known only right after they were made; `act` gives the form of an act."""
    return tuple(
        ReportLink(
            id=row["id"],
            title=row["purpose"],
            state=row["state"],
            ends_at=moment(row["expires_at"]),
            has_password=row["has_password"],
            openings=row["openings"],
            last_opened_at=moment(row["last_opened_at"]),
            opened_from=tuple(
                Opening(one["device"], one["network"], one["openings"], newest(one["last_opened_at"]))
                for one in row.get("opened_from", [])[:PLACES]
            ),
            revoked_at=moment(row["revoked_at"]),
            revoke=act(row["id"], "revocation", row["revision"]) if row["state"] == "valid" else None,
            address=fresh.get(row["id"], ("", ""))[0],
            password=fresh.get(row["id"], ("", ""))[1],
            extend=act(row["id"], "extension", row["revision"]) if row["state"] != "revoked" else None,
            renew=act(row["id"], "address", row["revision"]) if row["state"] == "valid" else None,
        )
        for row in rows
    )


@dataclass(frozen=True)
class Earlier:
    """The report as it was at the reader's last visit."""

    at: datetime
    figures: Mapping[str, Json]

    def words(self, scene: Scene) -> str:
        """The day, or the time where it was today."""
        local = self.at.astimezone(scene.zone)
        words = Words(scene.language, scene.words)
        return words.clock(scene, local) if local.date() == scene.today else words.short_date(scene, local)

    def is_changed(self, figure: Json) -> bool:
        return _essence(self.figures.get(figure["key"], {})) != _essence(figure)


def _essence(figure: Json) -> object:
    """What is compared: of a line its last values, as its days go on by themselves."""
    if figure.get("key") == "progress":
        return figure.get("value"), figure.get("of")
    return figure.get("value"), figure.get("of"), figure.get("series"), figure.get("rows")


def charts_of(
    scene: Scene,
    figures: Mapping[str, Json],
    names: tuple[str, str],
    beside: Callable[[str], tuple[str, int]],
    earlier: Earlier | None,
) -> tuple[tuple[LineFigure, ...], tuple[BarFigure, ...]]:
    """`beside` says where a figure is discussed, and in how many messages."""
    lines: list[LineFigure] = []
    bars: list[BarFigure] = []
    for key, figure in figures.items():
        changed = earlier.words(scene) if earlier and earlier.is_changed(figure) else ""
        if key == "progress":
            visit = earlier.at.astimezone(scene.zone).date() if earlier else None
            lines.append(replace(line_figure(scene, figure, *beside(key)), changed=changed, visit=visit))
        elif key == "waiting_time":
            bars.append(replace(waiting_bars(scene, figure, names, *beside(key)), changed=changed))
        elif key == "open_by_turn":
            bars.append(replace(turn_bars(scene, figure, names, *beside(key)), changed=changed))
    return tuple(lines), tuple(bars)


def report_page(
    scene: Scene,
    report: Json,
    *,
    names: tuple[str, str],
    as_of: datetime | None,
    exports: str,
    messages: Mapping[str, int],
    earlier: Earlier | None = None,
    is_guest: bool = False,
    **more: Any,
) -> ReportPage:
    """`names` are the customer's and the provider's; `messages` the number of them by figure.

    `exports` is an address with `{}` for the kind of file.
    """
    figures = {figure["key"]: figure for figure in report["figures"]}
    known = earlier.figures if earlier else {}
    since = earlier.words(scene) if earlier else ""
    before = {row["item_id"] for row in known.get("open_decisions", {}).get("rows", [])} if earlier else None

    def beside(key: str) -> tuple[str, int]:
        query = urlencode({"figure": key, **({"since": earlier.at.isoformat()} if earlier else {})})
        return "" if is_guest else f"/reports/{report['id']}?{query}#figure-{key}", messages.get(key, 0)

    lines, bars = charts_of(scene, figures, names, beside, earlier)
    titles = {**{one.key: one.title for one in lines}, **{one.key: one.title for one in bars}}
    changed = sum(earlier.is_changed(figure) for figure in figures.values()) if earlier else 0
    return ReportPage(
        id=report["id"],
        title=report["title"],
        project=report["project_title"],
        project_id=report["project_id"],
        summary=report["introduction"],
        as_of=as_of,
        key_figures=tuple(key_figure(scene, figures[key], known.get(key), since) for key in KEYS if key in figures),
        lines=lines,
        bars=bars,
        decisions=open_decisions(figures.get("open_decisions", {}), linked=not is_guest, before=before),
        approvals=recent_approvals(scene, figures.get("recent_approvals", {})),
        counted_items=report["counted_items"],
        lifetimes=tuple((days, scene.today + timedelta(days)) for days in LIFETIMES),
        exports=tuple((kind, exports.format(kind)) for kind in EXPORTS),
        axis=() if is_guest else axis(scene, report, as_of, earlier.at if earlier else None),
        visited=Visited(since, changed, len(figures), earlier.at.isoformat()) if earlier else None,
        discussed_title=titles.get(more.get("discussed_key", ""), ""),
        **more,
    )


def axis(scene: Scene, report: Json, as_of: datetime | None, visit: datetime | None) -> tuple[Moment, ...]:
    """From the first day of its figures over some months and the last visit to now: each a state to look at."""
    path = f"/reports/{report['id']}"
    words = Words(scene.language, scene.words)
    days: list[str] = next((one["labels"] for one in report["figures"] if one["key"] == "progress"), [])
    chosen = as_of.astimezone(scene.zone).date() if as_of else None
    visited = visit.astimezone(scene.zone).date() if visit else None
    marks: dict[date, tuple[MomentKind, str]] = {}
    if days and (first := date.fromisoformat(days[0])) < scene.today:
        marks = dict.fromkeys(months_between(first, scene.today), ("month", ""))
        marks[first] = ("start", scene._("Start"))
    if visited and visited < scene.today:
        marks[visited] = ("visit", scene._("Your last visit"))
    if chosen and chosen not in marks:
        marks[chosen] = ("chosen", "")
    found = [
        Moment(
            ", ".join(filter(None, (said, words.short_date(scene, day)))), f"{path}?as_of={day}", kind, day == chosen
        )
        for day, (kind, said) in sorted(marks.items())
    ]
    return (*found, Moment(words.clock(scene, scene.now), path, "now", as_of is None)) if found else ()


def months_between(first: date, last: date) -> list[date]:
    """The last days of at most three months between two days, evenly picked."""
    ends: list[date] = []
    day = last.replace(day=1) - timedelta(days=1)
    while day > first:
        ends.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    step = -(-len(ends) // MONTHS) or 1
    return ends[::step]
