"""R10: malformed rows of a list: each is accepted or told with its reason, nothing crashes, twice is once.

Quick: 400 malformed rows, full: 100,000, forty to a list of 200 rows, in three encodings, with cells of
forty kinds of rubbish and noise. The importer is the product's; where customers go keeps what a database would.
The control takes a row apart by commas and converts its cells, as a first script does.
"""

import random
from pathlib import Path

from import_kit import MemorySink, bring_in, name_of
from proof import Proof, Scale, Side

from core.domain.errors import InputError
from core.server.importing import rejected_path

HEADER = "客户编号,手机号码,客户姓名,套餐费,合约到期时间,网龄(月),其他"
_ROWS, _GOOD = 200, 160
"""of each list: with more rubbish than rows its columns are not known any more, and it is refused as a whole"""
_KINDS = (
    "", " ", "NULL", "10012345678", "1.39E+10", "=1+1", '"', '""', ",", "9" * 400, "2026-02-30",
    "20269999", "１２３", "-", "1e999", "٣٤", "²", "张三", "�", "'", "合计", "客户编号", "\ufeff", "\u202e", "NaN",
    "-0", "0x10", "1_000", "\udcff", "🙂", "'; DROP TABLE customer; --", "<script>", "../../x", "%s%n", "{0}",
)  # fmt: skip


def prove(scale: Scale, folder: Path) -> Proof:
    rows = scale.of(quick=400, full=100_000)
    return Proof(what="malformed rows imported", product=run(folder, rows), control=naive(min(rows, 1000)))


def run(folder: Path, rows: int) -> Side:
    """List after list, each twice."""
    rng = random.Random(10)
    seen = unaccounted = crashes = changed = told = 0
    for number in range(rows // (_ROWS - _GOOD)):
        path = folder / f"{number}.csv"
        path.write_bytes(_list(rng).encode(rng.choice(("utf-8", "utf-8-sig", "gb18030")), "replace"))
        sink = MemorySink()
        try:
            first = bring_in(path, sink)
            before = (dict(sink.bodies), dict(sink.tasks))
            second = bring_in(path, sink)
        except InputError:
            # The list as a whole is refused in plain words: all its rows are told.
            told += 1
            seen += _ROWS
            continue
        except Exception:
            crashes += 1
            continue
        seen += first.rows
        unaccounted += first.rows != first.accepted + first.rejected
        unaccounted += bool(first.rejected) != rejected_path(path).exists()
        changed += (sink.bodies, sink.tasks) != before or second.added != 0 or second.changed != 0
    return Side(
        holds=not (unaccounted or crashes or changed) and told * 3 < rows // (_ROWS - _GOOD),
        figures={
            "malformed": rows,
            "rows": seen,
            "lists refused as a whole": told,
            "lists that do not add up": unaccounted,
            "crashes": crashes,
            "changed by a second run": changed,
        },
    )


def _list(rng: random.Random) -> str:
    good = [f"C{at:03d},100{at:08d},{name_of(at)},59,2027-01-{at % 28 + 1:02d},{at},x" for at in range(_GOOD)]
    return "\n".join([HEADER, *good, *(_row(rng) for _ in range(_ROWS - len(good)))])


def _row(rng: random.Random) -> str:
    return ",".join(_cell(rng) for _ in range(rng.randint(0, 9))).replace("\n", " ")


def _cell(rng: random.Random) -> str:
    if rng.random() < 0.7:
        return rng.choice(_KINDS)
    return "".join(
        chr(rng.choice((rng.randrange(32, 127), rng.randrange(0x4E00, 0x9FA5)))) for _ in range(rng.randrange(12))
    )


def naive(rows: int) -> Side:
    """Rows as a script takes them."""
    rng = random.Random(10)
    crashes = 0
    for _ in range(rows):
        try:
            customer, number, _name, fee, _until, _months, _rest = _row(rng).split(",")
            int(number), float(fee), int(customer.removeprefix("C"))
        except (ValueError, OverflowError):
            crashes += 1
    return Side(holds=crashes == 0, figures={"rows": rows, "crashes": crashes})
