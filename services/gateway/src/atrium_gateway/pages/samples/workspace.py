"""The workspace of the provider in the same story."""

from dataclasses import replace
from datetime import date

from atrium_gateway.branding.model import Choices, publish
from atrium_gateway.pages.composing.staff_brand import brand_values, contrast_pairs, version_of
from atrium_gateway.pages.presenting.planning import (
    Check,
    Eyes,
    Gains,
    KeptBack,
    PlanPage,
    PreviewPage,
    PreviewRow,
    StaffItemPage,
    StaffPlanRow,
)
from atrium_gateway.pages.presenting.project import Milestone, PlanRow, Stretch
from atrium_gateway.pages.presenting.shapes import Change, Choice, Clock, Form, Health, Stale, TalkLine, Verb
from atrium_gateway.pages.presenting.staff import (
    AuditLine,
    AuditPage,
    AwaitRow,
    CustomerPage,
    CustomerRef,
    CustomerRow,
    CustomersPage,
    FeedLine,
    HomeSums,
    NeedRow,
    ProjectRow,
    RequestOf,
    Seen,
    StaffHome,
    StaffProjects,
    StaffRequests,
    TurnShare,
)
from atrium_gateway.pages.presenting.staff_project import ProjectHead
from atrium_gateway.pages.presenting.staff_timeline import Mark, Month, Timeline
from atrium_gateway.pages.presenting.studio import (
    BrandPage,
    OwnHost,
    PictureSlot,
    Showing,
    WorkflowRow,
    WorkflowsPage,
)
from atrium_gateway.pages.samples.house import ANNA, JAN, MAYA, NORA, NOW, TODAY, TOM, days
from atrium_gateway.pages.samples.more import PEOPLE, REQUESTS, TALKS, THREADS
from atrium_gateway.pages.samples.portal import FORM
from atrium_gateway.pages.samples.work import COMPOSER, DECISION, INTERNAL_THREAD, ITEM, UPLOAD
from atrium_gateway.pages.samples.work import SHARED_THREAD as OPEN_THREAD

BLUEPEAK = CustomerRef("bluepeak", "Bluepeak Energy", "/customers/b", "/assets/bluepeak.svg")
HELVETIA = CustomerRef("helvetia", "Helvetia Foods", "/customers/h", "/assets/helvetia.svg")
SHARED_THREAD = replace(OPEN_THREAD, customer="Bluepeak")
#: No private conversation of a customer is here; their own stands beside an internal one.
CONVERSATIONS = replace(
    THREADS,
    talks=tuple(replace(one, customer="Bluepeak") for one in TALKS if one.audience == "shared"),
    thread=SHARED_THREAD,
    private=replace(INTERNAL_THREAD, customer="Bluepeak"),
)
SHARES = (TurnShare(BLUEPEAK, 4, 3, 1, Clock(25, 24)), TurnShare(HELVETIA, 3, 2, 0, Clock(18, 24)))

