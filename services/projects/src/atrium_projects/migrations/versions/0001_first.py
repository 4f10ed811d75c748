"""Projects, plan, workflows, approvals, requests."""

from alembic import op
from atrium_chassis.migration import create_technical_tables, open_to_all, protect

revision = "0001"
down_revision = None

TABLES = [
    """CREATE TABLE workflow (
        id uuid PRIMARY KEY, key text NOT NULL UNIQUE, name jsonb NOT NULL, purpose text NOT NULL
            CHECK (purpose IN ('item', 'request')),
        current_version int NOT NULL, revision int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now())""",
    """CREATE TABLE workflow_version (
        workflow_id uuid NOT NULL REFERENCES workflow, version int NOT NULL, definition jsonb NOT NULL,
        made_by uuid, made_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (workflow_id, version))""",
    """CREATE TABLE staff_member (
        person_id uuid PRIMARY KEY, role text NOT NULL, project_ids uuid[], active boolean NOT NULL)""",
    """CREATE TABLE member (
        customer_id uuid NOT NULL, person_id uuid NOT NULL, role text NOT NULL, project_ids uuid[],
        active boolean NOT NULL, PRIMARY KEY (customer_id, person_id))""",
    """CREATE TABLE project (
        customer_id uuid NOT NULL, id uuid NOT NULL, title text NOT NULL, goal text NOT NULL DEFAULT '',
        status text NOT NULL CHECK (status IN ('not_started','on_track','needs_attention','at_risk','finished')),
        status_text text NOT NULL DEFAULT '', status_by uuid, status_at timestamptz,
        lead_id uuid, contacts jsonb NOT NULL DEFAULT '[]', next_touchpoint jsonb,
        starts_on date, ends_on date, active boolean NOT NULL DEFAULT true,
        revision int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (customer_id, id))""",
    """CREATE TABLE item (
        customer_id uuid NOT NULL, id uuid NOT NULL, project_id uuid NOT NULL, parent_id uuid, position int NOT NULL,
        kind text NOT NULL CHECK (kind IN ('phase','task','milestone','risk','issue','decision')),
        title text NOT NULL, internal_note text NOT NULL DEFAULT '', customer_title text,
        customer_note text NOT NULL DEFAULT '', customer_date date, due date, estimate_hours numeric,
        visibility text NOT NULL CHECK (visibility IN ('internal','placeholder','shared')),
        workflow_id uuid NOT NULL, workflow_version int NOT NULL, state text NOT NULL,
        turn text NOT NULL CHECK (turn IN ('customer','provider','third_party','nobody')), verb text,
        turn_since timestamptz NOT NULL DEFAULT now(), agreed_days int, owner_id uuid,
        asked_ids uuid[] NOT NULL DEFAULT '{}', asked_by uuid, file_id uuid, third_party text NOT NULL DEFAULT '',
        revision int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (customer_id, id),
        FOREIGN KEY (customer_id, project_id) REFERENCES project,
        FOREIGN KEY (customer_id, parent_id) REFERENCES item)""",
    "CREATE INDEX item_by_project ON item (customer_id, project_id, position, id)",
    "CREATE INDEX item_by_file ON item (customer_id, file_id) WHERE file_id IS NOT NULL",
    "CREATE INDEX item_open ON item (turn, turn_since) WHERE turn <> 'nobody'",
    "CREATE INDEX item_in_state ON item (workflow_id, workflow_version, state)",
    """CREATE TABLE published_item (
        customer_id uuid NOT NULL, item_id uuid NOT NULL, project_id uuid NOT NULL, form text NOT NULL
            CHECK (form IN ('shared','placeholder')),
        parent_id uuid, position int NOT NULL, kind text, title text, note text, due date, state text, turn text,
        verb text, turn_since timestamptz, agreed_days int, owner_id uuid, asked_ids uuid[] NOT NULL DEFAULT '{}',
        asked_by uuid, file_id uuid, third_party text NOT NULL DEFAULT '', workflow_id uuid, workflow_version int,
        revision int NOT NULL, updated_at timestamptz NOT NULL DEFAULT now(), withdrawn boolean NOT NULL DEFAULT false,
        PRIMARY KEY (customer_id, item_id),
        FOREIGN KEY (customer_id, project_id) REFERENCES project)""",
    "CREATE INDEX published_item_by_project ON published_item (customer_id, project_id, position, item_id)",
    "CREATE INDEX published_item_open ON published_item (customer_id, turn, due) WHERE turn <> 'nobody'",
    """CREATE TABLE item_history (
        customer_id uuid NOT NULL, id uuid NOT NULL, project_id uuid NOT NULL, item_id uuid NOT NULL, act text NOT NULL,
        changes jsonb NOT NULL, comment text NOT NULL DEFAULT '', versions jsonb NOT NULL DEFAULT '[]',
        actor_id uuid, at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (customer_id, id))""",
    "CREATE INDEX item_history_by_item ON item_history (customer_id, item_id, at)",
    """CREATE TABLE published_history (
        customer_id uuid NOT NULL, id uuid NOT NULL, project_id uuid NOT NULL, item_id uuid NOT NULL, act text NOT NULL,
        changes jsonb NOT NULL, comment text NOT NULL DEFAULT '', versions jsonb NOT NULL DEFAULT '[]',
        actor_id uuid, at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (customer_id, id))""",
    "CREATE INDEX published_history_by_item ON published_history (customer_id, item_id, at)",
    """CREATE TABLE file_version (
        customer_id uuid NOT NULL, file_id uuid NOT NULL, number int NOT NULL, sha256 text NOT NULL,
        name text NOT NULL, audience text NOT NULL, uploaded_by uuid NOT NULL, ready_at timestamptz NOT NULL,
        PRIMARY KEY (customer_id, file_id, number))""",
    """CREATE TABLE approval (
        customer_id uuid NOT NULL, id uuid NOT NULL, project_id uuid NOT NULL, item_id uuid NOT NULL,
        decision text NOT NULL CHECK (decision IN ('approved','changes_requested')), comment text NOT NULL DEFAULT '',
        person_id uuid NOT NULL, decided_at timestamptz NOT NULL DEFAULT now(), versions jsonb NOT NULL,
        file_ids uuid[] NOT NULL, superseded_by int, superseded_at timestamptz, revision int NOT NULL DEFAULT 1,
        PRIMARY KEY (customer_id, id),
        FOREIGN KEY (customer_id, item_id) REFERENCES item)""",
    "CREATE INDEX approval_by_item ON approval (customer_id, item_id, decided_at)",
    """CREATE TABLE request_counter (customer_id uuid PRIMARY KEY, last int NOT NULL)""",
    """CREATE TABLE request (
        customer_id uuid NOT NULL, id uuid NOT NULL, number int NOT NULL, project_id uuid, title text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('fault','question','wish','access')),
        urgency text NOT NULL CHECK (urgency IN ('stopped','hinders','time')), text text NOT NULL DEFAULT '',
        workflow_id uuid NOT NULL, workflow_version int NOT NULL, state text NOT NULL, turn text NOT NULL, verb text,
        turn_since timestamptz NOT NULL DEFAULT now(), agreed_days int, raised_by uuid NOT NULL,
        raised_at timestamptz NOT NULL DEFAULT now(), owner_id uuid, asked_ids uuid[] NOT NULL DEFAULT '{}',
        third_party text NOT NULL DEFAULT '', question text NOT NULL DEFAULT '', due date,
        item_ids uuid[] NOT NULL DEFAULT '{}', revision int NOT NULL DEFAULT 1,
        PRIMARY KEY (customer_id, id), UNIQUE (customer_id, number),
        FOREIGN KEY (customer_id, project_id) REFERENCES project)""",
    "CREATE INDEX request_by_time ON request (customer_id, raised_at, id)",
]


