"""The brand of a customer, and of the provider, over REST."""

import base64
import binascii
import re
from typing import Any
from uuid import UUID

from atrium_chassis.dependencies import CurrentDatabase
from atrium_chassis.describing import EVERYONE, MANAGERS, STAFF
from atrium_chassis.idempotency import once
from atrium_chassis.problems import FieldError, Invalid, NotFound
from atrium_chassis.requests import Body, IdempotencyKey, IfMatch, revisioned
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field, field_validator

from atrium_gateway import examples
from atrium_gateway.branding.commands import change_brand, roll_back
from atrium_gateway.branding.model import FONTS, Brand, Header, LogoKind, TextOnAccent
from atrium_gateway.branding.queries import find_brand
from atrium_gateway.openapi import described
from atrium_gateway.people.queries import find_customer
from atrium_gateway.signin.identity import CurrentActor, CurrentSession
from atrium_gateway.signin.model import EMAIL, PROVIDER

router = APIRouter(prefix="/api/v1")

WORDS = frozenset({"project", "request", "conversation", "report"})
FORMS = frozenset({"singular", "plural", "article"})


class Logo(Body):
    media_type: str = Field(pattern=r"^image/(svg\+xml|png)$")
    content: str = Field(max_length=360_000, description="The picture, base64.")

    def decoded(self, kind: str) -> tuple[str, bytes]:
        try:
            return self.media_type, base64.b64decode(self.content, validate=True)
        except binascii.Error:
            raise Invalid([FieldError(f"/logos/{kind}/content", "not_base64", "The picture is base64.")]) from None


class BrandPatch(Body):
    """What is left out stays as it is; a logo of null is taken away."""

    product_name: str | None = Field(None, min_length=1, max_length=60)
    accent: str | None = Field(None, pattern=r"^#[0-9a-fA-F]{6}$", examples=["#3f7d20"])
    header: Header | None = None
    text_on_accent: TextOnAccent | None = None
    font_heading: str | None = None
    font_text: str | None = None
    sender_name: str | None = Field(None, max_length=60, pattern=r"^[^\x00-\x1f<>@\"]*$")
    support_address: str | None = Field(None, max_length=254)
    words: dict[str, dict[str, dict[str, str]]] | None = None
    logos: dict[LogoKind, Logo | None] = {}

    @field_validator("font_heading", "font_text")
    @classmethod
    def _self_hosted(cls, font: str | None) -> str | None:
        if font is not None and font not in FONTS:
            raise ValueError(f"a font is one of {', '.join(FONTS)}")
        return font

    @field_validator("support_address")
    @classmethod
    def _address(cls, address: str | None) -> str | None:
        if address and not re.match(EMAIL, address):
            raise ValueError("an e-mail address")
        return address

    @field_validator("words")
    @classmethod
    def _known_words(cls, words: dict[str, dict[str, dict[str, str]]] | None) -> Any:
        for language, by_word in (words or {}).items():
            known = language in {"de", "en"} and by_word.keys() <= WORDS
            if not known or any(not forms.keys() <= FORMS for forms in by_word.values()):
                raise ValueError("words are those of project, request, conversation, report, in de and en")
            if any(not 0 < len(text) <= 40 for forms in by_word.values() for text in forms.values()):
                raise ValueError("a word has 1 to 40 characters")
        return words


class RepairView(BaseModel):
    use: str
    entered: str
    used: str
    entered_ratio: float
    used_ratio: float
    needed: float


class BrandView(BaseModel):
    product_name: str
    accent: str = Field(description="As entered.", examples=["#3f7d20"])
    accent_used: str = Field(description="As used, with its contrast repaired.", examples=["#3f7d20"])
    header: Header
    text_on_accent: TextOnAccent
    font_heading: str
    font_text: str
    sender_name: str
    support_address: str
    words: dict[str, dict[str, dict[str, str]]]
    logos: dict[str, str] = Field(description="Kind → address of the picture.")
    theme: dict[str, dict[str, str]] = Field(description="Custom properties of the light and the dark theme.")
    repairs: list[RepairView]
    revision: int


