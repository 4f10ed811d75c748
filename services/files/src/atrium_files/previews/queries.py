"""What readers see of previews. A version that is not ready has none yet, or never will."""

from typing import Any
from uuid import UUID

from atrium_chassis.problems import NotFound
from atrium_chassis.viewer import Viewer
from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from atrium_files.library.records import own
from atrium_files.library.tables import version
from atrium_files.previews.model import Page, Preview, State
from atrium_files.previews.tables import preview, preview_page
from atrium_files.store.keys import picture_key, thumbnail_key
from atrium_files.store.signing import Signer

_PAGE = (preview_page.c.page.label("number"), preview_page.c.width, preview_page.c.height)
_WITHOUT: dict[str, State] = {"uploading": "making", "checking": "making", "ready": "none", "rejected": "none"}


async def load_preview(
    connection: AsyncConnection, viewer: Viewer, file_id: UUID, number: int, *, with_words: bool = False
) -> Preview:
    """Raises NotFound for a version that is not there, or not the viewer's."""
    same = and_(*(preview.c[name] == version.c[name] for name in ("customer_id", "file_id", "number")))
    statement = (
        select(version.c.customer_id, version.c.status, preview.c.state, preview.c.object_prefix, preview.c.page_count)
        .select_from(version)
        .outerjoin(preview, same)
        .where(version.c.file_id == file_id, version.c.number == number, own(version, viewer))
    )
    row = (await connection.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    state: State = row.state or _WITHOUT[row.status]
    if state != "ready":
        return Preview(state, "", None)
    columns = (*_PAGE, *((preview_page.c.words,) if with_words else ()))
    pages = await connection.execute(
        select(*columns)
        .where(
            preview_page.c.customer_id == row.customer_id,
            preview_page.c.file_id == file_id,
            preview_page.c.number == number,
        )
        .order_by(preview_page.c.page)
    )
    drawn = tuple(Page(**{"words": b"", **page}) for page in pages.mappings())
    return Preview(state, row.object_prefix, row.page_count, drawn)


def preview_answer(found: Preview, signer: Signer, seconds: int) -> dict[str, Any]:
    """With an address for each picture, for some seconds."""

    def address(key: str) -> str:
        return signer.download(key, "inline", "image/webp", seconds)

    pages = [
        {
            "number": page.number,
            "width": page.width,
            "height": page.height,
            "picture_url": address(picture_key(found.object_prefix, page.number)),
            "thumbnail_url": address(thumbnail_key(found.object_prefix, page.number)),
        }
        for page in found.pages
    ]
    return {"state": found.state, "page_count": found.page_count, "pages": pages}
