"""`audit verify|who`: does every chain hold, and who saw a customer?"""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.domain.clock import CHINA
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import actor, opened, place_of
from core.server.commands.say import counted, say, warn

if TYPE_CHECKING:
    from core.server.db.engine import Database, Unit
    from core.server.who_saw import Seen

HOW = {
    "customer_opened": Text("打开了客户", "opened the customer"),
    "customer_not_opened": Text("想打开，被拒绝", "was refused to open the customer"),
    "customer_searched": Text("查找时看到", "was shown them in a search"),
    "reveal": Text("查看了完整号码", "saw a number unmasked"),
    "dispatch": Text("派单得到任务", "was given a task by dispatch"),
    "task_claimed": Text("领取了任务", "asked for a task and got it"),
    "task_moved": Text("被转交任务", "was given a task by another"),
    "task_recalled": Text("收回了任务", "took a task back"),
    "leased": Text("任务在其工作台", "had a task on their desk"),
    "ticket_taken": Text("记下了热线工单", "took a ticket of the hotline"),
    "event_taken": Text("其他系统报来事件", "told of an event, as another system"),
    "desk_seen": Text("查看坐席工作台时看到", "was shown them on an agent's desk"),
    "task_settled": Text("复核后撤下任务", "took a task off as its reason was gone"),
    "callback_moved": Text("改了回访时间", "moved a callback"),
    "dial_forbidden": Text("在不许拨打时拨打了", "dialled against the calling rules"),
    "quiet_changed": Text("改了免扰时段", "changed the hours without calls"),
    "card_redeemed": Text("核销了卡券", "redeemed a card"),
    "case_opened": Text("开了修复案", "opened a repair case"),
    "case_closed": Text("结了修复案", "closed a repair case"),
    "commitment_made": Text("记下了长期约定", "noted a standing commitment"),
    "slot_booked": Text("预约了到店时间", "booked a time at a store"),
    "slot_cancelled": Text("取消了到店时间", "cancelled a time at a store"),
    "export": Text("导出", "exported"),
    "base_read": Text("翻看存量客户", "read a page of the base"),
    "erased": Text("清除了客户", "erased the customer"),
    "opt_out": Text("记下拒绝外呼", "noted a refusal of calls"),
    "opt_out_released": Text("撤销了误记的拒绝", "took back a refusal noted by mistake"),
    "audit_read": Text("查询了谁看过", "asked who saw them"),
}
"""the others are named as the audit does"""


def run(options: argparse.Namespace) -> int:
    from core.server.db import audit, sealing

    head, expected = getattr(options, "head", False), getattr(options, "expect", "")
    tell = warn if head else say
    with opened(options) as database:
        with database.read() as unit:
            breaks, count, seals = audit.verify(unit), audit.count(unit), len(audit.sealed(unit))
            kept = not expected or _kept(unit, expected)
        if head and not breaks and kept:
            sealing.seal(database)
        with database.read() as unit:
            end = sealing.head(unit)
    for found in breaks:
        tell(f"{found.writer}\t{found.seq}\t{found.why}")
    where = place_of(options).shown
    entries = counted(count, "entry", "entries")
    if not kept:
        tell(f"审计链不是当时记下的那条：{where}。改过，或恢复过更早的备份。")
        tell(f"The audit of {where} is not the one whose head was noted: rewritten, or an older backup was put back.")
    if breaks:
        tell(f"审计链被改动：{where}，共查 {count} 条。 / The audit of {where} was tampered with; {entries} checked.")
    if breaks or not kept:
        return 1
    tell(f"审计链完整：{where}，共查 {count} 条。 / Every chain of {where} holds; {entries} checked.")
    tell(f"已封存 {seals} 条链。 / {counted(seals, 'chain')} sealed.")
    if head:
        say(end)
    return 0


def _kept(unit: "Unit", expected: str) -> bool:
    from core.server.db import sealing

    try:
        return sealing.holds(unit, expected)
    except ValueError:
        raise InputError(
            title=Text("这不是链头", "That is no head"),
            message=Text(f"{expected} 不是链头。", f"{expected} is no head of the audit."),
            next_step=Text(
                "请用 audit verify --head 打印的那一行。", "Give the line that `audit verify --head` printed."
            ),
        ) from None


def run_who(options: argparse.Namespace) -> None:
    with opened(options) as database:
        found = _asked(database, options.customer)
    certain = [one for one in found if one.certain]
    for one in certain:
        _tell(one)
    if not certain:
        say(f"没有人看过 {options.customer} 的记录。 / Nobody is on record to have seen {options.customer}.")
    perhaps = [one for one in found if not one.certain]
    if perhaps:
        say("以下导出和翻页不记名单，可能含有该客户： / These do not say whom they held; the customer may be in them:")
    for one in perhaps:
        _tell(one)


def _asked(database: "Database", told: str) -> list["Seen"]:
    """On record before anything of it is shown; also of who is named by the id of the list that brought them."""
    from core.server.customer_ids import of_source
    from core.server.db import audit
    from core.server.db.audit import Action
    from core.server.known_as import kept_id
    from core.server.who_saw import who_saw

    with database.read() as unit:
        who = kept_id(unit, told) or told
        found = who_saw(unit, who)
        if not any(one.certain for one in found) and (brought := who_saw(unit, of_source(told))):
            # Who was erased is no customer any more, and is on record all the same.
            who, found = of_source(told), brought
    with database.write() as unit:
        audit.write(unit, writer=actor(), action=Action.AUDIT_READ, object_=who[:120], found=len(found))
    return found


def _tell(one: "Seen") -> None:
    how = HOW.get(one.how, Text(one.how, one.how))
    when = f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
    both = how.zh if how.zh == how.en else f"{how.zh} / {how.en}"
    say("\t".join((when, one.staff_number, one.name or "—", both, one.what)).rstrip())


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    """Without a verb it verifies."""
    add_place(parser)
    parser.set_defaults(run=run)
    # A place that stands before the verb is not forgotten behind it.
    none = argparse.SUPPRESS
    verbs = parser.add_subparsers(dest="verb", metavar="verify|who")
    verify = verbs.add_parser(
        "verify", argument_default=none, help="whether every chain holds; the same without a verb"
    )
    verify.add_argument("--head", action="store_true", help="seal all and print one line to be kept elsewhere")
    verify.add_argument("--expect", default="", metavar="HEAD", help="and is it still the audit of that line?")
    verify.set_defaults(run=run)
    words = "who opened, unmasked, exported or was given a customer, when; itself on record"
    who = verbs.add_parser("who", argument_default=none, help=words)
    who.add_argument("customer", metavar="CUSTOMER", help="the customer's id")
    who.set_defaults(run=run_who)
    for verb in (verify, who):
        add_place(verb)
