"""A queue of any size from a seed, in the wire's JSON: what the benchmarks of store and queue work on.

Imports nothing of the product: the references are measured on the same tasks.
"""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""ten in the morning in China; the moment at which the queue is looked at"""
SCENARIOS = ("vip-care", "broadband-disconnect", "4g-upgrade")
_SURNAMES = {
    "吴": "wu",
    "王": "wang",
    "李": "li",
    "张": "zhang",
    "刘": "liu",
    "陈": "chen",
    "赵": "zhao",
    "周": "zhou",
    "孙": "sun",
    "何": "he",
    "郭": "guo",
    "沈": "shen",
    "欧阳": "ouyang",
    "丁": "ding",
    "秦": "qin",
}
_GIVEN = {
    "文": "wen",
    "静": "jing",
    "伟": "wei",
    "芳": "fang",
    "娜": "na",
    "敏": "min",
    "强": "qiang",
    "磊": "lei",
    "洋": "yang",
    "艳": "yan",
    "勇": "yong",
    "军": "jun",
    "杰": "jie",
    "娟": "juan",
    "涛": "tao",
    "明": "ming",
    "超": "chao",
    "霞": "xia",
    "平": "ping",
    "刚": "gang",
    "晓": "xiao",
    "琳": "lin",
    "志": "zhi",
    "远": "yuan",
    "海": "hai",
    "波": "bo",
    "婉": "wan",
    "婷": "ting",
    "凡": "fan",
    "素": "su",
    "云": "yun",
    "安": "an",
    "怀": "huai",
    "瑾": "jin",
    "宇": "yu",
    "轩": "xuan",
    "梓": "zi",
    "涵": "han",
    "雨": "yu",
    "桐": "tong",
}
_REASONS = (
    ("流量连续三月超套", "Over the allowance for three months"),
    ("合约下月到期", "Contract ends next month"),
    ("报修两次未好", "Two repairs did not help"),
    ("余额将尽", "Balance runs out"),
)


def tasks(count: int, *, agent: str, seed: int = 7) -> Iterator[dict[str, object]]:
    """Tasks of one desk: a tenth promised callbacks, a twentieth VIP, some blocked, the rest by scenario."""
    rng = random.Random(seed)
    for n in range(count):
        yield _task(rng, n, agent)


def encoded(task: dict[str, object]) -> bytes:
    return json.dumps(task, ensure_ascii=False, separators=(",", ":")).encode()


def _task(rng: random.Random, n: int, agent: str) -> dict[str, object]:
    surname, given = rng.choice(list(_SURNAMES)), rng.choices(list(_GIVEN), k=rng.choice((1, 2, 2)))
    sounds = [_SURNAMES[surname], *(_GIVEN[one] for one in given)]
    tier = rng.choices(("none", "silver", "gold", "diamond"), (95, 3, 1.5, 0.5))[0]
    zh, en = rng.choice(_REASONS)
    numbers = [] if rng.random() < 0.01 else [f"100{rng.randrange(10**8):08d}"]
    promised = numbers and rng.random() < 0.1
    task: dict[str, object] = {
        "id": f"T{n:07d}",
        "customer_id": f"C{n:07d}",
        "type": "churn_inclined_visit",
        "scenario": "vip-care" if tier != "none" and rng.random() < 0.6 else rng.choice(SCENARIOS[1:]),
        "state": "follow_up" if promised else "assigned",
        "priority": rng.randrange(10),
        "reason": {"zh": zh, "en": en},
        "figure": {"zh": f"月省 ¥{n % 60}.60", "en": f"saves ¥{n % 60}.60"},
        "customer": {
            "name": surname + "".join(given),
            "pinyin": "".join(sounds),
            "initials": "".join(sound[0] for sound in sounds),
            "numbers": numbers,
            "tier": tier,
        },
        "area": rng.choice(("临江区", "东岭区", "北港区")),
        "grid": f"G{n % 90:02d}",
        "created_at": _iso(NOW - timedelta(days=3)),
        "due_at": _iso(NOW + timedelta(minutes=rng.randrange(60 * 24 * 10))),
        "attempts": rng.randrange(3),
        "assigned_to": agent,
        "lease_epoch": 1,
    }
    if promised:
        # Three of a thousand have fallen due; the others lie days ahead, whenever the benchmark is run.
        late = rng.random() < 0.03
        task["callback_at"] = _iso(NOW - timedelta(minutes=5 + n % 50) if late else NOW + timedelta(days=3000 + n % 9))
    if not numbers:
        task["block"] = "no_number"
    return task


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
