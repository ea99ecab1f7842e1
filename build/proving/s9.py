"""S9: no dial that the rules forbid, across zones, midnight, caps and refusals; a refusal reaches desks in 5 seconds.

Quick: 4,000 generated dials, full: 1,000,000, each judged by the product and by an oracle of other hands that imports
nothing of it. Of some that are refused the
next allowed moment is compared as well. On the server tasks are claimed and dispatched and automated calls leave by the
same oracle (`s9_server`). Then a refusal is recorded on the server while a desk is online, and one while it is away.
The control judges as if the centre's own wall clock were the customer's and counted calls by calendar day; its desk,
beside the other in the same server, hears of nothing and only asks now and then: quick, it is looked at after 2 s.
"""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import cheap_passwords
from desk_process import KEY, PASSWORD, agent, pairs
from dial_cases import micros, request_of
from dial_oracle import DAY, MINUTE, Rules
from proof import Proof, Scale, Side
from s9_server import claims
from server_process import ServerProcess

from core.compliance import CallForbidden, DialRequest, ask, standing
from core.domain.customer import Care
from core.server import binding
from core.server.db import customers, refusals
from core.store.opening import open_store
from core.store.store import Store
from core.sync.sign_in import sign_in_online
from core.sync.syncer import Syncer
from core.sync.transport import Transport

Judge = Callable[[DialRequest], bool]
GOAL_S = 5.0
_BASE = micros(datetime(2026, 11, 20, tzinfo=UTC))


def prove(scale: Scale, folder: Path) -> Proof:
    cheap_passwords.be_quick()
    dials, rounds = scale.of(quick=4_000, full=1_000_000), scale.of(quick=6, full=600)
    deaf_s = scale.of(quick=2, full=int(GOAL_S))
    with ThreadPoolExecutor(1) as beside:
        # Most of the time of a refusal's way is waiting.
        judged = beside.submit(lambda: (run(dials, _product), run(scale.of(quick=1_000, full=4_000), _naive)))
        given = beside.submit(
            lambda: (
                claims(rounds, folder / "city", _case),
                claims(3, folder / "city that asks nobody", _case, guarded=False),
            )
        )
        reached = refusal_reaches(folder, deaf_s)
        product, control = judged.result()
        there, free = given.result()
    within = reached.online_s <= GOAL_S and reached.again_s <= GOAL_S
    figures = {"s until a refusal is on the desk": reached.online_s, "s after reconnecting": reached.again_s}
    late = {f"refusals on a desk that only asks, after {deaf_s} s": int(reached.without_events)}
    return Proof(
        what="dials judged beside an oracle, and refusals on their way to desks",
        product=Side(
            holds=product.holds and there.holds and within, figures={**product.figures, **there.figures, **figures}
        ),
        control=Side(
            holds=control.holds or free.holds or reached.without_events,
            figures={**control.figures, **free.figures, **late},
        ),
    )


