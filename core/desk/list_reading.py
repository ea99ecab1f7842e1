"""A file of a list on this machine, read and looked at by the server, piece by piece where it is long."""

from collections.abc import Callable
from pathlib import Path

from msgspec import structs

from core.desk.list_cutting import head_of, in_lines, is_text, pieces
from core.domain.errors import InputError
from core.domain.text import Text
from core.sync.campaigns import AskCampaigns
from core.wire.campaigns import FlawedRow
from core.wire.list_files import ListFile, ListLook

PIECE = 4_000_000
"""bytes in one request: some 100,000 rows, a few seconds, so that stopping is soon heard"""
BOOK_MOST = 7_500_000
"""bytes of a workbook, which goes in one request: packed already, it takes as many on the way, and no request more
than 8 MB"""
TEXT_MOST = 100_000_000
ROWS_MOST = 1_000_000
"""what is kept in memory here until it is brought in"""


def path_of(typed: str) -> Path:
    """What somebody typed or pasted, as most file managers copy it."""
    return Path(typed.strip().strip('"')).expanduser()


def read_list_file(typed: str) -> ListFile:
    """Raises InputError where there is no such file, it cannot be read, or it is too large."""
    path = path_of(typed)
    try:
        if path.stat().st_size > TEXT_MOST:
            raise _unreadable(Text("文件超过 100 MB，请分成几份，或用命令 campaign list-add 导入。",
                                   "The file is larger than 100 MB: split it, or use campaign list-add."))  # fmt: skip
        body = path.read_bytes()
    except OSError as error:
        raise _unreadable(Text("没有这个文件，或不能读。", "There is no such file, or it cannot be read.")) from error
    if len(body) > BOOK_MOST and not is_text(body):
        raise _unreadable(
            Text(
                "工作簿超过 7.5 MB，请另存为 CSV 再导入；CSV 可到 100 MB。",
                "The workbook is larger than 7.5 MB: save it as CSV, which may have 100 MB.",
            )
        )
    return ListFile(file_name=path.name, body=body)


def look_over(ask: AskCampaigns, file: ListFile, *, step: Callable[[int, int], None]) -> ListLook:
    """What stands in all of it. `step` hears bytes done and all, and stops it by raising. Nothing is kept. A customer
    who stands in two pieces is found double only as the list is brought in.

    Raises what `step` does and `AskCampaigns.look_at`; InputError where it has too many rows."""
    if len(file.body) <= PIECE or not is_text(file.body):
        step(0, 0)
        return ask.look_at(file)
    parts = pieces(_in_lines(file.body), PIECE)
    first = next(parts)
    step(0, len(file.body))
    whole = ask.look_at(structs.replace(file, body=first))
    roles, head, done = tuple(one.role for one in whole.columns), head_of(first, whole.header_row), len(first)
    for part in parts:
        step(done, len(file.body))
        found = ask.look_at(structs.replace(file, body=head + part, roles=roles))
        whole, done = _joined(whole, found), done + len(part)
        if whole.rows > ROWS_MOST:
            raise _unreadable(
                Text(
                    f"名单超过 {ROWS_MOST:,} 行，请分成几份，或用命令 campaign list-add 导入。",
                    f"It has more than {ROWS_MOST:,} rows: split it, or use campaign list-add.",
                )
            )
    return whole


def _in_lines(body: bytes) -> bytes:
    try:
        return in_lines(body)
    except UnicodeDecodeError as error:
        raise _unreadable(Text("这不是文本表格。", "It is no table of text.")) from error


def _joined(whole: ListLook, found: ListLook) -> ListLook:
    """Rows of the later piece are counted on, without its repeated head."""
    if found.header_row != whole.header_row or not found.last_row:
        raise _unreadable(Text("后面的部分和前面的列不一样，请分成几份。",
                               "Later rows do not fit the columns of the first ones: split it."))  # fmt: skip
    on = whole.last_row - whole.header_row
    return structs.replace(
        whole,
        rows=whole.rows + found.rows,
        read=whole.read + found.read,
        places=(*whole.places, *(one + on for one in found.places)),
        customers=whole.customers + found.customers,
        flaws=(*whole.flaws, *(FlawedRow(row=one.row + on, flaw=one.flaw) for one in found.flaws)),
        no_score=(*whole.no_score, *(one + on for one in found.no_score)),
        last_row=found.last_row + on,
    )


def _unreadable(message: Text) -> InputError:
    return InputError(
        title=Text("名单没有读进来", "The list was not read"),
        message=message,
        next_step=Text("请核对后再试。", "Look at it and try again."),
    )
