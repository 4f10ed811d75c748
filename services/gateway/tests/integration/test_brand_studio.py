"""The studio by plain forms: drafts seen by their author alone, previews, refusals at their fields, publishing."""

import base64
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import aiohttp
import pytest
import pytest_asyncio
from atrium_testkit.running import Answer

from services.gateway.tests.integration.conftest import BASE, Mailbox, Visitor, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#3f7d20"/></svg>'
HOSTILE = SVG.replace(b"<circle", b"<script>alert(1)</script><circle")
WORDS = {"article": "das", "singular": "Anliegen", "plural": "Anliegen"}
VALUES = {
    "product_name": "Helvetia Projektportal",
    "accent": "#5fa23b",
    "header": "light",
    "text_on_accent": "white",
    "font_heading": "Vollkorn",
    "font_text": "Inter",
    "sender_name": "",
    "support_address": "",
    **{f"words_de_request_{form}": word for form, word in WORDS.items()},
}


async def form(visitor: Visitor, path: str, files: dict[str, tuple[bytes, str]] | None = None, **values: str) -> Answer:
    """A form with files, as browsers send it; the keys of values as they are."""
    data = aiohttp.FormData()
    for name, value in values.items():
        data.add_field(name, value)
    for name, (content, media_type) in (files or {}).items():
        data.add_field(name, content, filename=f"{name}.svg", content_type=media_type)
    return await visitor.call("POST", path, data=data)


def text(answer: Answer) -> str:
    return answer.content.decode()


@pytest_asyncio.fixture(loop_scope="session")
async def studio(world: World) -> AsyncIterator[str]:
    """The studio's address; what a test published is taken back."""
    path = f"/customers/{world.helvetia}/brand"
    before = (await world.nora.get(path)).json
    yield path
    await form(world.nora, f"{path}/discard")
    kept = ("product_name", "accent", "header", "text_on_accent", "font_heading", "font_text", "words")
    restored = {name: before[name] for name in kept}
    assert (await world.nora.patch(path, {**restored, "logos": {"sign_in": None}})).status == 200


async def test_a_draft_is_seen_by_its_author_alone(world: World, studio: str) -> None:
    drafted = await form(world.nora, f"{studio}/draft", **VALUES)
    assert (drafted.status, drafted.headers["location"]) == (303, studio)
    shown = text(await world.nora.call("GET", studio))
    assert 'value="#5fa23b"' in shown
    assert "Draft, " in shown
    assert "#438517" in shown  # what it is repaired to
    home = text(await world.nora.call("GET", f"{studio}/preview/home?language=de"))
    assert "Helvetia Projektportal" in home
    assert "Anliegen" in home
    assert "--accent:#438517" in text(await world.nora.call("GET", f"{studio}/preview/theme.css"))
    in_force = text(await world.visitor(f"helvetia.{BASE}").call("GET", "/sign-in"))
    assert "Helvetia Projektportal" not in in_force


async def test_a_draft_shows_on_paper(world: World, studio: str) -> None:
    await form(world.nora, f"{studio}/draft", {"logos_mark": (SVG, "image/svg+xml")}, **VALUES)
    page = text(await world.nora.call("GET", f"{studio}/preview/pdf?theme=dark&language=en"))
    picture = base64.b64decode(page.partition("data:image/svg+xml;base64,")[2].partition('"')[0]).decode()
    assert "Report for the steering committee" in page  # there is no report yet
    assert "#438517" in picture  # the draft's accent, repaired
    assert 'data-theme="light"' in page  # paper is white


async def test_previews_are_framed_by_the_studio_alone_and_run_nothing(world: World, studio: str) -> None:
    for page in ("home", "sign-in", "mail", "pdf"):
        answer = await world.nora.call("GET", f"{studio}/preview/{page}?theme=dark&language=en")
        policy = answer.headers["content-security-policy"]
        assert answer.status == 200, page
        assert "frame-ancestors 'self'" in policy
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "<script" not in text(answer)
    assert "frame-ancestors 'none'" in (await world.nora.call("GET", studio)).headers["content-security-policy"]
    sign_in = text(await world.nora.call("GET", f"{studio}/preview/sign-in?theme=dark&language=en"))
    assert 'data-theme="dark"' in sign_in
    assert '<html lang="en"' in sign_in
    assert "inert" in sign_in


@pytest.mark.parametrize(
    "page", ["", "/preview/home", "/preview/sign-in", "/preview/mail", "/preview/pdf", "/preview/theme.css"]
)
async def test_the_studio_is_not_there_for_customers(world: World, studio: str, page: str) -> None:
    assert (await world.anna.call("GET", f"{studio}{page}")).status == 404
    assert (await world.maya.call("GET", f"{studio}{page}")).status == 404
    if not page:
        for act in ("", "/draft", "/discard", "/rollback", "/domain", "/domain/verification"):
            assert (await form(world.anna, f"{studio}{act}", **VALUES)).status == 404