def run(dials: int, judge: Judge) -> Side:
    """How often the judge let through what the oracle forbids, and the other way round."""
    rng = random.Random(9)
    illegal = needless = allowed = compared = misdated = 0
    each = max(20, dials // 5_000)
    for number in range(dials):
        rules, now, before, refused = _case(rng)
        legal = rules.legal(now, before) and not refused
        wished = request_of(rules, now, before, opted_out=refused)
        said = judge(wished)
        allowed += said
        illegal += said and not legal
        needless += legal and not said
        # Of the naive judge there is no next moment to compare.
        if judge is _product and number % each == 0 and not refused:
            compared += 1
            misdated += not _same_moment(wished, rules.first_legal(now, before))
    return Side(
        holds=illegal == 0 and needless == 0 and misdated == 0 and 0 < allowed < dials,
        figures={
            "dials": dials,
            "allowed": allowed,
            "illegal": illegal,
            "refused for nothing": needless,
            "next moments compared": compared,
            "wrong": misdated,
        },
    )


def _same_moment(wished: DialRequest, legal: int | None) -> bool:
    """The oracle looks sixty days ahead."""
    said = standing(wished).next_allowed
    if legal is None:
        return said is None or micros(said) > micros(wished.now) + 40 * DAY
    return said is not None and micros(said) == legal


def _product(wished: DialRequest) -> bool:
    try:
        ask(wished)
    except CallForbidden:
        return False
    return True


def _naive(wished: DialRequest) -> bool:
    here = wished.now.astimezone(UTC) + timedelta(hours=8)
    today = [at for at in wished.dials if (at + timedelta(hours=8)).date() == here.date()]
    clock = f"{here:%H:%M}"
    in_hours = wished.site.call_from <= clock < wished.site.call_until
    return in_hours and len(today) < wished.site.cap_24h and not wished.opted_out


def _spans(rng: random.Random) -> list[tuple[int, int]]:
    pairs_ = [(rng.randrange(1441), rng.randrange(1441)) for _ in range(rng.randrange(3))]
    return [(min(pair), max(pair)) for pair in pairs_]


def _case(rng: random.Random) -> tuple[Rules, int, list[int], bool]:
    """Rules of a place, a moment near midnight as often as not, and what was dialled before, some of it to the tick."""
    days = {
        date(2026, 11, 19) + timedelta(days=rng.randrange(8)): (
            rng.choice(("rest", "work")),
            _spans(rng) if rng.random() < 0.5 else None,
        )
        for _ in range(rng.randrange(3))
    }
    rules = Rules(
        offset_min=rng.choice((-720, -210, 0, 330, 345, 480, 480, 480, 840)),
        opens_min=rng.randrange(721), closes_min=rng.randrange(721, 1441),
        cap_24h=rng.randint(1, 4), cap_30d=rng.randint(1, 10),
        weekend=rng.choice(((), (6, 7), (6, 7), (7,))),
        rest_spans=rng.choice((None, [(600, 1080)])),
        quiet_spans=rng.choice(([], [(720, 840)], _spans(rng))),
        days=days,
    )  # fmt: skip
    edge = rng.choice((rules.opens_min, rules.closes_min, 0, rng.randrange(1440)))
    now = _BASE + rng.randrange(5) * DAY + (edge - rules.offset_min) * MINUTE + rng.choice((-1, 0, 1, 0, MINUTE))
    exact = (0, DAY - 1, DAY, DAY + 1, 30 * DAY - 1, 30 * DAY, 30 * DAY + 1)
    before = [
        now - (rng.choice(exact) if rng.random() < 0.3 else rng.randrange(33 * DAY)) for _ in range(rng.randrange(12))
    ]
    return rules, now, before, rng.random() < 0.05


@dataclass(frozen=True, kw_only=True)
class Reached:
    """Seconds from a refusal on the server until a desk's store knows it."""

    online_s: float
    again_s: float
    """after the desk was away"""
    without_events: bool
    """a desk that hears nothing knew it in time as well"""


def refusal_reaches(folder: Path, deaf_s: float) -> Reached:
    """A desk that hears nothing is looked at after so many seconds."""
    with (
        ServerProcess(folder / "server") as server,
        _desk(server, folder / "desk", 0, listens=True) as (store, syncer),
    ):
        with _desk(server, folder / "deaf", 1, listens=False) as (deaf, _):
            time.sleep(0.5)
            began = time.monotonic()
            _refuse(server, "C0001", "C0011")
            online_s = _until(lambda: store.task("T0001") is None)
            time.sleep(max(0.0, deaf_s - (time.monotonic() - began)))
            without_events = deaf.task("T0011") is None
        server.stop()
        _refuse(server, "C0002")
        server.start()
        syncer.retry_now()
        again_s = _until(lambda: store.task("T0002") is None)
    return Reached(online_s=online_s, again_s=again_s, without_events=without_events)


@contextmanager
def _desk(server: ServerProcess, folder: Path, index: int, *, listens: bool) -> Iterator[tuple[Store, Syncer]]:
    """A desk that has pulled two tasks, from T0001 or T0011 on."""
    who, first = agent(index), 10 * index + 1
    server.add_user(who)
    server.load(pairs(first, 2, who.staff_number))
    store = open_store(folder, KEY)
    transport = Transport(server.url, read_s=10)
    sign_in_online(store, transport, who.staff_number, PASSWORD)
    syncer = Syncer(store, transport, lambda _news: None, listens=listens)
    syncer.start()
    try:
        _until(lambda: store.task(f"T{first:04d}") is not None and store.task(f"T{first + 1:04d}") is not None)
        yield store, syncer
    finally:
        syncer.stop()
        store.close()


def _refuse(server: ServerProcess, *customer_ids: str) -> None:
    """As an outcome of another desk, or a list, makes it."""

    def edit(care: Care) -> None:
        care.opted_out = True

    with server.database.write() as unit:
        for customer_id in customer_ids:
            numbers = refusals.numbers_of(unit, [customer_id])[customer_id]
            refusals.hear(unit, customer_id, numbers, outcome_id="", staff_number="9001")
            customers.edit_care(unit, customer_id, edit)
            binding.withdraw_tasks(unit, customer_id)


def _until(seen: Callable[[], bool], within_s: float = 40) -> float:
    start = time.monotonic()
    while not seen():
        if time.monotonic() - start > within_s:
            return within_s
        time.sleep(0.02)
    return time.monotonic() - start
