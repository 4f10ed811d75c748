"""Events of the gateway, whose source is `accounts`. They carry ids; names and addresses stay in the gateway."""

from typing import ClassVar
from uuid import UUID

from atrium_contracts.envelope import Audience, EventData, Source
from atrium_contracts.words import Role, Side


class AccountsEvent(EventData):
    SOURCE: ClassVar[Source] = "accounts"


class CustomerChanged(AccountsEvent):
    """Subject `customers/<id>`."""

    NAME: ClassVar[str] = "customer_changed"
    AUDIENCES: ClassVar[frozenset[Audience]] = frozenset({"shared"})
    customer_id: UUID
    slug: str
    name: str
    time_zone: str
    active: bool


class MembershipChanged(AccountsEvent):
    """Subject `memberships/<id>`. `active: false` is the tombstone. `customer_id` is None for staff."""

    NAME: ClassVar[str] = "membership_changed"
    AUDIENCES: ClassVar[frozenset[Audience]] = frozenset({"shared"})
    membership_id: UUID
    person_id: UUID
    customer_id: UUID | None
    side: Side
    role: Role
    project_ids: list[UUID] | None = None  # None: all projects
    active: bool


class BrandChanged(AccountsEvent):
    """Subject `customers/<id>/brand`."""

    NAME: ClassVar[str] = "brand_changed"
    AUDIENCES: ClassVar[frozenset[Audience]] = frozenset({"shared"})
    customer_id: UUID
    product_name: str
    accent: str
