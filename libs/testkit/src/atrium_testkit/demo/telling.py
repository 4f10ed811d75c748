"""Telling the story to a running system, each act by the person whose act it is."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from atrium_testkit.demo.calendar import dated, workday
from atrium_testkit.demo.client import Api, picture, signed_in
from atrium_testkit.demo.story.shapes import Ask, Document, House, Line, Phase, Project, Talk

ASSETS = Path(__file__).parent / "assets"
STAFF = {"nora": ("nora@nordwind.example", "Nora Lind"), "jan": ("jan@nordwind.example", "Jan Weber")}


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
class Told:
    """Ids of what the story names by key, within one project."""

    project: str
    items: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    requests: dict[str, str] = field(default_factory=dict)
    newest: dict[str, dict[str, Any]] = field(default_factory=dict)


def tell_provider(endpoints: dict[str, Any]) -> Cast:
    """Nora is there by the operator's command; she gives the workspace its brand and invites Jan."""
    origin, mail = endpoints["portal"]["provider"], endpoints["mail"]
    nora = signed_in(origin, STAFF["nora"][0], mail)
    nora.patch("/provider/brand", {"logos": {"mark": picture((ASSETS / "nordwind.svg").read_bytes())}})
    email, name = STAFF["jan"]
    nora.post("/staff/invitations", {"email": email, "name": name, "role": "manager"})
    jan = signed_in(origin, email, mail)
    apis = {"nora": nora, "jan": jan}
    return Cast(apis, {name: api.get("/me")["person_id"] for name, api in apis.items()})


def tell_house(house: House, staff: Cast, endpoints: dict[str, Any]) -> None:
    """A customer, its brand, its people, its projects."""
    # Connections of its own: houses are told side by side.
    cast = Cast({name: Api(api.origin, api.token) for name, api in staff.apis.items()}, dict(staff.ids))
    nora = cast["nora"]
    made = nora.post("/customers", {"slug": house.slug, "name": house.name, "language": house.language})
    customer = made["id"]
    logo = picture((ASSETS / f"{house.slug}.svg").read_bytes())
    nora.patch(f"/customers/{customer}/brand", {**house.brand, "logos": {"light": logo, "dark": logo, "mark": logo}})
    for name, (email, full_name, role) in house.people.items():
        invitation = {"email": email, "name": full_name, "role": role, "language": house.language}
        nora.post(f"/customers/{customer}/invitations", invitation)
        cast.apis[name] = signed_in(endpoints["portal"][house.slug], email, endpoints["mail"])
        cast.ids[name] = cast[name].get("/me")["person_id"]
    told = [tell_project(dated(project, house.language), customer, cast) for project in house.projects]
    for talk in house.private:
        tell_talk(dated(talk, house.language), told[0], cast)


def tell_project(project: Project, customer: str, cast: Cast) -> Told:
    days, title, minutes = project.touchpoint
    at = datetime.combine(workday(days), time(13), UTC)
    made = cast[project.lead].post(
        "/projects",
        {
            "customer_id": customer,
            "title": project.title,
            "goal": project.goal,
            "status": project.status,
            "lead_id": cast.ids[project.lead],
            "contacts": [{"person_id": cast.ids[name], "part": part} for name, part in project.contacts],
            "next_touchpoint": {"at": at.isoformat(), "title": title, "minutes": minutes},
            "starts_on": str(workday(project.span[0])),
            "ends_on": str(workday(project.span[1])),
        },
    )
    told = Told(made["id"])
    cast[project.lead].patch(f"/projects/{told.project}", {"status_text": project.status_text})
    for document in project.documents:
        create_document(document, told, cast)
    for phase in project.phases:
        tell_phase(phase, told, cast)
    for document in project.documents:
        tell_versions(document, told, cast)
    for request in project.requests:
        tell_request(request, told, cast)
    for talk in project.talks:
        tell_talk(talk, told, cast)
    name, introduction = project.report
    body = {"project_id": told.project, "title": name, "introduction": introduction}
    cast[project.lead].post("/reports", body, patient=True)
    return told


def create_document(document: Document, told: Told, cast: Cast) -> None:
    body = {"name": document.name, "audience": document.audience}
    made = cast[document.versions[0].by].post(f"/projects/{told.project}/files", body, patient=True)
    told.files[document.key] = made["id"]


