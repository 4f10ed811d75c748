"""A file's page and what changed in it, over the real gateway: which version is open, who points where."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from atrium_testkit.running import Answer, RunningService

from services.gateway.tests.integration.conftest import Visitor, World
from services.gateway.tests.integration.upstream import Upstream

pytestmark = pytest.mark.asyncio(loop_scope="session")

BLUEPEAK = "bluepeak.atrium.localhost"
STORE = "http://store.test/pictures"


@pytest.fixture(scope="session")
def reading(replica: Callable[..., RunningService]) -> RunningService:
    return replica("files", "projects", "threads")


@pytest.fixture
def maya(reading: RunningService, world: World) -> Visitor:
    return Visitor(reading, BLUEPEAK, bearer=world.maya.bearer)


def version(number: int, *, current: bool = False, status: str = "ready") -> dict[str, Any]:
    return {
        "number": number,
        "status": status,
        "current": current,
        "sha256": f"{number}" * 64,
        "size": 2_400_000,
        "media_type": "application/pdf",
        "uploaded_by": str(uuid4()),
        "uploaded_at": "2026-11-17T09:08:00Z",
        "note": "All twelve stations.",
        "reason": None,
    }


def preview(number: int, state: str = "ready") -> dict[str, Any]:
    pages = [
        {
            "number": page,
            "width": 595.3,
            "height": 841.9,
            "picture_url": f"{STORE}/{number}-{page}.webp?signed",
            "thumbnail_url": f"{STORE}/{number}-{page}-small.webp?signed",
        }
        for page in (1, 2, 3)
    ]
    return {"state": state, "page_count": 3, "pages": pages if state == "ready" else []}


def thread(file: UUID, name: UUID, customer: UUID, **more: Any) -> dict[str, Any]:
    return {
        "id": str(name),
        "customer_id": str(customer),
        "project_id": None,
        "subject": f"files/{file}/versions/2",
        "subject_title": "Alarm philosophy",
        "point": {"page": 2, "x": 0.31, "y": 0.62},
        "title": "Priority 2, clearing",
        "audience": "shared",
        "opened_by": str(uuid4()),
        "opened_at": "2026-11-06T14:22:00Z",
        "last_act_at": "2026-11-06T14:22:00Z",
        "message_count": 1,
        "unread": 0,
        "seen": 1,
        "last_message": None,
        "revision": 1,
        "readers": [],
        "closed_by": None,
        "closed_at": None,
        **more,
    }


CHANGES = [
    {
        "number": 1,
        "kind": "replaced",
        "from": {"text": "4 stations", "boxes": [{"page": 2, "x": 0.1, "y": 0.2, "width": 0.3, "height": 0.02}]},
        "to": {"text": "12 stations", "boxes": [{"page": 2, "x": 0.1, "y": 0.2, "width": 0.3, "height": 0.02}]},
        "place": None,
    }
]


@pytest.fixture
def file(upstream: Upstream, world: World) -> Iterator[UUID]:
    """A file of Bluepeak's with two versions and a point on page 2."""
    before = dict(upstream.answers)
    identifier, project, point = uuid4(), uuid4(), uuid4()
    row = thread(identifier, point, world.bluepeak)
    found = {
        f"/v1/files/{identifier}": {
            "id": str(identifier),
            "customer_id": str(world.bluepeak),
            "project_id": str(project),
            "name": "Alarm philosophy.pdf",
            "audience": "shared",
            "current_version": 2,
            "latest_number": 2,
            "current": version(2, current=True),
            "versions": [version(2, current=True), version(1)],
            "locked_by": None,
            "revision": 4,
        },
        f"/v1/files/{identifier}/versions/1/preview": preview(1),
        f"/v1/files/{identifier}/versions/2/preview": preview(2),
        f"/v1/files/{identifier}/differences": {
            "state": "ready",
            "page_count": {"from": 3, "to": 3},
            "changed_pages": 1,
            "changes": CHANGES,
        },
        f"/v1/projects/{project}/plan": {"project": {"title": "Control room"}, "items": []},
        "/v1/threads": {"items": [row], "next_cursor": None},
        f"/v1/threads/{point}": row,
        f"/v1/threads/{point}/messages": {"items": [], "next_cursor": None},
        "/v1/readers": {"customer_id": str(world.bluepeak), "readers": {"shared": [], "private": []}},
    }
    upstream.answers.update(found)
    yield identifier
    upstream.answers.clear()
    upstream.answers.update(before)


async def shown(visitor: Visitor, path: str, **query: Any) -> str:
    answer: Answer = await visitor.call("GET", f"{path}?{urlencode(query)}" if query else path)
    assert answer.status == 200, answer.content
    return answer.content.decode()


