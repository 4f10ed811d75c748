"""Each host in its own brand, changed while it runs."""

import base64
import re
from typing import Any

import pytest
from atrium_testkit.running import RunningService
from atrium_testkit.waiting import eventually

from services.gateway.tests.integration.conftest import BASE, Mailbox, Visitor, World

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#3f7d20"/></svg>'


async def theme(world: World, slug: str) -> str:
    answer = await world.visitor(f"{slug}.{BASE}").call("GET", "/theme.css")
    assert answer.status == 200
    return answer.content.decode()


async def test_a_published_brand_shows_on_the_next_load_everywhere(world: World, second: RunningService) -> None:
    other = await theme(world, "bluepeak")
    changes = {"accent": "#3f7d20", "header": "light", "font_heading": "Vollkorn", "product_name": "Helvetia Projekte"}
    changed = await world.nora.patch(f"/customers/{world.helvetia}/brand", changes)
    assert changed.status == 200, changed.content
    css = await theme(world, "helvetia")
    assert "--accent:#3f7d20" in css
    assert "Vollkorn" in css
    assert await theme(world, "bluepeak") == other
    replica = Visitor(second, f"helvetia.{BASE}")
    assert "--accent:#3f7d20" in (await replica.call("GET", "/theme.css")).content.decode()
    await world.nora.patch(f"/customers/{world.helvetia}/brand", {"accent": "#2f6d10"})

    async def follows() -> bool:
        return "--accent:#2f6d10" in (await replica.call("GET", "/theme.css")).content.decode()

    await eventually(follows, timeout=1.0)


async def test_the_theme_is_sent_again_only_when_it_changed(world: World) -> None:
    guest = world.visitor(f"bluepeak.{BASE}")
    first = await guest.call("GET", "/theme.css")
    again = await guest.call("GET", "/theme.css", headers={"if-none-match": first.etag})
    assert (again.status, again.content) == (304, b"")
    await world.nora.patch(f"/customers/{world.bluepeak}/brand", {"header": "dark"})

    async def anew() -> bool:
        return (await guest.call("GET", "/theme.css", headers={"if-none-match": first.etag})).status == 200

    await eventually(anew, timeout=1.0)


async def test_entered_and_used_colours_are_both_kept(world: World) -> None:
    changed = await world.nora.patch(f"/customers/{world.bluepeak}/brand", {"accent": "#ffd400"})
    brand = changed.json
    assert brand["accent"] == "#ffd400"
    assert brand["accent_used"] != "#ffd400"
    assert {repair["use"] for repair in brand["repairs"]} == {"accent", "accent-ink"}
    assert all(repair["used_ratio"] >= 4.5 for repair in brand["repairs"])


async def test_only_staff_publish_and_only_from_the_current_revision(world: World) -> None:
    path = f"/customers/{world.helvetia}/brand"
    assert (await world.anna.get(path)).status == 200
    assert (await world.anna.patch(path, {"accent": "#111111"})).status == 403
    assert (await world.maya.get(path)).status == 404
    assert (await world.maya.patch(path, {"accent": "#111111"})).status == 404
    assert (await world.nora.patch(path, {"accent": "#111111"}, headers={"if-match": '"0"'})).status == 412
    assert (await world.nora.patch(path, {"accent": "red;}body{display:none"})).status == 422
    assert (await world.nora.patch(path, {"font_heading": "Comic Sans"})).status == 422


async def test_a_logo_is_served_from_the_host_and_a_hostile_one_refused(world: World) -> None:
    path = f"/customers/{world.helvetia}/brand"

    def logo(content: bytes) -> dict[str, Any]:
        encoded = base64.b64encode(content).decode()
        return {"logos": {"mark": {"media_type": "image/svg+xml", "content": encoded}}}

    hostile = SVG.replace(b"<circle", b"<script>alert(1)</script><circle")
    refused = await world.nora.patch(path, logo(hostile))
    assert (refused.status, refused.json["errors"][0]["code"]) == (422, "picture_unsafe")
    changed = await world.nora.patch(path, logo(SVG))
    assert changed.status == 200, changed.content
    guest = world.visitor(f"helvetia.{BASE}")

    async def shown() -> bool:
        return b"#3f7d20" in (await guest.call("GET", "/favicon.svg")).content

    await eventually(shown, timeout=1.0)
    by_hash = await guest.call("GET", changed.json["logos"]["mark"])
    assert by_hash.headers["content-type"] == "image/svg+xml"
    assert "immutable" in by_hash.headers["cache-control"]
    assert "default-src 'none'" in by_hash.headers["content-security-policy"]
    elsewhere = await world.visitor(f"bluepeak.{BASE}").call("GET", changed.json["logos"]["mark"])
    assert elsewhere.status == 404


