"""S9: no dial that the rules forbid, across zones, midnight, caps and refusals; a refusal reaches desks in 5 seconds.

Quick: 4,000 generated dials, full: 1,000,000, each judged by the product and by an oracle of other hands that imports
nothing of it: hours, caps, refusals, complaints, consent, and what the call is about. Of some that are refused the
next allowed moment is compared as well. On the server tasks are claimed and dispatched and automated calls leave by the
same oracle (`s9_server`). Then a refusal is recorded on the server while a desk is online, and one while it is away.
The controls, each of which has to fail by itself: judges that take the centre's own wall clock for the customer's,
count calls by calendar day, or pass over complaints, consent, refusals, or whether a callback was agreed with anybody;
a server that gives out by each of the three ways without asking; a desk that hears of nothing and only asks now and
then, in the same server as the other: quick, it is looked at after 2 s.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import timedelta, timezone
from pathlib import Path

import cheap_passwords
import msgspec
import s9_server
from cores import branched_off
from desk_process import KEY, PASSWORD, agent, pairs
from dial_cases import micros
from dial_oracle import DAY
from memory import folder_in_memory
from proof import Proof, Scale, Side
from ready_database import migrated_file
from s9_cases import Case, a_case, asked
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

Asking = Callable[[Case], DialRequest]
GOAL_S = 5.0
_SHARES = 8
"""of the dials, for as many cores as there are"""


def prove(scale: Scale, folder: Path) -> Proof:
    cheap_passwords.be_quick()
    dials, rounds = scale.of(quick=4_000, full=1_000_000), scale.of(quick=6, full=600)
    deaf_s = scale.of(quick=2, full=int(GOAL_S))
    # Most of the time of a refusal's way is waiting; nothing is killed, so that databases may lie in memory.
    migrated_file()
    with folder_in_memory() as memory, branched_off() as cores:
        given = cores.submit(s9_server.claims, rounds, memory / "city")
        judged = [cores.submit(judge, share, dials // _SHARES, max(20, dials // 5_000)) for share in range(_SHARES)]
        unguarded = cores.submit(
            s9_server.claims, scale.of(quick=3, full=30), memory / "city that asks nobody", guarded=False
        )
        naive = cores.submit(naively, scale.of(quick=600, full=4_000))
        reached = refusal_reaches(folder, deaf_s)
        product, control = _product([one.result() for one in judged]), naive.result()
        there, free = given.result(), unguarded.result()
    within = reached.online_s <= GOAL_S and reached.again_s <= GOAL_S
    figures = {"s until a refusal is on the desk": reached.online_s, "s after reconnecting": reached.again_s}
    late = {f"refusals on a desk that only asks, after {deaf_s} s": int(reached.without_events)}
    return Proof(
        what="dials judged beside an oracle, and refusals on their way to desks",
        product=Side(
            holds=product.holds and there.side.holds and within,
            figures={**product.figures, **there.side.figures, **figures},
        ),
        control=Side(
            holds=not (all(control.values()) and all(free.illegal.values())) or reached.without_events,
            figures={
                **{f"illegal {name}": count for name, count in control.items()},
                **{f"{name} against the rules": count for name, count in free.illegal.items()},
                **late,
            },
        ),
    )


@dataclass(kw_only=True)
class Judged:
    """Dials that were judged; counts."""

    dials: int = 0
    allowed: int = 0
    spared: int = 0
    """allowed in spite of a complaint or no consent, since the customer waits for it"""
    barred: int = 0
    """by these alone"""
    illegal: int = 0
    needless: int = 0
    compared: int = 0
    misdated: int = 0

    def __add__(self, other: "Judged") -> "Judged":
        return Judged(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Judged)})


def judge(share: int, dials: int, each: int) -> Judged:
    """How often the product let through what the oracle forbids, and the other way round; of every `each`-th that
    waits for a moment, whether it is that moment."""
    rng, found = random.Random(f"9 {share}"), Judged(dials=dials)
    for number in range(dials):
        case = a_case(rng)
        wished = asked(case)
        said = _allowed(wished)
        found.allowed += said
        found.illegal += said and not case.legal
        found.needless += case.legal and not said
        against = (case.withheld and case.about.sells) or case.rules.at_rest(case.now, case.complaints)
        found.spared += said and against
        found.barred += not said and against and case.rules.legal(case.now, case.before)
        if number % each == 0 and not case.for_good:
            found.compared += 1
            found.misdated += not _same_moment(wished, case)
    return found


def _product(judged: Sequence[Judged]) -> Side:
    found = sum(judged, Judged())
    seen = 0 < found.allowed < found.dials and found.spared and found.barred and found.compared
    return Side(
        holds=found.illegal == found.needless == found.misdated == 0 and bool(seen),
        figures={
            "dials": found.dials,
            "allowed": found.allowed,
            "of them awaited in spite of a complaint or no consent": found.spared,
            "barred by these alone": found.barred,
            "illegal": found.illegal,
            "refused for nothing": found.needless,
            "next moments compared": found.compared,
            "wrong": found.misdated,
        },
    )


def naively(dials: int) -> dict[str, int]:
    """Illegal dials that each of the naive judges lets through."""
    rng = random.Random(90)
    found = dict.fromkeys(NAIVE, 0)
    for _ in range(dials):
        case = a_case(rng)
        for name, naive in NAIVE.items():
            found[name] += _allowed(naive(case)) and not case.legal
    return found


def _same_moment(wished: DialRequest, case: Case) -> bool:
    """The oracle looks sixty days ahead."""
    said, legal = standing(wished).next_allowed, case.next_legal
    if legal is None:
        return said is None or micros(said) > case.now + 40 * DAY
    return said is not None and micros(said) == legal


def _allowed(wished: DialRequest) -> bool:
    try:
        ask(wished)
    except CallForbidden:
        return False
    return True


def _own_clock(case: Case) -> DialRequest:
    wished = asked(case)
    return replace(wished, calendar=msgspec.structs.replace(wished.calendar, utc_offset_min=480))


def _calendar_days(case: Case) -> DialRequest:
    wished, here = asked(case), timezone(timedelta(minutes=case.rules.offset_min))
    today = wished.now.astimezone(here).date()
    return replace(wished, dials=tuple(at for at in wished.dials if at.astimezone(here).date() == today))


NAIVE: Mapping[str, Asking] = {
    "by the centre's clock": _own_clock,
    "by calendar days": _calendar_days,
    "through complaints": lambda case: replace(asked(case), rest=None),
    "without consent": lambda case: replace(asked(case), needs_consent=False),
    "to who refused": lambda case: replace(asked(case), opted_out=False),
    "by callbacks of nobody's": lambda case: asked(replace(case, about=replace(case.about, agreed=True))),
}
"""what each lacks: its own part of what the product is asked is wrong, and nothing else"""


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
        # An end in order takes longer.
        server.kill()
        _refuse(server, "C0002")
        server.start()
        syncer.retry_now()
        again_s = _until(lambda: store.task("T0002") is None)
        server.kill()
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