async def test_the_current_version_is_open_at_its_first_page(maya: Visitor, file: UUID) -> None:
    page = await shown(maya, f"/files/{file}")
    assert f'src="/files/{file}/versions/2/pages/1"' in page
    assert 'alt="Page 1 of 3 of Alarm philosophy, version 2"' in page
    assert 'width="595" height="842"' in page
    assert f'href="/files/{file}?page=2"' in page
    assert f'href="/files/{file}/compare?from=1&amp;to=2"' in page
    assert STORE not in page


async def test_an_old_version_says_so_and_asks_for_nothing(maya: Visitor, file: UUID) -> None:
    page = await shown(maya, f"/files/{file}", version=1, page=3)
    assert "You are reading version 1; version 2 is current." in page
    assert f'src="/files/{file}/versions/1/pages/3"' in page
    assert "Add a point" not in page
    assert "Priority 2, clearing" not in page


@pytest.mark.parametrize("query", ["version=7", "version=x"])
async def test_a_version_that_is_not_there_is_no_page(maya: Visitor, file: UUID, query: str) -> None:
    assert (await maya.call("GET", f"/files/{file}?{query}")).status == 404


@pytest.mark.parametrize("query", ["page=0", "page=99999999999", "page=x", "zoom=7", "zoom=x", "at=9,9", "point=x"])
async def test_what_no_page_of_ours_asks_is_taken_for_the_nearest(maya: Visitor, file: UUID, query: str) -> None:
    assert (await maya.call("GET", f"/files/{file}?{query}")).status == 200


async def test_a_point_opens_its_page_and_its_thread(maya: Visitor, file: UUID, upstream: Upstream) -> None:
    (row,) = upstream.answers["/v1/threads"]["items"]
    page = await shown(maya, f"/files/{file}", point=row["id"])
    assert f'src="/files/{file}/versions/2/pages/2"' in page
    assert 'x="31.00%" y="62.00%"' in page
    assert 'id="thread-point"' in page
    assert 'aria-label="Point 1: Priority 2, clearing"' in page


async def test_a_new_point_is_for_both_sides_or_for_the_readers_own(maya: Visitor, world: World, file: UUID) -> None:
    at = "0.500,0.500"
    shared = await shown(maya, f"/files/{file}", at=at)
    assert '<input type="hidden" name="audience" value="shared">' in shared
    private = f"/files/{file}?at=0.500%2C0.500&amp;audience=private#points"
    assert f'href="{private}"' in shared
    own = await shown(maya, f"/files/{file}", at=at, audience="private")
    assert own.count('<input type="hidden" name="audience" value="private">') == 3  # to write, to move, about the whole
    assert "Send within Bluepeak" in own
    assert f'action="/threads?back=%2Ffiles%2F{file}%3Fat%3D0.500%252C0.500%26audience%3Dprivate"' in own
    for wrong in ("internal", "x"):
        assert 'name="audience" value="internal"' not in await shown(maya, f"/files/{file}", at=at, audience=wrong)


async def test_a_point_is_closed_and_opened_again_at_its_place(
    maya: Visitor, world: World, file: UUID, upstream: Upstream
) -> None:
    (row,) = upstream.answers["/v1/threads"]["items"]
    me = (await world.maya.get("/me")).json["person_id"]
    row["opened_by"] = me
    upstream.answers[f"/v1/threads/{row['id']}/closing"] = row
    assert "Close point" in await shown(maya, f"/files/{file}", point=row["id"])
    closed = await maya.call("POST", f"/threads/{row['id']}/closing")
    assert closed.headers["location"] == f"/files/{file}?version=2&point={row['id']}#points"
    row.update(closed_by=me, closed_at="2026-11-17T10:00:00Z")
    page = await shown(maya, f"/files/{file}", point=row["id"])
    assert "Open the point again" in page
    assert "0 open, 1 done" in page
    assert (await maya.call("POST", f"/threads/{row['id']}/reopening")).status == 303


async def test_a_point_of_an_older_version_goes_with_its_words(maya: Visitor, file: UUID, upstream: Upstream) -> None:
    (row,) = upstream.answers["/v1/threads"]["items"]
    row["subject"] = f"files/{file}/versions/1"
    moved = {"state": "ready", "spots": [{"page": 3, "x": 0.4, "y": 0.5, "changed": True}]}
    upstream.answers[f"/v1/files/{file}/spots"] = moved
    page = await shown(maya, f"/files/{file}", point=row["id"])
    assert f'src="/files/{file}/versions/2/pages/3"' in page
    assert 'x="40.00%" y="50.00%"' in page
    assert "spot changed in version 2" in page
    assert upstream.queries[f"/v1/files/{file}/spots"] == {"from": "1", "to": "2", "spot": "2,0.310000,0.620000"}