async def test_mails_carry_the_brand_of_their_house(world: World, mailbox: Mailbox) -> None:
    await world.nora.patch(
        f"/customers/{world.helvetia}/brand", {"product_name": "Helvetia Bauportal", "accent": "#3f7d20"}
    )
    known = len(await mailbox.of("anna.keller@helvetia.example"))

    async def renamed() -> bool:
        return "--accent:#3f7d20" in await theme(world, "helvetia")

    await eventually(renamed, timeout=1.0)
    await world.visitor(f"helvetia.{BASE}").post("/sign-in/codes", {"email": "anna.keller@helvetia.example"})
    mail = await mailbox.next_after("anna.keller@helvetia.example", known)
    assert "Helvetia Bauportal" in mail["subject"]
    assert "#3f7d20" in mail["html"]
    assert "betrieben von Nordwind Systems" in mail["text"]


async def test_a_picture_that_is_not_there_is_not_found(world: World) -> None:
    assert (await world.visitor(f"helvetia.{BASE}").call("GET", f"/brand/{'0' * 64}")).status == 404


async def test_one_step_back_is_a_version_of_its_own(world: World) -> None:
    path = f"/customers/{world.helvetia}/brand"
    first = (await world.nora.patch(path, {"accent": "#3f7d20"})).json
    second = (await world.nora.patch(path, {"accent": "#7d203f"})).json
    back = await world.nora.post(f"{path}/rollback", headers={"if-match": f'"{second["revision"]}"'})
    assert back.status == 200, back.content
    assert (back.json["accent"], back.json["revision"]) == (first["accent"], second["revision"] + 1)
    assert f"--brand:{first['accent']}" in await theme(world, "helvetia")
    stale = await world.nora.post(f"{path}/rollback", headers={"if-match": f'"{second["revision"]}"'})
    assert stale.status == 412
    assert (await world.anna.post(f"{path}/rollback")).status == 403
    assert (await world.maya.post(f"{path}/rollback")).status == 404


async def test_the_first_brand_has_none_before_it(world: World) -> None:
    created = await world.nora.post("/customers", {"slug": "fresh-brand", "name": "Fresh", "language": "en"})
    refused = await world.nora.post(f"/customers/{created.json['id']}/brand/rollback")
    assert (refused.status, refused.json["code"]) == (409, "first_version")


def head_of(html: str) -> tuple[str, str]:
    """The colour of the browser's bar, and where the sign of the tab is."""
    bar, icon = re.search(r'name="theme-color" content="(.*?)"', html), re.search(r'rel="icon" href="(.*?)"', html)
    assert bar is not None
    assert icon is not None
    return bar.group(1), icon.group(1)


@pytest.mark.parametrize("path", ["/sign-in", "/r/no-such-link", "/act/no-such-link", "/settings"])
async def test_bar_and_sign_of_the_tab_are_the_houses_own_on_every_page(world: World, path: str) -> None:
    """Before and after sign-in, and for who has nothing but a link."""
    await world.nora.patch(f"/customers/{world.helvetia}/brand", {"accent": "#3f7d20", "header": "accent"})

    async def of(house: str, person: Visitor) -> tuple[str, bytes]:
        reader = person if path == "/settings" else world.visitor(f"{house}.{BASE}")
        bar, icon = head_of((await reader.call("GET", path, headers={"accept": "text/html"})).content.decode())
        assert bar == (await reader.call("GET", "/manifest.webmanifest")).json["theme_color"]
        sign = await reader.call("GET", icon)
        assert (sign.status, sign.headers["content-type"].partition(";")[0]) == (200, "image/svg+xml")
        return bar, sign.content

    async def apart() -> bool:
        green, other = await of("helvetia", world.anna), await of("bluepeak", world.maya)
        return green[0] != other[0] and green[1] != other[1]

    await eventually(apart, timeout=2.0)
