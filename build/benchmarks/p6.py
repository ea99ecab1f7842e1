"""P6: ten thousand customers pulled through sign-in, rights and masking into the store, search index included."""

import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import bare_mirror
import city_server
import raw_store
from frame import Plan, Row, alternate, prove_equal, row
from started import HERE

from core.demo.people import PASSWORD
from core.domain.clock import utc_now
from core.store import StoreKey, open_store
from core.sync.round import PAGE, Round
from core.sync.session import Credentials
from core.sync.sign_in import sign_in_online
from core.sync.transport import Transport
from core.wire.session import SignIn

KEY = "5a" * 32
_COMPARED = (
    "SELECT task_id, customer_id, part, rank, at, tier, scenario, name_key, words FROM task ORDER BY task_id",
    "SELECT t.task_id, b.body FROM task AS t JOIN task_body AS b ON b.n = t.n ORDER BY 1",
    "SELECT customer_id, body FROM customer ORDER BY 1",
    "SELECT number, customer_id FROM number ORDER BY 1, 2",
    "SELECT part, scenario, tier, tasks FROM tally ORDER BY 1, 2, 3",
    "SELECT count(*) FROM task_gram WHERE task_gram MATCH '\"100\"'",
)


def rows(plan: Plan) -> Iterator[Row]:
    count = city_server.size(plan)
    with tempfile.TemporaryDirectory(prefix="stayline-p6-") as work, city_server.serving(count) as url:
        pages = _keep_pages(url, Path(work) / "pages")
        with _handing_out(pages) as port:
            both = Beside(url, port, Path(work), len(list(pages.iterdir())))
            both.product()
            both.reference()
            prove_equal(both.digest("product/mirror.db"), both.digest("reference.db"), what="the tables after the pull")
            pairs = alternate(both.product, both.reference, plan)
    yield row(id="P6", what=f"pull {count:,} customers into the store, indexed", pairs=pairs, goal=1.5)


class Beside:
    """The same bytes into two fresh files."""

    def __init__(self, url: str, port: int, work: Path, pages: int) -> None:
        self._url, self._port, self._work, self._pages = url, port, work, pages
        self._schema: list[str] = []

    def product(self) -> float:
        """Seconds from the sign-in to the last page committed; the new, empty store is there already."""
        folder = self._fresh("product")
        store, transport = open_store(folder, StoreKey(KEY)), Transport(self._url)
        self._schema = self._schema or raw_store.schema_of(folder / "mirror.db", KEY)
        begin = time.perf_counter()
        sign_in_online(store, transport, city_server.AGENT.staff_number, PASSWORD)
        credentials = Credentials(store, transport, utc_now)
        credentials.load()
        for _ in Round(store, transport, credentials, utc_now, lambda: False).pull():
            pass
        seconds = time.perf_counter() - begin
        transport.close()
        store.close()
        return seconds

    def reference(self) -> float:
        for old in self._work.glob("reference.db*"):
            old.unlink()
        begin = time.perf_counter()
        bare_mirror.fetch(self._port, self._pages, self._work / "reference.db", KEY, self._schema)
        return time.perf_counter() - begin

    def digest(self, name: str) -> list[str]:
        """What the file holds, table by table."""
        connection = raw_store.connect(self._work / name, KEY)
        found = []
        for statement in _COMPARED:
            total = hashlib.sha256()
            for one in connection.execute(statement):
                total.update(repr(one).encode())
            found.append(total.hexdigest()[:16])
        connection.close()
        return found

    def _fresh(self, name: str) -> Path:
        folder = self._work / name
        for old in folder.glob("*"):
            old.unlink()
        return folder


def _keep_pages(url: str, folder: Path) -> Path:
    folder.mkdir()
    transport = Transport(url)
    session = transport.sign_in(SignIn(staff_number=city_server.AGENT.staff_number, password=PASSWORD))
    for number, page in enumerate(city_server.plain_pages(url, session.access_token, PAGE)):
        (folder / f"{number:05d}").write_bytes(page)
    transport.close()
    return folder


@contextmanager
def _handing_out(pages: Path) -> Iterator[int]:
    process = subprocess.Popen([sys.executable, str(HERE / "bare_pages.py"), str(pages)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
