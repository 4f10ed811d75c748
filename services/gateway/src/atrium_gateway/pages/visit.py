"""One visit of one person to one page: who they are, the house they are in, what they may ask of the services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from atrium_chassis.problems import NotFound, Problem
from atrium_chassis.telemetry import current_trace_id
from atrium_chassis.viewer import Side, Viewer
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from atrium_gateway.branding.model import FONTS, Brand
from atrium_gateway.pages import rendering
from atrium_gateway.pages.composing.problems import field_errors
from atrium_gateway.pages.composing.scene import Scene
from atrium_gateway.pages.desk import EMPTY_DESK, Desk, open_desk
from atrium_gateway.pages.headers import content_policy
from atrium_gateway.pages.presenting.page import House, Looking, Page
from atrium_gateway.pages.presenting.shapes import Form, Person
from atrium_gateway.pages.translation import TEMPLATES, translations
from atrium_gateway.people.queries import Named
from atrium_gateway.signin.identity import CurrentTenant, CurrentVisitor
from atrium_gateway.signin.model import Session, Tenant
from atrium_gateway.upstreams.client import Upstreams


class SignInFirst(Exception):
    """Nobody is signed in; the page leads to the sign-in and comes back."""


@dataclass(frozen=True)
class Visit:
    """`people` are all whose names this house may see; `desk` is what the workspace knows of its customers."""

    request: Request
    tenant: Tenant
    session: Session
    brand: Brand
    people: Mapping[UUID, Named]
    desk: Desk = EMPTY_DESK

    @property
    def viewer(self) -> Viewer:
        return self.session.viewer

    @property
    def is_staff(self) -> bool:
        return self.viewer.side is Side.PROVIDER

    @property
    def upstreams(self) -> Upstreams:
        upstreams: Upstreams = self.request.app.state.upstreams
        return upstreams

    async def get(self, service: str, path: str, query: str = "") -> Any:
        """A read of a service, parsed. Raises its Problem."""
        return await self.upstreams.get(self.viewer, service, path, query=query)

    async def send(self, service: str, method: str, path: str, body: object, form: "Submitted") -> Any:
        """A write with the form's key and revision. Raises the service's Problem."""
        return await self.upstreams.send(self.viewer, service, method, path, body, key=form.key, revision=form.revision)

    def person(self, identifier: str | UUID | None) -> Person | None:
        """The face and name behind an id; None for nobody."""
        if identifier is None:
            return None
        known = self.people.get(UUID(str(identifier)))
        if known is None:
            return None
        side = "provider" if known.side == "provider" else "customer"
        return Person(str(known.id), known.name, side, role=known.role)  # type: ignore[arg-type]

    def persons(self, identifiers: list[str] | None) -> tuple[Person, ...]:
        return tuple(person for one in identifiers or () if (person := self.person(one)) is not None)

    @property
    def reader(self) -> Person:
        return self.person(self.session.person) or Person(
            str(self.session.person), self.session.name, "provider" if self.is_staff else "customer"
        )

    @property
    def calendar(self) -> str:
        """A customer's house counts days by its own clock, wherever the reader is."""
        return "" if self.is_staff else self.tenant.time_zone

    @property
    def scene(self) -> Scene:
        """What composing knows about this reader and this moment."""
        return Scene(
            reader=str(self.session.person),
            side=self.viewer.side.value,
            role=self.viewer.role,
            language=self.viewer.language,
            now=datetime.now(UTC),
            time_zone=self.viewer.time_zone,
            person=self.person,
            words=translations(self.viewer.language),
            calendar=self.calendar,
            own=self.brand.choices.words.get(self.viewer.language, {}),
        )

    @property
    def team(self) -> tuple[Person, ...]:
        """Everyone active whom this house may name, the provider's people last."""
        active = [one for one in self.people.values() if one.active]
        ordered = sorted(active, key=lambda one: (one.side == "provider", one.name))
        return self.persons([str(one.id) for one in ordered])

    async def team_of(self, customer: str | UUID | None) -> tuple[Person, ...]:
        """Who is active in a customer's matters: in the workspace, not the people of all customers."""
        if not self.is_staff or customer is None:
            return self.team
        known = await self.request.app.state.directory.of(UUID(str(customer)))
        active = [str(one.id) for one in known.values() if one.active]
        return tuple(one for one in self.team if one.id in active)

    @property
    def _query(self) -> dict[str, str]:
        return {name: value for name, value in self.request.query_params.items() if name != "part"}

    @property
    def rail(self) -> dict[str, Any]:
        """What the workspace shows beside every page."""
        return {"customers": self.desk.marks, "counts": self.desk.counts} if self.is_staff else {}

    def looking(self, path: str, width: Literal["", "phone"] = "") -> Looking | None:
        """The bar and the frame where staff look at the page at `path` as somebody else."""
        if self.session.looking is None:
            return None
        settings = self.request.app.state.settings
        is_framed = self.request.headers.get("sec-fetch-dest") == "iframe"
        others = tuple(one for one in self.team if one.side == "customer" and one.id != self.reader.id)
        own = path if path.startswith(("/projects/", "/items/", "/files/", "/requests/")) else ""
        workspace = settings.public_url + (own or f"/customers/{self.tenant.house}")
        return Looking(self.reader, others, self.viewer.language, path, workspace, "framed" if is_framed else width)

    def page(self, section: str, *, path: str = "", **more: Any) -> Page:
        """What every template knows. `path` is the page's own address, where the answer to a form shows it; `query` is
        what it would ask for there."""
        return Page(
            house=house_of(self.tenant, self.brand, self.viewer.language),
            language=self.viewer.language,
            now=datetime.now(UTC),
            path=path or self.request.url.path,
            shell="workspace" if self.is_staff else "portal",
            section=section,
            reader=self.reader,
            side="provider" if self.is_staff else "customer",
            time_zone=self.viewer.time_zone,
            calendar=self.calendar,
            theme=theme_of(self.request),
            has_keys=self.request.cookies.get("keys") != "off",
            trace_id=current_trace_id(),
            **{
                "query": self._query if not path or path == self.request.url.path else {},
                "looking": self.looking(self.request.url.path),
                **self.rail,
                **more,
            },
        )

    def show(self, template: str, view: object, section: str, *, status: int = 200, **more: Any) -> Response:
        """The page, or the one live part of it that `?part=` asks for. Raises NotFound for a part it does not have."""
        part = self.request.query_params.get("part", "")
        if not part:
            return self.whole(template, view, section, status=status, **more)
        folder = TEMPLATES / template.removesuffix(".html")
        if not part.replace("-", "").isalnum() or not (folder / f"{part}.html").is_file():
            raise NotFound()
        return self._html(rendering.render_part(template, part, self.page(section, **more), view), status)

    def whole(self, template: str, view: object, section: str, *, status: int = 200, **more: Any) -> Response:
        return self._html(rendering.render(template, self.page(section, **more), view), status)

    def _html(self, html: str, status: int) -> Response:
        """Only a page that is looked at stands in a frame, which is one of its own host's."""
        headers = {"Cache-Control": "private, no-store"}
        if self.session.looking is not None:
            origin: str = self.request.app.state.settings.content_origin
            headers["Content-Security-Policy"] = content_policy(origin, framed_by="'self'")
        return HTMLResponse(html, status_code=status, headers=headers)


