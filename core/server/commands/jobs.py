"""`jobs list|run|on|off`: what the server runs at set hours, how the last runs went, and what is late."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.domain.clock import CHINA
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import folder_of, opened, place_of
from core.server.commands.say import say

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.job import Job, JobRun
    from core.server.db.engine import Database, Unit


def run_list(options: argparse.Namespace) -> None:
    from core.server.jobs.looking import jobs

    with opened(options) as database, database.write() as unit:
        found = jobs(unit)
        for job in found:
            _tell(unit, job, options.runs)
    if not found:
        say("没有定时任务。 / There are no jobs.")


def _tell(unit: "Unit", job: "Job", most: int) -> None:
    from core.server.db import job_runs
    from core.server.jobs.looking import is_on, known_since
    from core.server.jobs.schedule import due_between, next_due

    on, runs = is_on(unit, job), job_runs.of(unit, job.id, limit=max(most, 1))
    say(f"{job.id}\t{job.name.zh} / {job.name.en}\t{job.hour}:{job.minute} ({job.weekdays})")
    if not on:
        say("    已停用 / switched off")
    coming = next_due(job, unit.now) if on else None
    if coming is not None:
        say(f"    下次 / next: {_at(coming)}")
    last = max([known_since(unit, job), *(one.due for one in runs)])
    late = due_between(job, last, unit.now) if on else []
    if late:
        lag = int((unit.now - late[0]).total_seconds() // 60)
        say(f"    ！到点未运行，已晚 {lag} 分钟：服务器在运行吗？ / ! Due, not run, {lag} min late: is the server up?")
    for run in runs[:most]:
        _tell_run(run)


def _tell_run(run: "JobRun") -> None:
    from core.domain.job import RUN_WORDS

    words, took = RUN_WORDS[run.state], ""
    if run.ended_at is not None:
        took = f"  {(run.ended_at - run.started_at).total_seconds():.0f} s"
    lag = int((run.started_at - run.due).total_seconds() // 60)
    behind = f"  +{lag} min" if lag >= 1 else ""
    say(f"    {_at(run.due)}{behind}  {words.zh} / {words.en}{took}  ×{run.tries}  {run.step}".rstrip())
    if run.error:
        again = f" → {_at(run.again_at)}" if run.again_at is not None else ""
        say(f"        {run.error}{again}")


def run_now(options: argparse.Namespace) -> int:
    """In this process, as the server would."""
    from core.domain.job import RunState
    from core.server.jobs.looking import claim_now
    from core.server.jobs.running import Runner, Where

    with opened(options) as database:
        job = _job(database, options.id)
        claim = claim_now(database, job)
        if claim is None:
            raise InputError(
                title=Text("它正在运行", "It is running"),
                message=Text(f"{job.name.zh}已经在运行。", f"“{job.name.en}” runs already."),
                next_step=Text("用 jobs list 查看进度。", "See how far it is with: jobs list."),
            )
        where = Where(folder_of(options), place_of(options).url, options.tenant)
        state = Runner(database, where).run(claim)
        with database.read() as unit:
            from core.server.db import job_runs

            _tell_run(next(one for one in job_runs.of(unit, job.id) if one.due == claim.due))
    return 0 if state is RunState.DONE else 1


def run_on(options: argparse.Namespace) -> None:
    _switch(options, on=True)


def run_off(options: argparse.Namespace) -> None:
    _switch(options, on=False)


def _switch(options: argparse.Namespace, *, on: bool) -> None:
    from core.server.jobs.looking import switch

    with opened(options) as database:
        job = _job(database, options.id)
        switch(database, job, on=on)
    words = Text("已启用", "switched on") if on else Text("已停用", "switched off")
    say(f"{job.name.zh}：{words.zh}。 / {job.name.en}: {words.en}.")


def _job(database: "Database", job_id: str) -> "Job":
    from core.server.jobs.looking import jobs

    with database.read() as unit:
        found = {one.id: one for one in jobs(unit)}
    if job_id not in found:
        raise InputError(
            title=Text("没有这个定时任务", "No such job"),
            message=Text(f"没有 {job_id}。", f"There is no {job_id}."),
            next_step=Text(f"有：{'、'.join(found) or '无'}。", f"There are: {', '.join(found) or 'none'}."),
        )
    return found[job_id]


def _at(moment: "datetime") -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|run|on|off")
    listing = verbs.add_parser("list", help="each job with its hours, its last runs, and what is late")
    listing.add_argument("--runs", type=int, default=3, metavar="N", help="so many runs of each (default: 3)")
    listing.set_defaults(run=run_list)
    now = verbs.add_parser("run", help="run one now")
    now.set_defaults(run=run_now)
    on = verbs.add_parser("on", help="run it at its hours from now on")
    on.set_defaults(run=run_on)
    off = verbs.add_parser("off", help="run it no more")
    off.set_defaults(run=run_off)
    for verb in (now, on, off):
        verb.add_argument("id", metavar="ID", help="as `jobs list` shows it")
    for verb in (listing, now, on, off):
        add_place(verb)
