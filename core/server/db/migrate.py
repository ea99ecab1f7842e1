"""Bringing a database to the newest schema; alembic is imported only where something is behind."""

import threading
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.migrations import HEAD

_FOLDER = Path(__file__).parent.parent / "migrations"
_ONE_AT_A_TIME = threading.Lock()
"""alembic keeps what it is at in names of its module: two runs in a process take each other's away"""


def current(conn: Connection) -> str | None:
    """The database's revision; None where it is empty."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def upgrade(engine: Engine) -> bool:
    """Migrate to the newest revision; True where something was done. One transaction for all of it."""
    with engine.begin() as conn:
        revision = current(conn)
        if revision == HEAD:
            return False
        if revision is None and inspect(conn).get_table_names():
            raise _foreign()
        if revision is not None and revision > HEAD:
            raise _newer(revision)
        _run(conn)
        return True


def _run(conn: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = conn
    with _ONE_AT_A_TIME:
        command.upgrade(config, "head")


def _foreign() -> InputError:
    return InputError(
        title=Text("数据库不是空的", "Database is not empty"),
        message=Text("其中有不属于 Stayline 的表；未作改动。", "It holds tables not of Stayline; nothing was changed."),
        next_step=Text("请指定一个空库。", "Name an empty database."),
    )


def _newer(revision: str) -> InputError:
    return InputError(
        title=Text("数据库版本较新", "Database is newer"),
        message=Text(
            f"库的版本 {revision} 高于程序的 {HEAD}。", f"Its revision {revision} is above the program's {HEAD}."
        ),
        next_step=Text("请升级 stayline-server。", "Update stayline-server."),
    )
