"""A report of the service as a document, in the reader's language."""

from collections.abc import Callable, Mapping

from atrium_gateway.exports.model import Cell, Column, Document, Number, Section
from atrium_gateway.pages.composing.charts import key_figure, line_figure, turn_bars, waiting_bars
from atrium_gateway.pages.composing.reports import KEYS, open_decisions, recent_approvals
from atrium_gateway.pages.composing.scene import Json, Scene, day, newest
from atrium_gateway.pages.formats import Words, capitalised
from atrium_gateway.pages.presenting.report import BarFigure
from atrium_gateway.pages.vocabulary import Vocabulary

Names = tuple[str, str]


def report_document(scene: Scene, report: Json, *, names: Names, house: str, link: str) -> Document:
    """`names` are the customer's and the provider's, `house` is what the customer's portal is called."""
    as_of = newest(report["as_of"]).astimezone(scene.zone)
    words = Words(scene.language, scene.words)
    made = (SECTIONS[one["key"]](scene, one, names) for one in report["figures"] if one["key"] in SECTIONS)
    known = {figure["key"]: figure for figure in report["figures"]}
    count = report["counted_items"]
    computed = scene.words.ngettext(
        "Computed from one item that is shared with %(house)s",
        "Computed from %(num)s items that are shared with %(house)s",
        count,
    )
    said = scene._("as of %(day)s, %(time)s") % {
        "day": words.long_date(scene, as_of),
        "time": words.clock(scene, as_of),
    }
    return Document(
        language=words.language,
        title=report["title"],
        project=report["project_title"],
        introduction=report["introduction"],
        house=house,
        as_of=as_of,
        as_of_words=capitalised(said),
        link=link,
        computed=computed % {"num": count, "house": house},
        numbers=tuple(_number(scene, known[key]) for key in KEYS if key in known),
        sections=tuple(section for section in made if section.rows),
    )


def _number(scene: Scene, figure: Json) -> Number:
    shown = key_figure(scene, figure)
    return Number(shown.title, figure["value"] or 0, figure.get("of") if shown.of else None)


def _milestones(scene: Scene, figure: Json, names: Names) -> Section:
    reached = {True: scene._("reached"), False: scene._("open")}
    rows: list[tuple[Cell, ...]] = [
        (row["title"], reached[row["reached"]], day(row["due"])) for row in figure.get("rows") or []
    ]
    finding = scene._("%(reached)s of %(total)s reached.") % {"reached": figure["value"], "total": figure["of"]}
    columns = (Column(scene._("Milestone")), Column(scene._("State")), Column(scene._("Due")))
    return Section(figure["key"], scene._("Milestones"), finding, columns, tuple(rows))


def _progress(scene: Scene, figure: Json, names: Names) -> Section:
    chart = line_figure(scene, figure, "", 0)
    columns = (Column(scene._("Day")), Column(scene._("Actual"), True), Column(scene._("Planned"), True))
    rows = tuple((point.day, point.value, point.plan) for point in chart.points)
    return Section(chart.key, chart.title, chart.finding, columns, rows, chart)


def _bars(scene: Scene, chart: BarFigure) -> Section:
    both = bool(chart.series[1])
    labels = chart.series if both else (chart.unit or scene._("Number"),)
    columns = (Column(chart.title), *(Column(label, True) for label in labels))
    rows = tuple((bar.label, bar.mine, bar.other)[: len(columns)] for bar in chart.bars)
    return Section(chart.key, chart.title, chart.finding, columns, rows, chart)


def _open_by_turn(scene: Scene, figure: Json, names: Names) -> Section:
    return _bars(scene, turn_bars(scene, figure, names, "", 0))


def _waiting_time(scene: Scene, figure: Json, names: Names) -> Section:
    return _bars(scene, waiting_bars(scene, figure, names, "", 0))


def _open_decisions(scene: Scene, figure: Json, names: Names) -> Section:
    say = Vocabulary(scene.words)
    turns = {
        "customer": names[0],
        "provider": names[1],
        "third_party": scene._("Third parties"),
        "nobody": scene._("Done"),
    }
    decisions = open_decisions(figure, linked=False)
    rows = tuple((one.title, say.verb(one.verb) if one.verb else "", turns[one.turn], one.due) for one in decisions)
    finding = scene.words.ngettext("One is open.", "%(count)s are open.", len(rows))
    count = capitalised(Words(scene.language, scene.words).count(len(rows)))
    labels = (scene._("What"), scene._("To do"), scene._("Whose turn"), scene._("Due"))
    columns = tuple(Column(label) for label in labels)
    return Section(figure["key"], scene._("Open decisions"), finding % {"count": count}, columns, rows)


def _recent_approvals(scene: Scene, figure: Json, names: Names) -> Section:
    rows = tuple(
        (act.words, act.by.name if act.by else "", act.at.astimezone(scene.zone).date(), act.detail)
        for act in recent_approvals(scene, figure)
    )
    labels = (scene._("What"), scene._("Who"), scene._("When"), scene._("Version"))
    columns = tuple(Column(label) for label in labels)
    return Section(figure["key"], scene._("Recent approvals"), "", columns, rows)


SECTIONS: Mapping[str, Callable[[Scene, Json, Names], Section]] = {
    "milestones": _milestones,
    "open_decisions": _open_decisions,
    "progress": _progress,
    "waiting_time": _waiting_time,
    "open_by_turn": _open_by_turn,
    "recent_approvals": _recent_approvals,
}
