"""R1: outcomes recorded across kills of desks and server and cuts of the network: none lost, none twice.

Quick: 2 desks, 40 outcomes, 6 kills of desks, 1 of the server, some cuts; full: 10,000 outcomes across 200 and 15, at
least 200 cuts. A kill counts where the process ran until then and was seen to die of it.
A real server process, real stores, and a proxy that cuts requests and answers, doubles, lags, trickles and swallows.
The control's desk has no outbox and no id that stays: it says "saved" first, which loses, and asks again under a new
id where an answer is cut off, as most are there, which doubles: it has to do both.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cutting_proxy import CALM, ROUGH, CuttingProxy, Fault
from desk_process import Killable, Work, agent, first_sign_in, naive_desk, pairs, product_desk
from proof import Figure, Proof, Scale, Side
from server_process import ServerProcess
from sqlalchemy import text

MARK = "R1-"
_PATIENCE_S = 60
_PATIENCE_EACH_S = 0.6
"""for an outcome, on a machine that others use: it ends what hangs, and a calm one takes a tenth"""
_LOAD_AT_ONCE = 500
_UNANSWERED: Mapping[Fault, int] = {Fault.NONE: 40, Fault.CUT_REPLY: 60}


@dataclass(kw_only=True)
class Desk:
    """One agent's desk over its lives."""

    staff_number: str
    folder: Path
    numbers: range
    lives_left: int
    process: Killable | None = None
    acknowledged: list[str] = field(default_factory=list)
    until: int = 0
    """acknowledgements after which it is killed next"""
    uploaded: bool = False
    """all that this life had to do"""
    killed: int = 0
    """while it ran"""

    @property
    def done(self) -> bool:
        return self.uploaded and not self.lives_left


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Of one run."""

    wanted: int
    outcomes: int
    killed: int
    servers: int
    cuts: int
    lost: int
    twice: int
    uploaded: bool

    @property
    def holds(self) -> bool:
        return self.uploaded and self.outcomes == self.wanted and not self.lost and not self.twice

    @property
    def figures(self) -> dict[str, Figure]:
        return {
            "outcomes": self.outcomes,
            "desks killed": self.killed,
            "servers killed": self.servers,
            "cuts": self.cuts,
            "lost": self.lost,
            "duplicated": self.twice,
        }


def prove(scale: Scale, folder: Path) -> Proof:
    desks = scale.of(quick=2, full=10)
    each = scale.of(quick=20, full=1000)
    kills, server_kills = scale.of(quick=3, full=20), scale.of(quick=1, full=15)
    cuts = scale.of(quick=1, full=200)
    with ServerProcess(folder / "server") as server:
        product = run(server, folder / "p", product_desk, desks, each, kills, server_kills, first=1)
        control = run(
            server, folder / "c", naive_desk, desks, min(each, 60), 1, 0, first=1 + desks * each, faults=_UNANSWERED
        )
    as_asked = product.killed == kills * desks and product.servers == server_kills and product.cuts >= cuts
    return Proof(
        what="outcomes across kills -9 and cuts",
        product=Side(holds=product.holds and as_asked, figures=product.figures),
        # That it lost shows nothing of the ids, and that it doubled nothing of the outbox.
        control=Side(holds=not (control.lost and control.twice), figures=control.figures),
    )


def run(
    server: ServerProcess, folder: Path, work: Work, desks: int, each: int, kills: int, server_kills: int, *,
    first: int, faults: Mapping[Fault, int] = ROUGH,
) -> Counted:  # fmt: skip
    """All desks beside each other until every outcome is uploaded."""
    made = [_desk(server, folder, number, each, kills, first) for number in range(desks)]
    rng, killed = random.Random(first), 0
    with CuttingProxy(server.url, seed=first, faults=faults) as proxy:
        began = time.monotonic()
        while not all(desk.done for desk in made):
            for desk in made:
                _step(desk, work, proxy.url, rng)
            progress = sum(len(desk.acknowledged) for desk in made) / (desks * each)
            if killed < server_kills and progress > (killed + 1) / (server_kills + 1):
                pid = server.pid
                ran = _runs(pid)
                server.kill()
                killed += ran and not _runs(pid)
                server.start()
            if all(len(desk.acknowledged) >= each and not desk.lives_left for desk in made):
                proxy.faults = CALM
            if time.monotonic() - began > _PATIENCE_S + _PATIENCE_EACH_S * desks * each:
                break
        for desk in made:
            if desk.process:
                _hear(desk, desk.process.close())
        cuts = proxy.cuts
    return _counted(server, made, killed, cuts)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _desk(server: ServerProcess, folder: Path, number: int, each: int, kills: int, first: int) -> Desk:
    who = agent(number)
    server.add_user(who)
    numbers = range(first + number * each, first + (number + 1) * each)
    for start in range(numbers.start, numbers.stop, _LOAD_AT_ONCE):
        server.load(pairs(start, min(_LOAD_AT_ONCE, numbers.stop - start), who.staff_number))
    desk = Desk(staff_number=who.staff_number, folder=folder / who.staff_number, numbers=numbers, lives_left=kills)
    first_sign_in(desk.folder, server.url, who.staff_number)
    return desk


def _step(desk: Desk, work: Work, url: str, rng: random.Random) -> None:
    """A little of the desk's life: it begins, tells what it saved, is killed in the middle of the next."""
    if desk.process is None:
        # What it said "saved" to is done with: the agent is not asked again.
        left = [number for number in desk.numbers if f"{MARK}{number}" not in set(desk.acknowledged)]
        share = len(left) // (desk.lives_left + 1)
        soon = rng.randint(0, max(1, share))
        desk.until = len(desk.acknowledged) + soon
        # A life has a little more to do than it will see done: a quick one would leave nothing to those after it.
        given = left[: soon + 1 + share // 4] if desk.lives_left else left
        desk.process = Killable(work, desk.folder, url, desk.staff_number, given, MARK)
    if desk.done:
        return
    one = desk.process.told(within_s=0.01)
    if one is not None:
        _hear(desk, [one, *desk.process.all_told()])
    if desk.lives_left and (len(desk.acknowledged) >= desk.until or desk.uploaded):
        desk.lives_left -= 1
        desk.uploaded = False
        time.sleep(rng.uniform(0, 0.02))
        desk.killed += desk.process.kill()
        _hear(desk, desk.process.close())
        desk.uploaded = False
        desk.process = None


def _hear(desk: Desk, told: list[tuple[str, str]]) -> None:
    for kind, note in told:
        if kind == "saved":
            desk.acknowledged.append(note)
        else:
            desk.uploaded = True


def _counted(server: ServerProcess, desks: list[Desk], servers: int, cuts: int) -> Counted:
    """The server's own database against what the desks had said."""
    with server.database.engine.connect() as connection:
        rows = connection.execute(text("SELECT body FROM outcome")).scalars()
        on_server = Counter(_note(bytes(body)) for body in rows)
    said = {note for desk in desks for note in desk.acknowledged}
    wanted = {f"{MARK}{number}" for desk in desks for number in desk.numbers}
    return Counted(
        wanted=len(wanted),
        outcomes=sum(on_server[note] > 0 for note in wanted),
        killed=sum(desk.killed for desk in desks),
        servers=servers,
        cuts=cuts,
        lost=sum(on_server[note] == 0 for note in said),
        twice=sum(max(0, on_server[note] - 1) for note in wanted),
        uploaded=all(desk.uploaded for desk in desks),
    )


def _note(body: bytes) -> str:
    start = body.find(MARK.encode())
    return body[start : body.index(b'"', start)].decode() if start >= 0 else ""
