"""A report to take along: what stands in it, and that it reads as it was written, whatever that is."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from atrium_gateway.branding.model import Brand, Choices, publish
from atrium_gateway.branding.pictures import SVG, checked
from atrium_gateway.exports.composing import report_document
from atrium_gateway.exports.model import Document, Number
from atrium_gateway.exports.printing import Logo, Printer, letter_of, paper
from atrium_gateway.exports.sheets import workbook
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.translation import translations
from atrium_testkit.documents import Pdf, read_pdf

LINK = "https://portal.helvetia.example/reports/1"
#: What a typesetter or a spreadsheet could take for more than text.
WRITTEN = '=HYPERLINK("x") #panic() $x$ *Dvořák*'
NAMES = ("Helvetia", "Nordwind")

REPORT: dict[str, Any] = {
    "title": WRITTEN,
    "project_title": "MES-Rollout Thun",
    "introduction": "Der Testlauf bleibt.",
    "as_of": "2026-11-19T23:30:00+00:00",
    "counted_items": 18,
    "figures": [
        {
            "key": "milestones",
            "value": 1,
            "of": 2,
            "rows": [
                {"item_id": "1", "title": "+Baseline", "due": "2026-09-04", "reached": True},
                {"item_id": "2", "title": "Testlauf", "due": None, "reached": False},
            ],
        },
        {
            "key": "open_decisions",
            "value": 1,
            "rows": [{"item_id": "1", "title": "@Layout", "verb": "sign_off", "due": "2026-11-20", "turn": "customer"}],
        },
        {"key": "requests", "value": 5, "of": 12480},
        {
            "key": "progress",
            "value": 14,
            "of": 22,
            "labels": ["2026-11-17", "2026-11-18", "2026-11-19"],
            "series": [{"name": "done", "values": [10, 12, 14]}, {"name": "total", "values": [20, 21, 22]}],
        },
        {
            "key": "waiting_time",
            "labels": ["2026-10", "2026-11"],
            "series": [{"name": "customer", "values": [3.24, 2.4]}, {"name": "provider", "values": [2, 1.3]}],
        },
    ],
}


def document(language: str = "de", report: dict[str, Any] = REPORT) -> Document:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    catalogue = translations(language)
    scene = Scene("", "customer", "reader", language, now, "Europe/Zurich", lambda _: None, catalogue)
    return report_document(scene, report, names=NAMES, house="Helvetia Foods", link=LINK)


def brand(accent: str = "#3a7620", heading: str = "Vollkorn") -> Brand:
    return publish(Choices("Helvetia Foods", accent, font_heading=heading), 1)


async def printed(one: Document, of: Brand, logo: Logo | None = None) -> Pdf:
    return read_pdf(await Printer().printed(one, of, logo or letter_of(of)))


def test_the_moment_is_told_by_the_houses_clock() -> None:
    assert document("de").as_of_words == "Stand 20. November 2026, 00:30 Uhr"
    assert document("en").as_of_words == "As of 20 November 2026, 00:30"
    assert document().file_name == "report-2026-11-20"


def test_key_figures_are_numbers_of_their_whole() -> None:
    assert document("en").numbers == (
        Number("Milestones reached", 1, 2),
        Number("Open decisions", 1),
        Number("Open requests", 5, 12480),
    )


def test_every_figure_has_its_sentence_and_its_table() -> None:
    milestones, decisions, progress, waiting = document("en").sections
    assert (milestones.finding, milestones.rows[0]) == ("1 of 2 reached.", ("+Baseline", "reached", date(2026, 9, 4)))
    assert decisions.rows == (("@Layout", "Sign off", "Helvetia", date(2026, 11, 20)),)
    assert progress.rows[-1] == (date(2026, 11, 19), 14, 22)
    assert waiting.rows == (("Oct", 3.2, 2), ("Nov", 2.4, 1.3))
    assert [column.label for column in waiting.columns] == ["Waiting time", *NAMES]


def test_paper_is_told_words_and_places_alone() -> None:
    told = paper(document("de"), brand(), letter_of(brand()))
    assert told["numbers"][2] == {"title": "Offene Anfragen", "value": "5", "of": "von 12’480"}
    assert told["sections"][0]["rows"][0] == ["+Baseline", "erreicht", "4. Sept. 2026"]
    points = told["sections"][2]["chart"]["points"]
    assert [place for place, _ in points] == [0, 0.5, 1]
    assert all(0 <= height <= 1 for _, height in points)
    assert told["sections"][3]["chart"]["series"] == list(NAMES)


async def test_a_pdf_prints_the_moment_and_the_address_on_every_page_and_takes_nothing_for_markup() -> None:
    read = await printed(document("de"), brand())
    assert (read.title, read.language, read.tagged) == (WRITTEN, "de-CH", True)
    assert read.links == {LINK}
    for page in read.pages:
        assert "Stand 20. November 2026, 00:30 Uhr" in page
        assert LINK in page
    for said in (WRITTEN, "von 12’480", "14 von 22 Vorgängen sind erledigt.", "3.2", "Seite 1 von"):
        assert said in read.text


async def test_a_pdf_is_in_the_brands_colours_and_fonts() -> None:
    green, blue = brand("#3a7620", "Vollkorn"), brand("#0b3fa8", "Manrope")
    of_green, of_blue = await printed(document(), green), await printed(document(), blue)
    assert green.theme.light["accent"] in of_green.colours - of_blue.colours
    assert blue.theme.light["accent"] in of_blue.colours - of_green.colours
    assert any("Vollkorn" in font for font in of_green.fonts - of_blue.fonts)
    assert any("Manrope" in font for font in of_blue.fonts - of_green.fonts)


async def test_a_logo_that_cannot_be_drawn_gives_way_to_the_first_letter() -> None:
    deep = "".join(f'<g id="a{n + 1}">{f"""<use href="#a{n}"/>""" * 10}</g>' for n in range(9))
    drawing = f'<defs><g id="a0"/>{deep}</defs><use href="#a9"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawing}</svg>'
    read = await printed(document(), brand(), Logo(checked(svg.encode(), SVG), SVG))
    assert "Helvetia Foods" in read.text


async def test_the_first_page_as_a_picture() -> None:
    picture = await Printer().printed(document(), brand(), letter_of(brand()), "svg")
    assert fromstring(picture).tag.endswith("svg")  # noqa: S314  # our own


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_workbook_has_a_sheet_a_figure_and_no_text_that_calculates(language: str) -> None:
    one = document(language)
    with zipfile.ZipFile(io.BytesIO(workbook(one))) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 1 + len(one.sections)
    assert not any("<f>" in text for text in sheets)
    strings = parts["xl/sharedStrings.xml"]
    for said in ("=HYPERLINK", "+Baseline", "@Layout", one.as_of_words, LINK):
        assert said in strings
    assert "<v>12480</v>" in sheets[0]
    assert all(">A4<" in text or 'r="A4"' in text for text in sheets)


def test_sheets_have_names_that_may_be_and_each_once() -> None:
    first = document("en").sections[0]
    sections = (replace(first, title="Key figures"), replace(first, title="a/b*c" + "x" * 40))
    with zipfile.ZipFile(io.BytesIO(workbook(replace(document("en"), sections=sections)))) as book:
        names = [sheet.get("name", "") for sheet in fromstring(book.read("xl/workbook.xml"))[3]]  # noqa: S314  # our own
    assert names[:2] == ["Key figures", "Key figures 2"]
    assert names[2].startswith("a b c")
    assert max(map(len, names)) <= 31
