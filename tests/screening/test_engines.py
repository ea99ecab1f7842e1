"""Every shipped rule finds the same customers on DuckDB, on PostgreSQL and on a local cluster of Spark, row by row."""

import os
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from msgspec import structs
from postgres_kit import running_postgres
from test_one_answer import SNAPSHOT, City, by_engine, table_of

from core.domain.errors import InputError
from core.rules.form import fields_of
from core.screening.engines import Engine
from core.screening.frame import Frame, opened_frame
from core.screening.matching import matched_customers, preview
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.scored import RISK

pytestmark = [
    # Of ibis' and pyspark's own: what they ask of DuckDB and pandas in older ways, and sockets.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
CLUSTER = "local-cluster[2,1,1024]"
"""two workers of one core, each a process of its own"""


@pytest.fixture(scope="module")
def city() -> City:
    return City()


@pytest.fixture(scope="module")
def shelf(city: City, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    made = Shelf(tmp_path_factory.mktemp("engines"))
    made.folder.mkdir()
    for name, rows in (("s", city.rows), ("before", city.before)):
        pq.write_table(table_of(city.library, rows), made.path(name))
    return made


def frame_on(engine: Engine | None, city: City, shelf: Shelf) -> Frame:
    names = frozenset().union(*(fields_of(one.when) for one in city.rules.values()))
    return opened_frame(shelf, structs.replace(SNAPSHOT, before="before"), city.library, names, model="", engine=engine)


def hold_equal(engine: Engine, city: City, shelf: Shelf) -> None:
    """To every rule, its counts and those whom it calls first."""
    rules = list(city.rules.values())
    here, there = frame_on(None, city, shelf), frame_on(engine, city, shelf)
    assert there.moment == here.moment, "percentiles are the same"
    city.frame = here
    expected = by_engine(city, rules)
    assert expected == {name: city.by_rows(rule) for name, rule in city.rules.items()}
    city.frame = there
    found = by_engine(city, rules)
    for name, who in expected.items():
        assert found[name] == who, name
    assert preview(there, rules) == preview(here, rules)
    rule, values = city.rules["low-balance-on-net"], frozenset({RISK, "balance_after_fee", "days_since_top_up"})
    first, second = (list(matched_customers(one, rule, values, most_first=RISK)) for one in (here, there))
    assert first == second


@pytest.mark.postgres
def test_every_shipped_rule_finds_the_same_on_postgresql(
    city: City, shelf: Shelf, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # ID-05, DATA-01
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    with running_postgres() as url:
        engine = Engine(url)
        hold_equal(engine, city, shelf)
        engine.close()


@pytest.fixture
def java(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark needs pyspark and a Java of 17 or 21, which `./build/setup --full` brings."""
    pytest.importorskip("pyspark")
    if not shutil.which("java"):
        pytest.skip("there is no Java")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")


@pytest.mark.slow
@pytest.mark.usefixtures("java")
def test_every_shipped_rule_finds_the_same_on_a_cluster_of_spark(city: City, shelf: Shelf) -> None:
    # ID-05, DATA-01
    engine = Engine(CLUSTER)
    hold_equal(engine, city, shelf)
    engine.close()


def test_an_engine_that_is_none_or_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not known"):
        Engine("mongodb://nowhere/x")
    with pytest.raises(InputError, match="cannot be reached") as refused:
        Engine(f"postgresql://stayline:secret@/x?host={tmp_path}")
    assert "secret" not in refused.value.message.en
