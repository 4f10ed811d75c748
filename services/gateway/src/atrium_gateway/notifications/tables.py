"""Mails to send, and what they are about. The queue holds ids alone, so that a worker can see what is due anywhere."""

from sqlalchemy import JSON, Column, DateTime, LargeBinary, SmallInteger, Table, Text, Uuid

from atrium_gateway.tables import metadata

mail = Table(
    "mail",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("kind", Text),
    Column("cause", Text),
    Column("person_id", Uuid),
    Column("invitation_id", Uuid),
    Column("about", JSON),
    Column("created_at", DateTime(timezone=True)),
    Column("sent_at", DateTime(timezone=True)),
    Column("outcome", Text),
)

mail_queue = Table(
    "mail_queue",
    metadata,
    Column("house_id", Uuid, primary_key=True),
    Column("mail_id", Uuid, primary_key=True),
    Column("due_at", DateTime(timezone=True)),
    Column("tries", SmallInteger),
)

#: Who is asked for which item right now, so that only the newly asked get a mail.
asked = Table(
    "asked",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("item_id", Uuid, primary_key=True),
    Column("person_id", Uuid, primary_key=True),
)

act_token = Table(
    "act_token",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("token_hash", LargeBinary, primary_key=True),
    Column("person_id", Uuid),
    Column("item_id", Uuid),
    Column("created_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
)

#: The thing that stands for all things, when someone says to have seen everything.
EVERYTHING = "catch-up"

#: Up to when each person has seen each thing; a thing is named as in its page's address.
seen = Table(
    "seen",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("thing", Text, primary_key=True),
    Column("seen_at", DateTime(timezone=True)),
)
