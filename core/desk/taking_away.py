"""Taking a review away at the desk: only with the right to, and never off the record."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

from core.desk.desk import Desk
from core.domain.errors import InputError
from core.domain.people import Right
from core.domain.takeaway import TakenAs, TakenAway
from core.domain.text import Text
from core.review.taking.whole_file import make_folder_of, whole_file
from core.wire.takeaway import Exported


def may_export(desk: Desk) -> bool:
    return Right.EXPORT in desk.agent.rights


def take_away(
    desk: Desk,
    write: Callable[[Path], int],
    path: Path,
    *,
    form: TakenAs,
    what: str,
    first: date,
    last: date,
    teams: tuple[str, ...],
) -> int:
    """Writes by `write`, which gives the number of rows, and puts it on record through the outbox, online or not.

    The file has its name only once the record is kept: where that cannot be, the disk being full or the program
    killed, there is no file. Raises InputError without the right, and whatever `write` raises: what was not written is
    not on record.
    """
    _ask_for_right(desk)
    make_folder_of(path)
    with whole_file(path) as beside:
        rows = write(beside)
        _record(desk, rows, form, what, first, last, teams)
    return rows


def take_picture(desk: Desk, *, what: str, first: date, last: date, teams: tuple[str, ...]) -> None:
    """Puts a picture on record that is then copied. Raises InputError without the right."""
    _ask_for_right(desk)
    _record(desk, 0, TakenAs.PICTURE, what, first, last, teams)


def _ask_for_right(desk: Desk) -> None:
    if not may_export(desk):
        raise InputError(
            title=Text("没有导出权限", "No right to export"),
            message=Text("这个工号不能导出复盘数据。", "This staff number may not take review data away."),
            next_step=Text("需要时请班长导出。", "Ask the team lead where it is needed."),
        )


def _record(
    desk: Desk, rows: int, form: TakenAs, what: str, first: date, last: date, teams: tuple[str, ...]
) -> None:  # fmt: skip
    taken = TakenAway(
        id=uuid4(),
        agent=desk.agent.staff_number,
        at=desk.moment().wall,
        form=form,
        what=what,
        rows=rows,
        first=first,
        last=last,
        teams=teams,
    )
    desk.store.log(Exported(export=taken))
