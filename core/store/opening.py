"""Opening the store: whose it is, whether its key fits, whether its schema is behind, what to do about damage.

A damaged mirror is set aside and fetched again; work that cannot be read is never touched.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from core.domain.disposition import Dispositions
from core.domain.errors import StoreForeign
from core.store import engine, files
from core.store.errors import foreign, locked, of_code, translated, work_gone
from core.store.key import StoreKey, check_of, fits
from core.store.key_change import settle
from core.store.review_file import ReviewFile
from core.store.schema import MIRROR, WORK, FileSchema, bring_up
from core.store.store import Store

ShippedDispositions = Callable[[str], Dispositions | None]


def open_store(folder: Path, key: StoreKey, *, shipped: ShippedDispositions | None = None) -> Store:
    """Makes, migrates and opens the store of a folder.

    `shipped` gives a scenario's dispositions where the server has published none.
    Raises StoreLocked (wrong key), StoreForeign (damaged, not ours, newer), StoreDisk, StoreInUse.
    """
    with translated(folder):
        files.make_private(folder)
        lock = files.take_lock(folder)
        try:
            settle(folder)
            _check_key(folder, key)
            suspect = (folder / files.SUSPECT).exists()
            _look_at_work(folder, key, closely=suspect)
            aside = _look_at_mirror(folder, key, closely=suspect)
            if not files.has_store(folder) and _was_pulled_into(folder / files.MIRROR, key):
                raise work_gone()
            (folder / files.SUSPECT).unlink(missing_ok=True)
            mirror = _ready(folder / files.MIRROR, key, MIRROR)
            work = _ready(folder / files.WORK, key, WORK)
        except BaseException:
            lock.close()
            raise
    reader = engine.reader(folder / files.MIRROR, folder / files.WORK, key)
    review = ReviewFile(folder, key)
    store = Store(folder=folder, reader=reader, mirror=mirror, work=work, lock=lock, shipped=shipped, review=review)
    if aside:
        store.forget_settled()
    else:
        store.catch_up()
    return store


def _check_key(folder: Path, key: StoreKey) -> None:
    """A wrong key is told from a damaged file by a keyed digest beside the files."""
    path = folder / files.CHECK
    if path.exists():
        if not fits(path, key):
            raise locked()
        return
    if files.has_store(folder):
        _look_at_work(folder, key, closely=False)
    files.write_private(path, check_of(key).encode())


def _look_at_work(folder: Path, key: StoreKey, *, closely: bool) -> None:
    if not files.has_store(folder):
        return
    _look(folder / files.WORK, key, WORK, closely=closely)


def _look_at_mirror(folder: Path, key: StoreKey, *, closely: bool) -> bool:
    """True where a damaged mirror was set aside."""
    path = folder / files.MIRROR
    if not path.exists() or path.stat().st_size == 0:
        return False
    try:
        _look(path, key, MIRROR, closely=closely)
    except StoreForeign:
        _set_aside(path)
        return True
    return False


def _was_pulled_into(mirror: Path, key: StoreKey) -> bool:
    """Whether the server's data came here before: nobody pulls without a file of the agent's own work beside it."""
    if not mirror.exists() or mirror.stat().st_size == 0:
        return False
    connection = engine.raw_connection(mirror, key)
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'cursor'").fetchone()
        return bool(found and found[0])
    except dbapi2.OperationalError:
        # Its first creation was cut short: there is no table yet.
        return False
    finally:
        connection.close()


def _look(path: Path, key: StoreKey, schema: FileSchema, *, closely: bool) -> None:
    """Raises StoreForeign where the file cannot be read with the key, or is not of this schema."""
    with path.open("rb") as file:
        if file.read(16) == files.PLAIN_HEADER:
            raise foreign()
    connection = engine.raw_connection(path, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        schema.check_ours(connection)
        if closely:
            # Before a checkpoint the check takes pages that are only in the log for damage.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if connection.execute("PRAGMA cipher_integrity_check").fetchall():
                raise foreign()
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise foreign()
    except dbapi2.DatabaseError as error:
        raise of_code(getattr(error, "sqlite_errorcode", None), path.parent) or foreign() from error
    finally:
        connection.close()


def _set_aside(path: Path) -> None:
    """Keeps one damaged mirror for a look; it can be fetched again, so older ones go."""
    for old in path.parent.glob(path.name + ".damaged-*"):
        old.unlink()
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    path.replace(path.with_name(f"{path.name}.damaged-{stamp}"))
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)


def _ready(path: Path, key: StoreKey, schema: FileSchema) -> Engine:
    files.touch_private(path)
    made = engine.writer(path, key)
    try:
        bring_up(made, schema)
    except BaseException:
        made.dispose()
        raise
    return made
