"""What the gateway's own operations say of themselves in the OpenAPI document."""

from collections.abc import Sequence
from typing import Any

from atrium_chassis import describing
from atrium_chassis.describing import Scope
from fastapi.responses import Response

#: Who says which people belong to a customer.
INVITERS = ("admin", "manager", "owner")


def described(scope: Scope, roles: Sequence[str], *problems: int, **answer: Any) -> dict[str, Any]:
    """As of every service; here each operation also knows hosts at which there is no portal."""
    return describing.described(scope, roles, 421, *problems, **answer)


def described_file(media_type: str, scope: Scope, roles: Sequence[str], *problems: int) -> dict[str, Any]:
    """The same of an operation that answers with a file."""
    told = described(scope, roles, *problems)
    told["responses"][200] = {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}
    return {**told, "response_class": Response}
