"""What a machine remembers between starts, nothing personal but the staff number: server, language, look.

Read before the first window is painted: one small file, standard library and msgspec alone.
"""

import contextlib
import os
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct

from core.domain import decoding
from core.domain.text import Lang
from desktop.theme import Theme

FILE = "desktop.json"


class Phone(StrEnum):
    """How numbers are handed to the phone."""

    TEL = "tel"
    SIP = "sip"


class Config(Struct, kw_only=True, omit_defaults=True):
    server: str = ""
    staff_number: str = ""
    stay: bool = True
    organisation: bool = False
    """the server lets people in by accounts of their organisation, as it last said"""
    lang: Lang = Lang.ZH
    theme: Theme = Theme.LIGHT
    scale: float = 1.0
    phone: Phone = Phone.TEL
    phone_prefix: str = ""
    sip_domain: str = ""
    width: int = 1440
    height: int = 900
    maximized: bool = False


def data_folder() -> Path:
    """`STAYLINE_DATA`, else the place where this system keeps a user's data."""
    named = os.environ.get("STAYLINE_DATA")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("stayline", appauthor=False)


def read(folder: Path) -> Config:
    """The machine's settings; a file that is missing or damaged gives the usual ones."""
    with contextlib.suppress(OSError, msgspec.DecodeError):
        return decoding.decode((folder / FILE).read_bytes(), Config)
    return Config()


def write(folder: Path, config: Config) -> None:
    """Replace the file as a whole; raises OSError where the folder cannot be written."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.new"
    fresh.write_bytes(msgspec.json.format(msgspec.json.encode(config), indent=2))
    fresh.chmod(0o600)
    fresh.replace(folder / FILE)
