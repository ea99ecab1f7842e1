"""R13: a desk whose clock is eight hours slow, three days fast or in another zone works by the server's time.

Quick: a real server and a desk on each of 3 clocks, each in another zone; full: each clock in each zone. The time that
dials are judged by, the time that outcomes carry and their order are compared with the server's.
The control's desk asks its own clock.
"""

import os
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desk_process import KEY, PASSWORD, agent, pairs, task_of
from dial_cases import calendar, request, site
from proof import Proof, Scale, Side
from server_process import ServerProcess
from sqlalchemy import text
from store_kit import saved

from core.compliance import CallForbidden, ask
from core.desk.entering import ServerClock
from core.domain.clock import Clock
from core.store.opening import open_store
from core.sync.round import Round
from core.sync.session import Credentials
from core.sync.sign_in import sign_in_online
from core.sync.transport import Transport

WRONG = (timedelta(hours=-8), timedelta(days=3), timedelta())
ZONES = ("Asia/Shanghai", "America/New_York", "Pacific/Kiritimati")
_APART_S = 5.0


def prove(scale: Scale, folder: Path) -> Proof:
    whole = scale is Scale.FULL
    wrong = [(skew, zone) for at, skew in enumerate(WRONG) for zone in (ZONES if whole else ZONES[at : at + 1])]
    with ServerProcess(folder / "server") as server:
        product = run(server, folder / "p", wrong, by_server=True, first=0)
        control = run(server, folder / "c", wrong[:2], by_server=False, first=len(wrong))
    return Proof(what="desks on wrong clocks", product=product, control=control)


def run(
    server: ServerProcess, folder: Path, clocks: list[tuple[timedelta, str]], *, by_server: bool, first: int
) -> Side:
    off = misjudged = misdated = 0
    sent: list[str] = []
    for nth, (skew, zone) in enumerate(clocks):
        wrong = _zone(zone, skew)
        who = agent(first + nth)
        number = 1 + 10 * (first + nth)
        server.add_user(who)
        server.load(pairs(number, 1, who.staff_number))
        with closing(open_store(folder / who.staff_number, KEY)) as store:
            transport = Transport(server.url, read_s=20)
            sign_in_online(store, transport, who.staff_number, PASSWORD, clock=wrong)
            credentials = Credentials(store, transport, wrong)
            credentials.load()
            work = Round(store, transport, credentials, wrong, lambda: False)
            list(work.pull())
            clock: Clock = ServerClock(store, wall=wrong) if by_server else wrong
            now = clock()
            apart = abs((now - datetime.now(UTC)).total_seconds())
            off += apart > _APART_S
            misjudged += _may_call(now) != _may_call(datetime.now(UTC))
            kept = saved(task_of(number, who.staff_number), agent=who.staff_number, recorded_at=clock())
            store.save(kept)
            list(work.push())
            sent.append(kept.id.hex)
            transport.close()
    with server.database.engine.connect() as connection:
        rows = connection.execute(text("SELECT id, recorded_at, received_at FROM outcome ORDER BY received_at")).all()
    for one, recorded, received in rows:
        if one.replace("-", "") in sent:
            misdated += abs((_moment(recorded) - _moment(received)).total_seconds()) > _APART_S * 4
    os.environ.pop("TZ", None)
    time.tzset()
    taken = [row[0].replace("-", "") for row in rows if row[0].replace("-", "") in sent]
    return Side(
        holds=not (off or misjudged or misdated) and taken == sent,
        figures={
            "desks": len(sent),
            "clocks off": off,
            "dials misjudged": misjudged,
            "outcomes misdated": misdated + len(sent) - len(taken),
            "out of order": int(taken != sent),
        },
    )


def _zone(zone: str, skew: timedelta) -> Clock:
    os.environ["TZ"] = zone
    time.tzset()
    return lambda: datetime.now(UTC) + skew


def _may_call(now: datetime) -> bool:
    """By hours that began an hour ago and end in one, at the server's time."""
    real = datetime.now(UTC) + timedelta(hours=8)
    opens, closes = max(0, real.hour - 1), min(24, real.hour + 2)
    hours = site(call_from=f"{opens:02d}:00", call_until=f"{closes:02d}:00")
    try:
        ask(request(now, site=hours, calendar=calendar(weekend=())))
    except CallForbidden:
        return False
    return True


def _moment(value: object) -> datetime:
    """As the database's driver gives it."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, int):
        return datetime.fromtimestamp(value / 1_000_000, UTC)
    found = datetime.fromisoformat(str(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)
