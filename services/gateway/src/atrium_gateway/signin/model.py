"""Who is asking: hosts, sessions, codes. Rules without I/O."""

import hashlib
import hmac
import ipaddress
import re
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from atrium_chassis.viewer import Side, Viewer, common

#: The provider's own house. Rows of the workspace carry it as `customer_id`; no customer ever has it.
PROVIDER = UUID(int=0)

CODE_LIFETIME = timedelta(minutes=15)
OPERATOR_LINK_LIFETIME = timedelta(hours=12)
MAX_TRIES = 5
CODES_PER_ADDRESS = 20  # in CODE_LIFETIME
CODES_PER_NETWORK = 100  # in CODE_LIFETIME
NEW_CODE_AFTER = timedelta(seconds=30)
SESSION_LIFETIME = timedelta(days=30)
SHORT_SESSION_LIFETIME = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)

EMAIL = r"^[^@\s\x00-\x1f<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,180}$"


@dataclass(frozen=True)
class Tenant:
    """Whose house a host leads to. `customer` is None for the provider's workspace."""

    house: UUID
    customer: UUID | None
    slug: str
    name: str
    host: str
    origin: str
    language: str
    time_zone: str
    provider_name: str

    @property
    def short_names(self) -> tuple[str, str]:
        """The house's and the provider's, for where a whole name is too long."""
        return first_word(self.name), first_word(self.provider_name)


def first_word(name: str) -> str:
    return name.split(" ", 1)[0]


@dataclass(frozen=True)
class Looking:
    """Who looks as somebody else: their own rights, and the session they do it from."""

    viewer: Viewer
    session: UUID


@dataclass(frozen=True)
class Session:
    """A signed-in person at one house. `by_token`: an API token rather than a browser's session.

    With `looking`, staff who see the house with that person's eyes.
    """

    id: UUID
    house: UUID
    person: UUID
    name: str
    email: str
    viewer: Viewer
    by_token: bool
    looking: Looking | None = None


@dataclass(frozen=True)
class IssuedCode:
    """Exists in memory and in the mail; the database keeps hashes."""

    code: str
    link: str


def own_house(viewer: Viewer) -> UUID:
    """The house that a viewer's own rows are kept under."""
    return viewer.customer or PROVIDER


def viewer_of(
    house: UUID, person: UUID, role: str, projects: list[UUID] | None, language: str, time_zone: str
) -> Viewer:
    """The viewer that a membership makes of a person."""
    staff = house == PROVIDER
    return Viewer(
        side=Side.PROVIDER if staff else Side.CUSTOMER,
        person=person,
        customer=None if staff else house,
        role=role,
        projects=None if projects is None else frozenset(projects),
        language=language,
        time_zone=time_zone,
    )


def looking_as(staff: Viewer, person: Viewer) -> Viewer:
    """Staff with the eyes of a customer's person: of what both may see the shared rows alone, and nothing to write."""
    return replace(person, preview=staff.person, projects=common(person.projects, staff.projects))


def normal_email(email: str) -> str:
    return email.strip().lower()


def address_digest(email: str) -> bytes:
    return hashlib.sha256(normal_email(email).encode()).digest()


def mask(email: str) -> str:
    """`anna@…` → `a••••@…`, the same length for every name."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}••••@{domain}"


def issue() -> IssuedCode:
    return IssuedCode(code=f"{secrets.randbelow(1_000_000):06d}", link=secrets.token_urlsafe(32))


def hash_code(code: str, salt: bytes) -> bytes:
    """Six digits are few, so the hash is slow: trying all of them takes hours, a code lasts minutes."""
    return hashlib.scrypt(code.encode(), salt=salt, n=2**13, r=8, p=1, dklen=32)


def same(one: bytes, other: bytes) -> bool:
    return hmac.compare_digest(one, other)


def new_secret() -> str:
    """256 random bits, for sessions, API tokens and links."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


API_TOKEN = re.compile(r"^atrium_([0-9a-f]{32})_([\w-]{43})$")


def api_token(house: UUID, secret: str) -> str:
    """The house stands in the token, so that looking it up needs no sight of other houses."""
    return f"atrium_{house.hex}_{secret}"


def read_api_token(token: str) -> tuple[UUID, str] | None:
    match = API_TOKEN.match(token)
    return (UUID(match[1]), match[2]) if match else None


def network_of(address: str) -> str:
    """Addresses are kept as networks only: /24 or /48."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((parsed, 24 if parsed.version == 4 else 48), strict=False))


BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"))


def device_name(user_agent: str) -> str:
    """“Firefox, Windows”: enough to recognise one's own device."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "Linux" if "Linux" in user_agent else "")
    return ", ".join(filter(None, (browser, system)))


def initials(name: str) -> str:
    """First letters of the first and the last word."""
    words = [word for word in re.split(r"[\s-]+", name) if word]
    return "".join(word[0] for word in (words if len(words) < 2 else (words[0], words[-1]))).upper()
