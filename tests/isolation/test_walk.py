"""Every operation, every id slot, filled with the other customer's ids: answered like ids that do not exist."""

import json
from typing import Any
from uuid import uuid4

import pytest

from .people import Client, People

METHODS = ("get", "post", "patch", "put", "delete")


def slots_of(people: People) -> dict[str, str]:
    """Bluepeak's ids, by the name of the slot that they fill. A slot that is not here fails the walk."""
    nora, maya = people.nora, people.maya
    customer = next(one["id"] for one in nora.get("/customers")["items"] if one["slug"] == "bluepeak")
    project = next(one for one in nora.get("/projects")["items"] if one["customer_id"] == customer)
    item = next(one for one in nora.get(f"/projects/{project['id']}/plan")["items"] if one["visibility"] == "shared")
    file = next(one for one in maya.get("/files")["items"])
    report = maya.get("/reports")["items"][0]["id"]
    link = maya.post(f"/reports/{report}/links", {"purpose": "walk"})["id"]
    invited = {"email": "walk@bluepeak.example", "name": "Wal King", "role": "member"}
    body = {"size": 5, "sha256": "0" * 64, "media_type": "text/plain", "note": ""}
    new_file = maya.post(f"/projects/{project['id']}/files", {"name": "walk.txt", "audience": "shared"})["id"]
    return {
        "customer": customer,
        "project": project["id"],
        "item": item["id"],
        "file": file["id"],
        "n": "1",
        "upload": maya.post(f"/files/{new_file}/uploads", body)["upload"],
        "request_id": maya.get("/requests")["items"][0]["id"],
        "thread": maya.get("/threads")["items"][0]["id"],
        "report": report,
        "link": link,
        "person": maya.get("/me")["person_id"],
        "invitation": nora.post(f"/customers/{customer}/invitations", invited)["id"],
        "workflow": nora.get("/workflows")["items"][0]["id"],
        "held": str(uuid4()),  # one’s own sessions and tokens: their ids are nobody else’s
    }


def example_of(operation: dict[str, Any], document: dict[str, Any]) -> Any:
    """A body that the operation takes, from its own documentation."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None:
        return None
    schema = content.get("schema", {})
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "example" in schema:
        return schema["example"]
    if schema.get("examples"):
        return schema["examples"][0]
    return {name: field["examples"][0] for name, field in schema.get("properties", {}).items() if field.get("examples")}


def answer_to(client: Client, method: str, path: str, body: Any) -> tuple[int, Any]:
    answer = client.ask(method.upper(), path, json=body)
    if "json" not in answer.headers.get("content-type", ""):
        return answer.status_code, answer.text
    document = answer.json()
    if isinstance(document, dict):
        document.pop("trace_id", None)
    return answer.status_code, json.dumps(document, sort_keys=True)


def test_foreign_ids_are_answered_like_ids_that_do_not_exist(people: People) -> None:
    document = people.nobody.get("/openapi.json")
    slots = slots_of(people)
    walked, faults = 0, []
    for path, operations in document["paths"].items():
        names = [part[1:-1].split(":")[0] for part in path.split("/") if part.startswith("{")]
        unknown = [name for name in names if name not in slots]
        assert not unknown, f"{path}: say in slots_of() what fills {unknown}"
        if not set(names) - {"held", "n"}:
            continue
        for method in METHODS:
            if method not in operations:
                continue
            body = example_of(operations[method], document)
            foreign, random = path, path
            for name in names:
                foreign = foreign.replace("{" + name + "}", slots[name])
                random = random.replace("{" + name + "}", slots[name] if name == "n" else str(uuid4()))
            one, other = answer_to(people.anna, method, foreign, body), answer_to(people.anna, method, random, body)
            walked += 1
            if one != other or one[0] < 400:
                faults.append(f"{method.upper()} {path}: {one} is not {other}")
    assert not faults, "\n".join(faults)
    assert walked > 40


@pytest.mark.parametrize("name", ["project", "file", "customer"])
def test_filters_with_foreign_ids_find_nothing(people: People, name: str) -> None:
    foreign = slots_of_filters(people)[name]
    for path in ("/files", "/requests", "/threads", "/reports", "/projects"):
        of_foreign = people.anna.ask("GET", f"/api/v1{path}?{name}={foreign}")
        of_random = people.anna.ask("GET", f"/api/v1{path}?{name}={uuid4()}")
        assert of_foreign.status_code == of_random.status_code
        if of_foreign.ok and path != "/projects":
            assert of_foreign.json()["items"] == of_random.json()["items"]


def slots_of_filters(people: People) -> dict[str, str]:
    file = people.maya.get("/files")["items"][0]
    return {"project": file["project_id"], "file": file["id"], "customer": people.maya.get("/me")["customer"]["id"]}


def test_threads_and_files_cannot_be_hung_on_foreign_things(people: People) -> None:
    project, item = people.maya.get("/home")["your_turn"]["mine"][0]["project_id"], None
    item = people.maya.get("/home")["your_turn"]["mine"][0]["id"]
    for subject in (f"projects/{project}", f"projects/{project}/items/{item}"):
        body = {"subject": subject, "audience": "shared", "text": "x"}
        assert people.anna.ask("POST", "/api/v1/threads", json=body).status_code == 404
    file = {"name": "x.txt", "audience": "shared"}
    assert people.anna.ask("POST", f"/api/v1/projects/{project}/files", json=file).status_code == 404


def test_without_a_session_nothing_is_read(people: People) -> None:
    document = people.nobody.get("/openapi.json")
    for path, operations in document["paths"].items():
        if "{" in path or "get" not in operations or operations["get"].get("x-scope") == "public":
            continue
        assert people.nobody.ask("GET", path).status_code == 401, path


def test_a_token_of_one_house_is_nothing_in_another(people: People) -> None:
    stray = Client(people.maya.origin, people.anna.token)
    assert stray.ask("GET", "/api/v1/home").status_code == 401


def test_a_host_that_belongs_to_nobody_is_told_so(people: People) -> None:
    stray = Client(people.maya.origin.replace("bluepeak", "nobody"), "")
    assert stray.ask("GET", "/").status_code == 421
    assert stray.ask("GET", "/api/v1/me").status_code == 421
