"""`campaign effect ID`: what a campaign changed against those held out, on the screen or as HTML, XLSX or JSON."""

import argparse
from pathlib import Path

from core.domain import effect_words as words
from core.domain.data_periods import Kept
from core.domain.errors import InputError
from core.domain.people import Agent, Right
from core.domain.text import Lang, Text
from core.server.commands.place import actor, opened
from core.server.commands.say import counted, say
from core.server.db import audit, people
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.purge.files import note_written
from core.wire.campaign_effect import EFFECT_DAY, ArmShare, CampaignEffect, Compared, Looked

MOST_DAYS = 730
_FORMS = {".html": "html", ".xlsx": "xlsx", ".json": "json"}


def run(options: argparse.Namespace) -> None:
    # numpy is needed for no other command of campaigns.
    from core.server.effect.making import campaign_effect

    _check(options)
    with opened(options) as database:
        with database.read() as unit:
            who = _reader(unit, options.as_) if options.as_ else None
            found = campaign_effect(unit, options.id, days=options.days)
        for file in (options.html, options.xlsx, options.json):
            if file is not None:
                _write(database, found, file, Lang(options.lang), who)
    tell(found)


def tell(found: CampaignEffect) -> None:
    """The verdict and what it rests on, in both languages."""
    say(f"{found.name.zh} / {found.name.en}")
    for one in (found.words, *found.cautions):
        say(f"{one.zh}\n{one.en}")
    zh, en = f"应触达 {found.treated}，对照 {found.control}；", f"{found.control} held out"
    if found.by_call:
        say(
            f"{zh}已派 {found.dispatched}，拨打 {found.called}，"
            f"接通本人 {found.reached}，同意 {found.agreed}，办理 {found.ordered}。 / {found.treated} drawn to be"
            f" called, {en}; {found.dispatched} dispatched, {found.called} dialled, {found.reached} owners"
            f" reached, {found.agreed} agreed, {found.ordered} ordered."
        )
    else:
        say(f"{zh}没有人打电话。 / {found.treated} drawn to be reached, {en}; nobody calls.")
    if found.sent:
        say(
            f"发出短信、语音和走访 {found.sent}，送达 {found.delivered}，客户有回应 {found.answered}。"
            f" / {found.sent} texts, automated calls and visits sent, {found.delivered} delivered,"
            f" {found.answered} answered."
        )
    for row in found.compared:
        if row.looked is Looked.ON_NET and (row.treated.due or row.control.due):
            say(_line(row))


def _line(one: Compared) -> str:
    told = f"{one.days:>3} 天在网 / days, on net: {_share(one.treated)} | {_share(one.control)}"
    if one.effect is None:
        return told
    low, high = words.points(one.effect.low), words.points(one.effect.high)
    return f"{told} | {words.points(one.effect.value)} ({low} … {high})"


def _share(one: ArmShare) -> str:
    return f"{one.met / one.due:.1%} ({one.met}/{one.due})" if one.due else "—"


def _write(database: Database, found: CampaignEffect, file: Path, lang: Lang, who: Agent | None) -> None:
    form = _FORMS[file.suffix.lower()]
    if form == "html":
        from core.screening.effect.page import effect_page
        from core.server.commands.written import write_whole

        write_whole(file, effect_page(found, lang))
    elif form == "json":
        import msgspec

        from core.server.commands.written import write_whole

        write_whole(file, msgspec.json.format(msgspec.json.encode(found), indent=1).decode() + "\n")
    else:
        from core.review.taking.book import TakenBy
        from core.review.taking.effect_book import effect_book
        from core.review.taking.workbook import write_workbook

        by = TakenBy(name=who.name if who else actor(), at=database.clock())
        write_workbook(file, effect_book(found, by=by, lang=lang), lang=lang)
    with database.write() as unit:
        audit.write(
            unit, writer=who.staff_number if who else actor(), action=Action.EXPORT, object_="campaign_effect",
            rows=found.treated + found.control, campaign=found.campaign_id, form=form, by=actor(),
        )  # fmt: skip
        note_written(unit, Kept.EXPORTS, file)
    say(f"已写入 {file}。 / Written to {file}: {counted(found.treated + found.control, 'customer')} counted.")


def _reader(unit: Unit, staff_number: str) -> Agent:
    who = people.require(unit, staff_number).agent
    if not who.rights.issuperset({Right.PLAN}):
        raise InputError(
            title=Text("没有权限", "Not permitted"),
            message=Text(
                f"工号 {staff_number} 不能看活动效果。", f"{staff_number} may not see what campaigns changed."
            ),
            next_step=Text("请换策划的工号。", "Name a planner."),
        )
    return who


def _check(options: argparse.Namespace) -> None:
    if not 1 <= options.days <= MOST_DAYS:
        raise InputError(
            title=Text("天数不可用", "The days cannot be used"),
            message=Text(f"天数要在 1 到 {MOST_DAYS} 之间。", f"Days are between 1 and {MOST_DAYS}."),
            next_step=Text("通常用 7、14、30 或 90。", "Usually 7, 14, 30 or 90."),
        )
    for name in ("html", "xlsx", "json"):
        file = getattr(options, name)
        if file is not None and _FORMS.get(file.suffix.lower()) != name:
            raise InputError(
                title=Text("文件类型不对", "Wrong type of file"),
                message=Text(f"--{name} 的文件名要以 .{name} 结尾。", f"A file of --{name} ends in .{name}."),
                next_step=Text("请改文件名。", "Give it another name."),
            )


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the campaign")
    parser.add_argument(
        "--days", type=int, default=EFFECT_DAY, metavar="N", help=f"after the draw; the verdict's ({EFFECT_DAY})"
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help="with pictures")
    parser.add_argument("--xlsx", type=Path, metavar="FILE")
    parser.add_argument("--json", type=Path, metavar="FILE", help="shares between -1 and 1")
    parser.add_argument("--lang", choices=[lang.value for lang in Lang], default=Lang.ZH.value)
    parser.add_argument("--as", dest="as_", metavar="STAFF", help="on record as this planner")
    parser.set_defaults(run=run)
