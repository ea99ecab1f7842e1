"""Questions that need the engine or the model, answered in a process of its own: what it takes of memory is given back,
and the server itself never knows ibis, DuckDB or LightGBM."""

import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

import structlog

from core.domain.errors import InputError, StaylineError
from core.domain.text import Text
from core.server import logs
from core.server.campaigns.taking_in import let_go
from core.server.db.engine import Database, open_engine
from core.wire.campaigns import CampaignPreview, NextSegments

LONGEST_S = 600.0
_TOO_LONG, _ENDED = "too long", "ended"
_WHY = {
    _TOO_LONG: Text("超过 10 分钟", "it took more than 10 minutes"),
    _ENDED: Text("进程中途结束", "the process ended"),
}
"""of what no error of the program's own says"""
_log = structlog.get_logger("stayline.campaigns")


class _Said(NamedTuple):
    """What the child answers."""

    value: Any = None
    trouble: tuple[Text, Text, Text] | None = None
    failed: str = ""


class _Job(NamedTuple):
    verb: str
    campaign_id: str
    by: str = ""
    confirmed: bool = False


class _Where(NamedTuple):
    url: str
    tenant: str
    data: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Engine:
    """Asks for one data folder. `here`: in this process, for who has the engine already, such as a command."""

    database: Database
    data: Path
    here: bool = False

    def preview(self, campaign_id: str) -> CampaignPreview:
        """Raises InputError as the start would."""
        found: CampaignPreview = self._ask(_Job("preview", campaign_id))
        return found

    def start(self, campaign_id: str, *, by: str, confirmed: bool) -> None:
        """Raises InputError before anybody is kept."""
        self._ask(_Job("start", campaign_id, by, confirmed))

    def next_segments(self, campaign_id: str) -> NextSegments:
        found: NextSegments = self._ask(_Job("next", campaign_id))
        return found

    def choose_again(self, campaign_id: str) -> "Begun":
        """Begins, and does not wait."""
        return Begun(self, _Job("again", campaign_id))

    def ask_rested(self, campaign_id: str) -> "Begun":
        """As `choose_again`."""
        return Begun(self, _Job("rested", campaign_id))

    def _ask(self, job: _Job) -> Any:
        if self.here:
            return _DOES[job.verb](self.database, self.data, job)
        begun = Begun(self, job)
        if begun.wait(LONGEST_S):
            why = begun.died
        else:
            begun.end()
            why = _TOO_LONG
        if why:
            if job.verb == "start":
                let_go(self.database, job.campaign_id, begun.at)
            raise _unanswered(why)
        return begun.value()


class Begun:
    """A child at work."""

    def __init__(self, engine: Engine, job: _Job) -> None:
        self.campaign_id = job.campaign_id
        self.at = engine.database.clock()
        """the child's moment, however long it takes"""
        self._since_s = time.monotonic()
        self._said: _Said | None = None
        if engine.here:
            self._said = _Said(_DOES[job.verb](engine.database, engine.data, job))
            return
        url = engine.database.engine.url.render_as_string(hide_password=False)
        place = _Where(url, engine.database.tenant, str(engine.data), self.at)
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe(duplex=False)
        self._child: BaseProcess = context.Process(target=_main, args=(there, place, job), daemon=True, name="campaign")
        self._child.start()
        there.close()

    def wait(self, seconds: float) -> bool:
        """Whether it has answered, or died, by then."""
        if self._said is None and self._pipe.poll(seconds):
            try:
                self._said = self._pipe.recv()
            except (EOFError, OSError):
                self._said = _Said(failed=_ENDED)
            self._pipe.close()
            self._child.join()
        return self._said is not None

    @property
    def lasts_s(self) -> float:
        """Since it began."""
        return time.monotonic() - self._since_s

    def end(self) -> None:
        """Whatever it is at."""
        if self._said is None:
            # It has nothing to put in order, and one that stands still heeds nothing gentler.
            self._child.kill()
            self._child.join()
            self._pipe.close()
            self._said = _Said(failed=_ENDED)

    @property
    def died(self) -> str:
        """Why there is no answer to come; empty where there is one."""
        return self._said.failed if self._said is not None else ""

    def value(self) -> Any:
        """Raises InputError with the child's words, or where it did not finish."""
        assert self._said is not None
        if self._said.trouble is not None:
            title, message, next_step = self._said.trouble
            raise InputError(title=title, message=message, next_step=next_step)
        if self._said.failed:
            raise _unanswered(self._said.failed)
        return self._said.value


def _main(pipe: Connection, place: _Where, job: _Job) -> None:
    # Unasked structlog writes the values of all variables beside a traceback: customers, and the database's password.
    logs.configure()
    database = Database(open_engine(place.url), tenant=place.tenant, clock=lambda: place.now)
    try:
        said = _Said(_DOES[job.verb](database, Path(place.data), job))
    except StaylineError as error:
        said = _Said(trouble=(error.title, error.message, error.next_step))
    except Exception as error:
        _log.error("campaign's question failed", question=job.verb, **logs.where(error))
        said = _Said(failed=type(error).__name__)
    finally:
        database.close()
    with suppress(OSError):
        pipe.send(said)


def _preview(database: Database, data: Path, job: _Job) -> CampaignPreview:
    from core.server.campaigns.drafting import found
    from core.server.campaigns.previewing import preview_of

    with database.read() as unit:
        campaign = found(unit, job.campaign_id).campaign
    return preview_of(database, data, campaign)


def _start(database: Database, data: Path, job: _Job) -> None:
    from core.server.campaigns.starting import start

    start(database, data, job.campaign_id, by=job.by, confirmed=job.confirmed)


def _next(database: Database, data: Path, job: _Job) -> NextSegments:
    from core.server.campaigns.next_segments import next_segments

    return next_segments(database, data, job.campaign_id)


def _again(database: Database, data: Path, job: _Job) -> int:
    from core.server.campaigns.starting import choose_again

    return choose_again(database, data, job.campaign_id)


def _rested(database: Database, data: Path, job: _Job) -> int:
    from core.server.campaigns.starting import ask_rested

    return ask_rested(database, data, job.campaign_id)


_DOES: dict[str, Callable[[Database, Path, _Job], Any]] = {
    "preview": _preview, "start": _start, "next": _next, "again": _again, "rested": _rested,
}  # fmt: skip


def _unanswered(failed: str) -> InputError:
    why = _WHY.get(failed, Text(failed, failed))
    return InputError(
        title=Text("没有算完", "It was not finished"),
        message=Text(
            f"选客户的进程没有算完（{why.zh}）。", f"The process that chooses customers did not finish ({why.en})."
        ),
        next_step=Text("没有客户被联系；请再试一次，仍不行请看服务日志。",
                       "No customer was contacted. Try again; else look into the server's log."),
    )  # fmt: skip
