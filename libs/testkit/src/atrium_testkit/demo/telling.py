"""Telling the story to a running system, each act by the person whose act it is, in the order of its time."""

from pathlib import Path
from typing import Any

from atrium_testkit.demo.calendar import When, dated, in_office, moment
from atrium_testkit.demo.client import Api, picture, signed_in
from atrium_testkit.demo.planning import plan_project
from atrium_testkit.demo.stage import Cast, Stage
from atrium_testkit.demo.story.shapes import House
from atrium_testkit.demo.talking import plan_talk
from atrium_testkit.demo.timeline import History, Timeline

ASSETS = Path(__file__).parent / "assets"
STAFF = {"nora": ("nora@nordwind.example", "Nora Lind"), "jan": ("jan@nordwind.example", "Jan Weber")}
#: Working days from the opening of a house to its first project.
BEFORE = 5
#: When the customers' people were last here.
LAST_LOOK: When = (-7, "17:20")


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


def tell_house(house: House, staff: Cast, endpoints: dict[str, Any], import_key: str) -> None:
    """A customer, its brand, its people, its projects."""
    stage = stage_of(house, staff, import_key)
    first = min(project.span[0] for project in house.projects) - BEFORE
    stage.timeline.add(in_office(first, house.slug), open_house, house, stage, endpoints)
    told = [plan_project(dated(project, house.language), stage) for project in house.projects]
    for talk in house.private:
        plan_talk(dated(talk, house.language), told[0], stage)
    stage.timeline.add(LAST_LOOK, look_around, house, stage)
    stage.timeline.tell()


def look_around(house: House, stage: Stage) -> None:
    """When the customer's people were last here and saw all that there was, their reports too."""
    at = str(moment(LAST_LOOK, house.time_zone))
    for name in house.people:
        reports = stage.cast[name].get("/reports")["items"]
        things = {"catch-up": at, **{f"reports/{one['id']}": at for one in reports}}
        stage.cast[name].call("PUT", "/seen", {"things": things})


def stage_of(house: House, staff: Cast, import_key: str) -> Stage:
    """With connections of its own: houses are told side by side."""
    history = History(import_key)
    apis = {name: Api(api.origin, api.token, history=history) for name, api in staff.apis.items()}
    return Stage(Cast(apis, dict(staff.ids)), Timeline(house.time_zone, history))


def open_house(house: House, stage: Stage, endpoints: dict[str, Any]) -> None:
    cast, nora = stage.cast, stage.cast["nora"]
    body = {"slug": house.slug, "name": house.name, "language": house.language, "time_zone": house.time_zone}
    stage.customer = nora.post("/customers", body)["id"]
    path = f"/customers/{stage.customer}"
    logo = picture((ASSETS / f"{house.slug}.svg").read_bytes())
    nora.patch(f"{path}/brand", {**house.brand, "logos": {"light": logo, "dark": logo, "mark": logo}})
    for name, (email, full_name, role) in house.people.items():
        invitation = {"email": email, "name": full_name, "role": role, "language": house.language}
        nora.post(f"{path}/invitations", invitation)
        cast.apis[name] = signed_in(endpoints["portal"][house.slug], email, endpoints["mail"])
        cast[name].history = stage.timeline.history
        cast.ids[name] = cast[name].get("/me")["person_id"]
