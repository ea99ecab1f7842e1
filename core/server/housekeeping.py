"""What the server does unasked, in a thread beside the API: publishes what came with the program, ends old leases and
requests, forgets ended orders, gives out what waits, lets go of what was kept for long enough."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import structlog
from sqlalchemy.exc import SQLAlchemyError

from core.domain.errors import ContentError, StaylineError
from core.domain.text import Text
from core.server.authority import expire
from core.server.calendars import CalendarKept
from core.server.calling_rules import ask_again
from core.server.campaigns.apart import Engine
from core.server.campaigns.keeping import CampaignKeeper
from core.server.cases.duty import keep_duty
from core.server.cases.minding import mind_cases
from core.server.commands.say import told
from core.server.db.engine import Database
from core.server.db.sealing import Seals
from core.server.departments.lateness import keep_errands
from core.server.dispatching import dispatch_these, dispatch_waiting, promised
from core.server.http.bell import of_agent, of_team
from core.server.http.services import Services
from core.server.leases import reap
from core.server.list_quality.holding import ListsKept
from core.server.logs import where
from core.server.orders.forgetting import forget_ended
from core.server.packages.boards import Boards
from core.server.packages.keeping import keep_packages
from core.server.portfolios import tell_portfolios
from core.server.publishing import publish_shipped
from core.server.purge.keeping import keep_periods
from core.server.quality.keeping import keep_quality

BETWEEN_S = 3.0
"""between two looks at what cannot wait for a round: lapsed leases, and callbacks that fall due"""
_NOT_PUBLISHED = Text(
    "内容文件有误，没有发布；坐席继续使用上次发布的内容。改正后重新启动服务即可。",
    "The content has mistakes and was not published; desks keep what was published last. Correct it and start again.",
)
_log = structlog.get_logger("stayline.serve")


@contextmanager
def housekeeping(services: Services, every_s: float) -> Iterator[None]:
    """Runs every so many seconds, 0 for never, until the block ends."""
    if every_s <= 0:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_keep_house, args=(services, every_s, stop), name="housekeeping")
    thread.start()
    services.housekeeping.started(thread)
    try:
        yield
    finally:
        services.housekeeping.ended()
        stop.set()
        thread.join()


def _keep_house(services: Services, every_s: float, stop: threading.Event) -> None:
    database, boards, lists, seals = services.database, Boards(), ListsKept(), Seals()
    keeper, calendar = CampaignKeeper(Engine(database, services.data)), CalendarKept()
    _guarded("publish", lambda: _publish(database))
    _guarded("rests", lambda: _ask_again(database))
    while not stop.is_set():
        _guarded("reap", lambda: reap(database))
        _guarded("authority", lambda: _end_old_requests(services))
        _guarded("orders", lambda: forget_ended(database))
        _guarded("errands", lambda: keep_errands(database))
        _guarded("portfolios", lambda: tell_portfolios(database))
        _guarded("hearing", lambda: services.hearing.keep(database))
        _guarded("cases", lambda: mind_cases(database))
        _guarded("quality", lambda: keep_quality(database))
        _guarded("lists", lambda: lists.keep(database))
        _guarded("dispatch", lambda: dispatch_waiting(database, actor="server"))
        _guarded("campaigns", keeper.keep)
        _guarded("packages", lambda: keep_packages(database))
        _guarded("boards", lambda: boards.keep(database))
        _guarded("duty", lambda: keep_duty(database))
        _guarded("seals", lambda: seals.keep(database))
        _guarded("calendar", lambda: calendar.keep(database))
        _guarded("purge", lambda: keep_periods(database))
        _rest(database, every_s, stop)
    keeper.close()


def _rest(database: Database, every_s: float, stop: threading.Event) -> None:
    """Until the next round. What lapses meanwhile is taken back, and a callback that falls due is given out: a customer
    must not wait for a round to be due."""
    until, callbacks = monotonic() + every_s, Callbacks()
    while not stop.wait(min(BETWEEN_S, max(0.0, until - monotonic()))) and monotonic() < until:
        _guarded("reap", lambda: reap(database))
        _guarded("callbacks", lambda: callbacks.give(database))


class Callbacks:
    """Between two rounds: what nobody could be given is not tried again before the next."""

    def __init__(self) -> None:
        self._tried: frozenset[str] = frozenset()

    def give(self, database: Database) -> None:
        with database.read() as unit:
            due = promised(unit)
        new, self._tried = due - self._tried, due
        if new:
            dispatch_these(database, new, actor="server")


def _ask_again(database: Database) -> None:
    """A calendar that is not published is a file, read at a start: whoever rests may have been let rest by another."""
    with database.write() as unit:
        ask_again(unit)


def _end_old_requests(services: Services) -> None:
    for ended in expire(services.database):
        services.bell.ring(of_agent(ended.case.request.agent), of_team(ended.team))


def _publish(database: Database) -> None:
    """What came newer with the program; whoever started the server sees why it does not go out."""
    # Reading YAML is not needed for listening.
    from core.content.yaml_lines import forget_files

    try:
        publish_shipped(database, checked=False)
    except ContentError as error:
        said = [_NOT_PUBLISHED.zh, _NOT_PUBLISHED.en, *told(error)]
        sys.stderr.write("\n".join(said) + "\n")
        raise
    finally:
        # The trees of all files would else stay for the life of the server.
        forget_files()


def _guarded(what: str, run: Callable[[], object]) -> None:
    """A database that is away for a while, or a wrong content file, must not end the housekeeping."""
    try:
        run()
    except SQLAlchemyError as error:
        _log.error("housekeeping failed", what=what, error=type(error).__name__)
    except StaylineError as error:
        _log.error("housekeeping failed", what=what, error=str(error))
    except Exception as error:
        # Nor may a row that cannot be read: what else waits would wait for good.
        _log.error("housekeeping failed unexpectedly", what=what, **where(error))
