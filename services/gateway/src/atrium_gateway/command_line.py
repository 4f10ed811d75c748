"""Commands for operators: the first admin, sign-in links, API tokens."""

import argparse
import sys
from uuid import UUID

from atrium_chassis.database import Database
from atrium_chassis.viewer import Side, Viewer
from sqlalchemy.dialects.postgresql import insert as upsert

from atrium_gateway.audit.commands import Actor
from atrium_gateway.branding.brands import DEFAULT_ACCENT
from atrium_gateway.branding.commands import begin_brand
from atrium_gateway.changes import tell
from atrium_gateway.people.commands import NewMember, accept_invitation, add_member, ensure_person
from atrium_gateway.people.queries import domains_of, find_customer, find_member, houses_of, invited_to, person_of
from atrium_gateway.people.tables import provider
from atrium_gateway.settings import Settings
from atrium_gateway.signin.commands import create_api_token, find_addressee, store_code
from atrium_gateway.signin.model import OPERATOR_LINK_LIFETIME, PROVIDER, normal_email

NOT_FOUND = 1


async def bootstrap(settings: Settings, arguments: list[str]) -> int:
    """The provider and its first admin. Safe to repeat: what is there stays."""
    parser = argparse.ArgumentParser(prog="python -m atrium_gateway bootstrap")
    parser.add_argument("--provider-name", required=True)
    parser.add_argument("--admin-email", required=True)
    parser.add_argument("--admin-name", default="")
    parser.add_argument("--language", choices=("de", "en"), default="en")
    parser.add_argument("--time-zone", default="Europe/Zurich")
    given = parser.parse_args(arguments)
    email = normal_email(given.admin_email)
    database = Database(settings.database_url, "gateway", 1)
    try:
        async with database.transaction(Viewer.system(PROVIDER)) as connection:
            await connection.execute(
                upsert(provider)
                .values(one=True, name=given.provider_name, language=given.language, time_zone=given.time_zone)
                .on_conflict_do_nothing()
            )
            await begin_brand(connection, PROVIDER, given.provider_name, DEFAULT_ACCENT)
            person = await ensure_person(connection, email)
            if await find_member(connection, PROVIDER, person) is None:
                name = given.admin_name or email.partition("@")[0].replace(".", " ").title()
                admin = NewMember(email, name, "admin", given.language, None)
                await add_member(connection, Actor(Viewer.system(PROVIDER)), PROVIDER, person, admin)
            await tell(connection, "house", PROVIDER)  # who asked too early was told that nobody lives here
    finally:
        await database.close()
    return 0


async def sign_in(settings: Settings, arguments: list[str]) -> int:
    """A fresh one-time sign-in link per address, a line each."""
    database = Database(settings.database_url, "gateway", 1)
    try:
        for email in map(normal_email, arguments):
            house = await _house(database, email)
            if house is None:
                return _unknown(email)
            async with database.transaction(Viewer.system(house)) as connection:
                addressee = await find_addressee(connection, house, email)
                issued = await store_code(connection, house, email, addressee, "", OPERATOR_LINK_LIFETIME)
            sys.stdout.write(f"{await _origin(database, settings, house)}/sign-in/{issued.link}\n")
    finally:
        await database.close()
    return 0


async def token(settings: Settings, arguments: list[str]) -> int:
    """An API token and nothing else. Whoever is only invited belongs from now on."""
    email = normal_email(arguments[0]) if arguments else ""
    database = Database(settings.database_url, "gateway", 1)
    try:
        house = await _house(database, email)
        if house is None:
            return _unknown(email)
        async with database.transaction(Viewer.system(house)) as connection:
            actor = Actor(Viewer.system(house))
            person = await accept_invitation(connection, actor, house, email) or await person_of(connection, email)
            assert person is not None  # noqa: S101  # found above
            _, made = await create_api_token(connection, actor, house, person, "Command line", None)
        sys.stdout.write(f"{made}\n")
    finally:
        await database.close()
    return 0


async def _house(database: Database, email: str) -> UUID | None:
    """Where someone belongs or is invited to, the provider first."""
    async with database.transaction(Viewer.system(None)) as connection:
        person = await person_of(connection, email)
    async with database.transaction(Viewer(side=Side.PROVIDER)) as connection:
        houses = await houses_of(connection, person) if person is not None else []
        return next(iter(houses or await invited_to(connection, email)), None)


async def _origin(database: Database, settings: Settings, house: UUID) -> str:
    if house == PROVIDER:
        return settings.origin(settings.base_host)
    async with database.transaction(Viewer.system(house)) as connection:
        customer = await find_customer(connection, house)
        domains = await domains_of(connection, [house])
    assert customer is not None  # noqa: S101  # memberships belong to customers that are there
    own = domains.get(house, [])
    return settings.origin(own[0] if own else f"{customer.slug}.{settings.base_host}")


def _unknown(email: str) -> int:
    sys.stderr.write(f"Nobody with the address {email or '(none)'} belongs here.\n")
    return NOT_FOUND
