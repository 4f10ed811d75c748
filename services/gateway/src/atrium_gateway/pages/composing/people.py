"""Who is here, who was invited."""

from collections.abc import Callable, Sequence

from atrium_gateway.pages.composing.scene import Json, Scene, moment
from atrium_gateway.pages.presenting.others import Invitation, Member, PeoplePage
from atrium_gateway.pages.presenting.shapes import Choice, Form, Person


def roles(scene: Scene) -> tuple[Choice, ...]:
    if scene.side == "provider":
        return (
            Choice("member", scene._("Member"), scene._("works in the projects")),
            Choice("manager", scene._("Manager"), scene._("starts projects, changes workflows")),
            Choice("admin", scene._("Admin"), scene._("everything, people and brands too")),
        )
    return (
        Choice("member", scene._("Member"), scene._("reads, writes, decides")),
        Choice("reader", scene._("Reader"), scene._("reads and writes, decides nothing")),
        Choice("owner", scene._("Owner"), scene._("invites and removes people too")),
    )


def people_page(
    scene: Scene,
    members: Sequence[Json],
    invitations: Sequence[Json],
    *,
    provider: Sequence[Person],
    invite: Form | None,
    remove: Callable[[str, int], Form] | None,
    withdraw: Callable[[str], Form],
) -> PeoplePage:
    def member(row: Json) -> Member:
        person = Person(row["person_id"], row["name"], scene.side, role=row["role"])  # type: ignore[arg-type]
        is_self = row["person_id"] == scene.reader
        projects = "" if row["projects"] is None else str(len(row["projects"]))
        form = remove(row["person_id"], row["revision"]) if remove and not is_self else None
        return Member(person, row["email"], projects, moment(row["last_seen_at"]), form)

    return PeoplePage(
        ours=tuple(member(row) for row in members),
        theirs=tuple(Member(person, "") for person in provider),
        invitations=tuple(
            Invitation(
                row["email"],
                row["role"],
                scene.person(row["invited_by"]),
                moment(row["expires_at"]),
                withdraw(row["id"]),
            )
            for row in invitations
        ),
        invite=invite,
        roles=roles(scene),
    )
