"""Databases that are brought up beside each other in one process."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core.server.db.engine import open_engine, sqlite_url
from core.server.db.migrate import upgrade

DATABASES = 4


def test_each_comes_up_whatever_the_others_do(tmp_path: Path) -> None:
    # Reliability R14: what migrates keeps its place in the process's own names.
    def bring_up(number: int) -> bool:
        folder = tmp_path / str(number)
        folder.mkdir()
        engine = open_engine(sqlite_url(folder))
        try:
            return upgrade(engine)
        finally:
            engine.dispose()

    with ThreadPoolExecutor(DATABASES) as pool:
        assert list(pool.map(bring_up, range(DATABASES))) == [True] * DATABASES
