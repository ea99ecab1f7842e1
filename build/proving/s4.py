"""S4: a customer's number, name and plan are in no file of the desk, no log, dump, temporary file, export or address.

Same at both scales: a desk pulls a customer made of words that occur nowhere else, saves, searches, meets an error
and is killed; the server answers, fails and exports. Then every byte of every file is searched, names of files too.
The server's own database is plain, on a machine of the centre's own, and not searched: SECURITY.md says so.
The control keeps the desk's rows in plain SQLite.
"""

import json
import os
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import requests
from desk_process import KEY, PASSWORD, Killable, agent, task_of
from proof import Proof, Scale, Side
from server_process import ServerProcess
from store_kit import asking, saved, with_customer

from core.domain.customer import Bill, Billing, Contacting, Document, Identity, Number
from core.server.cli import main
from core.store import files
from core.store.engine import raw_connection
from core.store.opening import open_store
from core.sync.ask import Ask
from core.sync.round import Round
from core.sync.session import Credentials
from core.sync.sign_in import sign_in_online
from core.sync.transport import Transport

NUMBER, NAME, PLAN = "10098765431", "欧阳金丝雀", "金丝雀套餐"
CANARIES = (NUMBER, NAME, PLAN)


def prove(_scale: Scale, folder: Path) -> Proof:
    desk, temporary, server_folder = folder / "desk", folder / "tmp", folder / "server"
    temporary.mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(temporary)
    os.environ["TMPDIR"] = str(temporary)
    try:
        with ServerProcess(server_folder) as server:
            _load(server)
            process = Killable(_work, desk, server.url, temporary)
            pulled = process.told(within_s=60)
            process.close()
            _rub(server)
            exports = _exports(server_folder, folder / "exports")
    finally:
        tempfile.tempdir = before
    places = {"desk": desk, "temporary": temporary, "exports": exports, "server log": server_folder / "server.log"}
    hits = {name: _hits(place) for name, place in places.items()}
    searched = sum(_bytes(place) for place in places.values())
    plain = _plain_copy(desk, folder / "plain.db")
    return Proof(
        what="bytes searched for a customer's number, name and plan",
        product=Side(
            holds=pulled == "worked" and not any(hits.values()),
            figures={"bytes": searched, **{f"hits in {name}": count for name, count in hits.items()}},
        ),
        control=Side(holds=plain == 0, figures={"hits in plain SQLite": plain}),
    )


def _load(server: ServerProcess) -> None:
    who = agent(0)
    server.add_user(who)
    document = Document(
        id="C0001",
        version=1,
        identity=Identity(name=NAME),
        contact=Contacting(numbers=[Number(number=NUMBER, main=True)]),
        billing=Billing(bills=[Bill(month="2026-10", plan_code=PLAN, total_fen=5900)]),
    )
    wanted = with_customer(task_of(1, who.staff_number), name=NAME, numbers=(NUMBER,))
    server.load([(document, wanted)])


def _work(pipe: Connection, folder: Path, url: str, temporary: Path) -> None:
    """A desk's morning, with mistakes; killed at its end without a chance to tidy up."""
    import faulthandler
    import logging

    logging.basicConfig(filename=temporary / "desk.log", level=logging.DEBUG)
    faulthandler.enable((temporary / "crash.txt").open("w"))
    store = open_store(folder, KEY)
    transport = Transport(url, read_s=20)
    sign_in_online(store, transport, agent(0).staff_number, PASSWORD)
    credentials = Credentials(store, transport, lambda: datetime.now(UTC))
    credentials.load()
    work = Round(store, transport, credentials, lambda: datetime.now(UTC), lambda: False)
    list(work.pull())
    task = store.task("T0001")
    assert task is not None
    assert task.customer.name == NAME
    kept = saved(task, agent=agent(0).staff_number, recorded_at=datetime.now(UTC), note=f"{NAME} {NUMBER}")
    store.save(kept)
    store.queue(asking(datetime.now(UTC), text=NUMBER[-5:]), offset=0, limit=5)
    Ask(store, transport).find_customers(number=NUMBER)
    try:
        store.save(saved(task, id=kept.id, agent=agent(0).staff_number, note=f"{NAME} anders"))
    except ValueError:
        logging.exception("as the program logs a fault of its own")
    list(work.push())
    pipe.send("worked")
    pipe.recv()


def _rub(server: ServerProcess) -> None:
    """Requests that fail, with the canary in all their parts."""
    for path in (f"/v1/customers/{NUMBER}", f"/v1/nothing/{NUMBER}?name={NAME}"):
        requests.get(server.url + path, timeout=20)
    body = json.dumps({"items": [{"kind": "outcome", "note": f"{NAME}{NUMBER}{PLAN}"}]})
    requests.post(server.url + "/v1/push", data=body.encode(), timeout=20)
    requests.post(server.url + "/v1/session", json={"staff_number": NAME, "password": NUMBER}, timeout=20)


def _exports(data: Path, out: Path) -> Path:
    out.mkdir()
    for suffix in ("csv", "xlsx"):
        main(["export", "outcomes", str(out / f"outcomes.{suffix}"), "--data", str(data)])
    return out


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]


def _hits(place: Path) -> int:
    """Files whose bytes or names hold a canary, in any of the encodings that files are written in."""
    words = [word.encode(code) for word in CANARIES for code in ("utf-8", "utf-16-le", "gb18030")]
    found = 0
    for path in _files(place):
        body = _unpacked(path)
        found += any(word in body for word in words) or any(word in path.name for word in CANARIES)
    return found


def _unpacked(path: Path) -> bytes:
    import zipfile

    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            return b"".join(book.read(name) for name in book.namelist())
    return path.read_bytes()


def _bytes(place: Path) -> int:
    return sum(path.stat().st_size for path in _files(place))


def _plain_copy(desk: Path, plain: Path) -> int:
    with closing(raw_connection(desk / files.WORK, KEY)) as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        connection.execute("SELECT sqlcipher_export('plain')").fetchone()
        connection.execute("DETACH DATABASE plain")
    return _hits(plain)
