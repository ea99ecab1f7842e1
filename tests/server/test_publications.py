"""Content on its way to desks: published as a whole or not at all, numbered, on record, and brought back."""

import re
import shutil
from pathlib import Path

import msgspec
import pytest
from alembic import command
from alembic.config import Config
from server_kit import add_agent, agent, given, read_page, saved, send
from sqlalchemy import text

from core.content import folder, shipped
from core.domain import decoding
from core.domain.content_kinds import PUBLISHED_KINDS
from core.domain.customer import Care
from core.domain.errors import ContentError, InputError
from core.domain.text import Text
from core.server import migrations
from core.server.content_diff import Change, kinds_known
from core.server.db import audit, customers, publications, published, schema
from core.server.db.engine import Database
from core.server.db.migrate import upgrade
from core.server.db.publications import Source
from core.server.publishing import folder_differences, publish_folder, publish_shipped, roll_back
from core.server.sync.pull import pull
from core.wire.pull import Change as Pulled
from core.wire.pull import ContentDocument

NAME = "skip_reasons"
SKIPS = "templates/skip_reasons.yaml"
VERSION = re.compile(r"^version: (\d+)", re.MULTILINE)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site's own copy of the shipped content."""
    return Path(shutil.copytree(folder(), tmp_path / "content"))


def test_every_kind_that_is_published_is_listed_and_known_to_the_comparison() -> None:
    assert {one.kind for one in shipped()} == PUBLISHED_KINDS
    assert kinds_known() >= PUBLISHED_KINDS


