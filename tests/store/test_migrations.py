"""The schema of a new store and that of a migrated one are the same; a kill in between leaves the old one."""

from pathlib import Path

import msgspec
import pytest
from store_kit import NOW, Tier, a_page, a_task, asking, put, with_customer

from core.domain.knowledge import Article, ArticleKind, LineOfWork
from core.domain.text import Text
from core.store import engine, files, schema
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.schema import MIRROR, WORK, FileSchema


def described(path: Path, key: StoreKey) -> dict[str, str]:
    connection = engine.raw_connection(path, key)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: " ".join(sql.split()).replace("( ", "(").replace(" )", ")") for name, sql in rows}


@pytest.mark.parametrize("which", [MIRROR, WORK], ids=["mirror", "work"])
def test_migrating_from_nothing_gives_what_a_new_store_has(tmp_path: Path, key: StoreKey, which: FileSchema) -> None:
    open_store(tmp_path / "new", key).close()
    path = tmp_path / "migrated.db"
    made = engine.writer(path, key)
    from core.store.migrations import migrate

    with made.begin() as connection:
        migrate(connection, which.name, 0, which.version)
    made.dispose()
    assert described(path, key) == described(tmp_path / "new" / f"{which.name}.db", key)


def test_an_older_store_is_brought_up_and_keeps_its_rows(
    tmp_path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path, key)
    store.put_setting("theme", "dark")
    store.close()
    calls = _next_version(monkeypatch, fails=False)
    store = open_store(tmp_path, key)
    assert store.setting("theme") == "dark"
    store.close()
    assert calls == [(WORK.name, WORK.version, WORK.version + 1)]
    columns = described(tmp_path / files.WORK, key)["setting"]
    assert "note TEXT" in columns


def test_a_step_that_fails_leaves_the_old_version(
    tmp_path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Reliability R14, quick scale
    open_store(tmp_path, key).close()
    before = described(tmp_path / files.WORK, key)
    with monkeypatch.context() as patched:
        _next_version(patched, fails=True)
        with pytest.raises(RuntimeError, match="power"):
            open_store(tmp_path, key)
    assert described(tmp_path / files.WORK, key) == before
    store = open_store(tmp_path, key)
    store.apply(a_page(put(a_task(1))), now=NOW)
    assert store.counts(asking()).total == 1
    store.close()


def test_knowledge_that_an_earlier_program_only_kept_is_found_after_the_update(tmp_path: Path, key: StoreKey) -> None:
    from core.store.migrations import migrate

    open_store(tmp_path, key).close()
    (tmp_path / files.MIRROR).unlink()
    made = engine.writer(tmp_path / files.MIRROR, key)
    article = Article(
        id="a", version=1, kind=ArticleKind.ARTICLE, title=Text("漫游", "Roaming"), body=Text("一", "One"),
        line=LineOfWork.MOBILE, initials="my",
    )  # fmt: skip
    with made.begin() as connection:
        migrate(connection, "mirror", 0, 1)
        for name, body in (("a", msgspec.json.encode(article)), ("broken", b"{}")):
            connection.exec_driver_sql(
                "INSERT INTO content (kind, name, key, version, body) VALUES ('knowledge', ?, ?, 1, ?)",
                (name, f"knowledge/{name}", body),
            )
        connection.exec_driver_sql(f"PRAGMA application_id = {MIRROR.application_id}")
        connection.exec_driver_sql("PRAGMA user_version = 1")
    made.dispose()
    store = open_store(tmp_path, key)
    assert [hit.name for hit in store.articles("my")] == ["a"]
    store.close()


def test_tasks_of_an_earlier_program_stand_by_scenario_after_the_update(tmp_path: Path, key: StoreKey) -> None:
    # Scenarios without a place of their own once had one rank, and stood mixed in the queue.
    names = ("win-back", "low-balance", "4g-upgrade")
    tasks = [
        with_customer(a_task(n, scenario=names[n % 3], priority=n % 2), tier=Tier.GOLD if n > 6 else Tier.NONE)
        for n in range(1, 13)
    ]
    store = open_store(tmp_path, key)
    store.apply(a_page(*map(put, tasks)), now=NOW)
    fresh = [row.task_id for row in store.queue(asking(), offset=0, limit=50)]
    store.close()
    made = engine.writer(tmp_path / files.MIRROR, key)
    with made.begin() as connection:
        before = "CASE scenario WHEN '4g-upgrade' THEN 2 ELSE 50 END"
        connection.exec_driver_sql(
            f"UPDATE task SET scenario_rank = {before},"
            f" rank = {before} * 100 + substr(task_id, 2) % 2 + CASE part WHEN 1 THEN tier * 10000 ELSE 0 END"
        )
        connection.exec_driver_sql("PRAGMA user_version = 2")
    made.dispose()
    store = open_store(tmp_path, key)
    assert [row.task_id for row in store.queue(asking(), offset=0, limit=50)] == fresh
    store.close()


def _next_version(monkeypatch: pytest.MonkeyPatch, *, fails: bool) -> list[tuple[str, int, int]]:
    """The next version of work.db, as a later release brings it."""
    from msgspec.structs import replace

    from core.store import migrations, opening

    calls: list[tuple[str, int, int]] = []

    def migrate(connection, name: str, version: int, target: int) -> None:  # type: ignore[no-untyped-def]
        calls.append((name, version, target))
        connection.exec_driver_sql("ALTER TABLE setting ADD COLUMN note TEXT")
        if fails:
            raise RuntimeError("power cut")

    monkeypatch.setattr(opening, "WORK", replace(schema.WORK, version=schema.WORK.version + 1))
    monkeypatch.setattr(migrations, "migrate", migrate)
    return calls
