"""Documents of the story: each version by its author, decisions bound to exactly the version they are about."""

from atrium_testkit.demo.calendar import When
from atrium_testkit.demo.stage import Stage, Told
from atrium_testkit.demo.story.shapes import Approval, Document, Version


def plan_document(document: Document, begun: When, told: Told, stage: Stage) -> None:
    """The file is there from the project's beginning, so that the plan can name it; its versions come later."""
    stage.timeline.add(begun, create_file, document, told, stage)
    for version in document.versions:
        stage.timeline.add(version.when, upload, document, version, told, stage)
    for approval in document.approvals:
        stage.timeline.add(approval.when, approve, document, approval, told, stage)


def create_file(document: Document, told: Told, stage: Stage) -> None:
    body = {"name": document.name, "audience": document.audience}
    author = stage.cast[document.versions[0].by]
    told.files[document.key] = author.post(f"/projects/{told.project}/files", body, patient=True)["id"]


def upload(document: Document, version: Version, told: Told, stage: Stage) -> None:
    """A newer version ends the decision on the one before and asks again."""
    author = stage.cast[version.by]
    author.upload(told.files[document.key], version.content, document.media_type, version.note)
    item = told.decided.pop(document.key, None)
    if item is not None:
        author.until(f"/items/{item}", lambda found: found["turn"] == "customer")


def approve(document: Document, approval: Approval, told: Told, stage: Stage) -> None:
    person, file, item = stage.cast[approval.by], told.files[document.key], told.items[approval.item]
    newest = max(person.get(f"/files/{file}")["versions"], key=lambda version: version["number"])
    exact = {"file_id": file, "number": newest["number"], "sha256": newest["sha256"]}
    body = {"decision": "approved", "comment": approval.comment, "versions": [exact]}
    person.post(f"/items/{item}/approvals", body, patient=True)
    told.decided[document.key] = item