@pytest.mark.parametrize("language", ["en", "de"])
async def test_refusals_stand_at_their_fields_and_what_was_typed_stays(
    world: World, studio: str, language: str
) -> None:
    me = (await world.nora.get("/me")).json
    await form(world.nora, "/settings", language=language, time_zone=me["time_zone"], theme="light")
    try:
        files = {"logos_light": (HOSTILE, "image/svg+xml"), "logos_mark": (b"\0" * 300_000, "image/png")}
        typed = {**VALUES, "accent": "greenish", "product_name": "Typed name", "words_de_request_article": ""}
        refused = await form(world.nora, studio, files, **typed)
        page = text(refused)
        assert refused.status == 422
        assert 'value="Typed name"' in page
        assert 'value="greenish"' in page
        if language == "de":
            assert "Schreiben Sie die Farbe als #" in page
            assert "Dieses SVG enthält mehr als eine Zeichnung" in page
            assert "Dieses Bild ist zu gross" in page
        else:
            assert "Write the colour as #" in page
            assert "This SVG holds more than a drawing" in page
            assert "This picture is too big" in page
        assert 'id="f-accent-about" data-problem-of="accent"><div class="field-error">' in page
    finally:
        await form(world.nora, "/settings", language=me["language"], time_zone=me["time_zone"], theme="light")


async def test_a_file_of_megabytes_is_refused_at_its_field_too(world: World, studio: str) -> None:
    refused = await form(world.nora, studio, {"logos_light": (b"\x89PNG" * 600_000, "image/png")}, **VALUES)
    assert refused.status == 422
    assert "This picture is too big" in text(refused)


async def test_a_script_gets_the_outcome_alone(world: World, studio: str) -> None:
    kept = await form(world.nora, f"{studio}/draft?part=outcome", **VALUES)
    assert kept.status == 200
    assert "<html" not in text(kept)
    assert "data-studio-version=" in text(kept)
    refused = await form(world.nora, f"{studio}/draft?part=outcome", **{**VALUES, "accent": "x"})
    assert refused.status == 422
    assert 'data-problem="accent"' in text(refused)
    assert "disabled" in text(refused)


async def test_publishing_and_one_step_back(world: World, studio: str, mailbox: Mailbox) -> None:
    before = (await world.nora.get(studio)).json
    published = await form(
        world.nora,
        studio,
        {"logos_sign_in": (SVG, "image/svg+xml")},
        **VALUES,
        revision=str(before["revision"]),
    )
    assert published.status == 303, text(published)
    now = (await world.nora.get(studio)).json
    assert (now["revision"], now["accent"], now["accent_used"]) == (before["revision"] + 1, "#5fa23b", "#438517")
    guest = world.visitor(f"helvetia.{BASE}")
    entrance = text(await guest.call("GET", "/sign-in"))
    assert "Helvetia Projektportal" in entrance
    assert f'class="house-picture" src="{now["logos"]["sign_in"]}"' in entrance
    manifest = json.loads((await guest.call("GET", "/manifest.webmanifest")).content)
    assert (manifest["name"], manifest["theme_color"]) == ("Helvetia Projektportal", now["theme"]["light"]["hdr-bg"])
    stale = await form(world.nora, studio, **{**VALUES, "accent": "#112233"}, revision=str(before["revision"]))
    assert stale.status == 412
    assert "Somebody else published" in text(stale)
    back = await form(world.nora, f"{studio}/rollback", revision=str(now["revision"]))
    assert back.status == 303
    assert (await world.nora.get(studio)).json["accent"] == before["accent"]


async def test_a_host_by_its_form(world: World, studio: str) -> None:
    path = f"{studio}/domain"
    refused = await form(world.nora, path, domain="not a host")
    assert refused.status == 422
    assert 'value="not a host"' in text(refused)
    assert "such as portal.company.example" in text(refused)
    saved = await form(world.nora, path, domain="Portal.Studio-Test.example")
    assert saved.status == 303
    shown = text(await world.nora.call("GET", studio))
    assert "_atrium-challenge.portal.studio-test.example" in shown
    looked = text(await form(world.nora, f"{path}/verification"))
    assert "There is no such record yet" in looked
    await form(world.nora, path, domain="")


async def test_a_taken_host_is_refused_at_its_field(world: World, studio: str, names: Any) -> None:
    host = "taken-by-bluepeak.example"
    await take(world, world.bluepeak, host, names)
    try:
        refused = await form(world.nora, f"{studio}/domain", domain=host)
        assert refused.status == 409
        assert "This address is taken" in text(refused)
        assert f'value="{host}"' in text(refused)
    finally:
        await world.nora.patch(f"/customers/{world.bluepeak}", {"domains": []})


async def take(world: World, customer: UUID, host: str, names: Any) -> None:
    claimed = (await world.nora.patch(f"/customers/{customer}", {"domains": [host]})).json["pending_domains"][0]
    names.texts[claimed["record_name"]] = [claimed["record_value"]]
    assert (await world.nora.post(f"/customers/{customer}/domain/verification")).json["domains"] == [host]