@dataclass(frozen=True)
class Submitted:
    """A posted form: what was typed, and what guards the write."""

    values: Mapping[str, str]
    lists: Mapping[str, list[str]]
    key: str
    revision: int | None

    def get(self, name: str) -> str:
        return self.values.get(name, "").strip()

    def again(self, action: str, problem: Problem, scene: Scene, **fields: str) -> Form:
        """The same form once more: what was typed stays, each error at its field.

        `fields` maps names of the service to those of the form where they differ. Raises what is none of its matter.
        """
        require_refusal(problem)
        return Form(
            action, str(uuid4()), self.revision, self.values, field_errors(problem, scene.words.gettext, fields)
        )


def require_refusal(problem: Problem) -> None:
    """What was typed was refused; anything else (away, signed out, not there) is no matter of a form, and raised."""
    if problem.status >= 500 or problem.status in {401, 404}:
        raise problem


def new_form(action: str, revision: int | None = None, **values: str) -> Form:
    return Form(action, str(uuid4()), revision, values)


async def submitted(request: Request) -> Submitted:
    form = await request.form()
    lists: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            lists.setdefault(name, []).append(value)
    values = {name: given[-1] for name, given in lists.items()}
    revision = values.pop("revision", "")
    key = values.pop("idempotency_key", "") or str(uuid4())
    return Submitted(values, lists, key, int(revision) if revision.isdigit() else None)


CurrentForm = Annotated[Submitted, Depends(submitted)]


def theme_of(request: Request) -> Any:
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""


def house_of(tenant: Tenant, brand: Brand, language: str) -> House:
    """The house as pages show it, with the brand's words in the reader's language."""
    choices = brand.choices
    short_name, provider_short = tenant.short_names
    logos = {kind: f"/brand/{digest}" for kind, digest in choices.logos.items()}
    return House(
        slug=tenant.slug,
        name=choices.product_name or tenant.name,
        short_name=short_name,
        provider=tenant.provider_name,
        provider_short=provider_short,
        host=tenant.host,
        header=choices.header,
        theme_url=f"/theme.css?v={brand.revision}",
        fonts=tuple(dict.fromkeys(FONTS[name].file for name in (choices.font_text, choices.font_heading))),
        logo_url=logos.get("light", ""),
        logo_dark_url=logos.get("dark", ""),
        mark_url=logos.get("mark", "") or logos.get("light", ""),
        sign_in_url=logos.get("sign_in", ""),
        proportions=brand.proportions,
        theme_colour=brand.theme.light.get("hdr-bg", "") or choices.accent,
        support_address=choices.support_address,
        words=choices.words.get(language, {}),
    )


async def visit_of(request: Request, tenant: CurrentTenant, visitor: CurrentVisitor) -> Visit:
    if visitor is None:
        raise SignInFirst
    state = request.app.state
    brand = await state.brands.of(tenant.house)
    people = await state.directory.of(visitor.viewer.customer)
    if visitor.viewer.side is not Side.PROVIDER:
        return Visit(request, tenant, visitor, brand, people)
    desk = await open_desk(state.database, state.upstreams, visitor.viewer)
    return Visit(request, tenant, visitor, brand, people, desk)


#: The signed-in person's visit; leads to the sign-in where nobody is signed in.
CurrentVisit = Annotated[Visit, Depends(visit_of)]


def moment(value: str | None) -> datetime | None:
    """A time as services write it."""
    return datetime.fromisoformat(value) if value else None


def day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def see_other(address: str) -> RedirectResponse:
    """After a form: the page to look at next, by GET."""
    return RedirectResponse(address, status_code=303)
