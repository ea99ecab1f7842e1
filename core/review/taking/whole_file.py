"""A file that is there whole or not at all: written beside its place, then named."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from core.domain.errors import InputError
from core.domain.text import Text


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """The place to write to; once the block has ended well the file takes the name `path`, else nothing is left.

    Raises InputError, which names the file and says what to do, where the disk does not take it. A pipe or
    /dev/stdout is written to, never replaced.
    """
    if (path.exists() and not path.is_file()) or _is_part(path):
        yield path
        return
    target = path.resolve()
    beside = target.with_name(f".{target.stem[:40]}.{os.getpid()}.part{path.suffix}")
    try:
        # A folder that takes no file says so here, before the rows are read.
        beside.touch()
        yield beside
        os.replace(beside, target)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        # What refused the file has been told already, or all went well and it has its name.
        with suppress(OSError):
            beside.unlink()


def _is_part(path: Path) -> bool:
    """Somebody further out writes it beside its place already, and names it once more than the writing is done."""
    return path.name.endswith(f".{os.getpid()}.part{path.suffix}")


def make_folder_of(path: Path) -> None:
    """The folder that a file is to stand in; raises InputError where it cannot be made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(path, error) from error


def not_written(path: Path, error: OSError) -> InputError:
    """What a person is told of a place that does not take the file."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    said = error.strerror or str(error)
    why = Text("磁盘已满", "the disk is full") if full else Text(_REASONS.get(error.errno or 0, said), said)
    return InputError(
        title=Text("没有导出", "Nothing was exported"),
        message=Text(
            f"无法写入 {path}：{why.zh}。原来的文件没有动",
            f"{path} could not be written: {why.en}. An earlier file of that name is as it was",
        ),
        next_step=Text(
            "请腾出空间，或换一个能写的文件夹，再导出一次。",
            "Make room, or choose a folder that can be written to, and export again.",
        ),
    )


_REASONS = {
    errno.EROFS: "这个位置只能读",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.ENOENT: "没有这个文件夹",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EEXIST: "上一级不是文件夹",
    errno.EIO: "磁盘没有响应",
}
