"""`campaign …`: whom to reach, drafted, looked at, started, watched, paused and stopped."""

import argparse
from collections.abc import Callable
from pathlib import Path

from core.server.commands import campaign_effect, campaign_figures, campaign_lists
from core.server.commands.apart import add_here, apart
from core.server.commands.place import actor, folder_of, opened
from core.server.commands.say import counted, say


def run_new(options: argparse.Namespace) -> None:
    _keep(options, change=False)


def run_change(options: argparse.Namespace) -> None:
    _keep(options, change=True)


def _keep(options: argparse.Namespace, *, change: bool) -> None:
    from core.server.campaigns import drafting
    from core.server.campaigns.naming import refuse_strange_model
    from core.server.campaigns.telling import told
    from core.server.campaigns.terms_file import read_terms
    from core.server.commands.told_campaign import tell_campaign

    terms = read_terms(options.file)
    with opened(options) as database, database.write() as unit:
        refuse_strange_model(unit, folder_of(options), terms)
        kept = (drafting.change if change else drafting.draft)(unit, terms, by=options.by or actor())
        tell_campaign(told(unit, kept))


def run_list(options: argparse.Namespace) -> None:
    from core.server.campaigns.telling import all_told
    from core.server.commands.told_campaign import tell_list

    with opened(options) as database, database.read() as unit:
        tell_list(all_told(unit).campaigns)


def run_show(options: argparse.Namespace) -> None:
    from core.server.campaigns.drafting import found
    from core.server.campaigns.telling import told
    from core.server.commands.told_campaign import tell_campaign
    from core.server.commands.told_findings import tell_findings

    with opened(options) as database, database.read() as unit:
        tell_campaign(told(unit, found(unit, options.id)))
        tell_findings(unit, options.id)


def run_preview(options: argparse.Namespace) -> int:
    return apart(_preview, options)


def _preview(options: argparse.Namespace) -> None:
    from core.server.campaigns.apart import Engine
    from core.server.commands.told_campaign import tell_preview

    with opened(options) as database:
        tell_preview(Engine(database, folder_of(options), here=True).preview(options.id))


def run_start(options: argparse.Namespace) -> int:
    return apart(_start, options)


def _start(options: argparse.Namespace) -> None:
    """The figures are said before anybody is chosen."""
    from core.server.campaigns.apart import Engine
    from core.server.campaigns.dispatching import dispatch_campaigns
    from core.server.campaigns.drafting import found, refuse_begun
    from core.server.campaigns.telling import told
    from core.server.commands.told_campaign import tell_begun, tell_preview

    with opened(options) as database:
        engine, by = Engine(database, folder_of(options), here=True), options.by or actor()
        with database.read() as unit:
            refuse_begun(found(unit, options.id))
        tell_preview(engine.preview(options.id))
        engine.start(options.id, by=by, confirmed=options.confirm)
        dispatch_campaigns(database, actor=by)
        with database.read() as unit:
            tell_begun(told(unit, found(unit, options.id)))


def run_pause(options: argparse.Namespace) -> None:
    from core.domain.campaign import CampaignState

    _move(options, CampaignState.PAUSED.value)


def run_resume(options: argparse.Namespace) -> None:
    from core.domain.campaign import CampaignState

    _move(options, CampaignState.RUNNING.value)


def run_stop(options: argparse.Namespace) -> None:
    from core.domain.campaign import CampaignState

    _move(options, CampaignState.STOPPED.value)


def _move(options: argparse.Namespace, state: str) -> None:
    from core.domain.campaign import CampaignState
    from core.server.campaigns.life import set_state
    from core.server.campaigns.words import STATE_NAMES

    to = CampaignState(state)
    with opened(options) as database:
        taken = set_state(database, options.id, to, by=options.by or actor(), why=options.why)
    words, (zh, en) = STATE_NAMES[to], _MOVED[state]
    tasks = counted(taken, "task")
    say(f"{words.zh}；{zh.format(taken=taken)} / {words.en}; {en.format(tasks=tasks)}")


_MOVED = {
    "paused": (
        "坐席手上的不动，还没分到人的 {taken} 个任务收回，恢复后再派。",
        "what lies on desks stays, {tasks} that nobody was given taken back until it goes on.",
    ),
    "running": ("从下一轮起接着派。", "it goes on with the next round."),
    "stopped": ("收回任务 {taken} 个。", "{tasks} taken back."),
}


def run_dry(options: argparse.Namespace) -> int:
    return apart(_dry, options)


def _dry(options: argparse.Namespace) -> None:
    from core.server.campaigns.apart import Engine
    from core.server.commands.told_campaign import tell_segments

    with opened(options) as database:
        tell_segments(Engine(database, folder_of(options), here=True).next_segments(options.id))


def run_round(options: argparse.Namespace) -> int:
    return apart(_round, options)


def _round(options: argparse.Namespace) -> None:
    from core.server.campaigns.apart import Engine
    from core.server.campaigns.keeping import CampaignKeeper

    with opened(options) as database:
        sent = CampaignKeeper(Engine(database, folder_of(options), here=True)).keep_all()
    say(f"派出 {sent} 位。 / {counted(sent, 'customer')} dispatched.")


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.yaml", help="its terms")
    _by(parser)


def _id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the campaign")


def _engine(parser: argparse.ArgumentParser) -> None:
    _id(parser)
    add_here(parser)


def _begin(parser: argparse.ArgumentParser) -> None:
    _engine(parser)
    parser.add_argument("--confirm", action="store_true", help="go on where more match than the rule's bound")
    _by(parser)


def _turn(parser: argparse.ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--why", default="", metavar="WORDS", help="on record")
    _by(parser)


def _by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", default="", metavar="STAFF", help="the planner's staff number, for the record")


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(
        dest="verb", required=True, metavar="|".join([*_DOES, *campaign_lists.DOES, *campaign_figures.DOES, "effect"])
    )
    for name, (words, run, add_options) in (_DOES | campaign_lists.DOES | campaign_figures.DOES).items():
        verb = verbs.add_parser(name, help=words)
        add_options(verb)
        verb.set_defaults(run=run)
        add_place(verb)
    effect = verbs.add_parser("effect", help="what it changed, beside those held out")
    campaign_effect.add(effect)
    add_place(effect)


_Run = Callable[[argparse.Namespace], int | None]
_DOES: dict[str, tuple[str, _Run, Callable[[argparse.ArgumentParser], None]]] = {
    "new": ("a draft by the terms in a file", run_new, _file),
    "change": ("other terms; once it runs its bounds and a wider audience alone", run_change, _file),
    "list": ("all of them, those that run first", run_list, campaign_lists.no_options),
    "show": ("its members, what bars whom, what came of its tasks", run_show, _id),
    "preview": ("what starting it would do; nothing is kept", run_preview, _engine),
    "start": ("choose, hold out, dispatch; the figures are said first", run_start, _begin),
    "pause": ("nothing more is dispatched; what lies on desks stays, what nobody was given yet waits", run_pause,
              _turn),
    "resume": ("it goes on", run_resume, _turn),
    "stop": ("for good: tasks that nobody opened are gone at once", run_stop, _turn),
    "dry": ("whether its list will bring its target, and whom to go on with", run_dry, _engine),
    "round": ("what the server does unasked: choose anew, look at who was held, dispatch", run_round,
              lambda parser: add_here(parser)),
}  # fmt: skip
