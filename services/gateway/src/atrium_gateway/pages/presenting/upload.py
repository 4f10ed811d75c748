"""The second step of an upload without scripts: the file goes to the object store by a plain form. Template
`portal/upload.html`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UploadPage:
    """`fields` are signed and must be sent as they are, before the `file`."""

    name: str
    back: str
    address: str
    fields: Mapping[str, str]
