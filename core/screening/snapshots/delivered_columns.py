"""Which column of a delivered file is which factor: by the factor's name or label, or as whoever loads it says."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct

from core.domain.errors import InputError
from core.domain.factor import Factor, Library
from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.screening.model.naming import load_naming, plain_name
from core.screening.snapshots.writing import CUSTOMER_ID

_YUAN = ("元", "yuan", "rmb")


class Delivered(Struct, frozen=True, kw_only=True):
    """The columns of one kind of file."""

    customer: str
    """the column of the customer's id"""
    factors: dict[str, str]
    """by name of the factor, the column"""
    in_yuan: frozenset[str]
    """factors of fen whose column is in yuan"""
    unknown: list[str]
    """columns that are no factor"""


def read_columns(
    names: Sequence[str], library: Library, *, file: str, said: Mapping[str, str], customer: str = ""
) -> Delivered:
    """`said` are factors by column, `customer` the id's column; both where headers do not say it.

    Raises InputError where no column is the customer's id or a factor, or two are the same factor."""
    id_column = _id_column(names, file, customer)
    base = {one.name: one for one in library.factors.values() if one.working is None and one.name != CUSTOMER_ID}
    labels = _labels(base)
    found: dict[str, str] = {}
    unknown: list[str] = []
    for column in names:
        if column == id_column:
            continue
        name = said.get(column) or (column if column in base else labels.get(_plain(column), ""))
        if not name:
            unknown.append(column)
        elif name not in base:
            raise _no_factor(name, list(base))
        elif name in found:
            raise _twice(base[name], found[name], column, file)
        else:
            found[name] = column
    if not found:
        raise _nothing(file, unknown)
    money = {name for name, column in found.items() if base[name].kind is IndicatorType.FEN and _yuan(column)}
    return Delivered(customer=id_column, factors=found, in_yuan=frozenset(money), unknown=unknown)


def resembling(library: Library, absent: Sequence[str], unknown: Sequence[str]) -> dict[str, str]:
    """By factor that did not come, the unknown column whose header looks like it: renamed since, perhaps."""
    columns = {_plain(one): one for one in unknown}
    found: dict[str, str] = {}
    for name in absent:
        for word in (name, library.factors[name].label.zh, library.factors[name].label.en):
            close = get_close_matches(_plain(word), list(columns), n=1, cutoff=0.8)
            if close:
                found.setdefault(name, columns[close[0]])
    return found


def _labels(base: Mapping[str, Factor]) -> dict[str, str]:
    """Headers that mean one factor and no other."""
    meant: dict[str, set[str]] = {}
    for name, one in base.items():
        for word in (name, one.label.zh, one.label.en):
            meant.setdefault(_plain(word), set()).add(name)
    return {word: next(iter(names)) for word, names in meant.items() if len(names) == 1}


def _plain(column: str) -> str:
    """`余额（元）` is 余额."""
    plain = plain_name(column)
    for one in _YUAN:
        plain = plain.removesuffix(one)
    return plain


def _yuan(column: str) -> bool:
    return any(plain_name(column).endswith(one) for one in _YUAN)


def _id_column(names: Sequence[str], file: str, given: str) -> str:
    if given:
        if given in names:
            return given
    elif CUSTOMER_ID in names:
        return CUSTOMER_ID
    else:
        naming = load_naming()
        found = [one for one in names if naming.customer.meet(one)]
        if len(found) == 1:
            return found[0]
    listed = "、".join(names[:20])
    raise InputError(
        title=Text("不知道哪一列是客户编号", "Which column is the customer's id?"),
        message=Text(f"{file} 里没有可认出的客户编号列。", f"No column of {file} is known to be the customer's id."),
        next_step=Text(f"请用 --id 指明，现有：{listed}。", f"Name it with --id; there are: {', '.join(names[:20])}."),
    )


def _no_factor(name: str, known: Sequence[str]) -> InputError:
    close = get_close_matches(name, list(known), n=3)
    return InputError(
        title=Text("没有这个因子", "No such factor"),
        message=Text(f"没有因子“{name}”。", f"There is no factor “{name}”."),
        next_step=Text(
            f"相近的有：{'、'.join(close)}；用 screen factors 查找。" if close else "用 screen factors 查找。",
            f"There are: {', '.join(close)}; look with: screen factors." if close else "Look with: screen factors.",
        ),
    )


def _twice(factor: Factor, first: str, second: str, file: str) -> InputError:
    return InputError(
        title=Text("两列是同一个因子", "Two columns are one factor"),
        message=Text(
            f"{file} 的“{first}”和“{second}”都是“{factor.label.zh}”。",
            f"“{first}” and “{second}” of {file} are both “{factor.label.en}”.",
        ),
        next_step=Text(
            "请用 --map 列=因子 指明其中一列，或去掉一列。", "Say with --map COLUMN=FACTOR which, or drop one."
        ),
    )


def _nothing(file: str, unknown: Sequence[str]) -> InputError:
    return InputError(
        title=Text("没有一列是因子", "No column is a factor"),
        message=Text(
            f"{file} 里的列都认不出：{'、'.join(unknown[:20])}。",
            f"Not one column of {file} is known: {', '.join(unknown[:20])}.",
        ),
        next_step=Text("请用 --map 列=因子 指明。", "Name them with --map COLUMN=FACTOR."),
    )
