"""The brand of a host for browsers: its custom properties and its pictures."""

from typing import Annotated
from xml.sax.saxutils import escape

from atrium_chassis import json
from atrium_chassis.problems import NotFound
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from atrium_gateway.branding.brands import Brands
from atrium_gateway.branding.model import Brand, grounds
from atrium_gateway.signin.identity import CurrentTenant
from atrium_gateway.signin.model import Tenant, first_word

router = APIRouter(include_in_schema=False)

#: Even a picture that got past the checks may do nothing where it is opened by itself.
PICTURE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


async def _brands(request: Request) -> Brands:
    brands: Brands = request.app.state.brands
    return brands


CurrentBrands = Annotated[Brands, Depends(_brands)]


@router.get("/theme.css")
async def theme(request: Request, tenant: CurrentTenant, brands: CurrentBrands) -> Response:
    """The host's custom properties; the browser asks each time whether its copy is still right."""
    brand = await brands.of(tenant.house)
    headers = {"ETag": f'"{brand.css_hash}"', "Cache-Control": "no-cache", "Vary": "Host"}
    if brand.css_hash in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(brand.css, media_type="text/css", headers=headers)


@router.get("/manifest.webmanifest")
async def manifest(request: Request, tenant: CurrentTenant, brands: CurrentBrands) -> Response:
    """What a phone needs to install the portal, under the house's name and in its colours."""
    brand = await brands.of(tenant.house)
    headers = {"ETag": f'"{brand.css_hash}.{brand.revision}"', "Cache-Control": "no-cache", "Vary": "Host"}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    name = brand.choices.product_name
    media_type = await _mark_type(tenant, brands, brand)
    body = {
        "name": name,
        "short_name": first_word(name),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": tenant.language,
        "theme_color": brand.theme.light["hdr-bg"],
        "background_color": grounds(float(brand.theme.light["nh"]))[1],
        "icons": [{"src": f"/brand/mark?v={brand.revision}", "sizes": "any", "type": media_type}],
    }
    return Response(json.dumps(body), media_type="application/manifest+json", headers=headers)


async def _mark_type(tenant: Tenant, brands: Brands, brand: Brand) -> str:
    sha256 = brand.choices.logos.get("mark") or brand.choices.logos.get("light")
    found = await brands.picture(tenant.house, sha256) if sha256 else None
    return found.media_type if found else "image/svg+xml"


@router.get("/favicon.svg")
@router.get("/brand/mark")
async def mark(request: Request, tenant: CurrentTenant, brands: CurrentBrands) -> Response:
    return await _logo(request, tenant, brands, "mark")


@router.get("/brand/logo")
async def logo(request: Request, tenant: CurrentTenant, brands: CurrentBrands) -> Response:
    return await _logo(request, tenant, brands, "light")


@router.get("/brand/logo-dark")
async def logo_on_dark(request: Request, tenant: CurrentTenant, brands: CurrentBrands) -> Response:
    return await _logo(request, tenant, brands, "dark")


@router.get("/brand/{sha256}")
async def picture(sha256: str, tenant: CurrentTenant, brands: CurrentBrands) -> Response:
    """A picture by its content, which never changes."""
    found = await brands.picture(tenant.house, sha256)
    if found is None:
        raise NotFound
    headers = {**PICTURE_HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}
    return Response(found.content, media_type=found.media_type, headers=headers)


async def _logo(request: Request, tenant: CurrentTenant, brands: CurrentBrands, kind: str) -> Response:
    """The logo in force; one without a picture shows its first letter on the accent."""
    brand = await brands.of(tenant.house)
    logos = brand.choices.logos
    sha256 = logos.get(kind) or logos.get("mark") or logos.get("light")
    tag = f'"{sha256 or brand.css_hash}"'
    headers = {**PICTURE_HEADERS, "ETag": tag, "Cache-Control": "no-cache", "Vary": "Host"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    found = await brands.picture(tenant.house, sha256) if sha256 else None
    if found is not None:
        return Response(found.content, media_type=found.media_type, headers=headers)
    return Response(letter_mark(brand), media_type="image/svg+xml", headers=headers)


def letter_mark(brand: Brand) -> str:
    light = brand.theme.light
    letter = escape(brand.choices.product_name[:1].upper())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="8" fill="{light["accent"]}"/>'
        f'<text x="16" y="22.500" text-anchor="middle" font-family="Inter,system-ui,sans-serif" font-weight="650"'
        f' font-size="18" fill="{light["on-accent"]}">{letter}</text></svg>'
    )
