"""A workflow in the designer: as it runs, as a new version would change it, and as it cannot work."""

from dataclasses import replace

from atrium_gateway.pages.composing.workflow_drawing import drawing
from atrium_gateway.pages.presenting.shapes import Choice
from atrium_gateway.pages.presenting.studio import (
    DryRun,
    Gone,
    Mapped,
    RunningItem,
    TurnChange,
    WorkflowPage,
    WorkflowState,
    WorkflowTransition,
)
from atrium_gateway.pages.samples.portal import FORM
from atrium_gateway.pages.samples.workspace import BLUEPEAK, HELVETIA

STATES = (
    WorkflowState("draft", "Draft", "Entwurf", "provider", "", 4),
    WorkflowState("review", "Technical review", "Fachprüfung", "customer", "review", 3),
    WorkflowState("changes", "Changes needed", "Änderungen nötig", "provider", "answer"),
    WorkflowState("sign_off", "Sign-off", "Freigabe", "customer", "sign_off", 2),
    WorkflowState("released", "Released", "Freigegeben", "nobody"),
)
WAYS = (
    WorkflowTransition("submit", "Submit for review", "Zur Prüfung geben", "draft", "review", "staff", "version"),
    WorkflowTransition("pass", "Pass", "Bestanden", "review", "sign_off", "owner"),
    WorkflowTransition("ask", "Ask for changes", "Änderungen verlangen", "review", "changes", "owner", "comment"),
    WorkflowTransition("resubmit", "Resubmit", "Erneut vorlegen", "changes", "review", "staff", "version"),
    WorkflowTransition("sign", "Sign off", "Freigeben", "sign_off", "released", "owner", "exact versions"),
    WorkflowTransition("waive", "Release unread", "Ungeprüft freigeben", "draft", "released", "admin", "comment"),
    WorkflowTransition("reopen", "Reopen", "Wieder öffnen", "released", "draft", "manager", "comment"),
)
MAPPED = (Mapped(4, "Draft", "Draft"), Mapped(3, "In review", "Technical review"), Mapped(2, "Sign-off", "Sign-off"))
TARGETS = tuple(Choice(one.key, one.label_en) for one in STATES)
WORKFLOW = WorkflowPage(
    "1",
    "Document approval",
    2,
    FORM,
    STATES,
    WAYS,
    rollback=FORM,
    dry=DryRun(MAPPED, targets=TARGETS),
    drawing=drawing("en", STATES, WAYS),
)
ON_HOLD = WorkflowState("on_hold", "On hold", "Zurückgestellt", "provider", "", 3, changed="gone")
SAFETY = WorkflowState("safety", "Safety review", "Sicherheitsprüfung", "third_party", "review", changed="new")
CHANGED_STATES = (STATES[0], replace(STATES[1], changed="renamed"), SAFETY, *STATES[2:])
CHANGED_WAYS = (
    WAYS[0],
    replace(WAYS[1], target="safety", changed="new"),
    WorkflowTransition("clear", "Clear", "Unbedenklich", "safety", "sign_off", "manager", changed="new"),
    *WAYS[2:],
)
HELD = (
    RunningItem("Glen Mor drawings", "/items/3", BLUEPEAK, "Hydro site telemetry"),
    RunningItem("Gateway certificates", "/items/5", BLUEPEAK, "Control room migration"),
    RunningItem("Cold store sensor list", "/items/6", HELVETIA, "Traceability fresh goods"),
)
CHANGED = replace(
    WORKFLOW,
    states=CHANGED_STATES,
    transitions=CHANGED_WAYS,
    removed=(ON_HOLD,),
    drawing=drawing("en", (*CHANGED_STATES, ON_HOLD), CHANGED_WAYS),
    dry=DryRun(
        MAPPED,
        (Gone("on_hold", "On hold", HELD),),
        tuple(Choice(one.key, one.label_en) for one in CHANGED_STATES),
        (TurnChange(3, "provider", "customer"),),
        mails=True,
    ),
)
FAULTY = replace(WORKFLOW, dry=None, faults=("States, row 2: nothing leads out of it",))
