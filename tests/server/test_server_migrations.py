"""A migrated database is what the tables say, and a foreign or newer one is left alone."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from server_kit import StillClock
from sqlalchemy import text

from core.domain.errors import InputError
from core.server import migrations
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.db.migrate import upgrade
from core.server.db.schema import metadata


def test_migrations_make_what_the_tables_say(database: Database) -> None:
    with database.engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_newest_revision_is_the_one_that_is_known() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == migrations.HEAD


def test_migrating_again_does_nothing(sqlite: Database) -> None:
    assert not upgrade(sqlite.engine)


def test_a_tenant_leads_every_key_and_unique_index() -> None:
    for table in metadata.tables.values():
        assert next(iter(table.primary_key.columns)).name == "tenant_id"
        for index in table.indexes:
            assert next(iter(index.columns)).name == "tenant_id"


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE theirs (a INTEGER)", "CREATE TABLE alembic_version (version_num VARCHAR(32))"],
)
def test_a_foreign_or_newer_database_is_left_alone(tmp_path: Path, clock: StillClock, statement: str) -> None:
    engine = open_engine(sqlite_url(tmp_path))
    with engine.begin() as conn:
        conn.execute(text(statement))
        if "alembic" in statement:
            conn.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    with pytest.raises(InputError):
        upgrade(engine)
    with engine.connect() as conn:
        assert conn.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'task'")).scalar_one() == 0
    engine.dispose()


def test_other_databases_are_refused() -> None:
    with pytest.raises(InputError):
        open_engine("mysql://localhost/x")
