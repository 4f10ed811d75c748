"""Figures of a report as charts: the numbers of the service, with the sentence that says what they show."""

from collections.abc import Sequence
from datetime import date

from atrium_gateway.dates import short_month
from atrium_gateway.pages.composing.scene import Json, Scene
from atrium_gateway.pages.formats import Words
from atrium_gateway.pages.presenting.report import Bar, BarFigure, KeyFigure, LineFigure, Point

#: More points than these make neither a better line nor a readable table.
POINTS = 30
WHOLE = {"milestones", "requests"}


def values_of(figure: Json, name: str) -> list[float]:
    return next((one["values"] for one in figure.get("series") or [] if one["name"] == name), [])


def thinned(points: Sequence[Point]) -> tuple[Point, ...]:
    """Evenly, and always with the last one."""
    step = -(-len(points) // POINTS) or 1
    return tuple(reversed(points[::-1][::step]))


def _number(scene: Scene, value: float | None) -> str:
    return "" if value is None else Words(scene.language, scene.words).number(value)


def key_figure(scene: Scene, figure: Json, earlier: Json | None = None, since: str = "") -> KeyFigure:
    """With what changed in it since an earlier state."""
    titles = {
        "milestones": scene._("Milestones reached"),
        "open_decisions": scene._("Open decisions"),
        "requests": scene._("Open %(requests)s") % {"requests": scene.term("request").many},
    }
    key = figure["key"]
    whole = _number(scene, figure.get("of")) if key in WHOLE and figure.get("of") else ""
    title, value = titles.get(key, key.replace("_", " ").capitalize()), figure.get("value")
    if earlier is None or value is None:
        return KeyFigure(title, _number(scene, value), whole)
    step = value - (earlier.get("value") or 0)
    if not step:
        same = scene._("unchanged since %(day)s") % {"day": since}
        return KeyFigure(title, _number(scene, value), whole, remark=same)
    said = f"{'+' if step > 0 else '−'}{_number(scene, abs(step))}"
    delta = scene._("%(step)s since %(day)s") % {"step": said, "day": since}
    return KeyFigure(title, _number(scene, value), whole, delta=delta)


def line_figure(scene: Scene, figure: Json, discuss_url: str, messages: int) -> LineFigure:
    """Items done by day, beside how many there were."""
    done, total = values_of(figure, "done"), values_of(figure, "total")
    points = [
        Point(date.fromisoformat(label), value, whole)
        for label, value, whole in zip(figure.get("labels") or [], done, total, strict=False)
    ]
    finding = scene._("%(done)s of %(total)s items are done.") % {
        "done": _number(scene, figure.get("value")),
        "total": _number(scene, figure.get("of")),
    }
    return LineFigure(
        figure["key"], scene._("Progress"), finding, thinned(points), discuss_url=discuss_url, messages=messages
    )


def turn_bars(scene: Scene, figure: Json, names: tuple[str, str], discuss_url: str, messages: int) -> BarFigure:
    """Open items by whose turn it is."""
    said = {"customer": names[0], "provider": names[1], "third_party": scene._("Third parties")}
    values = (figure.get("series") or [{"values": []}])[0]["values"]
    bars = [Bar(said.get(label, label), value) for label, value in zip(figure["labels"], values, strict=False)]
    finding = scene._("%(count)s are open, %(ours)s of them with %(name)s.") % {
        "count": _number(scene, sum(values)),
        "ours": _number(scene, values[0] if values else 0),
        "name": names[0],
    }
    return BarFigure(
        figure["key"], scene._("Open by turn"), finding, tuple(bars), discuss_url=discuss_url, messages=messages
    )


def waiting_bars(scene: Scene, figure: Json, names: tuple[str, str], discuss_url: str, messages: int) -> BarFigure:
    """Working days that things waited on each side, by month."""
    mine, other = values_of(figure, "customer"), values_of(figure, "provider")
    bars = [
        Bar(month_name(scene, label), round(mine[index], 1), round(other[index], 1))
        for index, label in enumerate(figure.get("labels") or [])
    ]
    finding = scene._("Working days that an item waited on each side, the mean of a month.")
    return BarFigure(
        figure["key"],
        scene._("Waiting time"),
        finding,
        tuple(bars),
        unit=scene._("working days"),
        series=names,
        discuss_url=discuss_url,
        messages=messages,
    )


def month_name(scene: Scene, label: str) -> str:
    """`2026-11` as `Nov`."""
    year, month = label.split("-")[:2]
    return short_month(scene.language, date(int(year), int(month), 1))
