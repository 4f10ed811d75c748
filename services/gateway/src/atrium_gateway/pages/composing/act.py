"""Acting from a mail: the item's steps as the mailed person may take them."""

from atrium_gateway.pages.composing.items import decision
from atrium_gateway.pages.composing.rows import ACT
from atrium_gateway.pages.composing.scene import Json, Scene, verb
from atrium_gateway.pages.presenting.others import ActPage, LinkState
from atrium_gateway.pages.presenting.shapes import Form, Person


def act_page(
    scene: Scene,
    item: Json,
    *,
    project: Json,
    file: Json | None,
    form: Form,
    person: Person,
    masked_email: str,
    link: LinkState,
) -> ActPage:
    """`done` once it is no longer asked of this person, whoever acted: no new link is needed then."""
    asked = item.get("asked_ids") or []
    is_asked = item["turn"] == scene.side and (not asked or scene.reader in asked)
    return ActPage(
        form=form,
        person=person,
        masked_email=masked_email,
        title=item["title"],
        verb=verb(item) or ACT,
        project=project.get("title", ""),
        decision=decision(scene, item, file, form, ""),
        item_url=f"/items/{item['id']}",
        state=link if is_asked else "done",
    )
