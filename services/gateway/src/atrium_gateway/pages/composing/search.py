"""What was found, from the services' answers."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from atrium_chassis.search import SearchRequest

from atrium_gateway.pages.composing.rows import kind_of_request
from atrium_gateway.pages.composing.scene import Json, Scene, extension, newest, stem
from atrium_gateway.pages.presenting.search import Hit, HitGroup, SearchPage
from atrium_gateway.pages.presenting.staff import CustomerRef
from atrium_gateway.pages.search import KINDS

Customers = Callable[[object], CustomerRef] | None


def search_page(
    scene: Scene,
    asked: SearchRequest,
    found: Json,
    projects: Mapping[str, str],
    customers: Customers,
    missing: Collection[str],
) -> SearchPage:
    """`projects` are titles by id; `customers` tells staff whose a hit is; `missing` are services."""
    groups = (
        HitGroup(
            kind,
            tuple(_hit(scene, kind, row, projects, customers) for row in found[kind]["items"]),
            found[kind]["next_cursor"] or "",
        )
        for kind in KINDS
        if kind in found
    )
    away = tuple(kind for kind, service in KINDS.items() if service in missing)
    return SearchPage(asked.q, asked.words, asked.kind or "", tuple(one for one in groups if one.hits), away)


def _hit(scene: Scene, kind: str, row: Json, projects: Mapping[str, str], customers: Customers) -> Hit:
    title = row["title"] or row.get("subject_title", "")
    more: dict[str, Any] = {"turn": row.get("turn", ""), "state": scene.named(row.get("state_name"))}
    context = [row.get("project_title") or projects.get(str(row.get("project_id")), "")]
    if kind == "files":
        more = {"extension": extension(title), "version": row["current_version"], "audience": row["audience"]}
        title = stem(title)
    elif kind == "threads":
        more = {"audience": row["audience"], "by": scene.person(row["author_id"])}
        context.insert(0, row["subject_title"] if row["title"] else "")
    elif kind == "items":
        more["audience"] = row.get("visibility", "")
    elif kind == "requests":
        more["number"] = row["label"]
        context.insert(0, kind_of_request(scene, row["kind"]))
    return Hit(
        title=title,
        url=f"/{kind}/{row['id']}",
        at=newest(row["at"]),
        context=" · ".join(dict.fromkeys(filter(None, context))),
        excerpt=row.get("excerpt", ""),
        customer=customers(row["customer_id"]) if customers else None,
        **more,
    )