def brand_view(brand: Brand) -> dict[str, Any]:
    choices = brand.choices
    return BrandView(
        product_name=choices.product_name,
        accent=choices.accent,
        accent_used=brand.theme.light["accent"],
        header=choices.header,
        text_on_accent=choices.text_on_accent,
        font_heading=choices.font_heading,
        font_text=choices.font_text,
        sender_name=choices.sender_name,
        support_address=choices.support_address,
        words={lang: {word: dict(forms) for word, forms in words.items()} for lang, words in choices.words.items()},
        logos={kind: f"/brand/{sha256}" for kind, sha256 in choices.logos.items()},
        theme={"light": dict(brand.theme.light), "dark": dict(brand.theme.dark)},
        repairs=[RepairView(**repair.__dict__) for repair in brand.theme.repairs],
        revision=brand.revision,
    ).model_dump()


def changes_of(body: BrandPatch) -> dict[str, Any]:
    changes = body.model_dump(exclude_unset=True, exclude_none=True, exclude={"logos"})
    if "accent" in changes:
        changes["accent"] = changes["accent"].lower()
    return changes


async def _read(request: Request, database: CurrentDatabase, session: CurrentSession, house: UUID) -> Response:
    async with database.transaction(session.viewer) as connection:
        if house != PROVIDER and await find_customer(connection, house) is None:
            raise NotFound
        brand = await find_brand(connection, house)
    if brand is None:
        raise NotFound
    return revisioned(request, brand_view(brand), brand.revision)


async def _change(
    request: Request,
    database: CurrentDatabase,
    actor: CurrentActor,
    house: UUID,
    body: BrandPatch,
    expected: int | None,
) -> Response:
    logos = {str(kind): None if logo is None else logo.decoded(kind) for kind, logo in body.logos.items()}
    async with database.transaction(actor.viewer) as connection:
        brand = await change_brand(connection, actor, house, changes_of(body), logos, expected)
    return revisioned(request, brand_view(brand), brand.revision)


@router.get(
    "/customers/{customer}/brand",
    operation_id="get_brand",
    response_model=BrandView,
    **described("both", EVERYONE, 404, example=examples.BRAND),
)
async def get_brand(request: Request, customer: UUID, database: CurrentDatabase, session: CurrentSession) -> Response:
    if customer == PROVIDER:
        raise NotFound
    return await _read(request, database, session, customer)


@router.patch(
    "/customers/{customer}/brand",
    operation_id="change_brand",
    response_model=BrandView,
    **described("provider", MANAGERS, 403, 404, 412, example=examples.BRAND),
)
async def patch_brand(
    request: Request,
    customer: UUID,
    body: BrandPatch,
    database: CurrentDatabase,
    actor: CurrentActor,
    if_match: IfMatch,
) -> Response:
    """In force at once, on every page and mail, without a restart."""
    if customer == PROVIDER:
        raise NotFound
    return await _change(request, database, actor, customer, body, if_match)


@router.post(
    "/customers/{customer}/brand/rollback",
    operation_id="roll_back_brand",
    response_model=BrandView,
    **described("provider", MANAGERS, 403, 404, 409, 412, example=examples.BRAND),
)
async def post_rollback(
    request: Request,
    customer: UUID,
    database: CurrentDatabase,
    actor: CurrentActor,
    key: IdempotencyKey,
    if_match: IfMatch,
) -> Response:
    """The brand before this one, published again: a step back, and by the same a step forward."""
    if customer == PROVIDER:
        raise NotFound
    async with database.transaction(actor.viewer) as connection:

        async def act() -> dict[str, Any]:
            return brand_view(await roll_back(connection, actor, customer, if_match))

        body = {"customer": str(customer)}
        answer = await once(connection, actor.viewer, operation="roll_back_brand", key=key, body=body, act=act)
    return revisioned(request, answer, answer["revision"])


@router.get(
    "/provider/brand",
    operation_id="get_provider_brand",
    response_model=BrandView,
    **described("provider", STAFF, 404, example=examples.BRAND),
)
async def get_provider_brand(request: Request, database: CurrentDatabase, session: CurrentSession) -> Response:
    return await _read(request, database, session, PROVIDER)


@router.patch(
    "/provider/brand",
    operation_id="change_provider_brand",
    response_model=BrandView,
    **described("provider", ("admin",), 403, 412, example=examples.BRAND),
)
async def patch_provider_brand(
    request: Request, body: BrandPatch, database: CurrentDatabase, actor: CurrentActor, if_match: IfMatch
) -> Response:
    return await _change(request, database, actor, PROVIDER, body, if_match)
