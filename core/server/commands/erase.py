"""`erase`: one customer's data go because the customer asks for it (个人信息删除); what must stay is said."""

import argparse
from typing import TYPE_CHECKING

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import actor, folder_of, opened
from core.server.commands.purge import say_cleaned, say_taken_out
from core.server.commands.say import counted, say
from core.server.db.engine import Database

if TYPE_CHECKING:
    from core.server.purge.erasing import Stays


ROWS = {
    "follow_up": Text("后续事项", "follow-ups"),
    "task": Text("任务", "tasks"),
    "errand": Text("派给部门的单", "errands"),
    "commitment": Text("长期约定", "standing commitments"),
    "later_event": Text("后来的结果", "what came later"),
    "hotline_ticket": Text("热线工单", "tickets"),
    "incoming_event": Text("外部事件", "events"),
    "outgoing_contact": Text("短信和自动外呼", "texts and automated calls"),
    "authority_request": Text("权限申请", "requests for authority"),
    "repair_case": Text("修复案", "repair cases"),
    "promise": Text("承诺", "promises"),
    "lease": Text("任务在谁的工作台", "whose desk a task was on"),
    "review_call": Text("通话计入何处", "where calls count"),
    "save_check": Text("挽留回访", "saves asked after"),
    "reinstall_card": Text("回装卡", "reinstall cards"),
    "departure": Text("离网日期", "days of leaving"),
    "package_snapshot": Text("责任包快照", "package snapshots"),
    "quality_call": Text("质检通话", "calls to be scored"),
    "campaign_member": Text("活动分组", "arms of campaigns"),
    "reveal": Text("查看号码", "numbers shown"),
}
"""what stays under the id alone, by table"""


def run(options: argparse.Namespace) -> None:
    from core.server.purge.at_night import AT_NIGHT
    from core.server.purge.erasing import erase
    from core.server.purge.from_snapshots import take_out
    from core.server.purge.purging import clean_up

    with opened(options) as database:
        customer_id = _named(database, options.customer) if options.customer else _by_number(database, options.number)
        stays = erase(
            database, customer_id, by=actor(), refuse_calls=options.no_calls, really=not options.dry_run,
            at_night=options.at_night,
        )  # fmt: skip
        if options.dry_run:
            say(f"客户 {customer_id} 可以清除；什么都没有删。")
            say(f"Customer {customer_id} can be erased; nothing was deleted.")
        else:
            say(f"客户 {customer_id} 的资料已清除，各坐席端在下次同步时清除。")
            say(f"Customer {customer_id} is erased; desks erase what they hold at their next pull.")
        _say_stays(stays, refusing=options.no_calls)
        if not options.dry_run:
            # First what is the customer's own; the bytes beneath may take long.
            if options.at_night:
                at = f"{AT_NIGHT.hour}:{AT_NIGHT.minute}"
                say(f"客户快照留到夜里：服务器 {at} 取出（也可随下一次取快照或 purge）；这之前也没有人会联系他。")
                say(f"Snapshots wait for the night: the server takes the rows out of all of them at {at}, or the next")
                say("snapshot taken or a purge does; nobody is called by them meanwhile. See: jobs list.")
            else:
                say_taken_out(take_out(database, folder_of(options), by=actor()))
            say_cleaned(clean_up(database))


def _named(database: Database, told: str) -> str:
    """The id that is kept here, also of who is named by that of the list that brought them."""
    from core.server.known_as import kept_id

    with database.read() as unit:
        return kept_id(unit, told) or told


def _by_number(database: Database, number: str) -> str:
    from core.server.purge.erasing import found_by

    with database.read() as unit:
        found = found_by(unit, number)
    if len(found) == 1:
        return found[0]
    named = "、".join(found)
    raise InputError(
        title=Text("要指明客户", "Name the customer"),
        message=Text(
            f"用这个号码的客户有 {len(found)} 个：{named}。" if found else "没有客户用这个号码。",
            f"{len(found)} customers have that number: {', '.join(found)}." if found else "Nobody has that number.",
        ),
        next_step=Text("请写客户编号。", "Give the customer's id."),
    )


def _say_stays(stays: "Stays", *, refusing: bool) -> None:
    say("依法或为结算保留的： / What stays, by law or for pay:")
    if stays.orders:
        say(
            f"  订单 {stays.orders} 笔，留到 {stays.orders_until}（电子商务法第三十一条）"
            f" / {counted(stays.orders, 'order')}, until {stays.orders_until} (E-commerce Law art. 31)"
        )
    if stays.dials:
        say(
            f"  拨打号码与时间 {stays.dials} 条，留到 {stays.dials_until}（呼叫中心业务规定，30 天）"
            f" / {counted(stays.dials, 'number')} dialled, until {stays.dials_until} (call-centre rules, 30 days)"
        )
    say(
        f"  通话结果 {stays.outcomes} 条，没有姓名、号码和文字（计酬与统计）"
        f" / {counted(stays.outcomes, 'outcome')} without name, number and words (pay and figures)"
    )
    if stays.rows:
        said = [(ROWS[table], count) for table, count in stays.rows.items()]
        zh = "、".join(f"{words.zh} {count}" for words, count in said)
        say(f"  只有客户编号、时间和状态的记录：{zh} / rows of no more than the id, times and states:")
        say(f"    {', '.join(f'{words.en} {count}' for words, count in said)}")
    say(
        f"  审计里的客户编号 {stays.audited} 条（个人信息保护法第五十六条）"
        f" / the id in {counted(stays.audited, 'entry', 'entries')} of the audit (PIPL art. 56)"
    )
    if stays.refused or refusing:
        say("  不再外呼，按号码的摘要保留 / calls stay refused, by a hash of each number")
    say("导出过的文件和备份不在此列，请自行处理。 / Files that were exported and backups are yours to see to.")


def add(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("customer", nargs="?", metavar="CUSTOMER", help="the customer's id")
    which.add_argument("--number", metavar="N", help="or the one customer who has this number")
    parser.add_argument("--no-calls", action="store_true", help="and never call the numbers again, whatever list comes")
    parser.add_argument(
        "--at-night", action="store_true", help="snapshots wait for the server's night: of millions each takes minutes"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would stay; delete nothing")
    parser.set_defaults(run=run)
