"""Who is here, who was invited."""

from collections.abc import Callable, Collection, Mapping, Sequence

from atrium_gateway.pages.composing.scene import Json, Scene, moment
from atrium_gateway.pages.presenting.others import Invitation, Member, PeopleFilter, PeoplePage
from atrium_gateway.pages.presenting.shapes import Choice, Form, Person, Side


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
        Choice("owner", scene.words.pgettext("role", "Owner"), scene._("invites and removes people too")),
    )


def people_filter(asked: Mapping[str, str]) -> PeopleFilter:
    return PeopleFilter(*(asked.get(name, "").strip() for name in ("q", "role", "seen")))


def member(
    row: Json, side: Side, titles: Mapping[str, str], remove: Form | None = None, *, has_token: bool = False
) -> Member:
    """`titles` are of the projects that are known here; others are counted."""
    permitted = row["projects"]
    named = [titles[one] for one in permitted or () if one in titles]
    projects = "" if permitted is None else ", ".join(named) or str(len(permitted))
    person = Person(row["person_id"], row["name"], side, role=row["role"])
    return Member(person, row["email"], projects, moment(row["last_seen_at"]), remove, has_token)


def staff_of(rows: Sequence[Json], projects: Collection[str], titles: Mapping[str, str]) -> tuple[Member, ...]:
    """Those of the provider's people who may be in one of these projects."""
    return tuple(
        member(row, "provider", titles)
        for row in rows
        if row["projects"] is None or not set(projects).isdisjoint(row["projects"])
    )


def people_page(
    scene: Scene,
    members: Sequence[Json],
    invitations: Sequence[Json],
    *,
    theirs: Sequence[Member],
    invite: Form | None,
    remove: Callable[[str, int], Form] | None,
    on_invitation: Callable[[str, str], Form],
    wanted: PeopleFilter,
    titles: Mapping[str, str],
    token_holders: Collection[str],
) -> PeoplePage:
    """`remove` is the form for a person's revision, `on_invitation` that of an act on one: `withdrawal`, `again`."""

    def shown(row: Json) -> Member:
        is_self = row["person_id"] == scene.reader
        form = remove(row["person_id"], row["revision"]) if remove and not is_self else None
        has_token = row["person_id"] in token_holders
        return member(row, scene.side, titles, form, has_token=has_token)  # type: ignore[arg-type]

    def invited(row: Json) -> Invitation:
        ends = moment(row["expires_at"])
        return Invitation(
            row["email"],
            row["role"],
            scene.person(row["invited_by"]),
            ends,
            on_invitation(row["id"], "withdrawal"),
            on_invitation(row["id"], "again"),
            ended=ends is not None and ends <= scene.now,
        )

    everyone = tuple(map(shown, members))
    return PeoplePage(
        ours=tuple(one for one in everyone if wanted.takes(one, scene.now)),
        theirs=tuple(theirs),
        invitations=tuple(map(invited, invitations)),
        invite=invite,
        roles=roles(scene),
        filter=wanted,
        total=len(everyone),
    )
