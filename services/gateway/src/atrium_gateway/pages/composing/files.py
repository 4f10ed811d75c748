"""Files by project, and one file with its stack of versions."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from atrium_gateway.pages.composing.rows import file_line
from atrium_gateway.pages.composing.scene import Json, Scene, day, extension, moment, stem, verb
from atrium_gateway.pages.presenting.files import FileGroup, FilePage, FilesPage, FileVersion, VersionStatus
from atrium_gateway.pages.presenting.shapes import Form
from atrium_gateway.pages.presenting.thread import Thread
from atrium_gateway.pages.presenting.viewing import NewPoint, Viewer


def files_page(
    scene: Scene,
    files: Sequence[Json],
    projects: Sequence[Json],
    upload: Callable[[str], Form] | None,
    next_cursor: str,
    missing: Collection[str],
) -> FilesPage:
    """A group for each project, those without files too, so that there is a place to begin."""
    held: dict[str, list[Json]] = {row["id"]: [] for row in projects}
    for row in files:
        held.setdefault(row["project_id"], []).append(row)
    titles = {row["id"]: row["title"] for row in projects}
    groups = tuple(
        FileGroup(
            titles.get(project, ""),
            f"/projects/{project}",
            tuple(file_line(scene, row) for row in rows),
            upload(project) if upload else None,
        )
        for project, rows in held.items()
        if rows or upload
    )
    return FilesPage(groups, next_cursor, frozenset(missing))


def reason_words(scene: Scene, reason: str | None) -> str:
    words = {
        "hash_mismatch": scene._("Rejected: the content differs from what was announced. Upload it again."),
        "size_mismatch": scene._("Rejected: the size differs from what was announced. Upload it again."),
        "type_forbidden": scene._("Rejected: programs and scripts cannot be shared here."),
        "type_mismatch": scene._("Rejected: the content is not what the file’s name says."),
        "infected": scene._("Rejected: the virus scan found something."),
        "missing": scene._("Rejected: the upload was never completed."),
    }
    return words.get(reason or "", "")


def status_of(version: Json, approvals: Mapping[int, Json]) -> VersionStatus:
    if version["status"] != "ready":
        status: VersionStatus = version["status"]
        return status
    if not version["current"]:
        return "superseded"
    return "approved" if version["number"] in approvals else "current"


def compare_address(file: str, older: int, newer: int) -> str:
    """The page of what changed from one version to another; empty where there is no older one."""
    return f"/files/{file}/compare?from={older}&to={newer}" if older else ""


def compared_with(scene: Scene, file: Json, number: int, approvals: Mapping[int, Json]) -> int:
    """The version whose differences matter to the reader: the one that they signed, else the one before; 0 for none."""
    before = [one["number"] for one in file["versions"] if one["status"] == "ready" and one["number"] < number]
    own = [one for one in before if approvals.get(one, {}).get("person_id") == scene.reader]
    return max(own or before, default=0)


def file_version(
    scene: Scene, file: Json, version: Json, approvals: Mapping[int, Json], restore: Form | None
) -> FileVersion:
    number, is_ready = version["number"], version["status"] == "ready"
    approval = approvals.get(number, {})
    older = compared_with(scene, file, number, approvals) if is_ready else 0
    return FileVersion(
        number=number,
        status=status_of(version, approvals),
        sha256=version["sha256"] or "",
        size=version["size"] or 0,
        by=scene.person(version["uploaded_by"]),
        at=moment(version["uploaded_at"]),
        note=version["note"],
        reason=reason_words(scene, version["reason"]),
        approved_by=scene.person(approval.get("person_id")),
        approved_at=moment(approval.get("decided_at")),
        superseded_by=approval.get("superseded_by"),
        download_url=f"/files/{file['id']}/versions/{number}/content" if is_ready else "",
        restore=restore if is_ready and not version["current"] else None,
        open_url=f"/files/{file['id']}?version={number}" if is_ready else "",
        compare_url=compare_address(file["id"], older, number),
        compared_with=older,
    )


def approvals_by_version(file: str, approvals: Iterable[Json]) -> dict[int, Json]:
    """The newest sign-off of each version of a file."""
    found: dict[int, Json] = {}
    for one in approvals:
        if one["decision"] == "approved":
            for version in one["versions"]:
                if version["file_id"] == file:
                    found.setdefault(version["number"], one)
    return found


def asking(scene: Scene, item: Json | None) -> Json | None:
    """The item, where it asks the reader's side for something."""
    return item if item is not None and item["turn"] == scene.side and item.get("verb") else None


def file_page(
    scene: Scene,
    file: Json,
    *,
    project: Json,
    item: Json | None,
    viewer: Viewer,
    restore: Callable[[int], Form] | None,
    upload: Form | None,
    threads: Mapping[str, Thread],
    point: Thread | None,
    new_point: NewPoint | None,
    missing: Collection[str],
) -> FilePage:
    """`item` is the one whose act is about this file, as far as the reader sees it; nobody acts on an old version."""
    asks = asking(scene, item) if not viewer.is_old else None
    approvals = approvals_by_version(file["id"], (item or {}).get("approvals", []))
    versions = tuple(
        file_version(scene, file, one, approvals, restore(one["number"]) if restore else None)
        for one in sorted(file["versions"], key=lambda one: int(one["number"]), reverse=True)
    )
    if asks is not None:
        versions = tuple(replace(one, asked=verb(asks)) if one.status == "current" else one for one in versions)
    return FilePage(
        id=file["id"],
        name=stem(file["name"]),
        extension=extension(file["name"]),
        project_id=file["project_id"],
        project=project.get("title", ""),
        media_type=(file["current"] or {}).get("media_type", ""),
        versions=versions,
        viewer=viewer,
        verb=verb(asks) if asks else None,
        turn=asks["turn"] if asks else "nobody",
        due=day(asks.get("due")) if asks else None,
        act_url=f"/items/{asks['id']}" if asks else "",
        locked_by=scene.person(file["locked_by"]),
        audience=file["audience"],
        upload=upload,
        thread=threads.get("shared"),
        private_thread=threads.get("private"),
        internal_thread=threads.get("internal"),
        point=point,
        new_point=new_point,
        missing=frozenset(missing),
    )
