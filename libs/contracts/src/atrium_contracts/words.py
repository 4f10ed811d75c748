"""The values that events share: product words, spelled once."""

from typing import Literal

Turn = Literal["customer", "provider", "third_party", "nobody"]
#: Verbs are data of a workflow; these six come with colours and icons, others are shown plainly.
Verb = str
Visibility = Literal["internal", "placeholder", "shared"]
ItemKind = Literal["phase", "task", "milestone", "risk", "issue", "decision"]
Side = Literal["provider", "customer", "link", "system"]
Role = Literal["admin", "manager", "member", "owner", "reader"]
VersionStatus = Literal["uploading", "checking", "ready", "rejected"]
