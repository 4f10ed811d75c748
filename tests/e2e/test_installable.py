"""The portal as an app: installed under its house's name and in its colours, as Chromium itself judges it."""

import json
from typing import Any

import pytest

from .conftest import People

#: Nothing is installed from a browser profile that is thrown away, as each person's is here.
OWN_PROFILE = "in-incognito"


@pytest.mark.parametrize(("name", "lang"), [("anna", "de"), ("maya", "en")])
def test_each_house_can_be_installed_in_its_own_brand(people: People, name: str, lang: str) -> None:
    page = people(name)
    page.goto(people.portal(name))
    browser = page.context.new_cdp_session(page)
    told = browser.send("Page.getAppManifest")
    assert told["errors"] == []
    found = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one for one in found if one["errorId"] != OWN_PROFILE] == []
    manifest: dict[str, Any] = json.loads(told["data"])
    assert (manifest["lang"], manifest["start_url"], manifest["display"]) == (lang, "/", "standalone")
    assert manifest["name"] in page.title()
    assert manifest["theme_color"] == page.get_attribute("meta[name=theme-color]", "content")
    assert {icon["sizes"] for icon in manifest["icons"]} & {"any", "512x512"}
    for icon in manifest["icons"]:
        answer = page.goto(f"{people.portal(name)}{icon['src']}")
        assert answer is not None
        assert (answer.status, answer.headers["content-type"]) == (200, icon["type"])
    page.close()


def test_two_houses_are_two_apps(people: People) -> None:
    told = []
    for name in ("anna", "maya"):
        page = people(name)
        page.goto(people.portal(name))
        told.append(page.evaluate("fetch('/manifest.webmanifest').then((answer) => answer.json())"))
        page.close()
    helvetia, bluepeak = told
    for part in ("name", "theme_color"):
        assert helvetia[part] != bluepeak[part]
