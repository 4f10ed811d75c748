"""What the acts of the trail are called, and what a search finds by those words."""

from collections.abc import Mapping
from functools import cache
from gettext import NullTranslations
from uuid import UUID

from atrium_gateway.audit.model import LONGEST_NEEDLE, Needle
from atrium_gateway.people.queries import Named


@cache
def act_words(words: NullTranslations) -> Mapping[str, str]:
    """Act → what was done, as a sentence that follows the name."""
    _ = words.gettext
    return {
        "approval_recorded": _("decided on a version"),
        "approval_superseded": _("ended a sign-off by a newer version"),
        "published_item_withdrawn": _("made an item internal again"),
        "workflow_version_published": _("published a version of a workflow"),
        "version_ready": _("uploaded a version"),
        "version_rejected": _("uploaded a version that was rejected"),
        "report_link_changed": _("changed a report link"),
        "thread_opened": _("began a conversation"),
        "customer_created": _("added the customer"),
        "customer_changed": _("changed the customer"),
        "domain_verified": _("proved a host of their own"),
        "brand_published": _("published the brand"),
        "invited": _("invited someone"),
        "invitation_withdrawn": _("withdrew an invitation"),
        "member_joined": _("joined"),
        "member_changed": _("changed someone’s access"),
        "member_removed": _("removed someone"),
        "signed_in": _("signed in"),
        "session_ended": _("signed out"),
        "sessions_ended": _("signed out everywhere"),
        "api_token_created": _("created an API token"),
        "api_token_revoked": _("revoked an API token"),
        "reminded": _("sent a reminder"),
        "reminder_taken_back": _("took a reminder back before it left"),
        "viewed_as": _("looked at the portal as this person"),
    }


#: Coming and going: it says nothing of the work.
QUIET = frozenset({"signed_in", "session_ended", "sessions_ended", "api_token_created", "api_token_revoked"})


def needle_of(text: str, people: Mapping[UUID, Named], words: NullTranslations) -> Needle | None:
    """What was typed, as it finds people and acts by their names; None for nothing."""
    # The database takes no text with a NUL.
    wanted = text.replace("\0", "").strip()[:LONGEST_NEEDLE]
    if not wanted:
        return None
    folded = wanted.casefold()
    return Needle(
        wanted,
        frozenset(key for key, one in people.items() if folded in one.name.casefold()),
        frozenset(key for key, said in act_words(words).items() if folded in said.casefold()),
    )
