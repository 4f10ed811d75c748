"""`/_components`: every component in its states, as the demo's houses show it; only where a folder of logos is set."""

from pathlib import Path
from typing import Literal

from atrium_chassis.problems import NotFound
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from atrium_gateway.pages.rendering import render
from atrium_gateway.pages.samples.components import ADDRESS, components, style_page
from atrium_gateway.pages.samples.house import HOUSES, customers_css, theme


def require_development(request: Request) -> Path:
    folder: Path | None = request.app.state.settings.style_page
    if folder is None:
        raise NotFound()
    return folder


router = APIRouter(prefix=ADDRESS, include_in_schema=False, dependencies=[Depends(require_development)])


@router.get("")
async def show_components(
    brand: Literal["bluepeak", "helvetia", "nordwind"] = "bluepeak",
    language: Literal["en", "de", "en-XA"] = "en",
    theme: Literal["light", "dark"] = "light",
) -> HTMLResponse:
    page = style_page(brand, language, theme)
    return HTMLResponse(render("components.html", page, components(brand, language)))


@router.get("/customers.css")
async def show_customers() -> Response:
    return Response(customers_css(), media_type="text/css")


@router.get("/{house}.css")
async def show_theme(house: str) -> Response:
    if house not in HOUSES:
        raise NotFound()
    return Response(theme(house), media_type="text/css")


@router.get("/{house}.svg")
async def show_mark(request: Request, house: str) -> Response:
    mark = require_development(request) / f"{house}.svg"
    if house not in HOUSES or not mark.is_file():
        raise NotFound()
    return Response(mark.read_bytes(), media_type="image/svg+xml")