async def test_a_spot_opens_a_composer_that_names_it(maya: Visitor, file: UUID) -> None:
    page = await shown(maya, f"/files/{file}", page=3, at="0.500,0.250")
    assert f'name="subject" value="files/{file}/versions/2?page=3&amp;x=0.500&amp;y=0.250"' in page
    assert "New point" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("making", "The preview is being made"),
        ("failed", "This version cannot be shown here"),
        ("none", "There is no preview for this kind of file."),
    ],
)
async def test_without_pictures_it_says_why_and_offers_the_content(
    maya: Visitor, file: UUID, upstream: Upstream, state: str, words: str
) -> None:
    upstream.answers[f"/v1/files/{file}/versions/2/preview"] = preview(2, state)
    page = await shown(maya, f"/files/{file}")
    assert words in page
    assert f'href="/files/{file}/versions/2/content"' in page
    assert f'data-live="files/{file} threads"' in page


async def test_a_picture_leads_to_the_store_and_is_asked_for_once(
    maya: Visitor, file: UUID, upstream: Upstream
) -> None:
    path, upstream_path = f"/files/{file}/versions/2/pages/2", f"/v1/files/{file}/versions/2/preview"
    upstream.read_as.clear()
    first = await maya.call("GET", path)
    small = await maya.call("GET", f"{path}/thumbnail")
    assert (first.status, first.headers["location"]) == (302, f"{STORE}/2-2.webp?signed")
    assert small.headers["location"] == f"{STORE}/2-2-small.webp?signed"
    assert first.headers["cache-control"] == "private, max-age=20"
    assert [asked for asked, _ in upstream.read_as] == [upstream_path]
    assert (await maya.call("GET", f"/files/{file}/versions/2/pages/4")).status == 404
    assert (await Visitor(maya.gateway, BLUEPEAK).call("GET", path)).status == 303


async def test_two_versions_lie_side_by_side_with_their_changes(maya: Visitor, file: UUID) -> None:
    page = await shown(maya, f"/files/{file}/compare", **{"from": 1, "to": 2, "change": 1})
    assert "1 change on 1 of 3 pages." in page
    assert f'src="/files/{file}/versions/1/pages/2"' in page
    assert f'src="/files/{file}/versions/2/pages/2"' in page
    assert "4 stations</del>" in page
    assert "12 stations</ins>" in page
    assert page.count('<g class="mark') == 2


async def test_what_someone_has_stepped_to_is_counted_for_them_alone(maya: Visitor, file: UUID, world: World) -> None:
    thing = {f"files/{file}/changes/1-2/1": "2026-11-17T09:08:00Z"}
    told = await maya.call("PUT", "/api/v1/seen", json={"things": thing})
    assert told.status == 204
    page = await shown(maya, f"/files/{file}/compare", **{"from": 1, "to": 2})
    assert "<span data-seen>1</span> of 1 seen" in page
    anna = Visitor(maya.gateway, "helvetia.atrium.localhost", bearer=world.anna.bearer)
    assert "<span data-seen>0</span>" in await shown(anna, f"/files/{file}/compare", **{"from": 1, "to": 2})
    assert (
        await maya.call("PUT", "/api/v1/seen", json={"things": {"files/x/changes/1-2/1": "2026-11-17T09:08:00Z"}})
    ).status == 422


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("same", "Same content."),
        ("no_text", "A scan or a drawing has no text to compare."),
        ("too_different", "too different to mark each change"),
        ("making", "The comparison is being made."),
        ("none", "These two cannot be compared here."),
    ],
)
async def test_where_nothing_is_marked_it_says_why(
    maya: Visitor, file: UUID, upstream: Upstream, state: str, words: str
) -> None:
    said = {"state": state, "page_count": {"from": None, "to": None}, "changed_pages": 0, "changes": []}
    upstream.answers[f"/v1/files/{file}/differences"] = said
    assert words in await shown(maya, f"/files/{file}/compare", **{"from": 1, "to": 2})


@pytest.mark.parametrize("mode", ["overlay", "blink"])
async def test_both_lie_upon_each_other_as_an_image(maya: Visitor, file: UUID, mode: str) -> None:
    page = await shown(maya, f"/files/{file}/compare", **{"from": 1, "to": 2, "mode": mode})
    assert page.count(f'class="page-sheet layers {mode}"') == 3


@pytest.mark.parametrize("query", ["from=1&to=1", "from=1&to=9", "from=0&to=2"])
async def test_only_two_versions_that_are_there_are_compared(maya: Visitor, file: UUID, query: str) -> None:
    assert (await maya.call("GET", f"/files/{file}/compare?{query}")).status in {404, 422}
