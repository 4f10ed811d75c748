"""Answers as they look, for the OpenAPI document; values are those of the demo."""

from typing import Any

CUSTOMER_ID = "5f0c1f0e-3f5a-4b43-9c52-0d6a2f3f6a10"
PERSON_ID = "b6a5b1a7-6d0e-4f5c-8b60-0f6f7a0f5d21"
PROJECT_ID = "0c8f2f6a-7a3e-4a52-9a5e-6a1d8f2f1b32"
WHEN = "2026-11-19T09:42:00Z"

ME: dict[str, Any] = {
    "person_id": PERSON_ID,
    "name": "Maya Singh",
    "initials": "MS",
    "email": "maya.singh@bluepeak.example",
    "side": "customer",
    "role": "owner",
    "customer": {"id": CUSTOMER_ID, "slug": "bluepeak", "name": "Bluepeak Energy"},
    "projects": None,
    "language": "en",
    "time_zone": "Europe/London",
}
CODE_SENT = {"sent_to": "m••••@bluepeak.example"}
SESSION = {
    "id": "e6d7e2d0-6f2b-4a52-8d77-2f0a7c1c9d11",
    "device": "Firefox, Windows",
    "network": "192.0.2.0/24",
    "created_at": WHEN,
    "last_seen_at": WHEN,
    "expires_at": "2026-12-19T09:42:00Z",
    "current": True,
}
TOKEN = {
    "id": "a1f6a0de-54cb-4d0b-8c0e-3b1b9f6f7e01",
    "name": "Reporting script",
    "created_at": WHEN,
    "last_seen_at": None,
    "expires_at": None,
}
NEW_TOKEN = {"id": TOKEN["id"], "name": "Reporting script", "token": "atrium_5f0c…_9hVt…"}
CUSTOMER = {
    "id": CUSTOMER_ID,
    "slug": "bluepeak",
    "name": "Bluepeak Energy",
    "language": "en",
    "time_zone": "Europe/London",
    "active": True,
    "domains": [],
    "pending_domains": [
        {
            "host": "portal.bluepeak.example",
            "record_name": "_atrium-challenge.portal.bluepeak.example",
            "record_value": "atrium-domain=J1m2p1b9xEo2…",
            "fault": "no_record",
        }
    ],
    "address": "https://bluepeak.atrium.example",
    "created_at": WHEN,
    "revision": 1,
}
MEMBER = {
    "person_id": PERSON_ID,
    "name": "Maya Singh",
    "initials": "MS",
    "email": "maya.singh@bluepeak.example",
    "role": "owner",
    "language": "en",
    "time_zone": "Europe/London",
    "projects": None,
    "last_seen_at": WHEN,
    "revision": 1,
}
INVITATION = {
    "id": "0d3f1f36-3f4e-4d6e-9a5c-51a1d0a3f6c2",
    "email": "helen.marsh@bluepeak.example",
    "name": "Helen Marsh",
    "role": "member",
    "language": "en",
    "projects": [PROJECT_ID],
    "invited_by": PERSON_ID,
    "created_at": WHEN,
    "expires_at": "2026-11-26T09:42:00Z",
}
BRAND = {
    "product_name": "Bluepeak Projects",
    "accent": "#0b3fa8",
    "accent_used": "#0b3fa8",
    "header": "accent",
    "text_on_accent": "auto",
    "font_heading": "Manrope",
    "font_text": "Inter",
    "sender_name": "Bluepeak Energy",
    "support_address": "",
    "words": {"en": {"project": {"singular": "Engagement", "plural": "Engagements"}}},
    "logos": {},
    "theme": {"light": {"accent": "#0b3fa8"}, "dark": {"accent": "#7eafff"}},
    "repairs": [],
    "revision": 3,
}
AUDIT_EVENT = {
    "id": "7a0c8f0e-1a5b-4f7e-b0a4-2e2a9d7c5b43",
    "at": WHEN,
    "customer_id": CUSTOMER_ID,
    "actor_id": PERSON_ID,
    "actor_side": "customer",
    "action": "invited",
    "subject": f"invitations/{INVITATION['id']}",
    "before": None,
    "after": {"name": "Helen Marsh", "role": "member"},
    "network": "192.0.2.0/24",
    "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
    "imported": False,
}


def page(item: dict[str, Any]) -> dict[str, Any]:
    return {"items": [item], "next_cursor": None}
