"""A project of the story: its plan and what became of it, its documents, requests and conversations."""

from datetime import UTC, datetime, time
from typing import Any

from atrium_testkit.demo.calendar import in_office, workday
from atrium_testkit.demo.documenting import plan_document
from atrium_testkit.demo.stage import Stage, Told
from atrium_testkit.demo.story.shapes import Line, Phase, Project, Status, Step
from atrium_testkit.demo.talking import plan_request, plan_talk

#: The steps of the workflow of tasks to a state.
PATHS = {
    "in_progress": ("start",),
    "done": ("start", "finish"),
    "waiting": ("start", "hand_on"),
    "review": ("start", "ask_review"),
    "confirm": ("start", "ask_confirmation"),
    "answer": ("start", "ask"),
    "sync": ("start", "propose"),
}
#: What is only reached or taken, and not worked on.
AT_ONCE = {"phase", "milestone", "decision"}
#: Working days from the start of a task to its last step, and from a project's creation to its start.
WORK, BEFORE = 4, 2


def plan_project(project: Project, stage: Stage) -> Told:
    told, begun = Told(), in_office(project.span[0] - BEFORE, project.title)
    stage.timeline.add(begun, create_project, project, stage, told)
    for status in project.statuses:
        stage.timeline.add(status.when, change_status, status, project, stage, told)
    for document in project.documents:
        plan_document(document, begun, told, stage)
    for phase in project.phases:
        stage.timeline.add(begun, create_phase, phase, told, stage)
    for phase in project.phases:
        plan_phase(phase, told, stage)
    for request in project.requests:
        plan_request(request, told, stage)
    stage.timeline.add(project.report[0], create_report, project, stage, told)
    for talk in project.talks:
        plan_talk(talk, told, stage)
    return told


def create_project(project: Project, stage: Stage, told: Told) -> None:
    cast, (days, title, minutes) = stage.cast, project.touchpoint
    at = datetime.combine(workday(days), time(13), UTC)
    body = {
        "customer_id": stage.customer,
        "title": project.title,
        "goal": project.goal,
        "lead_id": cast.ids[project.lead],
        "contacts": [{"person_id": cast.ids[name], "part": part} for name, part in project.contacts],
        "next_touchpoint": {"at": at.isoformat(), "title": title, "minutes": minutes},
        "starts_on": str(workday(project.span[0])),
        "ends_on": str(workday(project.span[1])),
    }
    told.project = cast[project.lead].post("/projects", body)["id"]


def change_status(status: Status, project: Project, stage: Stage, told: Told) -> None:
    body = {"status": status.status, "status_text": status.text}
    stage.cast[project.lead].patch(f"/projects/{told.project}", body)


def create_report(project: Project, stage: Stage, told: Told) -> None:
    _, title, introduction = project.report
    body = {"project_id": told.project, "title": title, "introduction": introduction}
    told.report = stage.cast[project.lead].post("/reports", body, patient=True)["id"]


def create_phase(phase: Phase, told: Told, stage: Stage) -> None:
    line = Line(phase.title, phase.due, phase.shown, "phase")
    told.phases[phase.title] = create_line(line, None, told, stage)


def plan_phase(phase: Phase, told: Told, stage: Stage) -> None:
    for line in phase.lines:
        born = phase.born if line.born is None else line.born
        stage.timeline.add(in_office(born, phase.title), plan_line, line, phase, told, stage)
        for step in steps_of(line, born):
            stage.timeline.add(step.when, take_step, line, step, told, stage)
    if phase.done is not None:
        stage.timeline.add(in_office(phase.done, phase.title, 4), finish_phase, phase, told, stage)


def plan_line(line: Line, phase: Phase, told: Told, stage: Stage) -> None:
    told.items[line.key or line.title] = create_line(line, phase, told, stage)


def finish_phase(phase: Phase, told: Told, stage: Stage) -> None:
    path = f"/items/{told.phases[phase.title]}/transitions"
    stage.cast["nora"].post(path, {"transition": "finish_planned"})


def steps_of(line: Line, born: int) -> tuple[Step, ...]:
    """The way to the line's state: begun some days before, on the day `since` at its end."""
    if line.state is None:
        return line.steps
    path = ("finish_planned",) if line.state == "done" and line.kind in AT_ONCE else PATHS[line.state]
    since = line.since if line.since is not None else line.due
    if since is None:
        raise ValueError(f"{line.title}: nothing says since when")
    days = [max(born + 1, since - WORK)] * (len(path) - 1) + [since]
    return tuple(
        Step(
            in_office(day, line.title, place),
            line.owner,
            transition,
            line.says if place == len(path) else "",
            line.asked if place == len(path) else (),
        )
        for place, (day, transition) in enumerate(zip(days, path, strict=True), 1)
    )


def take_step(line: Line, step: Step, told: Told, stage: Stage) -> None:
    body: dict[str, Any] = {"transition": step.transition, "comment": step.says}
    if step.asked:
        body["asked_ids"] = stage.cast.people(step.asked)
    item = told.items[line.key or line.title]
    stage.cast[step.by].post(f"/items/{item}/transitions", body, patient=True)


def create_line(line: Line, phase: Phase | None, told: Told, stage: Stage) -> str:
    cast = stage.cast
    asks_later = line.state is not None or line.workflow == "sign_off"
    body: dict[str, Any] = {
        "title": line.title,
        "kind": line.kind,
        "parent_id": None if phase is None else told.phases[phase.title],
        "visibility": line.shown,
        "customer_title": line.reads or None,
        "customer_note": line.note,
        "internal_note": line.internal,
        "workflow": line.workflow,
        "due": None if line.due is None else str(workday(line.due)),
        "customer_until": None if line.until is None else str(workday(line.until)),
        "owner_id": cast.ids[line.owner],
        "asked_ids": [] if asks_later else cast.people(line.asked),
        "third_party": line.third,
        "estimate_hours": line.hours,
        "file_id": told.files.get(line.file),
    }
    given = {name: value for name, value in body.items() if value is not None}
    made = cast[line.owner].post(
        f"/projects/{told.project}/items", given, patient=True, key=f"{told.project}{line.title}"
    )
    return str(made["id"])
