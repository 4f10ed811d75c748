"""Tables of conversations. Who may see a row is decided by row-level security, from the column `effective` alone."""

from sqlalchemy import ARRAY, Column, Computed, DateTime, Integer, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

#: What threads may be about, and who may see it: a projection of the owners' events. `title` is what both sides may
#: read; `staff_title` is an item's internal one, which the customer's role has no right to.
#: Indexes: primary key; subject_by_path for staff, who name a subject without its customer.
subject = Table(
    "subject",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("project_id", Uuid),
    Column("audience", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("staff_title", Text),
)

#: `subject_audience` follows the subject by a cascading foreign key, and `effective` follows it as a generated column.
#: Indexes: thread_by_act, thread_by_subject for customers; thread_by_id, thread_by_project, thread_by_latest for all.
thread = Table(
    "thread",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("subject_audience", Text, nullable=False),
    Column("project_id", Uuid),
    Column("audience", Text, nullable=False),
    Column("effective", Text, Computed("", persisted=True)),
    Column("staff_ids", ARRAY(Uuid)),
    Column("title", Text, nullable=False),
    Column("point", JSONB(none_as_null=True)),
    Column("opened_by", Uuid, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("closed_by", Uuid),
    Column("closed_at", DateTime(timezone=True)),
    Column("last_act_at", DateTime(timezone=True), nullable=False),
    Column("message_count", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
)

#: `number` counts within the thread; `thread_revision` is the thread's revision once the message was there.
#: Index: message_by_number.
message = Table(
    "message",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("thread_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("thread_revision", Integer, nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("text", Text, nullable=False),
    Column("mentions", ARRAY(Uuid), nullable=False),
    Column("posted_at", DateTime(timezone=True), nullable=False),
)