HOME = StaffHome(
    (
        NeedRow(
            "Historian export drops milliseconds",
            "/items/6",
            BLUEPEAK,
            "Request · Control room migration",
            Clock(25, 24),
            JAN,
            date(2026, 11, 20),
            Verb("answer"),
            Form("/items/6/owner", "sample", 3),
        ),
        NeedRow(
            "Scale 4 books twice",
            "/items/7",
            HELVETIA,
            "Request · MES rollout Thun",
            Clock(18, 24),
            JAN,
            date(2026, 11, 24),
            Verb("answer"),
            Form("/items/7/owner", "sample", 3),
        ),
        NeedRow(
            "Price for a second label printer",
            "/items/8",
            HELVETIA,
            "Request · MES rollout Thun",
            Clock(11, 16),
            None,
            date(2026, 11, 20),
            Verb("confirm"),
            Form("/items/8/owner", "sample", 3),
        ),
        NeedRow(
            "Operator training schedule",
            "/items/9",
            BLUEPEAK,
            "Control room migration",
            Clock(14, 40),
            NORA,
            date(2026, 11, 27),
            Verb("upload"),
            Form("/items/9/owner", "sample", 3),
        ),
        NeedRow(
            "Cable list from Tom Reed, version 2",
            "/items/10",
            BLUEPEAK,
            "Hydro site telemetry",
            Clock(0.1, 16),
            JAN,
            date(2026, 11, 23),
            Verb("review"),
            Form("/items/10/owner", "sample", 3),
        ),
    ),
    (
        AwaitRow(
            "Network drawings for the Glen Mor site",
            "/items/3",
            BLUEPEAK,
            "1 of 4 files",
            Clock(64),
            days(10),
            TOM,
            None,
            Verb("upload"),
            Form("/items/3/reminder", "sample"),
            reminded_at=days(2),
        ),
        AwaitRow(
            "Alarm philosophy, version 3",
            "/items/1",
            BLUEPEAK,
            "",
            Clock(16),
            days(2),
            MAYA,
            TODAY,
            Verb("sign_off"),
            Form("/items/1/reminder", "sample"),
        ),
        AwaitRow(
            "Label layout organic line, version 3",
            "/items/2",
            HELVETIA,
            "",
            Clock(8),
            days(1),
            ANNA,
            TODAY,
            Verb("sign_off"),
            undo=Form("/items/2/reminder/undo", "sample"),
            reminded_at=days(0),
        ),
    ),
    (
        TalkLine(
            "Alarm philosophy",
            "/threads/1",
            "shared",
            days(0.007),
            MAYA,
            "Priority 2 should clear by itself after 30 seconds, shouldn’t it?",
            2,
            "Bluepeak",
        ),
        TalkLine(
            "Historian export",
            "/threads/2",
            "internal",
            days(0.02),
            JAN,
            "Voltar admits the buffer is theirs. Not for Bluepeak before the fix is tested.",
            1,
            "Bluepeak",
        ),
        TalkLine(
            "Label layout, version 3",
            "/threads/3",
            "shared",
            days(1),
            ANNA,
            "Nährwerte stimmen mit der Rezeptur überein.",
            1,
            "Helvetia",
        ),
    ),
    SHARES,
    (
        FeedLine(days(0), BLUEPEAK, "uploaded version 2 of Cable list", TOM),
        FeedLine(days(0.004), HELVETIA, "answered Batch number on mixed pallets", ANNA),
        FeedLine(days(0.017), BLUEPEAK, "wrote an internal message", JAN),
    ),
    sums=HomeSums({"": 5, "mine": 1, "nobody": 1}, 1, 3),
    staff=(NORA, JAN),
    manages=True,
)
CUSTOMERS = CustomersPage(
    (
        CustomerRow(
            BLUEPEAK,
            "bluepeak.atrium.localhost",
            Health("attention"),
            "drawings missing since 9 Nov",
            SHARES[0],
            "Alarm set released",
            date(2026, 12, 4),
            Seen(days(0), "uploaded a version: Cable list", TOM),
            NORA,
        ),
        CustomerRow(
            HELVETIA,
            "helvetia.atrium.localhost",
            Health("on_track"),
            "label sign-off due today",
            SHARES[1],
            "Test run line 2",
            date(2026, 12, 2),
            Seen(days(0.004), "was here", ANNA),
            NORA,
        ),
        CustomerRow(
            CustomerRef("marnix", "Marnix Ports", "/customers/m"),
            "marnix.atrium.localhost",
            Health("not_started"),
            next_title="Kick-off",
            next_due=date(2026, 12, 1),
            lead=JAN,
        ),
    ),
    FORM,
    leads=((JAN.id, JAN.name), (NORA.id, NORA.name)),
    total=3,
    open=2,
)
PROJECTS = StaffProjects(
    (
        ProjectRow(
            "Control room migration", "/projects/1", BLUEPEAK, Health("on_track"), "Alarm set", date(2026, 12, 4), 4, 3
        ),
        ProjectRow(
            "MES-Rollout Thun", "/projects/3", HELVETIA, Health("on_track"), "Testlauf", date(2026, 12, 2), 3, 2
        ),
    )
)
CUSTOMER = CustomerPage(
    BLUEPEAK,
    "bluepeak.atrium.localhost",
    projects=PROJECTS.projects[:1],
    who=replace(
        PEOPLE, theirs=(replace(PEOPLE.theirs[0], last_seen_at=NOW), replace(PEOPLE.theirs[1], projects="MES rollout"))
    ),
    new_project=FORM,
    brand_url="/customers/b/brand",
    view_as_url="/view-as/b",
    audit_url="/audit?customer=b",
)
CUSTOMER_PEOPLE = replace(CUSTOMER, tab="people")


