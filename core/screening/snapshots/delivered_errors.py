"""Why a delivery of the warehouse is refused, in words."""

from collections.abc import Sequence
from pathlib import Path

from core.domain.errors import InputError
from core.domain.factor import Factor
from core.domain.text import Text


def unreadable(file: Path) -> InputError:
    return InputError(
        title=Text("文件读不出", "The file cannot be read"),
        message=Text(f"{file.name} 不是完好的 Parquet 或带表头的 CSV（UTF-8 或 GB 18030）。",
                     f"{file.name} is no sound Parquet, and no CSV (UTF-8 or GB 18030) with a line of headers."),
        next_step=Text("请让数据仓库重新导出；没有取快照。",
                       "Have the warehouse write it again; no snapshot was taken."),
    )  # fmt: skip


def empty(file: Path) -> InputError:
    return InputError(
        title=Text("文件是空的", "The file is empty"),
        message=Text(f"{file.name} 里什么也没有。", f"There is nothing in {file.name}."),
        next_step=Text("请让数据仓库重新导出；没有取快照。",
                       "Have the warehouse write it again; no snapshot was taken."),
    )  # fmt: skip


def not_taken(files: Sequence[str], error: Exception) -> InputError:
    """The engine's own words are its last resort: a full disk, too little memory, a cell beyond all bounds."""
    said = next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]
    return InputError(
        title=Text("没有取成快照", "No snapshot was taken"),
        message=Text(f"{'、'.join(files)} 读写时出错：{said}。", f"{', '.join(files)} could not be taken: {said}."),
        next_step=Text("请查看磁盘是否已满，或让数据仓库重新导出。",
                       "See that the disk is not full, or have the warehouse write it again."),
    )  # fmt: skip


def twice_there(file: str, number: int, examples: Sequence[str | int]) -> InputError:
    listed = "、".join(str(one) for one in examples)
    return InputError(
        title=Text("有客户重复", "Customers stand twice"),
        message=Text(
            f"{file} 里有 {number} 位客户出现多次，例如 {listed}。",
            f"{number} {'customer stands' if number == 1 else 'customers stand'} more than once in {file}, such as"
            f" {', '.join(str(one) for one in examples)}.",
        ),
        next_step=Text("请让数据仓库每位客户只出一行；没有取快照。",
                       "Have the warehouse write one row a customer; no snapshot was taken."),
    )  # fmt: skip


def in_two(factor: Factor, file: str) -> InputError:
    return InputError(
        title=Text("两个文件有同一个因子", "Two files have one factor"),
        message=Text(f"“{factor.label.zh}”在 {file} 和别的文件里都有。",
                     f"“{factor.label.en}” is in {file} and in another file of other columns."),
        next_step=Text("同一张表的各部分列要相同；否则请去掉一列。",
                       "Parts of one table have the same columns; else drop one of the two."),
    )  # fmt: skip


def no_column(name: str) -> InputError:
    return InputError(
        title=Text("没有这一列", "No such column"),
        message=Text(f"文件里没有“{name}”这一列。", f"No file has a column “{name}”."),
        next_step=Text("请核对 --map。", "Check --map."),
    )


def nobody() -> InputError:
    return InputError(
        title=Text("没有客户", "Nobody is there"),
        message=Text("文件里没有一行带客户编号。", "No row of the files has a customer's id."),
        next_step=Text("请核对文件；没有取快照。", "Check the files; no snapshot was taken."),
    )
