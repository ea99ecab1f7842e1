"""What `import` says: which column was taken for what, and what came of the rows."""

from datetime import datetime

from core.domain.clock import CHINA
from core.server.commands.say import counted, say
from core.server.importing import Certainty, ColumnPlan, ImportPlan, ImportReport


def tell_plan(plan: ImportPlan) -> None:
    """The sheet; a line a column; what a person should look at bears a question mark and the reason for it."""
    if plan.source.misnamed:
        _tell_misnamed(plan.source.path.name)
    if plan.source.sheet:
        _tell_sheet(plan.source.sheet, plan.source.other_sheets)
    for column in plan.columns:
        say(f"{_mark(column)} {column.column}  →  {_meaning(column)}{_doubt(column)}")
    uncertain = sum(column.certainty is not Certainty.SURE for column in plan.columns)
    if uncertain:
        say(
            f"{uncertain} 列不确定（标 ?）：用 --map 列名=字段 确认或改正；"
            "列多时用 --write-mapping 写出，改好用 --mapping 传入。"
            f" / {counted(uncertain, 'column is', 'columns are')} uncertain (marked ?): confirm or correct with"
            " --map COLUMN=FIELD; where they are many, write them with --write-mapping and pass them with --mapping."
        )


def _tell_misnamed(name: str) -> None:
    say(
        f"{name} 不是工作簿，里面是文本，按文本表格读取；请核对下面的列，不对就另存为真正的 XLSX 再导入。"
        f" / {name} is no workbook: it holds text and is read as such. See that the columns below are right;"
        " if they are not, save it as a true XLSX and import that."
    )


def _tell_sheet(read: str, others: tuple[str, ...]) -> None:
    say(f"读取工作表“{read}”。 / Sheet read: “{read}”.")
    if others:
        say(
            f"未读的工作表：{'、'.join(others)}（用 --sheet 名称 导入）。"
            f" / Sheets not read: {', '.join(others)} (import one with --sheet NAME)."
        )


def tell_unfinished(began_at: datetime) -> None:
    """An earlier run of the list was cut short, or goes on elsewhere."""
    began = f"{began_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    say(
        f"{began} 开始的同一名单导入没有完成，本次接着补齐，不会重复。"
        f" / The import of this list that began at {began} was never finished; this one completes it, nothing doubles."
    )


def tell_in_campaigns(customers: int) -> None:
    """Whom the list would have called, and a campaign has drawn."""
    if customers:
        say(
            f"{customers} 位在进行中的活动里（含对照组），没有派任务：再打一次就看不出那个活动的效果。"
            f" / {counted(customers, 'customer')} got no task: a campaign under way has drawn them, to be called or"
            " held out, and another call would blur what it changes."
        )


def _mark(column: ColumnPlan) -> str:
    return " " if column.certainty is Certainty.SURE else "?"


def _meaning(column: ColumnPlan) -> str:
    if column.field is not None:
        return column.field
    return "指标 indicator" if column.may_be is None else f"指标 indicator · {column.may_be}?"


def _doubt(column: ColumnPlan) -> str:
    return "" if column.certainty is Certainty.SURE else f"  （{column.why.zh} / {column.why.en}）"


def tell_report(report: ImportReport) -> None:
    """The counts, and each thing that was not simply taken over."""
    say(
        f"共 {report.rows} 行：接收 {report.accepted}（新增 {report.added}，更新 {report.changed}，"
        f"未变 {report.unchanged}），拒收 {report.rejected}，无号码 {report.without_number}。"
    )
    say(
        f"{counted(report.rows, 'row')}: {report.accepted} accepted ({report.added} new, {report.changed} changed, "
        f"{report.unchanged} unchanged), {report.rejected} rejected, {report.without_number} without a number."
    )
    if report.without_number:
        say(
            f"没有号码的 {report.without_number} 个客户，任务显示为不可拨；以后的名单补上号码就能拨。"
            f" / {counted(report.without_number, 'customer')} without a number: their tasks cannot be called"
            " until a later list brings one."
        )
    _tell_refusals(report)
    _tell_rests(report)
    for one in report.absent:
        say(
            f"“{one.column}”有 {one.cells} 格（如“{one.example}”）按没有值处理。"
            f" / `{one.column}`: {counted(one.cells, 'cell')} such as “{one.example}” taken as having no value."
        )
    if report.rejected_file:
        say(f"拒收的行与原因 / rejected rows and why: {report.rejected_file}")
    if report.earlier_kept:
        say(
            f"拒收的行中有 {report.earlier_kept} 个客户此前已导入，其记录保持原样。 / {report.earlier_kept} of the"
            f" rejected rows {'is' if report.earlier_kept == 1 else 'are'} of customers imported earlier,"
            " whose records stay as they were."
        )


def _tell_refusals(report: ImportReport) -> None:
    if not report.do_not_call:
        return
    by_words = report.do_not_call_by_words
    say(
        f"{report.do_not_call} 个客户要求不再致电，新设为免扰，任务不派出（其中 {by_words} 个由备注文字得知）。"
        f" / {counted(report.do_not_call, 'customer')} newly set to do-not-call, whose tasks are not given out"
        f" ({by_words} by the words of a remark)."
    )


def _tell_rests(report: ImportReport) -> None:
    """What bars some calls, or all for a while."""
    if report.consent_withheld:
        say(
            f"{report.consent_withheld} 个客户不同意营销来电：推销的电话不派出，其余照常。"
            f" / {counted(report.consent_withheld, 'customer')} without consent to calls that sell:"
            " those wait, others go out as before."
        )
    if report.complaining:
        say(
            f"{report.complaining} 个客户有投诉：未了结时及了结后几天内，别的电话先等着。"
            f" / {counted(report.complaining, 'customer')} with a complaint: calls about anything else wait while it"
            " is open, and some days longer."
        )
    if report.with_quiet_hours:
        say(
            f"{report.with_quiet_hours} 个客户有免扰时段，到时不拨。"
            f" / {counted(report.with_quiet_hours, 'customer')} with hours without calls, in which nobody dials."
        )
