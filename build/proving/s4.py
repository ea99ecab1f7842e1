"""S4: a customer's number, name and plan are in no file of the desk, no log, dump, temporary file, export or address.

Same at both scales: a desk pulls a customer made of words that occur nowhere else, saves, searches, meets an error
and is killed; the server answers, is asked by people who are signed in and by others for what it cannot read or do,
fails, and exports. Then every byte of every file is searched, names of files too.
The server's own database is plain, on a machine of the centre's own, and not searched: SECURITY.md says so.
Four controls, each of which has to hit by itself: the desk's rows in plain SQLite, a crash report that shows what
variables hold, a server whose log says things as they are, exports that mask nothing.
"""

import json
import os
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote
from uuid import uuid4

import cheap_passwords
import msgspec
import requests
from desk_process import KEY, PASSWORD, Killable, agent, task_of
from failing_server import FAILS
from proof import Proof, Scale, Side
from server_process import ServerProcess
from store_kit import asking, saved, with_customer

from core.domain.customer import Bill, Billing, Contacting, Document, Identity, Number
from core.domain.people import Role
from core.server import exporting
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
_FAILING = str(Path(__file__).with_name("failing_server.py"))


def prove(_scale: Scale, folder: Path) -> Proof:
    cheap_passwords.be_quick()
    desk, temporary, data = folder / "desk", folder / "tmp", folder / "server"
    temporary.mkdir()
    before, tempfile.tempdir = tempfile.tempdir, str(temporary)
    os.environ["TMPDIR"] = str(temporary)
    try:
        with ServerProcess(data, program=(_FAILING,)) as server:
            _load(server)
            process = Killable(_work, desk, server.url, temporary)
            pulled = process.told(within_s=60)
            process.close()
            failed = _rub(server)
            exports = _exports(data, folder / "exports")
    finally:
        tempfile.tempdir = before
    with ServerProcess(folder / "loose", program=(_FAILING, "--unmasked")) as loose:
        _load(loose)
        _rub_as(loose, 0)
    with _nothing_masked():
        plainly = _exports(data, folder / "plain exports")
    places = {"desk": desk, "temporary": temporary, "exports": exports, "server log": data / "server.log"}
    hits = {name: _hits(place) for name, place in places.items()}
    searched = sum(_bytes(place) for place in places.values())
    without = {
        "plain SQLite": _plain_copy(desk, folder / "plain.db"),
        "a report of variables": _hits(_with_variables(folder / "crash.txt")),
        "a log as things are": _hits(loose.log),
        "exports as they are": _hits(plainly),
    }
    return Proof(
        what="bytes searched for a customer's number, name and plan",
        product=Side(
            holds=pulled == "worked" and failed and not any(hits.values()),
            figures={"bytes": searched, **{f"hits in {name}": count for name, count in hits.items()}},
        ),
        control=Side(
            holds=not all(without.values()), figures={f"hits in {name}": count for name, count in without.items()}
        ),
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


def _rub(server: ServerProcess) -> bool:
    """Requests that cannot be answered, with the canaries in all their parts; whether the server failed at one."""
    for path in (f"/v1/customers/{NUMBER}", f"/v1/nothing/{NUMBER}?name={NAME}"):
        requests.get(server.url + path, timeout=20)
    item = {"items": [{"kind": "outcome", "note": f"{NAME}{NUMBER}{PLAN}"}]}
    requests.post(server.url + "/v1/push", data=json.dumps(item).encode(), timeout=20)
    requests.post(server.url + "/v1/session", json={"staff_number": NAME, "password": NUMBER}, timeout=20)
    server.add_user(msgspec.structs.replace(agent(1), role=Role.PLANNER))
    failed = [_rub_as(server, number) for number in (0, 1)]
    return any(failed)


def _rub_as(server: ServerProcess, number: int) -> bool:
    """The same by somebody who is signed in: an agent or a planner."""
    signed_in = {"staff_number": agent(number).staff_number, "password": PASSWORD}
    token = requests.post(server.url + "/v1/session", json=signed_in, timeout=20).json()["access_token"]
    met = []
    for method, path, body in _asked(agent(number).staff_number):
        to = {"headers": {"Authorization": f"Bearer {token}"}, "timeout": 20}
        met.append(requests.request(method, server.url + path, json=body, **to).status_code)
    return 500 in met


def _asked(who: str) -> Iterator[tuple[str, str, Any]]:
    now = datetime.now(UTC).isoformat()
    for word in CANARIES:
        ids = {"id": str(uuid4()), "agent": who, "customer_id": word}
        yield "GET", f"/v1/customers/{word}", None
        yield "GET", f"/v1/nothing/{word}?name={word}", None
        yield "POST", "/v1/customers/search", {"text": f"{FAILS}{word}"}
        yield "POST", "/v1/customers/search", {"number": word * 9, "text": word * 90}
        yield (
            "POST",
            "/v1/incoming",
            {"id": uuid4().hex, "kind": word, "at": now, "number": NUMBER, "fields": {"a": word}},
        )
        yield (
            "POST",
            "/v1/tickets",
            {"id": word, "kind": word, "number": NUMBER, "at": now, "words": {"zh": word, "en": word}},
        )
        yield (
            "PUT",
            f"/v1/campaign-lists/{word}",
            {"name": word, "rows": [{"number": word, "reason": word, "score": word}]},
        )
        yield "POST", "/v1/campaign-list-files/looked", {"file_name": f"{word}.csv", "body": "5Y+3"}
        yield "POST", "/v1/team/moves", {"holder": word, "to": word, "task_ids": [word]}
        for item in (
            {"kind": word},
            {"kind": "outcome", "outcome": {**ids, "contact": word, "note": word}},
            {"kind": "outcome", "outcome": {**ids, "id": word}},
            {"kind": "state", "state": {**ids, "state": word, "at": now}},
            {"kind": "dial", "dial": {**ids, "task_id": word, "number": word, "at": word}},
            {"kind": "number", "number": {**ids, "number": word, "source": word, "at": now}},
        ):
            yield "POST", "/v1/push", {"items": [item]}


@contextmanager
def _nothing_masked() -> Iterator[None]:
    with ExitStack() as stack:
        for name in ("mask_number", "mask_name", "mask_text"):
            stack.enter_context(patch.object(exporting, name, lambda value: value))
        yield


def _with_variables(report: Path) -> Path:
    """As a program that shows too much would write of its fault."""
    name = NAME
    try:
        raise ValueError(len(name))
    except ValueError as error:
        report.write_text("".join(traceback.TracebackException.from_exception(error, capture_locals=True).format()))
    return report


def _exports(data: Path, out: Path) -> Path:
    out.mkdir()
    for suffix in ("csv", "xlsx"):
        main(["export", "outcomes", str(out / f"outcomes.{suffix}"), "--data", str(data)])
    return out


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]


def _hits(place: Path) -> int:
    """Canaries that files hold in their bytes or names, as files are written or as JSON and addresses spell them."""
    spelled = {
        word: [*(word.encode(code) for code in ("utf-8", "utf-16-le", "gb18030")), quote(word).encode(), _escaped(word)]
        for word in CANARIES
    }
    found = 0
    for path in _files(place):
        body = _unpacked(path)
        found += sum(any(one in body for one in ways) or word in path.name for word, ways in spelled.items())
    return found


def _escaped(word: str) -> bytes:
    return json.dumps(word)[1:-1].encode()


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
