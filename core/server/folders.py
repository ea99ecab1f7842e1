"""Where the server keeps its data: private to the user who runs it."""

import os
from pathlib import Path

from core.domain.errors import InputError
from core.domain.text import Text


def default_folder() -> Path:
    """The user's own data folder for this platform."""
    from platformdirs import user_data_path

    return user_data_path("stayline", appauthor=False) / "server"


def keep_private() -> None:
    """From now on no file of this process can be read by others."""
    os.umask(0o077)


def prepare_folder(folder: Path) -> Path:
    """The folder, made where it is missing; raises InputError where that cannot be."""
    keep_private()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise InputError(
            title=Text("数据文件夹不可用", "Data folder cannot be used"),
            message=Text(f"{folder}：{error.strerror}。", f"{folder}: {error.strerror}."),
            next_step=Text("请用 --data 指定可写的文件夹。", "Name one that can be written with --data."),
        ) from error
    return folder


def sync_folder(folder: Path) -> None:
    """A file's new name is safe on the disk once its folder is; only POSIX systems sync folders. Raises OSError."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