def edit(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    words = file.read_text("utf-8")
    assert old in words
    file.write_text(words.replace(old, new, 1), "utf-8")


def raised(root: Path, path: str) -> int:
    """The file's version, one higher than it was."""
    file = root / path
    words = file.read_text("utf-8")
    found = VERSION.search(words)
    assert found
    file.write_text(VERSION.sub(f"version: {int(found[1]) + 1}", words, count=1), "utf-8")
    return int(found[1]) + 1


def reworded(root: Path) -> None:
    """One reason to skip a task reads otherwise, in a version of its own."""
    raised(root, SKIPS)
    edit(root, SKIPS, 'zh: "', 'zh: "改')


def on_desks(database: Database, cursor: str = "") -> tuple[dict[str, ContentDocument | None], str]:
    """What a desk pulls of content since the cursor, and the next cursor; None for what is gone."""
    page = read_page(pull(database, staff_number="1", rights=frozenset(), cursor=cursor, limit=2000).body)
    return {change.key: _document(change) for change in page.changes}, page.cursor


def _document(change: Pulled) -> ContentDocument | None:
    return None if change.deleted else decoding.decode(change.body, ContentDocument)


def numbers(database: Database) -> list[tuple[int, Source, int | None]]:
    with database.read() as unit:
        return [(one.number, one.source, one.of) for one in publications.all_of_them(unit)]


def test_a_folder_is_published_as_a_whole_under_a_number(database: Database, root: Path) -> None:
    # SCRIPT-01: versioned content; who and when stand in the audit
    publish_shipped(database)
    _, cursor = on_desks(database)
    reworded(root)
    done = publish_folder(database, root, by="cli:lin")
    assert done is not None
    assert (done.publication.number, done.publication.by) == (2, "cli:lin")
    assert [(one.change, one.name, one.before, one.after) for one in done.differences] == [(Change.CHANGED, NAME, 1, 2)]
    pulled, _ = on_desks(database, cursor)
    assert [(key, one and one.version) for key, one in pulled.items()] == [(f"{NAME}/{NAME}", 2)]
    with database.read() as unit:
        entries = unit.conn.execute(schema.audit.select().where(schema.audit.c.writer == "cli:lin")).all()
        assert [(row.action, row.object) for row in entries] == [("content_published", "2")]
        assert audit.verify(unit) == []


def test_the_same_folder_again_is_no_publication(database: Database, root: Path) -> None:
    publish_shipped(database)
    assert publish_folder(database, root, by="x") is None
    assert numbers(database) == [(1, Source.SHIPPED, None)]


@pytest.mark.parametrize(
    ("path", "old", "new", "reason"),
    [
        ("scripts/vip-care.yaml", "start: opening", "start: nowhere", "there is no step `nowhere`"),
        (SKIPS, "version: 1", "version: 0", "version 1 was published with other words"),
        ("scripts/4g-upgrade.yaml", "title:", "titel:", "unknown key `titel`"),
    ],
)
def test_a_mistake_anywhere_publishes_nothing(
    sqlite: Database, root: Path, path: str, old: str, new: str, reason: str
) -> None:
    publish_shipped(sqlite)
    _, cursor = on_desks(sqlite)
    reworded(root) if "skip" not in path else None
    edit(root, path, old, new)
    with pytest.raises(ContentError) as refused:
        publish_folder(sqlite, root, by="x")
    assert refused.value.file.endswith(path)
    assert refused.value.line >= 1
    assert reason in str(refused.value) or "versions begin at 1" in str(refused.value)
    assert on_desks(sqlite, cursor)[0] == {}
    assert numbers(sqlite) == [(1, Source.SHIPPED, None)]


def test_a_version_stands_for_its_words_for_good(database: Database, root: Path) -> None:
    publish_shipped(database)
    reworded(root)
    publish_folder(database, root, by="x")
    edit(root, SKIPS, "改", "再改")
    with pytest.raises(ContentError) as refused:
        publish_folder(database, root, by="x")
    assert "raise `version` to 3" in str(refused.value)
    assert Path(refused.value.file).read_text("utf-8").splitlines()[refused.value.line - 1] == "version: 2"


def test_a_rollback_brings_back_all_of_an_earlier_publication(database: Database, root: Path) -> None:
    publish_shipped(database)
    before, _ = on_desks(database)
    reworded(root)
    (root / "scripts/new-service.yaml").unlink()
    (root / "dispositions/new-service.yaml").unlink()
    for article in (root / "knowledge").glob("*.md"):
        article.unlink()
    raised(root, "templates/sms.yaml")
    publish_folder(database, root, by="x")
    _, cursor = on_desks(database)
    done = roll_back(database, 1, by="y")
    assert done is not None
    assert numbers(database)[0] == (3, Source.ROLLBACK, 1)
    after, _ = on_desks(database)
    assert {key: one for key, one in after.items() if one} == before
    assert f"{NAME}/{NAME}" in on_desks(database, cursor)[0]
    assert roll_back(database, 1, by="y") is None
    with pytest.raises(InputError):
        roll_back(database, 99, by="y")


def test_what_is_gone_from_the_folder_is_gone_from_desks(database: Database, root: Path) -> None:
    publish_shipped(database)
    _, cursor = on_desks(database)
    (root / "scripts/new-service.yaml").unlink()
    (root / "dispositions/new-service.yaml").unlink()
    for article in (root / "knowledge").glob("*.md"):
        article.unlink()
    publish_folder(database, root, by="x")
    gone, _ = on_desks(database, cursor)
    assert gone["script/new-service"] is None
    assert gone["dispositions/new-service"] is None


def test_a_site_that_publishes_itself_is_not_overwritten_at_the_next_start(database: Database, root: Path) -> None:
    publish_shipped(database)
    reworded(root)
    publish_folder(database, root, by="x")
    roll_back(database, 1, by="x")
    assert publish_shipped(database) == []
    assert len(numbers(database)) == 3


def test_the_difference_is_told_word_by_word(sqlite: Database, root: Path) -> None:
    publish_shipped(sqlite)
    raised(root, SKIPS)
    edit(root, SKIPS, 'zh: "', 'zh: "请')
    (found,) = folder_differences(sqlite, root)
    old, new = found.lines
    assert old.startswith("- reasons[")
    assert new.startswith("+ reasons[")
    assert new.split(": ", 1)[1] == "请" + old.split(": ", 1)[1]
    publish_folder(sqlite, root, by="x")
    assert folder_differences(sqlite, root) == []
    (back,) = folder_differences(sqlite, root, against=1)
    assert back.lines == found.lines


def test_an_outcome_keeps_the_version_it_was_called_under(database: Database, root: Path) -> None:
    # SCRIPT-01
    publish_shipped(database)
    me = add_agent(database, agent("1"))
    mine = given(database, to="1")
    raised(root, "dispositions/4g-upgrade.yaml")
    newest = raised(root, "scripts/4g-upgrade.yaml")
    publish_folder(database, root, by="x")
    send(database, me, saved(mine, "1", script_version=newest - 1, result="not_needed"))
    with database.read() as unit:
        (row,) = unit.conn.execute(schema.outcome.select()).all()
        assert msgspec.json.decode(row.body)["script_version"] == newest - 1
        versions = [one.version for one in publications.versions_of(unit, "script", "4g-upgrade")]
    assert versions == [newest - 1, newest]


def test_a_late_outcome_is_understood_by_the_results_of_its_day(sqlite: Database, root: Path) -> None:
    publish_shipped(sqlite)
    me = add_agent(sqlite, agent("1"))
    mine = given(sqlite, to="1")
    raised(root, "dispositions/4g-upgrade.yaml")
    newest = raised(root, "scripts/4g-upgrade.yaml")
    for file in ("dispositions", "scripts"):
        path = root / file / "4g-upgrade.yaml"
        path.write_text(path.read_text("utf-8").replace("not_needed", "needs_nothing"), "utf-8")
    publish_folder(sqlite, root, by="x")
    send(sqlite, me, saved(mine, "1", script_version=newest - 1, result="not_needed"))
    with sqlite.read() as unit:
        care = customers.section(unit, mine.customer_id, "care", Care)
    assert care is not None
    assert care.calls[0].result != Text("not_needed", "not_needed")


def first_schema_with_content_of(database: Database) -> None:
    """The same database as the first version of the program would have it."""
    with database.engine.begin() as conn:
        rows = [dict(row._mapping) for row in conn.execute(schema.content.select())]
        schema.metadata.drop_all(conn)
        conn.execute(text("DROP TABLE alembic_version"))
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = conn
        command.upgrade(config, "0001")
        conn.execute(schema.content.insert(), rows)


def test_what_was_published_before_numbers_came_is_the_first_publication(database: Database) -> None:
    piece = ContentDocument(kind="script", name="s", version=4, body=msgspec.Raw(b"{}"))
    with database.write() as unit:
        published.put(unit, [piece])
    first_schema_with_content_of(database)
    upgrade(database.engine)
    with database.read() as unit:
        assert publications.pieces(unit, 1) == [piece]
        (first,) = publications.all_of_them(unit)
        assert (first.source, first.at.tzinfo is not None) == (Source.SHIPPED, True)
    with database.write() as unit:
        assert publications.publish(unit, [], source=Source.FOLDER, by="x").number == 2
