"""`/customers/{id}/brand`: the studio. A draft is one person's; publishing it is a version, in force at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.problems import FieldError, Invalid, NotFound, Problem
from fastapi import APIRouter
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from atrium_gateway.branding.commands import discard_draft, publish_draft, roll_back, save_draft
from atrium_gateway.branding.model import FONTS, Brand, publish
from atrium_gateway.branding.pictures import MAX_BYTES, UnsafePicture
from atrium_gateway.branding.pictures import checked as checked_picture
from atrium_gateway.branding.queries import find_brand, find_draft, picture_sizes
from atrium_gateway.branding.routes import BrandPatch, changes_of
from atrium_gateway.branding.serving import PICTURE_HEADERS
from atrium_gateway.pages.composing.staff_brand import (
    PICTURES,
    brand_change,
    brand_errors,
    brand_values,
    changes_between,
    contrast_pairs,
    header_choices,
    own_hosts,
    showing,
    text_choices,
    version_of,
    word_faults,
)
from atrium_gateway.pages.presenting.shapes import Choice, Crumb, Form
from atrium_gateway.pages.presenting.studio import BrandPage, PictureSlot
from atrium_gateway.pages.routes.staff_projects import require_staff
from atrium_gateway.pages.typed import checked
from atrium_gateway.pages.visit import CurrentForm, CurrentVisit, Submitted, Visit, new_form, see_other
from atrium_gateway.people.domains import Claim, verify_domains
from atrium_gateway.people.routes.customers import customer_json, patch_customer
from atrium_gateway.people.routes.shapes import CustomerPatch
from atrium_gateway.settings import Settings
from atrium_gateway.signin.identity import CurrentActor

router = APIRouter(include_in_schema=False)


@router.get("/customers/{customer}/brand")
async def show_brand(visit: CurrentVisit, customer: UUID, database: CurrentDatabase) -> Response:
    return await _studio(visit, customer, database)


async def _studio(
    visit: Visit,
    customer: UUID,
    database: CurrentDatabase,
    form: Form | None = None,
    status: int = 200,
    *,
    domain: Form | None = None,
    looked: Sequence[Claim] = (),
) -> Response:
    require_staff(visit)
    ref = visit.desk.customers.get(str(customer))
    if ref is None:
        raise NotFound
    async with database.transaction(visit.viewer) as connection:
        brand = await find_brand(connection, customer)
        draft = await find_draft(connection, customer, visit.viewer.person)
        sizes = await picture_sizes(connection, customer)
    if brand is None:
        raise NotFound
    settings: Settings = visit.request.app.state.settings
    house = await customer_json(database, visit.viewer, customer, settings, looked)
    shown = publish(draft.choices, brand.revision) if draft else brand
    address = f"/customers/{customer}/brand"
    claims = [
        Claim(one["host"], one["record_value"].partition("=")[2], one["fault"]) for one in house["pending_domains"]
    ]
    logos = shown.choices.logos
    view = BrandPage(
        customer=ref,
        form=form or new_form(address, brand.revision, **brand_values(shown.choices)),
        version=version_of(shown.choices),
        showing=showing(visit.request.query_params, house["language"]),
        host=f"{ref.slug}.{settings.base_host}",
        mail_from=settings.mail_from,
        fonts=tuple(Choice(name, name) for name in FONTS),
        headers=header_choices(visit.scene),
        texts=text_choices(visit.scene),
        pictures=tuple(
            PictureSlot(kind, f"{address}/pictures/{logos[kind]}", sizes[logos[kind]])
            if kind in logos
            else PictureSlot(kind)
            for kind in PICTURES
        ),
        pairs=contrast_pairs(shown),
        changes=changes_between(shown.choices, brand.choices),
        saved_at=draft.saved_at if draft else None,
        revision=brand.revision,
        domain=domain or new_form(f"{address}/domain", house["revision"], domain=", ".join(_hosts(house))),
        own_hosts=own_hosts(house["domains"], claims),
        live="part" in visit.request.query_params,
    )
    crumbs = (Crumb(ref.name, ref.url), Crumb(visit.scene._("Brand")))
    return visit.show("staff/brand.html", view, ref.slug, status=status, mini=True, path=address, crumbs=crumbs)


def _hosts(house: dict[str, Any]) -> list[str]:
    return [*house["domains"], *(one["host"] for one in house["pending_domains"])]


async def _save(visit: Visit, customer: UUID, form: Submitted, actor: CurrentActor, database: CurrentDatabase) -> Brand:
    """Keeps what was typed as the person's draft. Raises Invalid with each error at its field."""
    faults = word_faults(form.values)
    pictures = await _pictures(visit, faults)
    try:
        body = checked(BrandPatch, brand_change(form.values))
    except Invalid as refused:
        raise Invalid([*refused.errors, *faults]) from refused
    if faults:
        raise Invalid(faults)
    async with database.transaction(actor.viewer) as connection:
        return await save_draft(connection, actor, customer, changes_of(body), pictures)


