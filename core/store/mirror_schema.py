"""Tables of mirror.db: what the server sent. The file can be fetched again.

The searched table is slim; documents and task bodies lie apart from it, as the bytes received. Moments are microseconds
since 1970 in UTC. Every sort of the queue has an index in its order that also holds the filtered columns.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

task = Table(
    "task",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("task_id", Text, nullable=False, unique=True),
    Column("customer_id", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("at", Integer, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("scenario_rank", Integer, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("words", Text, nullable=False),
)
Index("task_queue", *(task.c[c] for c in ("part", "rank", "at", "task_id", "scenario", "tier")))
Index("task_name", *(task.c[c] for c in ("name_key", "task_id", "part", "at", "scenario", "tier")))
Index("task_due", *(task.c[c] for c in ("at", "task_id", "part", "scenario", "tier")))
Index("task_tier", *(task.c[c] for c in ("tier", "at", "task_id", "part", "scenario")))
Index("task_scenario", *(task.c[c] for c in ("scenario_rank", "scenario", "at", "task_id", "part", "tier")))
Index("task_customer", task.c.customer_id)

task_body = Table(
    "task_body",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

tally = Table(
    "tally",
    metadata,
    Column("part", Integer, primary_key=True),
    Column("scenario", Text, primary_key=True),
    Column("tier", Integer, primary_key=True),
    Column("tasks", Integer, nullable=False),
    sqlite_with_rowid=False,
)

customer = Table(
    "customer",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("customer_id", Text, nullable=False, unique=True),
    Column("body", LargeBinary, nullable=False),
)

number = Table(
    "number",
    metadata,
    Column("number", Text, primary_key=True),
    Column("customer_id", Text, primary_key=True),
    sqlite_with_rowid=False,
)
Index("number_customer", number.c.customer_id)

content = Table(
    "content",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

content_before = Table(
    "content_before",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

article = Table(
    "article",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("line", Text, nullable=False),
    Column("scenarios", Text, nullable=False),
    Column("steps", Text, nullable=False),
    Column("title_words", Text, nullable=False),
    Column("tag_words", Text, nullable=False),
    UniqueConstraint("kind", "name"),
)

indicators = Table(
    "indicators",
    metadata,
    Column("key", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

portfolio = Table(
    "portfolio",
    metadata,
    Column("customer_id", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

staged = Table(
    "staged",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

_COUNT = (
    "INSERT INTO tally (part, scenario, tier, tasks) VALUES ({row}.part, {row}.scenario, {row}.tier, {step})"
    " ON CONFLICT DO UPDATE SET tasks = tasks + ({step});"
)
BESIDE_TABLES = (
    # The size of each part is kept as it changes: counting 100,000 entries at every key would be felt.
    "CREATE TRIGGER task_in AFTER INSERT ON task BEGIN " + _COUNT.format(row="new", step=1) + " END",
    "CREATE TRIGGER task_out AFTER DELETE ON task BEGIN " + _COUNT.format(row="old", step=-1) + " END",
    "CREATE TRIGGER task_moved AFTER UPDATE OF part, scenario, tier ON task"
    " WHEN (old.part, old.scenario, old.tier) <> (new.part, new.scenario, new.tier) BEGIN "
    + _COUNT.format(row="old", step=-1)
    + " "
    + _COUNT.format(row="new", step=1)
    + " END",
    "CREATE VIRTUAL TABLE task_gram USING fts5(grams, content='', contentless_delete=1, tokenize='ascii')",
    "CREATE VIRTUAL TABLE article_gram"
    " USING fts5(title, tags, body, content='', contentless_delete=1, tokenize='ascii')",
)
"""what SQLAlchemy has no words for"""
