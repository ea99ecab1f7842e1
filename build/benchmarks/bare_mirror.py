"""P6, reference: pages into the same tables and the same index with the driver alone. Imports nothing of ours."""

import http.client
from pathlib import Path
from typing import Any

import raw_store
import zstandard
from msgspec import Raw, Struct

from core.domain import decoding

_NEVER = 2**62
_TIERS = {"diamond": 0, "gold": 1, "silver": 2, "none": 3}
_SCENARIOS = {"vip-care": 0, "broadband-disconnect": 1, "4g-upgrade": 2}
_PRIVATE = 0xE000
_LETTERS = {code: _PRIVATE + code for code in range(128) if not chr(code).isalnum()}
_GAP = " " + chr(_PRIVATE + 128) + " "


class _Change(Struct):
    kind: str
    key: str
    body: Raw = Raw(b"null")


class _Page(Struct):
    changes: list[_Change]


class _Who(Struct):
    name: str
    pinyin: str = ""
    initials: str = ""
    numbers: list[str] = []
    tier: str = "none"


class _Task(Struct):
    id: str
    customer_id: str
    scenario: str
    priority: int
    customer: _Who
    block: str | None = None


class _Number(Struct):
    number: str


class _Contact(Struct):
    numbers: list[_Number] = []


class _Customer(Struct):
    contact: _Contact | None = None


_page, _task, _customer = (decoding.decoder(kind).decode for kind in (_Page, _Task, _Customer))


def fetch(port: int, count: int, path: Path, key: str, schema: list[str]) -> None:
    """All pages over one connection into a new file with the tables of `schema`, a transaction each."""
    source = http.client.HTTPConnection("127.0.0.1", port)
    target = raw_store.connect(path, key, cache_kib=16 * 1024)
    for statement in schema:
        target.execute(statement)
    unpack = zstandard.ZstdDecompressor().decompressobj
    for number in range(count):
        source.request("GET", f"/{number}")
        page = _page(unpack().decompress(source.getresponse().read()))
        target.execute("BEGIN IMMEDIATE")
        _tasks(target, [change for change in page.changes if change.kind == "task"])
        _customers(target, [change for change in page.changes if change.kind == "customer"])
        target.execute("INSERT OR REPLACE INTO meta VALUES ('cursor', ?)", (str(number),))
        target.execute("COMMIT")
    source.close()
    target.close()


def _tasks(target: Any, changes: list[_Change]) -> None:
    first = (target.execute("SELECT max(n) FROM task").fetchone()[0] or 0) + 1
    rows, bodies, indexed = [], [], []
    for n, change in enumerate(changes, start=first):
        task = _task(change.body)
        who, scenario = task.customer, _SCENARIOS[task.scenario]
        tier, rank = _TIERS[who.tier], scenario * 100 + task.priority
        part = 3 if task.block else 2 if who.tier == "none" else 1
        if part == 1:
            rank += tier * 10**18
        line = "\n".join((who.name, who.pinyin, who.initials, *who.numbers, task.id)).lower()
        rows.append((n, task.id, task.customer_id, part, rank, _NEVER, tier, scenario, task.scenario,
                     (who.pinyin or who.name).lower(), 1, line))  # fmt: skip
        bodies.append((n, bytes(change.body)))
        indexed.append((n, _grams(line)))
    columns = "n, task_id, customer_id, part, rank, at, tier, scenario_rank, scenario, name_key, revision, words"
    target.executemany(f"INSERT INTO task ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    target.executemany("INSERT INTO task_body (n, body) VALUES (?, ?)", bodies)
    target.executemany("INSERT INTO task_gram (rowid, grams) VALUES (?, ?)", indexed)


def _customers(target: Any, changes: list[_Change]) -> None:
    numbers = []
    for change in changes:
        contact = _customer(change.body).contact
        numbers += [(number.number, change.key) for number in contact.numbers] if contact else []
    put = [(change.key, bytes(change.body)) for change in changes]
    target.executemany("INSERT INTO customer (customer_id, body) VALUES (?, ?)", put)
    target.executemany("INSERT OR IGNORE INTO number (number, customer_id) VALUES (?, ?)", numbers)


def _grams(line: str) -> str:
    parts = [word.translate(_LETTERS) for word in line.split("\n")]
    singles = " ".join(sorted(set("".join(parts))))
    runs = [" ".join(word[i : i + n] for i in range(len(word) - n + 1)) for n in (2, 3) for word in parts]
    return _GAP.join([singles, *runs])
