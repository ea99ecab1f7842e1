"""The header rows of tests/importing/headers as lists on disk, with invented cells under each header."""

import csv
import random
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

FOLDER = Path(__file__).parent / "headers"
ROWS = 60

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_GIVEN = "文静伟芳娜敏强磊军洋勇艳杰娟涛明超秀霞平刚桂英"
_PLANS = [
    "全球通畅享套餐",
    "飞享4G套餐58元",
    "天翼大流量199",
    "5G智享套餐129元档",
    "冰激凌套餐",
    "乐享家套餐99",
    "Unlimited 129",
]
_AREAS = ["武昌区", "江汉区", "洪山区", "青山区", "汉阳区"]


class Expected(Struct, frozen=True):
    header: str
    field: str
    kind: str


def lists(name: str) -> list[list[Expected]]:
    """The header rows of `held_out` or `tuning`."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [[_column(part) for part in line.split(" | ")] for line in lines if line and not line.startswith("#")]


def _column(part: str) -> Expected:
    header, _, rest = part.rpartition("=")
    field, _, kind = rest.partition("@")
    return Expected(header.strip(), field.strip(), kind.strip())


def write_list(path: Path, columns: list[Expected], seed: int, *, rows: int = ROWS) -> Path:
    """A CSV with cells of each column's kind."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.header for column in columns])
        for at in range(rows):
            writer.writerow([_cell(column, at, rng) for column in columns])
    return path


def _cell(column: Expected, at: int, rng: random.Random) -> str:
    if column.kind == "name" and column.field == "-" and "联系" not in column.header:
        return ("孙丽", "周强", "吴敏", "郑洁")[at % 4]
    return _KINDS[column.kind](rng, at)


def _day(rng: random.Random, first: int, last: int, form: str = "{}-{:02d}-{:02d}") -> str:
    return form.format(rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28))


_KINDS: dict[str, Callable[[random.Random, int], str]] = {
    "serial": lambda rng, at: str(at + 1),
    "mobile": lambda rng, at: f"100{rng.randrange(10**8):08d}",
    "landline": lambda rng, at: f"027-8{rng.randrange(10**7):07d}",
    "name": lambda rng, at: rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.randint(1, 2))),
    "company": lambda rng, at: rng.choice(_SURNAMES) + rng.choice(_GIVEN) + "商贸有限公司",
    "plan": lambda rng, at: rng.choice(_PLANS),
    "fee": lambda rng, at: rng.choice(["39", "59", "79", "99", "129", "199.00"]),
    "money": lambda rng, at: f"{rng.uniform(5, 300):.2f}",
    "months": lambda rng, at: str(rng.randint(1, 180)),
    "years": lambda rng, at: str(rng.randint(1, 18)),
    "days": lambda rng, at: str(rng.randint(30, 5000)),
    "date": lambda rng, at: _day(rng, 2025, 2028),
    "compact_date": lambda rng, at: _day(rng, 2016, 2028 if rng.random() < 0.0 else 2026, "{}{:02d}{:02d}"),
    "past_date": lambda rng, at: _day(rng, 2008, 2024, "{}/{}/{}"),
    "month": lambda rng, at: f"{rng.randint(2015, 2025)}{rng.randint(1, 12):02d}",
    "id": lambda rng, at: f"{7700000000 + at * 13}X{rng.randrange(100):02d}",
    "code": lambda rng, at: f"PD{rng.choice([10021, 10033, 10478, 20019])}",
    "account": lambda rng, at: f"wh{rng.randrange(10**8):08d}",
    "idcard": lambda rng, at: f"420100{_day(rng, 1950, 2002, '{}{:02d}{:02d}')}{rng.randrange(10**4):04d}",
    "imei": lambda rng, at: f"86{rng.randrange(10**13):013d}",
    "gender": lambda rng, at: rng.choice("男女"),
    "tier": lambda rng, at: rng.choice(["钻卡", "金卡", "银卡", "普通"]),
    "area": lambda rng, at: rng.choice(_AREAS),
    "grid": lambda rng, at: rng.choice(_AREAS) + f"网格{rng.randint(1, 9)}",
    "branch": lambda rng, at: rng.choice(_AREAS)[:2] + "支局",
    "address": lambda rng, at: f"{rng.choice(_AREAS)}中山路{rng.randint(1, 400)}号{rng.randint(1, 30)}栋",
    "dealer": lambda rng, at: rng.choice(["宏图通信", "光谷合作厅", "徐东自营厅"]),
    "handset": lambda rng, at: rng.choice(["华为 Mate 60", "iPhone 15", "红米 Note 12", "OPPO A5"]),
    "brand": lambda rng, at: rng.choice(["全球通", "动感地带", "神州行"]),
    "contract": lambda rng, at: rng.choice(["存费送机24个月", "承诺低消12个月", "Month-to-month"]),
    "status": lambda rng, at: rng.choice(["正常", "停机", "欠费停机"]),
    "flag": lambda rng, at: rng.choice(["0", "1"]),
    "rate": lambda rng, at: f"{rng.random():.4f}",
    "decimal": lambda rng, at: f"{rng.uniform(0, 80):.3f}",
    "minutes": lambda rng, at: str(rng.randint(0, 900)),
    "points": lambda rng, at: str(rng.randint(0, 30000)),
    "speed": lambda rng, at: rng.choice(["100M", "300M", "500M"]),
    "email": lambda rng, at: f"u{at}@example.com",
    "hours": lambda rng, at: rng.choice(["上午", "下班后", "18:00-20:00"]),
    "text": lambda rng, at: rng.choice(["流量不够用", "觉得资费贵", "考虑中", "信号不好", "无意见"]),
}
