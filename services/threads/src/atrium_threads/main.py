"""The threads service: its routes and what it learns from other services' events."""

from atrium_chassis.consumer import Subscriptions
from atrium_chassis.service import Service, run
from atrium_contracts.accounts import MembershipChanged
from atrium_contracts.files import VersionReady
from atrium_contracts.projects import (
    ItemChanged,
    ProjectChanged,
    PublishedItemChanged,
    PublishedItemWithdrawn,
    RequestChanged,
)
from atrium_contracts.reports import ReportChanged

from atrium_threads.reading import routes as reading_routes
from atrium_threads.reading.subscribers import keep_membership
from atrium_threads.search import routes as search_routes
from atrium_threads.settings import Settings
from atrium_threads.threads import routes as threads_routes
from atrium_threads.threads import subscribers

subscriptions = Subscriptions()
subscriptions.on(MembershipChanged)(keep_membership)
subscriptions.on(ProjectChanged)(subscribers.keep_project)
subscriptions.on(ItemChanged)(subscribers.keep_item)
subscriptions.on(PublishedItemChanged)(subscribers.keep_published_item)
subscriptions.on(PublishedItemWithdrawn)(subscribers.withdraw_item)
subscriptions.on(VersionReady)(subscribers.keep_version)
subscriptions.on(RequestChanged)(subscribers.keep_request)
subscriptions.on(ReportChanged)(subscribers.keep_figures)

service = Service(
    name="threads",
    source="threads",
    package="atrium_threads",
    title="Atrium threads",
    settings=Settings,
    routers=[threads_routes.router, reading_routes.router, search_routes.router],
    subscriptions=subscriptions,
)


def main() -> None:
    run(service)
