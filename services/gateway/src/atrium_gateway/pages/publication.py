"""What staff chose to show, as forms, addresses and the service have it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound
from starlette.datastructures import QueryParams

from atrium_gateway.pages.visit import Submitted, Visit

VISIBILITIES = ("internal", "placeholder", "shared")
TITLE = "customer_title_"


@dataclass(frozen=True)
class Publication:
    """Items, what they become, and what the customer is to read of them, by item."""

    project: UUID
    items: Sequence[str]
    visibility: str
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/v1/projects/{self.project}/publications"

    @property
    def query(self) -> dict[str, str | tuple[str, ...]]:
        """The publication in an address."""
        titles = {f"{TITLE}{item}": title for item, title in self.titles.items() if title}
        return {"items": tuple(self.items), "visibility": self.visibility, **titles}

    def body(self, revisions: Mapping[str, int], **more: object) -> dict[str, Any]:
        """The publication as the service takes it."""
        chosen = []
        for one in self.items:
            choice: dict[str, Any] = {"id": one}
            if self.titles.get(one):
                choice["customer_title"] = self.titles[one]
            if one in revisions:
                choice["revision"] = revisions[one]
            chosen.append(choice)
        return {"items": chosen, "visibility": self.visibility, **more}

    async def tried(self, visit: Visit, as_person: UUID | None = None) -> dict[str, Any]:
        """What it would show, to whom; nothing is published. Raises the service's Problem."""
        body = self.body({}, dry_run=True, **({"as_person": str(as_person)} if as_person else {}))
        found: dict[str, Any] = await visit.upstreams.send(visit.viewer, "projects", "POST", self.path, body)
        return found


def by_form(project: UUID, form: Submitted) -> Publication:
    """The ticked items and the bar's button, or the one item whose own button was pressed."""
    item, _, visibility = form.get("one").partition(":")
    if item:
        return Publication(project, [item], visibility)
    return Publication(project, form.lists.get("items", []), form.get("visibility") or "shared", _titles(form.values))


def by_address(project: UUID, query: QueryParams) -> Publication:
    """Raises NotFound for what is no publication."""
    visibility = query.get("visibility", "shared")
    if visibility not in VISIBILITIES:
        raise NotFound
    return Publication(project, query.getlist("items"), visibility, _titles(query))


def _titles(values: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(TITLE): value for name, value in values.items() if name.startswith(TITLE)}
