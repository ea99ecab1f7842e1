"""Review packs of any number of calls in a desk's store, as a planner's machine holds them, kept between runs."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from bench_cache import ROOT, kept

from core.domain.people import Agent, Role
from core.review.frame import number_of
from core.review.pack_layout import LAYOUT
from core.review.pack_write import write_details, write_part
from core.store import Store, StoreKey, open_store
from core.wire.review import CALLBACKS, CALLS, DETAILS, DISPATCHED, OFFERS, Pack, PackList, PackPart

KEY = "5a" * 32
"""of invented data that lie in a cache folder"""
AGENT = Agent(staff_number="9001", name="顾清", role=Role.PLANNER, team="office", team_name="运营室")
TEAMS, AGENTS_EACH = 10, 20
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09")
_DAYS = [(date(2026, 10, 1) + timedelta(days=at)).isoformat() for at in range(52)]
_SPAN = 4 * 30 + len(_DAYS)
_CONTACTS = (("owner", 0.3), ("family", 0.05), ("unanswered", 0.55), ("rejected", 0.1))
_MADE_BY = (Path(__file__), ROOT / "core/review/pack_layout.py", ROOT / "core/review/pack_write.py",
            ROOT / "core/store/review_file.py")  # fmt: skip


def folder_of(calls: int) -> Path:
    """The folder of a store with packs of about so many calls."""
    return kept(f"review-{calls}", _MADE_BY, lambda folder: _fill(folder, calls)) / "desk"


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    store = open_store(folder, StoreKey(KEY))
    try:
        yield store
    finally:
        store.close()


def _fill(data: Path, calls: int) -> None:
    rng, packs = np.random.default_rng(9), []
    with opened(data / "desk") as store:
        for team in range(TEAMS):
            for period in (*_MONTHS, *_DAYS):
                days = 30 if period in _MONTHS else 1
                columns = _calls(rng, team, period, days, max(calls * days // _SPAN // TEAMS, 1))
                bodies = {
                    CALLS: write_part(CALLS, columns),
                    DETAILS: write_details([]),
                    **{part: write_part(part, dict.fromkeys(LAYOUT[part], ())) for part in
                       (OFFERS, CALLBACKS, DISPATCHED)},
                }  # fmt: skip
                packs.append(_kept(store, f"T{team}", period, bodies, len(columns["at"])))
        names = {f"{team}{at:02d}": f"坐席 {team}{at:02d}" for team in range(TEAMS) for at in range(AGENTS_EACH)}
        store.review.adopt(PackList(packs=tuple(packs), names=names, server_time=NOW, on_net_day=date(2026, 11, 21)))


def _kept(store: Store, team: str, period: str, bodies: dict[str, bytes], calls: int) -> Pack:
    parts = []
    for name, body in bodies.items():
        part = PackPart(name=name, digest=hashlib.sha256(body).hexdigest(), size=len(body))
        store.review.take(part, 0, body)
        parts.append(part)
    return Pack(team=team, period=period, version=1, calls=calls, made_at=NOW, parts=tuple(parts))


def _calls(rng: np.random.Generator, team: int, period: str, days: int, count: int) -> dict[str, Any]:
    first = number_of(date.fromisoformat(period if days == 1 else f"{period}-01"))
    contact = rng.choice([word for word, _ in _CONTACTS], count, p=[share for _, share in _CONTACTS])
    owner = contact == "owner"
    won = owner & (rng.random(count) < 0.3)
    day = first + rng.integers(0, days, count)
    left = np.where(owner & (rng.random(count) < 0.2), day + rng.integers(1, 60, count), 0)

    def words(stem: str, many: int) -> list[str]:
        return [f"{stem}{at}" for at in rng.integers(0, many, count).tolist()]

    columns: dict[str, Any] = {
        "at": np.sort(day) * 86_400 + rng.integers(3_600, 39_600, count),
        "agent": [f"{team}{at:02d}" for at in rng.integers(0, AGENTS_EACH, count).tolist()],
        "scenario": words("scenario-", 6),
        "campaign": words("list-", 12),
        "area": words("area-", 8),
        "tier": words("tier-", 4),
        "value": words("value-", 3),
        "customer": rng.integers(-(2**62), 2**62, count),
        "contact": contact.tolist(),
        "result": words("result-", 9),
        "reason": [f"reason-{at}" if lost else "" for at, lost in
                   zip(rng.integers(0, 9, count).tolist(), (owner & ~won).tolist(), strict=True)],
        "flags": 1 + 2 * won.astype(np.int64),
        "talk_s": np.where(owner, rng.integers(20, 400, count), 0),
        "wrap_s": rng.integers(3, 70, count),
        "stages": np.where(won, 15, np.where(owner, 7, 1)),
        "left_day": left,
    }  # fmt: skip
    blank = {name: [""] * count if kind == "words" else np.zeros(count) for name, kind in LAYOUT[CALLS].items()}
    return {**blank, **columns}
