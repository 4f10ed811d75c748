"""What may be sent to the plan's routes."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from atrium_chassis.requests import Body
from pydantic import AwareDatetime, Field, StringConstraints

from atrium_projects import examples
from atrium_projects.answers import shown
from atrium_projects.plan.publications import Choice

Title = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(max_length=10_000)]
Status = Literal["not_started", "on_track", "needs_attention", "at_risk", "finished"]
Kind = Literal["phase", "task", "milestone", "risk", "issue", "decision"]
Visibility = Literal["internal", "placeholder", "shared"]


class Contact(Body):
    person_id: UUID
    part: Annotated[str, StringConstraints(max_length=80)] = ""


class Touchpoint(Body):
    at: AwareDatetime
    title: Annotated[str, StringConstraints(max_length=200)] = ""
    minutes: int | None = Field(None, ge=5, le=600)


class ProjectFields(Body):
    goal: Text = ""
    status: Status = "on_track"
    status_text: Text = ""
    lead_id: UUID | None = None
    contacts: list[Contact] = Field([], max_length=30)
    next_touchpoint: Touchpoint | None = None
    starts_on: date | None = None
    ends_on: date | None = None


class NewProject(ProjectFields):
    model_config = shown({"customer_id": examples.CUSTOMER, "title": "Control room migration", "status": "on_track"})
    customer_id: UUID
    title: Title = Field(examples=["Control room migration"])

    def values(self) -> dict[str, Any]:
        return plain(self.model_dump(exclude={"customer_id"}))


class ProjectChange(ProjectFields):
    model_config = shown({"status": "needs_attention", "status_text": "The limits are on the critical path."})
    title: Title | None = None
    active: bool = True

    def values(self) -> dict[str, Any]:
        return plain(self.model_dump(exclude_unset=True))


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Nested bodies as they are stored: JSON."""
    stored = dict(values)
    if "contacts" in stored:
        stored["contacts"] = [{**contact, "person_id": str(contact["person_id"])} for contact in stored["contacts"]]
    if stored.get("next_touchpoint"):
        stored["next_touchpoint"] = {**stored["next_touchpoint"], "at": stored["next_touchpoint"]["at"].isoformat()}
    return stored


class ItemFields(Body):
    parent_id: UUID | None = None
    internal_note: Text = ""
    customer_title: Title | None = None
    customer_note: Text = ""
    customer_date: date | None = None
    customer_until: date | None = Field(None, description="The last day of what begins on its date.")
    due: date | None = None
    estimate_hours: float | None = Field(None, ge=0, le=100_000)
    owner_id: UUID | None = None
    asked_ids: list[UUID] = Field([], max_length=20)
    file_id: UUID | None = None
    third_party: Annotated[str, StringConstraints(max_length=120)] = ""
    agreed_days: int | None = Field(None, ge=0, le=365)


class NewItem(ItemFields):
    model_config = shown({"title": "Alarm philosophy (EEMUA 191), v3", "workflow": "sign_off", "due": "2026-11-19"})
    title: Title = Field(examples=["Alarm philosophy (EEMUA 191), v3"])
    kind: Kind = "task"
    visibility: Visibility = "internal"
    workflow: str | None = Field(None, max_length=60, description="Key of the workflow; its newest version is taken.")
    workflow_id: UUID | None = None
    state: str | None = Field(None, max_length=60, description="State to begin in; else the workflow's first.")


class ItemChange(ItemFields):
    model_config = shown({"customer_title": "Alarm philosophy, version 3"})
    title: Title | None = None
    before_id: UUID | None = Field(
        None, description="The item of the same place that it is to stand before; null: after all others."
    )

    def values(self) -> dict[str, Any]:
        values = self.model_dump(exclude_unset=True)
        return {name: value for name, value in values.items() if value is not None or name != "title"}


class VersionBody(Body):
    file_id: UUID
    number: int = Field(ge=1)
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class TransitionBody(Body):
    model_config = shown({"transition": "reviewed", "comment": "Fine for the control room."})
    transition: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    comment: Text = ""
    versions: list[VersionBody] = Field([], max_length=50)
    asked_ids: list[UUID] | None = Field(None, max_length=20, description="Who is asked next, by name.")


class ApprovalBody(Body):
    model_config = shown({"decision": "approved", "versions": [examples.EXACT]})
    decision: Literal["approved", "changes_requested"]
    comment: Text = ""
    versions: list[VersionBody] = Field(min_length=1, max_length=50)


class DelegationBody(Body):
    model_config = shown({"person": examples.MAYA})
    person: UUID


class FileBody(Body):
    model_config = shown({"file_id": examples.FILE})
    file_id: UUID


class PublishedChoice(Body):
    id: UUID
    revision: int | None = None
    customer_title: Title | None = None
    customer_note: Text | None = None
    customer_date: date | None = None
    customer_until: date | None = None
    visibility: Visibility | None = Field(None, description="Where this item's differs from the body's.")


class PublicationBody(Body):
    model_config = shown({"items": [{"id": examples.ITEM, "revision": 6}], "visibility": "shared", "dry_run": True})
    items: list[PublishedChoice | UUID] = Field(min_length=1, max_length=500)
    visibility: Visibility
    dry_run: bool = False
    by_mail: bool = Field(True, description="Whether who is asked by what becomes visible gets a mail about it.")
    as_person: UUID | None = Field(
        None, description="A dry run also reads plan and home as this person of the customer would then find them."
    )

    def choices(self) -> list[Choice]:
        """An id alone publishes the item as it is."""
        chosen = [one if isinstance(one, PublishedChoice) else PublishedChoice(id=one) for one in self.items]
        return [Choice(**{**one.model_dump(), "visibility": one.visibility or self.visibility}) for one in chosen]
