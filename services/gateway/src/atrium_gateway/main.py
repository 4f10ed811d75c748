"""The gateway: who is asking, brands, mails, the audit trail; REST and pages over the services."""

from typing import Any

from atrium_chassis.service import Service, run
from fastapi import FastAPI

from atrium_gateway import command_line
from atrium_gateway.audit.routes import router as audit
from atrium_gateway.audit.subscribers import subscribe as audit_acts
from atrium_gateway.branding.routes import router as branding
from atrium_gateway.branding.serving import router as brand_pages
from atrium_gateway.exports.routes import router as exports
from atrium_gateway.live.routes import router as live
from atrium_gateway.live.tail import tail_topics
from atrium_gateway.notifications.routes import router as looking
from atrium_gateway.notifications.sending import send_mails
from atrium_gateway.notifications.subscribers import subscriptions
from atrium_gateway.pages.errors import install_errors
from atrium_gateway.pages.headers import CompressionMiddleware, SecurityHeadersMiddleware
from atrium_gateway.pages.routes import routers as pages
from atrium_gateway.pages.static_files import router as static_files
from atrium_gateway.people.routes import routers as people
from atrium_gateway.resources import open_resources
from atrium_gateway.settings import Settings
from atrium_gateway.signin.middleware import BodyLimitMiddleware, TenantMiddleware
from atrium_gateway.signin.routes import routers as signin
from atrium_gateway.upstreams.passthrough import passthrough_router, with_upstream_operations
from atrium_gateway.upstreams.routes import router as documents

audit_acts(subscriptions)


def openapi(app: FastAPI) -> dict[str, Any]:
    from fastapi.openapi.utils import get_openapi  # noqa: PLC0415  # only where the document is asked for

    return with_upstream_operations(get_openapi(title="Atrium", version="1", routes=app.routes))


service = Service(
    name="gateway",
    source="accounts",
    settings=Settings,
    package="atrium_gateway",
    title="Atrium",
    routers=[
        passthrough_router(),  # first: it knows by one word that a request is not for it
        *signin,
        *people,
        branding,
        exports,
        audit,
        live,
        looking,
        brand_pages,
        static_files,
        *pages,
        documents,
    ],
    subscriptions=subscriptions,
    worker_tasks=[send_mails],
    api_tasks=[tail_topics],
    resources=open_resources,
    middleware=[TenantMiddleware, BodyLimitMiddleware, CompressionMiddleware, SecurityHeadersMiddleware],
    configure=install_errors,
    openapi=openapi,
    commands={
        "sign-in": command_line.sign_in,
        "token": command_line.token,
        "bootstrap": command_line.bootstrap,
    },
)


def main() -> None:
    run(service)
