"""Pages over the real gateway: entering without scripts, refusals, what every page carries."""

from urllib.parse import urlencode

import pytest
from atrium_testkit.running import Answer
from atrium_testkit.waiting import eventually

from services.gateway.tests.integration.conftest import Mailbox, Visitor, World, code_in, link_in
from services.gateway.tests.integration.upstream import Upstream

pytestmark = pytest.mark.asyncio(loop_scope="session")

HELVETIA = "helvetia.atrium.localhost"
BLUEPEAK = "bluepeak.atrium.localhost"
MAYA = "maya.singh@bluepeak.example"
ANNA = "anna.keller@helvetia.example"


async def page(visitor: Visitor, path: str) -> Answer:
    return await visitor.call("GET", path)


async def post(visitor: Visitor, path: str, **values: str) -> Answer:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return await visitor.call("POST", path, data=urlencode(values).encode(), headers=headers)


def text(answer: Answer) -> str:
    return answer.content.decode()


async def test_the_entrance_speaks_the_houses_language_in_its_brand(world: World) -> None:
    german = text(await page(world.visitor(HELVETIA), "/sign-in"))
    english = text(await page(world.visitor(BLUEPEAK), "/sign-in"))
    assert '<html lang="de"' in german
    assert "Helvetia Foods" in german
    assert '<html lang="en"' in english
    assert "Bluepeak Energy" in english
    assert "Bluepeak" not in german
    assert '<html lang="en"' in text(await page(world.visitor(HELVETIA), "/sign-in?language=en"))


async def test_before_signing_in_the_browsers_wish_comes_before_the_houses_language(world: World) -> None:
    visitor = world.visitor(HELVETIA)
    wish = {"accept-language": "fr-CH, en-GB;q=0.8, de;q=0.5"}
    assert '<html lang="en"' in text(await visitor.call("GET", "/sign-in", headers=wish))
    assert '<html lang="de"' in text(await visitor.call("GET", "/sign-in?language=de", headers=wish))
    assert '<html lang="de"' in text(await visitor.call("GET", "/sign-in", headers=wish))


async def test_each_person_reads_in_the_language_they_chose(world: World) -> None:
    me = (await world.maya.get("/me")).json

    async def choose(language: str) -> None:
        saved = await post(world.maya, "/settings", language=language, time_zone=me["time_zone"], theme="system")
        assert saved.status == 303

    async def speaks(language: str) -> bool:
        shown = text(await world.maya.call("GET", "/settings", headers={"accept-language": "fr, en;q=0.5"}))
        return f'<html lang="{language}"' in shown and '<label lang="de">' in shown

    await choose("de")
    try:
        await eventually(lambda: speaks("de"))
        assert (await post(world.maya, "/settings", language="fr", time_zone=me["time_zone"])).status == 422
    finally:
        await choose("en")
    await eventually(lambda: speaks("en"))


async def test_the_api_refuses_in_the_readers_language(world: World) -> None:
    refused = await world.visitor(BLUEPEAK).get("/me", headers={"accept-language": "de-CH"})
    unknown = await world.anna.get("/brands/00000000-0000-4000-8000-000000000000", headers={"accept-language": "en"})
    wrong = await world.anna.patch("/me", {"time_zone": "Nowhere/Land"})
    assert (refused.status, refused.json["code"], refused.json["title"]) == (401, "not_signed_in", "Nicht angemeldet")
    assert (unknown.status, unknown.json["title"]) == (404, "Nicht vorhanden")
    assert (wrong.status, wrong.json["title"], wrong.json["errors"][0]["pointer"]) == (
        422,
        "Falsche Angabe",
        "/time_zone",
    )
    assert (await world.maya.patch("/me", {"time_zone": "Nowhere/Land"})).json["title"] == "Wrong input"


async def test_who_is_not_signed_in_is_led_to_the_entrance_and_back(world: World) -> None:
    answer = await page(world.visitor(BLUEPEAK), "/projects?turn=customer")
    assert answer.status == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fprojects%3Fturn%3Dcustomer"


async def test_a_code_signs_in_by_plain_forms(world: World, mailbox: Mailbox) -> None:
    visitor, known = world.visitor(HELVETIA), len(await mailbox.of(ANNA))
    sent = await post(visitor, "/sign-in", email=ANNA, next="/projects")
    code = code_in(await mailbox.next_after(ANNA, known))
    wrong = await post(visitor, "/sign-in/code", email=ANNA, code="000000" if code != "000000" else "111111")
    assert wrong.status == 422
    entered = await post(visitor, "/sign-in/code", email=ANNA, code=code, next="/projects", stay="1")
    assert (sent.status, entered.status, entered.headers["location"]) == (200, 303, "/projects")
    assert (await page(visitor, "/")).status == 200
    left = await post(visitor, "/sign-out")
    assert left.headers["location"] == "/sign-in"


async def test_an_unknown_address_gets_the_same_page(world: World) -> None:
    known = text(await post(world.visitor(BLUEPEAK), "/sign-in", email="m@bluepeak.example"))
    unknown = text(await post(world.visitor(BLUEPEAK), "/sign-in", email="n@bluepeak.example"))
    assert known.count("<form") == unknown.count("<form")
    assert "m••••@bluepeak.example" in known


