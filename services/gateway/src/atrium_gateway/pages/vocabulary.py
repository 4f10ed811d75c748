"""Words for the keys of the domain, in one language: verbs, turns, states of health, kinds, roles.

A key that is not known (a workflow may invent verbs) is shown by the label it brought along.
"""

from collections.abc import Mapping
from datetime import datetime
from gettext import NullTranslations

from atrium_gateway.branding.terms import Term, term
from atrium_gateway.pages.presenting.page import Page
from atrium_gateway.pages.presenting.shapes import Tone, Verb

TONES: Mapping[str, Tone] = {
    "on_track": "ok",
    "attention": "warn",
    "at_risk": "bad",
    "finished": "ok",
    "current": "accent",
    "draft": "",
    "superseded": "",
    "approved": "ok",
    "checking": "",
    "uploading": "",
    "ready": "",
    "rejected": "bad",
    "valid": "ok",
    "expired": "",
    "revoked": "bad",
}


class Vocabulary:
    """The words of one language."""

    def __init__(self, catalogue: NullTranslations) -> None:
        _ = catalogue.gettext
        self._verbs = {
            "review": _("Review"),
            "confirm": _("Confirm"),
            "sign_off": _("Sign off"),
            "answer": _("Answer"),
            "upload": _("Upload"),
            "sync": _("Sync"),
        }
        self._starts = {
            "review": _("Start review"),
            "confirm": _("Confirm"),
            "sign_off": _("Review and sign off"),
            "answer": _("Answer"),
            "upload": _("Upload"),
            "sync": _("Pick a time"),
        }
        self._states = {
            "on_track": _("On track"),
            "attention": _("Needs attention"),
            "at_risk": _("At risk"),
            "finished": _("Finished"),
            "not_started": _("Not started"),
            "current": _("Current"),
            "draft": _("Draft"),
            "superseded": _("Superseded"),
            "approved": _("Signed off"),
            "checking": _("Being checked"),
            "uploading": _("Uploading"),
            "ready": _("Ready"),
            "rejected": _("Rejected"),
            "valid": _("Valid"),
            "expired": _("Expired"),
            "revoked": _("Revoked"),
        }
        self._kinds = {
            "phase": _("Phase"),
            "task": _("Task"),
            "milestone": _("Milestone"),
            "risk": _("Risk"),
            "issue": _("Issue"),
            "decision": _("Decision"),
        }
        self._roles = {
            "owner": catalogue.pgettext("role", "Owner"),
            "member": _("Member"),
            "reader": _("Reader"),
            "admin": _("Admin"),
            "manager": _("Manager"),
        }
        self._visibilities = {
            "internal": _("Internal"),
            "placeholder": _("Placeholder"),
            "shared": _("Shared"),
            "private": _("Private"),
        }
        self._greetings = (
            _("Good morning, %(name)s"),
            _("Good afternoon, %(name)s"),
            _("Good evening, %(name)s"),
        )
        self.you = _("you")

    def verb(self, verb: Verb) -> str:
        """`Sign off` / `Freigeben`"""
        return verb.label or self._verbs.get(verb.key, verb.key.replace("_", " ").capitalize())

    def start(self, verb: Verb) -> str:
        """The button that starts it: `Review and sign off` / `Ansehen und freigeben`"""
        return self._starts.get(verb.key) or self.verb(verb)

    def state(self, key: str) -> str:
        return self._states.get(key, key)

    def tone(self, key: str) -> Tone:
        return TONES.get(key, "")

    def kind(self, key: str) -> str:
        return self._kinds.get(key, key)

    def role(self, key: str) -> str:
        return self._roles.get(key, key)

    def visibility(self, key: str) -> str:
        return self._visibilities.get(key, key)

    def word(self, page: Page, name: str, form: str = "plural") -> str:
        """The house's own word for one of ours, else ours, by itself: a title, a label."""
        found = self.term(page, name)
        return found.several if form == "plural" else found.one

    def term(self, page: Page, name: str) -> Term:
        """The same word with what stands around it in sentences."""
        return term(page.house.words, page.language, name)

    def greeting(self, page: Page, name: str) -> str:
        moment: datetime = page.now.astimezone(page.zone)
        part = 0 if moment.hour < 12 else 1 if moment.hour < 18 else 2
        return self._greetings[part] % {"name": name}