def _row(number: int, title: str, *more: object, **named: object) -> StaffPlanRow:
    return StaffPlanRow(str(number), title, f"/items/{number}", *more, **named)  # type: ignore[arg-type]


PROJECT = ProjectHead(
    "1",
    "Control room migration",
    BLUEPEAK,
    Health("on_track"),
    date(2026, 12, 4),
    (JAN, NORA),
    {"files": 14, "threads": 6, "requests": 3, "reports": 1},
    "/customers/b/view-as",
)
PLAN = PlanPage(
    PROJECT,
    (
        _row(
            1,
            "Engineering",
            "nobody",
            "shared",
            "phase",
            owner=NORA,
            due=date(2026, 11, 20),
            done_count=1,
            child_count=4,
        ),
        _row(
            2,
            "Site survey Ardal and Glen Mor",
            "nobody",
            "shared",
            depth=1,
            owner=JAN,
            due=date(2026, 10, 2),
            parent="1",
            after=("3", "4"),
        ),
        _row(
            3,
            "Alarm philosophy (EEMUA 191), v3",
            "customer",
            "shared",
            depth=1,
            reads="Alarm philosophy, version 3",
            verb=Verb("sign_off"),
            owner=MAYA,
            due=TODAY,
            messages=5,
            parent="1",
            above="2",
            after=("4", "5"),
            out=("", "6"),
            revision=3,
        ),
        _row(
            4,
            "Margin check on station hardware",
            "provider",
            "internal",
            depth=1,
            owner=NORA,
            due=date(2026, 11, 20),
            notes=2,
        ),
        _row(
            5,
            "Ardal desk layout, second round",
            "customer",
            "shared",
            depth=1,
            reads="Screen layout for the Ardal control desk",
            verb=Verb("review"),
            owner=TOM,
            due=date(2026, 11, 20),
        ),
        _row(
            6,
            "Configuration",
            "nobody",
            "shared",
            "phase",
            owner=JAN,
            due=date(2026, 12, 4),
            done_count=0,
            child_count=6,
        ),
        _row(
            7,
            "Historian export: Voltar buffer fault",
            "provider",
            "internal",
            depth=1,
            reads="Historian export keeps milliseconds",
            owner=JAN,
            due=date(2026, 11, 24),
            messages=5,
        ),
        _row(
            8,
            "Load test on the spare server",
            "provider",
            "internal",
            depth=1,
            reads="Load test on the second server",
            owner=JAN,
            due=date(2026, 11, 26),
            hours=14,
        ),
        _row(
            9,
            "Firmware 4.2 for the gateways",
            "third_party",
            "placeholder",
            depth=1,
            owner=JAN,
            due=date(2026, 12, 2),
            third_party="Voltar",
        ),
        _row(
            10,
            "Control room live",
            "provider",
            "shared",
            "milestone",
            depth=1,
            owner=NORA,
            due=date(2027, 1, 29),
            verb=Verb("sign_off"),
        ),
    ),
    {"shared": 7, "placeholder": 2, "internal": 5},
    Form("/projects/1/preview", "k"),
    FORM,
    (Choice("task", "Task"), Choice("milestone", "Milestone")),
    (Choice("", "Top"), Choice("1", "Engineering")),
    (Choice("w", "Document approval"),),
    owners=(NORA, JAN, MAYA, TOM),
    readers=(MAYA, TOM),
    staff=(Choice("", "nobody"), Choice(NORA.id, NORA.name), Choice(JAN.id, JAN.name)),
)
PLAN_LATE = replace(
    PLAN,
    late=Stale((Change("Due, for us", "27 November 2026", "24 November 2026"),), JAN, days(0.01)),
    again=Form("/items/3/cell", "sample", 4, {"due": "2026-11-27"}),
)
PLAN_OVER_TIME = replace(
    PLAN,
    timeline=Timeline(
        (
            Milestone("Network ready", date(2026, 10, 30), "reached", 0.24, "/items/11"),
            Milestone("Control room live", date(2027, 1, 29), "next", 1.0, "/items/10"),
        ),
        (Stretch("Engineering", 0.0, 0.41, True), Stretch("Configuration", 0.41, 0.53)),
        0.4,
        (Month("Oct", 0.0), Month("Nov", 0.25), Month("Dec", 0.5), Month("Jan", 0.76)),
        {
            **{str(number): Mark(0.4 + number / 100) for number in (3, 4, 5, 7, 8)},
            "1": Mark(0.41, 0.01),
            "2": Mark(0.01),
            "6": Mark(0.53, 0.44),
            "10": Mark(1.0),
        },
    ),
)
PREVIEW = PreviewPage(
    "1",
    "Control room migration",
    BLUEPEAK,
    "shared",
    3,
    (
        PreviewRow(
            PlanRow(
                "Configure alarm limits for 12 stations",
                "/items/7",
                "provider",
                context="Nordwind · starts after your sign-off",
                due=date(2026, 11, 25),
            )
        ),
        PreviewRow(
            PlanRow(
                "Historian export keeps milliseconds",
                "/items/8",
                "provider",
                context="Nordwind is working on it",
                due=date(2026, 11, 27),
            ),
            fresh=True,
        ),
        PreviewRow(
            PlanRow(
                "Failover rehearsal at Ardal",
                "/items/9",
                "customer",
                verb=Verb("confirm"),
                context="failover test plan, version 4",
                due=date(2026, 11, 30),
            ),
            fresh=True,
        ),
        PreviewRow(None, date(2026, 12, 7)),
    ),
    (
        Gains(MAYA, "is asked to act: Confirm", "e-mail in a minute", "/projects/1/preview?as=maya-3"),
        Gains(TOM, "nothing to do", "", "/projects/1/preview?as=tom-1"),
    ),
    (
        KeptBack("Our titles", "Historian export: Voltar buffer fault"),
        KeptBack("Our dates", "24 Nov, 26 Nov"),
        KeptBack("Threads", "“Root cause”, 5 messages"),
    ),
    (
        Check("All three have a customer title and a customer date."),
        Check("Customer dates are 3 to 4 days after ours for two items.", "warn"),
    ),
    confirm=Form("/projects/1/publications", "k"),
    again=Form("/projects/1/preview", "k"),
    titles=(("8", "Historian export: Voltar buffer fault", "Historian export keeps milliseconds"),),
    item_ids=("7", "8", "9"),
    revisions=(("7", 3), ("8", 4), ("9", 2)),
    eyes=Eyes(MAYA, "/projects/1/preview", {"items": ("7", "8", "9"), "visibility": "shared"}),
)
PREVIEW_MAIL = replace(PREVIEW, eyes=Eyes(TOM, "/projects/1/preview", {"items": ("7",)}, "mail"))
ITEM_PAGE = StaffItemPage(
    "1", "Alarm philosophy (EEMUA 191), v3", "1", "Control room migration", BLUEPEAK, "customer", "Sign-off",
    "shared", "Alarm philosophy, version 3",
    verb=Verb("sign_off"), clock=Clock(16, 40), due=TODAY, person=MAYA, owner=JAN,
    shared=SHARED_THREAD, internal=INTERNAL_THREAD, files=ITEM.files,
    upload=UPLOAD, history=ITEM.history, publish=Form("/projects/1/preview", "k"),
    edit=Form("/items/1", "k", 4, {"title": "Alarm philosophy (EEMUA 191), v3"}),
    move=COMPOSER, transitions=DECISION.transitions, decided=DECISION.decided,
    people=(Choice("m", "Maya Singh"),), staff=(Choice("j", "Jan Weber"),),
)  # fmt: skip
BRAND_CHOICES = Choices(
    "Helvetia Projektportal",
    "#5fa23b",
    "light",
    "Vollkorn",
    words={"de": {"project": {"article": "das", "singular": "Vorhaben", "plural": "Vorhaben"}}},
    text_on_accent="white",
)
BRAND = BrandPage(
    HELVETIA,
    Form("/customers/h/brand", "k", 6, brand_values(BRAND_CHOICES)),
    version_of(BRAND_CHOICES),
    Showing(language="de"),
    "helvetia.atrium.localhost",
    "portal@atrium.localhost",
    (Choice("Inter", "Inter"), Choice("Manrope", "Manrope"), Choice("Vollkorn", "Vollkorn")),
    (Choice("light", "Light"), Choice("accent", "Accent"), Choice("dark", "Dark")),
    (Choice("auto", "Best"), Choice("white", "White"), Choice("dark", "Dark")),
    (
        PictureSlot("light", "/assets/helvetia.svg", 4096),
        PictureSlot("dark"),
        PictureSlot("mark"),
        PictureSlot("sign_in"),
    ),
    contrast_pairs(publish(BRAND_CHOICES, 6)),
    changes=4,
    saved_at=NOW,
    revision=6,
    domain=Form("/customers/h/brand/domain", "k", 2, {"domain": "portal.helvetia.example"}),
    own_hosts=(
        OwnHost("portal.helvetia.example", "_atrium-challenge.portal.helvetia.example", "atrium-domain=J1m2p1b9xEo2"),
    ),
)
WORKFLOWS = WorkflowsPage(
    (
        WorkflowRow("1", "Document approval", "/workflows/1", 3, 6, 12),
        WorkflowRow("2", "Document request", "/workflows/2", 1, 4, 3),
    )
)
AUDIT = AuditPage(
    (
        AuditLine(days(0), "uploaded Cable list, version 2", TOM, BLUEPEAK, "shared", "Page", "81.2.69.0/24"),
        AuditLine(days(0.002), "wrote in Alarm philosophy", JAN, BLUEPEAK, "internal", "Page", "10.4.18.0/24"),
        AuditLine(
            days(0.03),
            "published 2 items of MES rollout Thun",
            JAN,
            HELVETIA,
            "shared",
            "Page",
            "10.4.18.0/24",
            (("Visible to", "nobody at Helvetia", "Anna Keller, Reto Brunner"),),
            "4bf92f3577b34da6",
            "/projects/3",
        ),
        AuditLine(days(1), "signed off Test plan line 2, version 4", ANNA, HELVETIA, "shared", "E-mail link"),
    ),
    customers=(("b", BLUEPEAK.name), ("h", HELVETIA.name)),
    people=tuple((one.id, one.name) for one in (MAYA, TOM, ANNA, NORA, JAN)),
    acts=(("invited", "invited someone"), ("signed_in", "signed in"), ("version_ready", "uploaded a version")),
    values=dict.fromkeys(("q", "customer", "person", "action", "audience", "since", "until"), ""),
    export_url="/api/v1/audit/export.csv",
)
ASKED = StaffRequests(
    (
        ("provider", (RequestOf(REQUESTS.provider[0], HELVETIA), RequestOf(REQUESTS.provider[2], HELVETIA))),
        ("customer", (RequestOf(REQUESTS.mine[0], HELVETIA),)),
        ("nobody", (RequestOf(REQUESTS.done[0], HELVETIA),)),
    ),
    3,
)
