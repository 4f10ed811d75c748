"""What operations answer with, for their documentation: one story, told in the shapes of the API."""

from typing import Any

Json = dict[str, Any]

CUSTOMER, PROJECT = "5b0f7a56-6a3e-4f0f-9a53-0d9ac0f3c9e1", "4f1c2f0e-2a77-4c0e-8a0f-7f3b8a4d1e52"
ITEM, FILE = "9d2a6c1b-51b4-4c53-9c44-2f1f0a7be6a3", "c0a8f5d7-3e39-4f4c-8d6c-5a9e0b1f7d24"
MAYA, JAN = "1c9f0d3e-77a1-4b52-9f0c-3d2e6a8b4c10", "7e4b2a90-0c6d-4f18-b1a5-9c3d7f2e8a41"
REQUEST, WORKFLOW = "2f7d9b3c-8e15-4a60-b7d2-6c4e1f0a9b85", "a3e8c7d1-4b92-4f05-9e6a-1d7c5b3f2e90"

EXACT: Json = {"file_id": FILE, "number": 3, "sha256": "9f2c" + "0" * 56 + "a41e"}
WORDS: Json = {"en": "Sign-off", "de": "Freigabe"}

PROJECT_SHOWN: Json = {
    "id": PROJECT,
    "customer_id": CUSTOMER,
    "title": "Control room migration",
    "goal": "Twelve stations answer to the new control room.",
    "status": "on_track",
    "status_text": "All twelve stations answer in the test network.",
    "status_by": JAN,
    "status_at": "2026-11-17T09:14:00Z",
    "lead_id": JAN,
    "contacts": [{"person_id": MAYA, "part": "Decides"}],
    "next_touchpoint": {"at": "2026-11-26T13:00:00+00:00", "title": "Weekly call", "minutes": 45},
    "starts_on": "2026-10-05",
    "ends_on": "2027-01-29",
    "active": True,
    "revision": 4,
    "milestones": {"reached": 3, "all": 7, "next": {"title": "Alarm set in the test network", "due": "2026-12-04"}},
}
ITEM_SHOWN: Json = {
    "id": ITEM,
    "customer_id": CUSTOMER,
    "project_id": PROJECT,
    "form": "shared",
    "parent_id": None,
    "position": 3,
    "kind": "task",
    "title": "Alarm philosophy, version 3",
    "note": "Nordwind configures the limits once you sign off.",
    "due": "2026-11-19",
    "state": "sign_off",
    "state_name": WORDS,
    "turn": "customer",
    "verb": "sign_off",
    "turn_since": "2026-11-17T09:14:00Z",
    "agreed_days": 5,
    "owner_id": JAN,
    "asked_ids": [MAYA],
    "asked_by": JAN,
    "file_id": FILE,
    "third_party": "",
    "workflow": {"id": WORKFLOW, "key": "sign_off", "name": {"en": "Document with sign-off"}, "version": 1},
    "revision": 6,
}
ITEM_OPENED: Json = {
    **ITEM_SHOWN,
    "transitions": [
        {"key": "sign_off", "name": {"en": "Sign off"}, "to": "released", "requires": [], "decision": "approved"}
    ],
    "steps": [{"key": "sign_off", "name": WORDS, "turn": "customer", "verb": "sign_off"}],
    "approvals": [],
    "version": {**EXACT, "name": "Alarm philosophy.pdf"},
}
PLAN: Json = {"project": PROJECT_SHOWN, "items": [ITEM_SHOWN]}
HISTORY: Json = {
    "items": [
        {
            "id": "0b6f4c2d-9a1e-4d73-8c50-e2f7a9b1d364",
            "act": "reviewed",
            "changes": {"state": ["technical_review", "sign_off"], "verb": ["review", "sign_off"]},
            "comment": "",
            "versions": [],
            "actor_id": MAYA,
            "at": "2026-11-17T15:40:00Z",
        }
    ],
    "next_cursor": None,
}
MADE: Json = {"id": ITEM, "revision": 1}
MOVED: Json = {"id": ITEM, "state": "sign_off", "turn": "customer", "verb": "sign_off", "revision": 7}
ATTACHED: Json = {**MOVED, "file_id": FILE}
DELEGATED: Json = {**MOVED, "asked_ids": [MAYA]}
DECIDED: Json = {
    "id": "d41c8e0f-6b27-4a95-8f3d-b0c9e7a25f18",
    "item_id": ITEM,
    "decision": "approved",
    "state": "released",
    "turn": "nobody",
    "verb": None,
    "revision": 7,
}
PUBLISHED: Json = {"items": [{"id": ITEM, "revision": 7, "was": "internal"}]}
REQUEST_SHOWN: Json = {
    "id": REQUEST,
    "number": 41,
    "label": "A-41",
    "customer_id": CUSTOMER,
    "project_id": PROJECT,
    "project_title": "Control room migration",
    "title": "Historian export drops milliseconds",
    "kind": "fault",
    "urgency": "hinders",
    "text": "Since Monday the export has whole seconds only.",
    "state": "in_work",
    "state_name": {"en": "In progress", "de": "In Arbeit"},
    "turn": "provider",
    "verb": "answer",
    "turn_since": "2026-11-16T08:05:00Z",
    "agreed_days": 3,
    "raised_by": MAYA,
    "raised_at": "2026-11-16T08:05:00Z",
    "owner_id": JAN,
    "asked_ids": [],
    "third_party": "",
    "question": "",
    "due": "2026-11-18",
    "file_ids": [],
    "turns": [{"turn": "provider", "since": "2026-11-16T08:05:00Z"}],
    "revision": 2,
}
REQUEST_OPENED: Json = {**REQUEST_SHOWN, "transitions": [], "item_ids": [ITEM]}
RAISED: Json = {"id": REQUEST, "number": 41, "revision": 1}
REQUEST_MOVED: Json = {"id": REQUEST, "state": "in_work", "turn": "provider", "verb": "answer", "revision": 2}
TRIAGED: Json = {**REQUEST_MOVED, "items": [MADE]}
DEFINITION: Json = {
    "states": [
        {"key": "brewing", "name": {"en": "Brewing", "de": "Brauen"}, "turn": "provider", "verb": "stir"},
        {"key": "tasting", "name": {"en": "Tasting", "de": "Verkostung"}, "turn": "customer", "verb": "taste"},
        {"key": "served", "name": {"en": "Served", "de": "Serviert"}, "turn": "nobody", "verb": None},
    ],
    "transitions": [
        {"key": "pour", "name": {"en": "Pour", "de": "Einschenken"}, "from": "brewing", "to": "tasting"},
        {"key": "enjoy", "name": {"en": "Enjoy", "de": "Geniessen"}, "from": "tasting", "to": "served"},
    ],
}
WORKFLOW_SHOWN: Json = {
    "id": WORKFLOW,
    "key": "tasting",
    "name": {"en": "Tasting", "de": "Verkostung"},
    "purpose": "item",
    "version": 2,
    "revision": 2,
    "definition": DEFINITION,
}
WORKFLOW_MADE: Json = {"id": WORKFLOW, "key": "tasting", "version": 1, "revision": 1}
VERSION_MADE: Json = {
    "id": WORKFLOW,
    "version": 2,
    "revision": 2,
    "affected": [{"state": "on_hold", "items": 1}],
    "running_items": 1,
    "items": [
        {
            "id": ITEM,
            "title": "Alarm philosophy",
            "customer_id": CUSTOMER,
            "project_id": PROJECT,
            "state": "on_hold",
            "to": "tasting",
        }
    ],
}
HOME: Json = {
    "your_turn": {"mine": [ITEM_SHOWN], "colleagues": []},
    "waiting": [],
    "moved": [ITEM_SHOWN],
    "projects": [PROJECT_SHOWN],
    "requests": [REQUEST_SHOWN],
}


def page(one: Json) -> Json:
    return {"items": [one], "next_cursor": None}


FOUND: Json = {
    "projects": {"items": [], "next_cursor": None},
    "items": page(
        {
            "id": ITEM,
            "customer_id": CUSTOMER,
            "project_id": PROJECT,
            "project_title": "Control room migration",
            "kind": "task",
            "title": "Alarm philosophy, version 3",
            "excerpt": "",
            "turn": "customer",
            "state_name": WORDS,
            "at": "2026-11-17T09:14:00Z",
        }
    ),
    "requests": {"items": [], "next_cursor": None},
}
