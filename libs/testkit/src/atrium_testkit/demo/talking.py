"""Requests and conversations of the story."""

from atrium_testkit.demo.stage import Stage, Told
from atrium_testkit.demo.story.shapes import Ask, Message, Talk


def plan_request(request: Ask, told: Told, stage: Stage) -> None:
    stage.timeline.add(request.when, raise_request, request, told, stage)
    for when, by, transition, more in request.steps:
        body = {"transition": transition, **more}
        stage.timeline.add(when, move_request, request, by, body, told, stage)


def raise_request(request: Ask, told: Told, stage: Stage) -> None:
    body = {
        "title": request.title,
        "kind": request.kind,
        "urgency": request.urgency,
        "text": request.text,
        "project_id": told.project,
    }
    told.requests[request.key] = stage.cast[request.by].post("/requests", body)["id"]


def move_request(request: Ask, by: str, body: dict[str, str], told: Told, stage: Stage) -> None:
    path = f"/requests/{told.requests[request.key]}"
    stage.cast[by].post(f"{path}/transitions", body)
    if body["transition"] == "take":
        stage.cast[by].patch(path, {"owner_id": stage.cast.ids[by]})


def plan_talk(talk: Talk, told: Told, stage: Stage) -> None:
    """The first message opens the conversation, the others answer in it."""
    opened: list[str] = []
    for message in talk.messages:
        stage.timeline.add(message.when, say, message, talk, opened, told, stage)
    if talk.closed is not None:
        when, by = talk.closed
        stage.timeline.add(when, close_point, by, opened, stage)


def say(message: Message, talk: Talk, opened: list[str], told: Told, stage: Stage) -> None:
    person = stage.cast[message.by]
    if opened:
        person.post(f"/threads/{opened[0]}/messages", {"text": message.text}, patient=True)
        return
    body = {
        "subject": subject_of(talk, told, stage),
        "audience": talk.audience,
        "title": talk.title,
        "text": message.text,
    }
    opened.append(person.post("/threads", body, patient=True)["id"])


def close_point(by: str, opened: list[str], stage: Stage) -> None:
    stage.cast[by].post(f"/threads/{opened[0]}/closing", None, patient=True)


def subject_of(talk: Talk, told: Told, stage: Stage) -> str:
    """A file's conversation is about the version that is newest then."""
    kind, _, key = talk.about.partition(":")
    match kind:
        case "item":
            return f"projects/{told.project}/items/{told.items[key]}"
        case "file":
            versions = stage.cast["nora"].get(f"/files/{told.files[key]}")["versions"]
            newest = max(int(version["number"]) for version in versions)
            return f"files/{told.files[key]}/versions/{newest}" + (f"?{talk.point}" if talk.point else "")
        case "request":
            return f"requests/{told.requests[key]}"
        case "figure":
            return f"reports/{told.report}/figures/{key}"
    return f"projects/{told.project}"
