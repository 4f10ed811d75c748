"""The reports service: what it is made of."""

from atrium_chassis.consumer import Subscriptions
from atrium_chassis.service import Service, run

from atrium_reports.exports import routes as exports
from atrium_reports.facts import subscribers as facts
from atrium_reports.figures import routes as figures
from atrium_reports.links import routes as links
from atrium_reports.search import routes as search
from atrium_reports.settings import Settings

subscriptions = Subscriptions()
facts.subscribe(subscriptions)

service = Service(
    name="reports",
    source="reports",
    package="atrium_reports",
    title="Atrium reports",
    settings=Settings,
    routers=[figures.router, exports.router, links.router, search.router],
    subscriptions=subscriptions,
)


def main() -> None:
    run(service)