async def _refused(
    visit: Visit, customer: UUID, database: CurrentDatabase, form: Submitted, problem: Problem
) -> Response:
    again = form.again(f"/customers/{customer}/brand", problem, visit.scene)
    again = replace(again, errors=brand_errors(visit.scene, problem))
    return await _studio(visit, customer, database, again, problem.status)


@router.post("/customers/{customer}/brand/draft")
async def keep_draft(
    visit: CurrentVisit, customer: UUID, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    """What is typed shows in the preview; nothing of it is in force. A script asks for the part `outcome` alone."""
    require_staff(visit)
    try:
        await _save(visit, customer, form, actor, database)
    except Problem as problem:
        return await _refused(visit, customer, database, form, problem)
    if visit.request.query_params.get("part"):
        return await _studio(visit, customer, database)
    return see_other(f"/customers/{customer}/brand")


@router.post("/customers/{customer}/brand")
async def publish_brand(
    visit: CurrentVisit, customer: UUID, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    """In force at once. An accent that is too weak is used at another lightness, which the page then shows."""
    require_staff(visit)
    try:
        await _save(visit, customer, form, actor, database)
        async with database.transaction(actor.viewer) as connection:
            await publish_draft(connection, actor, customer, form.revision)
    except Problem as problem:
        return await _refused(visit, customer, database, form, problem)
    return see_other(f"/customers/{customer}/brand")


@router.post("/customers/{customer}/brand/rollback")
async def step_back(
    visit: CurrentVisit, customer: UUID, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    require_staff(visit)
    try:
        async with database.transaction(actor.viewer) as connection:
            await roll_back(connection, actor, customer, form.revision)
    except Problem as problem:
        return await _refused(visit, customer, database, form, problem)
    return see_other(f"/customers/{customer}/brand")


@router.post("/customers/{customer}/brand/discard")
async def discard(visit: CurrentVisit, customer: UUID, actor: CurrentActor, database: CurrentDatabase) -> Response:
    require_staff(visit)
    async with database.transaction(actor.viewer) as connection:
        await discard_draft(connection, actor, customer)
    return see_other(f"/customers/{customer}/brand")


async def _pictures(visit: Visit, faults: list[FieldError]) -> dict[str, tuple[str, bytes] | None]:
    """Those that were chosen, and None for those to be taken away; adds a fault for each that is refused."""
    given = await visit.request.form()
    found: dict[str, tuple[str, bytes] | None] = {kind: None for kind in PICTURES if given.get(f"drop_{kind}")}
    for kind in PICTURES:
        picture = given.get(f"logos_{kind}")
        if isinstance(picture, UploadFile) and picture.filename:
            media_type, content = picture.content_type or "", await picture.read(MAX_BYTES + 1)
            try:
                found[kind] = (media_type, checked_picture(content, media_type))
            except UnsafePicture as refused:
                faults.append(FieldError(f"/logos/{kind}", refused.code, str(refused)))
    return found


@router.post("/customers/{customer}/brand/domain")
async def set_domain(
    visit: CurrentVisit, customer: UUID, form: CurrentForm, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    """The customer's own hosts, separated by commas. A new one waits for its record."""
    require_staff(visit)
    hosts = [host.strip().lower().rstrip(".") for host in form.get("domain").split(",") if host.strip()]
    try:
        body = checked(CustomerPatch, {"domains": hosts})
        await patch_customer(visit.request, customer, body, actor, database, form.revision)
    except Problem as problem:
        again = form.again(f"/customers/{customer}/brand/domain", problem, visit.scene)
        errors = tuple(replace(one, field="domain") for one in brand_errors(visit.scene, problem))
        return await _studio(visit, customer, database, status=problem.status, domain=replace(again, errors=errors))
    return see_other(f"/customers/{customer}/brand#address")


@router.post("/customers/{customer}/brand/domain/verification")
async def verify_domain(
    visit: CurrentVisit, customer: UUID, actor: CurrentActor, database: CurrentDatabase
) -> Response:
    require_staff(visit)
    looked = await verify_domains(database, actor, customer, visit.request.app.state.resolver)
    if not looked:
        return see_other(f"/customers/{customer}/brand#address")
    return await _studio(visit, customer, database, looked=looked)


@router.get("/customers/{customer}/brand/pictures/{sha256}")
async def picture(visit: CurrentVisit, customer: UUID, sha256: str) -> Response:
    """A picture of the brand or of its draft, for the studio and its previews."""
    require_staff(visit)
    found = await visit.request.app.state.brands.picture(customer, sha256)
    if found is None:
        raise NotFound
    headers = {**PICTURE_HEADERS, "Cache-Control": "private, max-age=31536000, immutable"}
    return Response(found.content, media_type=found.media_type, headers=headers)
