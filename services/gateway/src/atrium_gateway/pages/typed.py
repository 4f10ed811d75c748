"""What was typed into a form, as the API's own bodies take it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from atrium_chassis.problems import FieldError, Invalid
from pydantic import BaseModel, ValidationError

Body = TypeVar("Body", bound=BaseModel)


def checked(model: type[Body], typed: Mapping[str, Any]) -> Body:
    """The same rules for pages as for the API. Raises Invalid, with each error at its field."""
    try:
        return model.model_validate(typed)
    except ValidationError as error:
        faults = [FieldError("/" + "/".join(map(str, one["loc"])), one["type"], one["msg"]) for one in error.errors()]
        raise Invalid(faults) from None