# A request need not belong to a project; one that does is for those who may see the project.
PERMITTED = (
    "CASE WHEN atrium.all_projects() OR project_id IS NULL THEN true ELSE project_id = ANY (atrium.projects()) END"
)


def upgrade() -> None:
    create_technical_tables("projects")
    for table in TABLES:
        op.execute(table)
    for table in ("workflow", "workflow_version"):
        open_to_all("projects", table, provider="SELECT, INSERT, UPDATE", customer="SELECT", system="SELECT")
    open_to_all("projects", "staff_member", provider="SELECT", customer="SELECT", system="SELECT, INSERT, UPDATE")
    protect("projects", "member", provider="SELECT", customer="SELECT", system="ALL")
    protect("projects", "project", provider="ALL", customer="SELECT", system="ALL", project_column="id")
    protect("projects", "item", provider="ALL", system="ALL", project_column="project_id")
    protect(
        "projects",
        "published_item",
        provider="ALL",
        customer=("SELECT", "NOT withdrawn"),
        system="ALL",
        project_column="project_id",
    )
    protect("projects", "item_history", provider="SELECT, INSERT", system="ALL", project_column="project_id")
    protect(
        "projects",
        "published_history",
        provider="SELECT, INSERT",
        customer="SELECT",
        system="ALL",
        project_column="project_id",
    )
    protect(
        "projects",
        "file_version",
        provider=("SELECT", "audience <> 'private'"),
        customer=("SELECT", "audience <> 'internal'"),
        system="ALL",
        audience_column="audience",
    )
    protect("projects", "approval", provider="ALL", customer="SELECT", system="ALL", project_column="project_id")
    protect("projects", "request_counter", system="ALL")
    protect("projects", "request", provider=("ALL", PERMITTED), customer=("SELECT", PERMITTED), system="ALL")
