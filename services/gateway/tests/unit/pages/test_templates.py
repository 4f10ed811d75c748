"""Every template with every sample, in both languages: what a browser would get, and what it must never get."""

import re
from dataclasses import replace

import pytest
from atrium_gateway.pages import rendering
from atrium_gateway.pages.samples.catalogue import Sample, samples
from atrium_gateway.pages.samples.components import components, style_page
from atrium_gateway.pages.translation import LANGUAGES, TEMPLATES

SAMPLES = list(samples())
INLINE = re.compile(r"\s(?:style|on[a-z]+|hx-on[^=]*)=|<script(?! src=)|javascript:|\bjs:")
PROPER = re.compile(r"^(Nora|Jan|Maya|Tom|Bluepeak|Nordwind|Version|Person|Link|Live|Text)\b|@")
SIGNS = re.compile(r'sprite-[0-9a-f]+\.svg#([a-z_-]+)"')
PARTS = re.compile(r'data-live="[^"]*" hx-get="([^"]+)"')

needs_assets = pytest.mark.skipif(
    not (rendering.STATIC / "manifest.json").exists(), reason="the pages' assets are not built: npm ci && npm run build"
)
pytestmark = needs_assets


def html(sample: Sample, language: str) -> str:
    return rendering.render(sample.template, replace(sample.page, language=language), sample.view)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_page_has_one_title_its_language_and_nothing_inline(sample: Sample, language: str) -> None:
    page = html(sample, language)
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert f'<html lang="{language}"' in page
    assert not INLINE.findall(page)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_sign_of_a_page_is_in_the_sprite(sample: Sample) -> None:
    sprite = (rendering.STATIC / rendering.manifest()["sprite.svg"]).read_text()
    there = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    assert set(SIGNS.findall(html(sample, "en"))) <= there


@pytest.mark.parametrize(
    "sample", [one for one in SAMPLES if one.template != "components.html"], ids=lambda one: one.name
)
def test_every_live_part_can_be_fetched_again_and_is_the_same(sample: Sample) -> None:
    page = html(sample, "en")
    for address in PARTS.findall(page):
        part = re.search(r"part=(\w+)", address)
        assert part, address
        alone = rendering.render_part(sample.template, part.group(1), sample.page, sample.view)
        assert alone.strip() in rendering.render(sample.template, sample.page, sample.view)


@pytest.mark.parametrize(
    "sample",
    [one for one in SAMPLES if one.page.house.slug != "nordwind" and one.page.looking is None],
    ids=lambda one: one.name,
)
def test_customers_never_read_the_word_internal(sample: Sample) -> None:
    words = re.sub(r"<[^>]+>", " ", html(sample, "en") + html(sample, "de")).lower()
    assert "internal" not in words
    assert "intern " not in words


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_no_name_begins_with_what_is_missing(sample: Sample) -> None:
    assert not re.findall(r'aria-label="\s*[,:·][^"]*"', html(sample, "en"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_ids_are_unique_and_labels_point_to_them(sample: Sample) -> None:
    page = html(sample, "en")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), {one for one in ids if ids.count(one) > 1}
    pointed = re.findall(r'\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"', page)
    assert set(pointed) <= set(ids)


def test_the_days_of_the_trail_say_which_are_near() -> None:
    trail = next(one for one in SAMPLES if one.name == "staff-audit")
    for language, today in (("en", "Today, Thu 19 Nov"), ("de", "Heute, Do, 19. Nov.")):
        assert today in html(trail, language)


def test_every_page_template_has_a_sample() -> None:
    pages = {
        path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html") if "{% extends" in path.read_text()
    }
    layouts = {page for page in pages if page.startswith("layout/")}
    assert pages - layouts == {sample.template for sample in SAMPLES}


def test_the_german_style_page_has_no_english() -> None:
    """What both languages share are names, numbers and the names of properties."""
    words = {
        language: set(re.findall(r">\s*([^<>]*[a-z]{3}[^<>]*?)\s*<", style_page_html(language)))
        for language in LANGUAGES
    }
    names = {one for person in components("bluepeak", "de").people for one in (person.name,)}
    shared = {one for one in words["de"] & words["en"] if one not in names}
    assert {one for one in shared if not PROPER.search(one)} == set()


def style_page_html(language: str) -> str:
    page = re.sub(
        r"<code>.*?</code>",
        "",
        rendering.render(
            "components.html", style_page("bluepeak", language, "light"), components("bluepeak", language)
        ),
    )
    return re.sub(r"<nav class=\"segment.*?</nav>", "", page)
