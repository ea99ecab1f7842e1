"""P4: Ctrl+Enter to committed and the next customer painted, a thousand times while ten thousand are being pulled."""

import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import city_server
from bare_desk import BareWindow, BareWork
from frame import LEVEL, RESAMPLES, Pairs, Plan, Row, prove_equal, quantile
from live_desk import SIZE, LiveDesk, live_desk
from PySide6.QtGui import QPainter
from raw_store import schema_of
from windows import until_painted

from core.demo.people import PASSWORD
from core.domain.clock import utc_now
from core.store import StoreKey, open_store
from core.sync.round import PAGE
from core.sync.transport import Transport
from core.wire.session import SignIn
from desktop.widgets.painted import PaintedButton

KEY = "5a" * 32
GOAL = 2.5
SAVES, SMOKE_SAVES, WARM_UP = 1000, 50, 5


def rows(plan: Plan) -> Iterator[Row]:
    saves = SMOKE_SAVES if plan.smoke else SAVES
    with tempfile.TemporaryDirectory(prefix="stayline-p4-") as folder:
        work = Path(folder)
        with city_server.serving(city_server.size(plan)) as url, live_desk(url, work / "desk") as desk:
            yield _verdict(_measured(desk, url, work, saves), saves)


def _measured(desk: LiveDesk, url: str, work: Path, saves: int) -> Pairs:
    desk.open_first()
    bare = BareWork(work / "reference.db", KEY, _work_schema(work / "schema"))
    window = BareWindow(_texts(desk), *SIZE)
    window.show()
    before = _saved(desk)
    pairs, pull = Pairs(), PullAgain(desk, url)
    pull.start()
    try:
        for number in range(saves + WARM_UP):
            ours, theirs = _save(desk), _reference(bare, window, number)
            if number >= WARM_UP:
                pairs.product.append(ours)
                pairs.reference.append(theirs)
    finally:
        pull.stop()
    prove_equal(_saved(desk) - before, bare.count(), what="outcomes on the disk")
    bare.close()
    window.deleteLater()
    return pairs


def _save(desk: LiveDesk) -> float:
    desk.take_keys()
    desk.dial()
    desk.unanswered()
    desk.rest()
    begin = time.perf_counter()
    desk.save()
    return time.perf_counter() - begin


def _reference(bare: BareWork, window: BareWindow, number: int) -> float:
    """Bodies as long as those of an unanswered call."""
    body, task_body = b"x" * 900, b"x" * 700
    begin = time.perf_counter()
    bare.save(number, body, task_body, int(begin * 1_000_000))
    until_painted(window, window.show_next)
    return time.perf_counter() - begin


def _saved(desk: LiveDesk) -> int:
    day = desk.window.entered.desk.moment().wall
    return len(desk.window.entered.store.saved_between(day.replace(year=2000), day.replace(year=2100), limit=10_000))


class PullAgain:
    """Pulls everything from the start, page by page, for as long as it is left to; tells the window of each page."""

    def __init__(self, desk: LiveDesk, url: str) -> None:
        self._store, self._told = desk.window.entered.store, desk.news.told.emit
        self._transport = Transport(url)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pull")

    def start(self) -> None:
        asked = SignIn(staff_number=city_server.AGENT.staff_number, password=PASSWORD)
        self._transport.access_token = self._transport.sign_in(asked).access_token
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()
        self._transport.close()

    def _run(self) -> None:
        cursor = ""
        while not self._over.is_set():
            # As core.sync.round does before each page.
            self._store.courtesy.let_pass()
            page = self._transport.pull(cursor, PAGE)
            cursor = page.cursor if page.more else ""
            self._told(self._store.apply(page, now=utc_now()))


def _texts(desk: LiveDesk) -> int:
    """How many texts the window draws: those of its own painting, counted while it paints itself once."""
    drawn, draw = 0, QPainter.drawText

    def counted(painter: QPainter, *words: object) -> object:
        nonlocal drawn
        drawn += 1
        return draw(painter, *words)

    for button in desk.window.findChildren(PaintedButton):
        button.look_changed()
    QPainter.drawText = counted
    try:
        desk.window.grab()
    finally:
        QPainter.drawText = draw
    return drawn


def _work_schema(folder: Path) -> list[str]:
    """Of the product's own file, made only to be looked at."""
    open_store(folder, StoreKey(KEY)).close()
    return schema_of(folder / "work.db", KEY)


def _verdict(pairs: Pairs, saves: int) -> Row:
    """The ratio of the two p99, with its 90 % bound over resampled pairs."""
    rng = random.Random(90)
    places = range(len(pairs.product))
    ratios = sorted(_ratio(pairs, rng.choices(places, k=len(places))) for _ in range(RESAMPLES // 4))
    bound = ratios[int((1 + LEVEL) / 2 * len(ratios)) - 1]
    ours, theirs = quantile(pairs.product, 0.99), quantile(pairs.reference, 0.99)
    return Row(
        id="P4",
        what=f"p99 of {saves} saves while pulling (median {statistics.median(pairs.product) * 1000:.0f} ms)",
        measured=ours,
        limit=theirs,
        ratio=ours / theirs,
        goal=GOAL,
        holds=bound <= GOAL,
        bound=bound,
        pairs=len(pairs.product),
    )


def _ratio(pairs: Pairs, places: list[int]) -> float:
    ours, theirs = ([values[place] for place in places] for values in (pairs.product, pairs.reference))
    return quantile(ours, 0.99) / quantile(theirs, 0.99)
