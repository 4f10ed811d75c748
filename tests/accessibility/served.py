"""Every page's sample at an address of its own, with its live parts and the real stream of hints, from one process."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

from atrium_contracts import Envelope
from atrium_gateway.live.hub import Hub
from atrium_gateway.live.model import Circle
from atrium_gateway.live.routes import router as stream
from atrium_gateway.pages.headers import SecurityHeadersMiddleware
from atrium_gateway.pages.presenting.page import Page
from atrium_gateway.pages.rendering import render, render_part
from atrium_gateway.pages.samples.catalogue import Sample, samples
from atrium_gateway.pages.samples.house import HOUSES, customers_css, theme
from atrium_gateway.pages.static_files import router as static_files
from atrium_gateway.signin.identity import session_of
from atrium_testkit import viewers
from atrium_testkit.paths import DEMO_LOGOS, repository
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

AXE = repository() / "services" / "gateway" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LANGUAGES = ("en", "de")
CUSTOMERS = ("bluepeak", "helvetia")
#: One of each page; dark is asked for, not a page of its own.
SAMPLES = {one.name: one for one in samples() if not one.page.theme or one.template == "components.html"}
READER = viewers.provider()


@dataclass(frozen=True)
class Look:
    """A page as one house shows it, in one language and theme."""

    sample: str
    house: str
    language: str
    theme: str = "light"

    @property
    def name(self) -> str:
        return f"{self.sample}-{self.house}-{self.language}"

    @property
    def address(self) -> str:
        return f"/samples/{self.sample}?{urlencode(self.query)}"

    @property
    def query(self) -> dict[str, str]:
        return {"house": self.house, "language": self.language, "theme": self.theme}

    def page(self) -> Page:
        """The sample's page in this look. Its parts are fetched again at its own address."""
        sample = SAMPLES[self.sample]
        own = {"house": HOUSES[self.house], "language": self.language, "theme": self.theme}
        return replace(sample.page, path=f"/samples/{self.sample}", query=self.query, **own)


def houses_of(sample: Sample) -> tuple[str, ...]:
    """Where a page exists: a customer's page in both brands, the provider's in the workspace."""
    own = sample.page.house.slug
    return (own,) if own == "nordwind" or sample.template == "components.html" else CUSTOMERS


def looks(*languages: str) -> Iterator[Look]:
    """Every page in every house and language."""
    for name, sample in SAMPLES.items():
        for house in houses_of(sample):
            for language in languages or LANGUAGES:
                yield Look(name, house, language)


def crossed() -> Iterator[Look]:
    """Every page once in each house and each language: which house speaks which changes from page to page."""
    for number, (name, sample) in enumerate(SAMPLES.items()):
        houses = houses_of(sample)
        houses = houses if len(houses) > 1 else houses * len(LANGUAGES)
        spoken = LANGUAGES if number % 2 else LANGUAGES[::-1]
        for house, language in zip(houses, spoken, strict=True):
            yield Look(name, house, language)


def once(language: str = "") -> Iterator[Look]:
    """Every page once, in one house after the other; without a language, in one after the other too. For what neither
    colours nor fonts decide."""
    for number, (name, sample) in enumerate(SAMPLES.items()):
        houses = houses_of(sample)
        yield Look(name, houses[number % len(houses)], language or LANGUAGES[number // 2 % 2])


@asynccontextmanager
async def _lifetime(app: FastAPI) -> AsyncIterator[None]:
    app.state.loop = asyncio.get_running_loop()
    app.state.runtime = SimpleNamespace(stopping=asyncio.Event())
    yield


def gallery() -> FastAPI:
    app = FastAPI(lifespan=_lifetime)
    app.state.settings = SimpleNamespace(content_origin="")
    app.state.hub = Hub()
    app.state.versions = dict[str, object]()
    app.dependency_overrides[session_of] = lambda: SimpleNamespace(viewer=READER)
    app.include_router(stream)
    app.include_router(static_files)
    app.add_middleware(SecurityHeadersMiddleware)
    app.add_api_route("/samples/{name}", show, response_class=HTMLResponse)
    app.add_api_route("/theme-{house}.css", show_theme)
    app.add_api_route("/customers.css", show_customers)
    app.add_api_route("/assets/{mark}.svg", show_mark)
    app.add_api_route("/axe.js", show_axe)
    return app


async def show(
    request: Request, name: str, house: str, language: str = "en", theme: str = "light", part: str = ""
) -> HTMLResponse:
    """A page, or one live part of it; of a page that was changed, what it has become."""
    sample, page = SAMPLES[name], Look(name, house, language, theme).page()
    view = request.app.state.versions.get(name, sample.view)
    if part:
        return HTMLResponse(render_part(sample.template, part, page, view))
    return HTMLResponse(render(sample.template, page, view))


async def show_theme(house: str) -> Response:
    return Response(theme(house), media_type="text/css")


async def show_customers() -> Response:
    return Response(customers_css(), media_type="text/css")


async def show_mark(mark: str) -> FileResponse:
    return FileResponse(DEMO_LOGOS / f"{HOUSES[mark].slug}.svg", media_type="image/svg+xml")


async def show_axe() -> FileResponse:
    """From an address that is cached, the browser compiles it once for all pages."""
    return FileResponse(AXE, headers={"cache-control": "max-age=3600"})


@dataclass
class Gallery:
    """The running gallery, for tests: where it is, and what happens at its pages."""

    app: FastAPI
    origin: str
    revision: int = 1

    def address(self, look: Look) -> str:
        return self.origin + look.address

    def change(self, name: str, view: object, subject: str) -> None:
        """From now on a page shows something else, and its readers get the hint."""
        self.app.state.versions[name] = view
        self.revision += 1
        happened = Envelope(
            id=uuid4(),
            type="sample.changed",
            source="threads",
            subject=subject,
            time=datetime.now(UTC),
            customer=None,
            audience="shared",
            revision=self.revision,
            epoch=1,
            actor=None,
        )
        self.app.state.loop.call_soon_threadsafe(self.app.state.hub.publish, happened, Circle(), "trace")

    def reset(self) -> None:
        self.app.state.versions.clear()

    def end(self) -> None:
        """Streams end with the server, as in the gateway."""
        self.app.state.loop.call_soon_threadsafe(self.app.state.hub.end_all)
