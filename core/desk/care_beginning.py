"""Care that a planner begins from the desk: for whom, page by page, and what came of it in sum. No window, no network.

A page is small, so that nobody who saves waits for a town; each asked again begins nothing twice, since a class rests.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, structs

from core.domain.care_class import CareChannel
from core.domain.errors import InputError
from core.domain.text import Text
from core.wire.care import AT_ONCE, BeginCare, CareBegun

LIST_MOST = 100_000
"""customers of one list; what is longer is a campaign"""
_BYTES_MOST = 20_000_000
_ENCODINGS = ("utf-8-sig", "gb18030")
_HINT = Text("请用 CSV：每行第一列是客户编号或号码。", "Give a CSV: a customer's id or number first in each line.")


class Aim(Struct, frozen=True, kw_only=True):
    """For whom: an area, or the customers of a list."""

    area: str = ""
    customers: tuple[str, ...] = ()
    total: int = 0


class Course(Struct, frozen=True, kw_only=True):
    """How far a class was looked at, or begun."""

    code: str
    aim: Aim
    ways: tuple[CareChannel, ...]
    look: bool
    at: int = 0
    after: str = ""

    def request(self) -> BeginCare:
        named = self.aim.customers[self.at : self.at + AT_ONCE]
        return BeginCare(area=self.aim.area, after=self.after, customers=named, ways=self.ways, look=self.look)

    def then(self, page: CareBegun) -> "Course | None":
        """What is asked next; None: all were asked for."""
        at = self.at + AT_ONCE
        if self.aim.area:
            return structs.replace(self, at=at, after=page.next) if page.next else None
        return structs.replace(self, at=at) if at < len(self.aim.customers) else None


class Tally(Struct, frozen=True, kw_only=True):
    """Customers by what comes, or came, of them."""

    texted: int = 0
    written: int = 0
    called: int = 0
    left: Mapping[str, tuple[Text, int]] = {}
    """reason → its words, and how many"""

    @property
    def reached(self) -> int:
        return self.texted + self.written + self.called

    @property
    def done(self) -> int:
        return self.reached + sum(count for _, count in self.left.values())

    def with_page(self, page: CareBegun) -> "Tally":
        left = dict(self.left)
        for one in page.left:
            left[one.why] = one.words, left.get(one.why, (one.words, 0))[1] + one.customers
        return Tally(
            texted=self.texted + page.texted,
            written=self.written + page.written,
            called=self.called + page.called,
            left=left,
        )


def read_list(path: Path) -> Aim:
    """The customers of a CSV, each once; a first line without a digit is its header.

    Raises InputError where it cannot be read, names nobody, or more than `LIST_MOST`."""
    rows = [cells[0].strip() for cells in csv.reader(_text(path).splitlines()) if cells and cells[0].strip()]
    if rows and not any(sign.isdigit() for sign in rows[0]):
        rows = rows[1:]
    named = tuple(dict.fromkeys(rows))
    if not named:
        raise _unusable(path, Text("里面没有客户", "it names nobody"))
    if len(named) > LIST_MOST:
        raise _unusable(path, Text(f"超过 {LIST_MOST:,} 户", f"more than {LIST_MOST:,} customers"))
    return Aim(customers=named, total=len(named))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _BYTES_MOST:
            raise _unusable(path, Text("文件太大", "it is too large"))
        body = path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _unusable(path, Text(why, why)) from error
    for encoding in _ENCODINGS:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unusable(path, Text("不是文字文件", "it is no text"))


def _unusable(path: Path, why: Text) -> InputError:
    return InputError(
        title=Text("名单读不出来", "The list cannot be read"),
        message=Text(f"{path.name}：{why.zh}", f"{path.name}: {why.en}"),
        next_step=_HINT,
    )
