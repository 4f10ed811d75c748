"""The parts of a project of the workspace, and its settings."""

from dataclasses import replace

from atrium_gateway.pages.presenting.shapes import Change, Choice, Form, Stale
from atrium_gateway.pages.presenting.staff_project import ProjectPart, ProjectSettings
from atrium_gateway.pages.samples.house import JAN, NORA, days
from atrium_gateway.pages.samples.report import REPORTS
from atrium_gateway.pages.samples.work import INTERNAL_THREAD, ITEM, UPLOAD
from atrium_gateway.pages.samples.workspace import (
    ASKED,
    CONVERSATIONS,
    PROJECT,
    SHARED_THREAD,
)

PART = ProjectPart(
    PROJECT,
    "files",
    ASKED,
    REPORTS,
    ITEM.files,
    UPLOAD,
    CONVERSATIONS.talks,
    (SHARED_THREAD, INTERNAL_THREAD),
)
TYPED = {
    "title": "Control room migration",
    "goal": "All twelve stations in the new control room by the end of January.",
    "status": "on_track",
    "status_text": "All twelve stations answer in the test network.",
    "starts_on": "2026-08-03",
    "ends_on": "2027-01-29",
    "lead": NORA.id,
    "touch_at": "2026-11-24T09:00",
    "touch_title": "Status call",
    "touch_minutes": "30",
    f"part_{JAN.id}": "Engineering",
}
SETTINGS = ProjectSettings(
    PROJECT,
    Form("/projects/1/settings", "sample", 4, TYPED),
    (Choice("on_track", "On track"), Choice("needs_attention", "Needs attention")),
    (Choice("", "nobody"), Choice(NORA.id, NORA.name), Choice(JAN.id, JAN.name)),
    (NORA, JAN),
    frozenset({NORA.id, JAN.id}),
)
SETTINGS_LATE = replace(
    SETTINGS, late=Stale((Change("Title", "Control room migration", "Control room, Ardal"),), JAN, days(0.01))
)
