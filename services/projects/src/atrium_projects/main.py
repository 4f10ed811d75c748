"""The projects service: what it is made of."""

from atrium_chassis.consumer import Subscriptions
from atrium_chassis.service import Service, run

from atrium_projects.approvals import subscribers as approvals
from atrium_projects.members import subscribers as members
from atrium_projects.plan import item_routes
from atrium_projects.plan import routes as plan
from atrium_projects.requests import routes as requests
from atrium_projects.search import routes as search
from atrium_projects.settings import Settings
from atrium_projects.workflows import routes as workflows

subscriptions = Subscriptions()
members.subscribe(subscriptions)
approvals.subscribe(subscriptions)

service = Service(
    name="projects",
    source="projects",
    settings=Settings,
    package="atrium_projects",
    routers=[plan.router, item_routes.router, workflows.router, requests.router, search.router],
    subscriptions=subscriptions,
    title="Atrium projects",
)


def main() -> None:
    run(service)
