"""The first version of mirror.db, as it was released: never edited."""

from alembic.operations import Operations

from core.store.migrations import run

STATEMENTS = (
    'CREATE TABLE meta ( "key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key") )',
    (
        "CREATE TABLE task ( n INTEGER NOT NULL, task_id TEXT NOT NULL, customer_id TEXT NOT NULL, part "
        "INTEGER NOT NULL, rank INTEGER NOT NULL, at INTEGER NOT NULL, tier INTEGER NOT NULL, scenario_rank "
        "INTEGER NOT NULL, scenario TEXT NOT NULL, name_key TEXT NOT NULL, revision INTEGER NOT NULL, words "
        "TEXT NOT NULL, PRIMARY KEY (n), UNIQUE (task_id) )"
    ),
    "CREATE INDEX task_queue ON task (part, rank, at, task_id, scenario, tier)",
    "CREATE INDEX task_customer ON task (customer_id)",
    "CREATE INDEX task_tier ON task (tier, at, task_id, part, scenario)",
    "CREATE INDEX task_name ON task (name_key, task_id, part, at, scenario, tier)",
    "CREATE INDEX task_scenario ON task (scenario_rank, scenario, at, task_id, part, tier)",
    "CREATE INDEX task_due ON task (at, task_id, part, scenario, tier)",
    "CREATE TABLE task_body ( n INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (n) )",
    (
        "CREATE TABLE tally ( part INTEGER NOT NULL, scenario TEXT NOT NULL, tier INTEGER NOT NULL, tasks "
        "INTEGER NOT NULL, PRIMARY KEY (part, scenario, tier) ) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE customer ( n INTEGER NOT NULL, customer_id TEXT NOT NULL, body BLOB NOT NULL, PRIMARY "
        "KEY (n), UNIQUE (customer_id) )"
    ),
    (
        "CREATE TABLE number ( number TEXT NOT NULL, customer_id TEXT NOT NULL, PRIMARY KEY (number, "
        "customer_id) ) WITHOUT ROWID"
    ),
    "CREATE INDEX number_customer ON number (customer_id)",
    (
        'CREATE TABLE content ( kind TEXT NOT NULL, name TEXT NOT NULL, "key" TEXT NOT NULL, version '
        "INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, name) )"
    ),
    'CREATE TABLE indicators ( "key" TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY ("key") )',
    (
        "CREATE TRIGGER task_in AFTER INSERT ON task BEGIN INSERT INTO tally (part, scenario, tier, tasks) "
        "VALUES (new.part, new.scenario, new.tier, 1) ON CONFLICT DO UPDATE SET tasks = tasks + (1); END"
    ),
    (
        "CREATE TRIGGER task_out AFTER DELETE ON task BEGIN INSERT INTO tally (part, scenario, tier, tasks) "
        "VALUES (old.part, old.scenario, old.tier, -1) ON CONFLICT DO UPDATE SET tasks = tasks + (-1); END"
    ),
    (
        "CREATE TRIGGER task_moved AFTER UPDATE OF part, scenario, tier ON task WHEN (old.part, old.scenario,"
        " old.tier) <> (new.part, new.scenario, new.tier) BEGIN INSERT INTO tally (part, scenario, tier, "
        "tasks) VALUES (old.part, old.scenario, old.tier, -1) ON CONFLICT DO UPDATE SET tasks = tasks + (-1);"
        " INSERT INTO tally (part, scenario, tier, tasks) VALUES (new.part, new.scenario, new.tier, 1) ON "
        "CONFLICT DO UPDATE SET tasks = tasks + (1); END"
    ),
    "CREATE VIRTUAL TABLE task_gram USING fts5(grams, content='', contentless_delete=1, tokenize='ascii')",
)


def upgrade(op: Operations) -> None:
    run(op, STATEMENTS)
