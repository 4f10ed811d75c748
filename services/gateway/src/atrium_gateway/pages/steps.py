"""Taking a step of an item's workflow, whatever it is called; one that is a decision is sent as one."""

from typing import Any
from uuid import UUID

from atrium_chassis.problems import FieldError, Invalid

from atrium_gateway.pages.visit import Submitted, Visit


async def send_step(visit: Visit, item: UUID, form: Submitted) -> None:
    """Raises the service's Problem, and Invalid for what no page of ours sends."""
    found = await visit.get("projects", f"/v1/items/{item}")
    key, comment, versions = form.get("transition"), form.get("comment"), bound_versions(form)
    step: dict[str, Any] = next((one for one in found.get("transitions", []) if one["key"] == key), {})
    if step.get("decision"):
        body = {"decision": step["decision"], "comment": comment, "versions": versions}
        await visit.send("projects", "POST", f"/v1/items/{item}/approvals", body, form)
    else:
        asked = {"asked_ids": [form.get("asked")]} if form.get("asked") else {}
        plain = {"transition": key, "comment": comment, "versions": versions, **asked}
        await visit.send("projects", "POST", f"/v1/items/{item}/transitions", plain, form)


def bound_versions(form: Submitted) -> list[dict[str, Any]]:
    """The exact versions that were on the page. Raises Invalid for what no page of ours sends."""
    columns = [form.lists.get(name, []) for name in ("file", "version", "sha256")]
    if len({len(column) for column in columns}) != 1 or not all(number.isdigit() for number in columns[1]):
        raise Invalid([FieldError("/versions", "invalid", "The versions are not complete.")])
    rows = zip(*columns, strict=True)
    return [{"file_id": file, "number": int(number), "sha256": sha256} for file, number, sha256 in rows]
