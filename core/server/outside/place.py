"""Where another system takes files: a folder that is there, or one whose name says that it may be made."""

from pathlib import Path

from core.domain.errors import InputError
from core.domain.text import Text

_PATHS = ("/", "./", "../", "~")
"""how a folder begins that may be made"""


def exchange_folder(where: str, *, what: Text) -> Path:
    """Raises InputError, which names `what` is sent there, where it is not clear that a folder is meant."""
    folder = Path(where).expanduser()
    # A bare name that is no folder yet is rather an address whose scheme was forgotten: all would end in a corner.
    may_be_made = where.startswith(_PATHS) and not folder.exists()
    if not folder.is_dir() and not may_be_made:
        raise InputError(
            title=Text(f"{what.zh} 的去处不明", f"It is not clear where the {what.en} is"),
            message=Text(f"{where} 既不是网址，也不是文件夹。", f"{where} is neither an address nor a folder."),
            next_step=Text(
                "网址请写成 https://主机/路径；新文件夹请以 /、./ 或 ~ 开头。",
                "Write an address as https://host/path, and begin a new folder with /, ./ or ~.",
            ),
        )
    return folder