async def test_opening_a_mailed_link_uses_nothing_up(world: World, mailbox: Mailbox) -> None:
    visitor, known = world.visitor(BLUEPEAK), len(await mailbox.of(MAYA))
    await post(visitor, "/sign-in", email=MAYA)
    link = link_in(await mailbox.next_after(MAYA, known))
    for _ in range(2):
        opened = await page(visitor, f"/sign-in/{link}")
        assert opened.status == 200
        assert "Are you Maya Singh?" in text(opened)
    assert visitor.cookies == {}
    assert (await post(visitor, f"/sign-in/{link}")).status == 303
    assert (await page(visitor, f"/sign-in/{link}")).status == 410


async def test_the_home_shows_what_is_there_when_services_are_away(world: World) -> None:
    shown = await page(world.maya, "/")
    assert shown.status == 200
    assert "cannot be loaded right now" in text(shown)
    answered = await world.maya.get("/home")
    assert "files" in answered.json["missing"]


async def test_a_required_part_that_is_away_is_a_page_that_says_so(world: World) -> None:
    answer = await page(world.maya, "/files/7d3c2d5e-0000-4000-8000-000000000001")
    assert answer.status == 503
    assert "<!doctype html>" in text(answer)


@pytest.mark.parametrize("path", ["/nothing", "/items/7d3c2d5e-0000-4000-8000-000000000001", "/items/not-an-id"])
async def test_not_there_and_not_yours_are_one_page(world: World, path: str) -> None:
    answer = await page(world.maya, path)
    assert answer.status == 404
    assert "This page is not here, or not for you" in text(answer)
    assert "Bluepeak Energy" in text(answer)


async def test_the_api_keeps_its_problem_documents(world: World) -> None:
    answer = await world.maya.get("/nothing")
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_a_form_of_another_origin_is_refused(world: World) -> None:
    sent = await world.maya.call("POST", "/settings", headers={"origin": "http://evil.example"})
    assert sent.status == 403
    assert "<!doctype html>" in text(sent)


async def test_every_page_carries_its_policy(world: World) -> None:
    for answer in (await page(world.maya, "/"), await page(world.maya, "/nothing"), await world.maya.get("/me")):
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


async def test_a_part_that_a_page_does_not_have_is_not_there(world: World) -> None:
    assert (await page(world.maya, "/?part=turn")).status == 200
    assert (await page(world.maya, "/?part=../../entry/email")).status == 404


async def test_settings_and_people_by_forms(world: World) -> None:
    saved = await post(world.maya, "/settings", language="en", time_zone="Europe/London", theme="dark")
    assert saved.status == 303
    assert "Europe/London" in text(await page(world.maya, "/settings"))
    refused = await post(world.maya, "/settings", language="en", time_zone="Nowhere", theme="dark")
    assert refused.status == 422
    invited = await post(world.maya, "/people/invitations", email="helen.marsh@bluepeak.example", role="reader")
    assert invited.status == 303
    assert "helen.marsh@bluepeak.example" in text(await page(world.maya, "/people"))
    wrong = await post(world.maya, "/people/invitations", email="no address", role="reader")
    assert wrong.status == 422
    assert 'value="no address"' in text(wrong)


async def test_single_keys_are_switched_off_for_a_browser(world: World) -> None:
    browser = Visitor(world.gateway, BLUEPEAK, bearer=world.maya.bearer)
    assert "data-keys" not in text(await page(browser, "/"))
    saved = await post(browser, "/settings", language="en", time_zone="Europe/London", keys="off")
    assert saved.status == 303
    assert 'data-keys="off"' in text(await page(browser, "/"))
    await post(browser, "/settings", language="en", time_zone="Europe/London", keys="on")
    assert "data-keys" not in text(await page(browser, "/"))


async def test_a_link_that_opens_nothing(world: World) -> None:
    assert (await page(world.visitor(BLUEPEAK), "/act/unknown")).status == 404


async def test_what_breaks_shows_a_page_that_tells_nothing_of_it(world: World, upstream: Upstream) -> None:
    upstream.answers["/v1/projects"] = {"unlike": "any list"}
    answer = await page(world.anna, "/projects")
    del upstream.answers["/v1/projects"]
    assert (answer.status, answer.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert "Helvetia Foods" in text(answer)
    assert "Hier ist etwas schiefgegangen." in text(answer)
    assert "KeyError" not in text(answer)
    assert "default-src 'self'" in answer.headers["content-security-policy"]


async def test_requests_are_sought_by_their_service_and_summed_over_all(world: World, upstream: Upstream) -> None:
    upstream.answers["/v1/requests"] = {"items": [], "next_cursor": None}
    upstream.asked.clear()
    sought = text(await page(world.maya, "/requests?turn=provider&q=barcode+tief"))
    del upstream.answers["/v1/requests"]
    asked = {one.partition("?")[2] for one in upstream.asked if one.startswith("/v1/requests")}
    assert asked == {"limit=200", "limit=200&q=barcode+tief"}
    assert 'name="q" value="barcode tief"' in sought
    assert '<input type="hidden" name="turn" value="provider">' in sought
    assert "Nothing in this selection" in sought
