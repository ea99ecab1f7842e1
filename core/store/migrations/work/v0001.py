"""The first version of work.db, as it was released: never edited."""

from alembic.operations import Operations

from core.store.migrations import run

STATEMENTS = (
    'CREATE TABLE setting ( "key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key") )',
    (
        "CREATE TABLE outbox ( seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, kind TEXT "
        "NOT NULL, body BLOB NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL, code TEXT DEFAULT '' NOT "
        "NULL, message_zh TEXT DEFAULT '' NOT NULL, message_en TEXT DEFAULT '' NOT NULL, UNIQUE (id) )"
    ),
    "CREATE INDEX outbox_state ON outbox (state, seq)",
    (
        "CREATE TABLE outcome ( seq INTEGER NOT NULL, id TEXT NOT NULL, root_id TEXT NOT NULL, root_at "
        "INTEGER NOT NULL, corrects TEXT, recorded_at INTEGER NOT NULL, task_id TEXT, customer_id TEXT NOT "
        "NULL, scenario TEXT NOT NULL, contact TEXT NOT NULL, success INTEGER NOT NULL, talk_time_s INTEGER "
        "NOT NULL, opt_out INTEGER NOT NULL, name TEXT NOT NULL, words TEXT NOT NULL, body BLOB NOT NULL, "
        "task_body BLOB, upload TEXT NOT NULL, message_zh TEXT DEFAULT '' NOT NULL, message_en TEXT DEFAULT "
        "'' NOT NULL, PRIMARY KEY (seq), UNIQUE (id) )"
    ),
    "CREATE INDEX outcome_task ON outcome (task_id)",
    "CREATE INDEX outcome_root_at ON outcome (root_at)",
    "CREATE INDEX outcome_opt_out ON outcome (customer_id) WHERE opt_out = 1",
    "CREATE INDEX outcome_recorded ON outcome (recorded_at)",
    "CREATE INDEX outcome_chain ON outcome (root_id, seq)",
    (
        "CREATE TABLE follow_up ( id TEXT NOT NULL, outcome_id TEXT NOT NULL, task_id TEXT, customer_id TEXT "
        "NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, due_at INTEGER, body BLOB NOT NULL, PRIMARY KEY "
        "(id) )"
    ),
    "CREATE INDEX follow_up_kind ON follow_up (kind, state, due_at)",
    "CREATE INDEX follow_up_outcome ON follow_up (outcome_id)",
    "CREATE INDEX follow_up_customer ON follow_up (customer_id)",
    ("CREATE TABLE dial ( id TEXT NOT NULL, customer_id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (id) )"),
    "CREATE INDEX dial_customer ON dial (customer_id, at)",
    "CREATE INDEX dial_at ON dial (at)",
    (
        "CREATE TABLE added_number ( id TEXT NOT NULL, customer_id TEXT NOT NULL, number TEXT NOT NULL, body "
        "BLOB NOT NULL, PRIMARY KEY (id) )"
    ),
    "CREATE INDEX added_number_customer ON added_number (customer_id)",
    "CREATE INDEX added_number_number ON added_number (number)",
    (
        'CREATE TABLE draft ( "key" TEXT NOT NULL, customer_id TEXT NOT NULL, task_id TEXT, begun INTEGER '
        'NOT NULL, body BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY ("key") )'
    ),
    (
        "CREATE TABLE overlay ( task_id TEXT NOT NULL, item_id TEXT NOT NULL, effect TEXT NOT NULL, at "
        "INTEGER, number TEXT DEFAULT '' NOT NULL, mine INTEGER DEFAULT '1' NOT NULL, alone_body BLOB, "
        "settled_revision INTEGER, PRIMARY KEY (task_id) )"
    ),
    "CREATE INDEX overlay_item ON overlay (item_id)",
    "CREATE TABLE skip ( task_id TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (task_id) )",
)


def upgrade(op: Operations) -> None:
    run(op, STATEMENTS)
