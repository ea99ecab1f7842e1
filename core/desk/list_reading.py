"""A file of a list on this machine, read to be sent to the server."""

from pathlib import Path

from core.domain.errors import InputError
from core.domain.text import Text
from core.wire.list_files import FILE_MOST, ListFile


def path_of(typed: str) -> Path:
    """What somebody typed or pasted, as most file managers copy it."""
    return Path(typed.strip().strip('"')).expanduser()


def read_list_file(typed: str) -> ListFile:
    """Raises InputError where there is no such file, it cannot be read, or it is too large."""
    path = path_of(typed)
    try:
        if path.stat().st_size > FILE_MOST:
            raise _unreadable(Text("文件超过 12 MB，请分成几份。", "The file is larger than 12 MB: split it."))
        return ListFile(file_name=path.name, body=path.read_bytes())
    except OSError as error:
        raise _unreadable(Text("没有这个文件，或不能读。", "There is no such file, or it cannot be read.")) from error


def _unreadable(message: Text) -> InputError:
    return InputError(
        title=Text("名单没有读进来", "The list was not read"),
        message=message,
        next_step=Text("请核对路径后再试。", "Look at the path and try again."),
    )
