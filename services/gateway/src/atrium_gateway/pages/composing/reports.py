"""A live report: key figures, charts, what is open, what was decided; its links."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from atrium_gateway.pages.composing.charts import key_figure, line_figure, turn_bars, waiting_bars
from atrium_gateway.pages.composing.scene import Json, Scene, day, moment, newest, verb
from atrium_gateway.pages.presenting.item import Act
from atrium_gateway.pages.presenting.report import (
    BarFigure,
    LineFigure,
    OpenDecision,
    ReportLine,
    ReportLink,
    ReportPage,
    ReportsPage,
)
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.presenting.thread import Thread

EXPORTS = ("pdf", "xlsx", "csv")
KEYS = ("milestones", "open_decisions", "requests")


def reports_page(reports: Sequence[Json], missing: Collection[str]) -> ReportsPage:
    lines = tuple(ReportLine(row["title"], f"/reports/{row['id']}", row["project_title"]) for row in reports)
    return ReportsPage(lines, frozenset(missing))


def open_decisions(figure: Json, *, linked: bool) -> tuple[OpenDecision, ...]:
    return tuple(
        OpenDecision(
            row["title"], row["turn"], f"/items/{row['item_id']}" if linked else "", verb(row), day(row.get("due"))
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
    rows: Sequence[Json], revoke: Callable[[str, int], Form], addresses: Mapping[str, str]
) -> tuple[ReportLink, ...]:
    """The address of a link is known only right after it was made."""
    return tuple(
        ReportLink(
            id=row["id"],
            title=row["purpose"],
            state=row["state"],
            ends_at=moment(row["expires_at"]),
            openings=row["openings"],
            last_opened_at=moment(row["last_opened_at"]),
            revoke=revoke(row["id"], row["revision"]) if row["state"] == "valid" else None,
            address=addresses.get(row["id"], ""),
        )
        for row in rows
    )


def report_page(
    scene: Scene,
    report: Json,
    *,
    names: tuple[str, str],
    as_of: datetime | None,
    exports: str,
    messages: Mapping[str, int],
    links: tuple[ReportLink, ...] = (),
    new_link: Form | None = None,
    discussed: Thread | None = None,
    is_guest: bool = False,
    missing: Collection[str] = (),
) -> ReportPage:
    """`names` are the customer's and the provider's; `messages` the number of them by figure.

    `exports` is an address with `{}` for the kind of file.
    """
    figures = {figure["key"]: figure for figure in report["figures"]}

    def discuss(key: str) -> str:
        return "" if is_guest else f"/reports/{report['id']}?figure={key}"

    lines: list[LineFigure] = []
    bars: list[BarFigure] = []
    for key, figure in figures.items():
        beside = (discuss(key), messages.get(key, 0))
        if key == "progress":
            lines.append(line_figure(scene, figure, *beside))
        elif key == "waiting_time":
            bars.append(waiting_bars(scene, figure, names, *beside))
        elif key == "open_by_turn":
            bars.append(turn_bars(scene, figure, names, *beside))
    return ReportPage(
        id=report["id"],
        title=report["title"],
        project=report["project_title"],
        project_id=report["project_id"],
        summary=report["introduction"],
        as_of=as_of,
        key_figures=tuple(key_figure(scene, figures[key]) for key in KEYS if key in figures),
        lines=tuple(lines),
        bars=tuple(bars),
        decisions=open_decisions(figures.get("open_decisions", {}), linked=not is_guest),
        approvals=recent_approvals(scene, figures.get("recent_approvals", {})),
        counted_items=report["counted_items"],
        exports=tuple((kind, exports.format(kind)) for kind in EXPORTS),
        links=links,
        new_link=new_link,
        discussed=discussed,
        missing=frozenset(missing),
    )
