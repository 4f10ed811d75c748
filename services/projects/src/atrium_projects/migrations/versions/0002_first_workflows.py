"""The workflows that an installation begins with; the provider changes them like any other."""

import json

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"

CUSTOMER = ["owner", "member"]
STAFF = ["admin", "manager", "member"]


def _state(
    key: str, en: str, de: str, turn: str, verb: str | None = None, days: int | None = None
) -> dict[str, object]:
    return {"key": key, "name": {"en": en, "de": de}, "turn": turn, "verb": verb, "agreed_days": days}


def _step(
    key: str, en: str, de: str, ends: str, side: str, *requires: str, decision: str | None = None
) -> dict[str, object]:
    source, target = ends.split(" ")
    sides = ["provider", "customer"] if side == "both" else [side]
    roles = [*CUSTOMER, *STAFF] if side == "both" else STAFF if side == "provider" else CUSTOMER
    return {
        "key": key,
        "name": {"en": en, "de": de},
        "from": source,
        "to": target,
        "sides": sides,
        "roles": sorted(set(roles)),
        "requires": list(requires),
        "decision": decision,
    }


WORKFLOWS: dict[str, tuple[str, dict[str, str], list[dict[str, object]], list[dict[str, object]]]] = {
    "task": (
        "item",
        {"en": "Task", "de": "Aufgabe"},
        [
            _state("planned", "Planned", "Geplant", "provider"),
            _state("in_progress", "In progress", "In Arbeit", "provider"),
            _state("waiting", "With a third party", "Bei Dritten", "third_party"),
            _state("review", "Review", "Prüfung", "customer", "review", 3),
            _state("confirm", "Confirmation", "Bestätigung", "customer", "confirm", 3),
            _state("answer", "Question", "Frage", "customer", "answer", 2),
            _state("sync", "Finding a date", "Terminfindung", "customer", "sync", 5),
            _state("done", "Done", "Erledigt", "nobody"),
        ],
        [
            _step("start", "Start", "Beginnen", "planned in_progress", "provider"),
            _step("finish_planned", "Finish", "Abschliessen", "planned done", "provider"),
            _step("finish", "Finish", "Abschliessen", "in_progress done", "provider"),
            _step("hand_on", "Hand to a third party", "An Dritte geben", "in_progress waiting", "provider"),
            _step("take_back", "Take back", "Zurücknehmen", "waiting in_progress", "provider"),
            _step("ask_review", "Ask for a review", "Prüfung erbitten", "in_progress review", "provider"),
            _step(
                "ask_confirmation", "Ask for confirmation", "Bestätigung erbitten", "in_progress confirm", "provider"
            ),
            _step("ask", "Ask a question", "Frage stellen", "in_progress answer", "provider"),
            _step("propose", "Propose dates", "Termine vorschlagen", "in_progress sync", "provider"),
            _step("reviewed", "Finish review", "Prüfung abschliessen", "review done", "customer"),
            _step("send_back", "Ask for changes", "Änderungen verlangen", "review in_progress", "customer", "comment"),
            _step("confirmed", "Confirm", "Bestätigen", "confirm done", "customer"),
            _step("object", "Object", "Einwand erheben", "confirm in_progress", "customer", "comment"),
            _step("answered", "Answer", "Beantworten", "answer in_progress", "customer", "comment"),
            _step("agreed", "Agree on a date", "Termin wählen", "sync in_progress", "customer", "comment"),
            _step("reopen", "Open again", "Wieder öffnen", "done in_progress", "provider"),
        ],
    ),
    "sign_off": (
        "item",
        {"en": "Document with sign-off", "de": "Dokument mit Freigabe"},
        [
            _state("draft", "Draft", "Entwurf", "provider", None, 10),
            _state("technical_review", "Technical review", "Fachprüfung", "customer", "review", 3),
            _state("sign_off", "Sign-off", "Freigabe", "customer", "sign_off", 5),
            _state("changes", "Changes", "Änderungen", "provider", None, 5),
            _state("released", "Released", "Freigegeben", "nobody"),
        ],
        [
            _step("submit", "Ask for a review", "Prüfung erbitten", "draft technical_review", "provider"),
            _step("submit_directly", "Ask for sign-off", "Freigabe erbitten", "draft sign_off", "provider"),
            _step("reviewed", "Finish review", "Prüfung abschliessen", "technical_review sign_off", "customer"),
            _step(
                "send_back",
                "Ask for changes",
                "Änderungen verlangen",
                "technical_review changes",
                "customer",
                "comment",
            ),
            _step("sign_off", "Sign off", "Freigeben", "sign_off released", "customer", decision="approved"),
            _step(
                "ask_for_changes",
                "Ask for changes",
                "Änderungen verlangen",
                "sign_off changes",
                "customer",
                "comment",
                decision="changes_requested",
            ),
            _step("resubmit", "Ask for sign-off again", "Erneut zur Freigabe", "changes sign_off", "provider"),
        ],
    ),
    "document_request": (
        "item",
        {"en": "Document request", "de": "Unterlagen anfordern"},
        [
            _state("requested", "Requested", "Angefordert", "customer", "upload", 5),
            _state("received", "Received", "Erhalten", "provider", "review", 2),
            _state("accepted", "Accepted", "Angenommen", "nobody"),
        ],
        [
            _step("hand_in", "Upload", "Hochladen", "requested received", "customer"),
            _step("return", "Ask again", "Nachfordern", "received requested", "provider", "comment"),
            _step("accept", "Accept", "Annehmen", "received accepted", "provider"),
        ],
    ),
    "request": (
        "request",
        {"en": "Request", "de": "Anfrage"},
        [
            _state("new", "New", "Neu", "provider", "answer", 1),
            _state("in_work", "In progress", "In Arbeit", "provider", "answer", 3),
            _state("question", "Question", "Rückfrage", "customer", "answer", 2),
            _state("third_party", "With a third party", "Bei Dritten", "third_party"),
            _state("planned", "Planned", "Eingeplant", "provider", None, 10),
            _state("done", "Done", "Erledigt", "nobody"),
        ],
        [
            _step("take", "Take on", "Übernehmen", "new in_work", "provider"),
            _step("finish_new", "Done", "Erledigen", "new done", "provider"),
            _step("ask", "Ask back", "Rückfrage stellen", "in_work question", "provider", "comment"),
            _step("ask_new", "Ask back", "Rückfrage stellen", "new question", "provider", "comment"),
            _step("answered", "Answer", "Beantworten", "question in_work", "customer", "comment"),
            _step("hand_on", "Hand to a third party", "An Dritte geben", "in_work third_party", "provider"),
            _step("take_back", "Take back", "Zurücknehmen", "third_party in_work", "provider"),
            _step("plan", "Plan", "Einplanen", "in_work planned", "provider"),
            _step("finish_planned", "Done", "Erledigen", "planned done", "provider"),
            _step("finish", "Done", "Erledigen", "in_work done", "provider"),
            _step("reopen", "Open again", "Wieder öffnen", "done in_work", "both"),
        ],
    ),
}


def upgrade() -> None:
    # Row-level security is forced on the owner too, who has no policy.
    for table in ("workflow", "workflow_version"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    for key, (purpose, name, states, transitions) in WORKFLOWS.items():
        values = {
            "key": key,
            "name": json.dumps(name),
            "purpose": purpose,
            "definition": json.dumps({"states": states, "transitions": transitions}),
        }
        op.get_bind().execute(
            text(
                "WITH made AS (INSERT INTO workflow (id, key, name, purpose, current_version)"
                " VALUES (gen_random_uuid(), :key, cast(:name AS jsonb), :purpose, 1) RETURNING id)"
                " INSERT INTO workflow_version (workflow_id, version, definition)"
                " SELECT id, 1, cast(:definition AS jsonb) FROM made"
            ),
            values,
        )
    for table in ("workflow", "workflow_version"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
