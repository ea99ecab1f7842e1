"""Tables of work.db: what the agent did and the server may not have yet, or may lose. Never deleted by the
program but for what was `sent`, weeks later.

Moments are microseconds since 1970 in UTC. Bodies are the wire's JSON.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, text

metadata = MetaData()

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("code", Text, nullable=False, server_default=""),
    Column("message_zh", Text, nullable=False, server_default=""),
    Column("message_en", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)
Index("outbox_state", outbox.c.state, outbox.c.seq)

sent = Table(
    "sent",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Integer, nullable=False),
)
Index("sent_at", sent.c.at)

outcome = Table(
    "outcome",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("root_id", Text, nullable=False),
    Column("root_at", Integer, nullable=False),
    Column("corrects", Text),
    Column("recorded_at", Integer, nullable=False),
    Column("task_id", Text),
    Column("customer_id", Text, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("success", Integer, nullable=False),
    Column("talk_time_s", Integer, nullable=False),
    Column("opt_out", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("task_body", LargeBinary),
    Column("upload", Text, nullable=False),
    Column("message_zh", Text, nullable=False, server_default=""),
    Column("message_en", Text, nullable=False, server_default=""),
)
Index("outcome_recorded", outcome.c.recorded_at)
Index("outcome_root_at", outcome.c.root_at)
Index("outcome_chain", outcome.c.root_id, outcome.c.seq)
Index("outcome_task", outcome.c.task_id)
Index("outcome_customer", outcome.c.customer_id, outcome.c.recorded_at)
Index("outcome_opt_out", outcome.c.customer_id, sqlite_where=text("opt_out = 1"))

follow_up = Table(
    "follow_up",
    metadata,
    Column("id", Text, primary_key=True),
    Column("outcome_id", Text, nullable=False),
    Column("task_id", Text),
    Column("customer_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("due_at", Integer),
    Column("body", LargeBinary, nullable=False),
)
Index("follow_up_kind", follow_up.c.kind, follow_up.c.state, follow_up.c.due_at)
Index("follow_up_outcome", follow_up.c.outcome_id)
Index("follow_up_customer", follow_up.c.customer_id)

dial = Table(
    "dial",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer_id", Text, nullable=False),
    Column("at", Integer, nullable=False),
)
Index("dial_customer", dial.c.customer_id, dial.c.at)
Index("dial_at", dial.c.at)

added_number = Table(
    "added_number",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer_id", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
Index("added_number_customer", added_number.c.customer_id)
Index("added_number_number", added_number.c.number)

quiet_asked = Table(
    "quiet_asked",
    metadata,
    Column("customer_id", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("key", Text, primary_key=True),
    Column("customer_id", Text, nullable=False),
    Column("task_id", Text),
    Column("begun", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Integer, nullable=False),
)

overlay = Table(
    "overlay",
    metadata,
    Column("task_id", Text, primary_key=True),
    Column("item_id", Text, nullable=False),
    Column("effect", Text, nullable=False),
    Column("at", Integer),
    Column("number", Text, nullable=False, server_default=""),
    Column("mine", Integer, nullable=False, server_default="1"),
    Column("alone_body", LargeBinary),
    Column("settled_revision", Integer),
)
Index("overlay_item", overlay.c.item_id)

skip = Table(
    "skip",
    metadata,
    Column("task_id", Text, primary_key=True),
    Column("until", Integer, nullable=False),
)

authority = Table(
    "authority",
    metadata,
    Column("id", Text, primary_key=True),
    Column("case_key", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
Index("authority_case", authority.c.case_key, authority.c.at)
Index("authority_open", authority.c.id, sqlite_where=text("state = 'waiting'"))

care = Table(
    "care",
    metadata,
    Column("id", Text, primary_key=True),
    Column("customer_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("at", Integer, nullable=False),
)
Index("care_customer", care.c.customer_id, care.c.at)
Index("care_at", care.c.at)

BESIDE_TABLES: tuple[str, ...] = ()
"""what SQLAlchemy has no words for"""