def tell_phase(phase: Phase, told: Told, cast: Cast) -> None:
    parent = create_line(
        Line(phase.title, phase.due, phase.shown, "phase", state="done" if phase.done else None), None, told, cast
    )
    for line in phase.lines:
        told.items[line.key or line.title] = create_line(line, parent, told, cast)


def create_line(line: Line, parent: str | None, told: Told, cast: Cast) -> str:
    body: dict[str, Any] = {
        "title": line.title,
        "kind": line.kind,
        "parent_id": parent,
        "visibility": line.shown,
        "customer_title": line.reads or None,
        "customer_note": line.note,
        "internal_note": line.internal,
        "workflow": line.workflow,
        "state": line.state,
        "due": None if line.due is None else str(workday(line.due)),
        "owner_id": cast.ids[line.owner],
        "asked_ids": cast.people(line.asked),
        "third_party": line.third,
        "estimate_hours": line.hours,
        "file_id": told.files.get(line.file),
    }
    given = {name: value for name, value in body.items() if value is not None}
    made = cast[line.owner].post(
        f"/projects/{told.project}/items", given, patient=True, key=f"{told.project}{line.title}"
    )
    return str(made["id"])


def tell_versions(document: Document, told: Told, cast: Cast) -> None:
    """Each version by its author. A document for sign-off goes its whole way: reviewed, approved, superseded."""
    file = told.files[document.key]
    item = told.items.get(document.key, "")
    signs_off = bool(item) and cast["nora"].get(f"/items/{item}")["workflow"]["key"] == "sign_off"
    for number, version in enumerate(document.versions, 1):
        cast[version.by].upload(file, version.content, document.media_type, version.note)
        if signs_off and number == len(document.versions) - 1:
            sign_off(item, file, number, cast)
    if signs_off:
        asked = cast["nora"]
        asked.until(f"/items/{item}", lambda found: found["state"] == "sign_off")


def sign_off(item: str, file: str, number: int, cast: Cast) -> None:
    """Reviewed by whoever may, then approved by the owner, bound to the hash of the version."""
    owner = next(name for name in ("maya", "anna") if name in cast.apis)
    cast["jan"].post(f"/items/{item}/transitions", {"transition": "submit"})
    reviewer = "tom" if "tom" in cast.apis else owner
    cast[reviewer].post(f"/items/{item}/transitions", {"transition": "reviewed"})
    version = cast[owner].get(f"/files/{file}/versions/{number}")
    exact = {"file_id": file, "number": number, "sha256": version["sha256"]}
    cast[owner].post(f"/items/{item}/approvals", {"decision": "approved", "versions": [exact]}, patient=True)


def tell_request(request: Ask, told: Told, cast: Cast) -> None:
    body = {
        "title": request.title,
        "kind": request.kind,
        "urgency": request.urgency,
        "text": request.text,
        "project_id": told.project,
    }
    made = cast[request.by].post("/requests", body)
    told.requests[request.key] = made["id"]
    for transition, by, more in request.steps:
        cast[by].post(f"/requests/{made['id']}/transitions", {"transition": transition, **more})
        if transition == "take":
            cast[by].patch(f"/requests/{made['id']}", {"owner_id": cast.ids[by]})


def tell_talk(talk: Talk, told: Told, cast: Cast) -> None:
    kind, _, key = talk.about.partition(":")
    subject = {
        "project": lambda: f"projects/{told.project}",
        "item": lambda: f"projects/{told.project}/items/{told.items[key]}",
        "file": lambda: f"files/{told.files[key]}/versions/{_newest(told.files[key], cast)}",
        "request": lambda: f"requests/{told.requests[key]}",
    }[kind]()
    (first, text), *rest = talk.messages
    body = {"subject": subject, "audience": talk.audience, "title": talk.title, "text": text}
    thread = cast[first].post("/threads", body, patient=True)["id"]
    for by, answer in rest:
        cast[by].post(f"/threads/{thread}/messages", {"text": answer}, patient=True)


def _newest(file: str, cast: Cast) -> int:
    return max(int(version["number"]) for version in cast["nora"].get(f"/files/{file}")["versions"])
