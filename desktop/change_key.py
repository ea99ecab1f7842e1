"""`stayline-key`: gives the data of this user's agents on this machine another key; the program is closed meanwhile."""

import argparse
import os
import sys
from functools import partial
from getpass import getpass
from pathlib import Path

from core.desk.key_changing import change_key_of, folders_with_store
from core.domain.errors import StaylineError
from core.domain.text import Text
from core.store.types import KeyKind
from desktop import config as configs

_USED = Text("现在的口令", "Passphrase in use")
_NEW = Text("新口令", "New passphrase")
_AGAIN = Text("再输入一次新口令", "The new one again")
_APART = Text("两次输入的新口令不一样，请重新输入。", "The two differ; type them anew.")
_NONE = Text("这里没有坐席数据。", "There are no agents' data here.")
_DONE = {
    KeyKind.KEYRING: Text("已换新密钥，存入系统密钥环", "has a new key, kept in the system's keyring"),
    KeyKind.PASSPHRASE: Text("口令已更换", "has the new passphrase"),
}


def main(argv: list[str] | None = None) -> int:
    """0 where every store has another key; 1 where one kept the one it had, with the reason."""
    options = _options(argv)
    os.umask(0o077)
    folders = list(folders_with_store(options.data or configs.data_folder(), options.staff))
    if not folders:
        _say(_NONE)
        return 1
    kept = 0
    for folder in folders:
        try:
            done = _DONE[change_key_of(folder, partial(_asked, folder.name))]
            _say(Text(f"{folder.name}：{done.zh}。", f"{folder.name} {done.en}."))
        except StaylineError as error:
            kept += 1
            for words in (error.title, error.message, error.next_step):
                _say(Text(f"{folder.name}：{words.zh}", words.en))
    return 1 if kept else 0


def _asked(name: str, new: bool) -> str:
    """A passphrase as it is typed, unseen; a new one twice."""
    if not new:
        return getpass(f"{name} {_USED.zh} / {_USED.en}: ")
    while True:
        first = getpass(f"{name} {_NEW.zh} / {_NEW.en}: ")
        if getpass(f"{name} {_AGAIN.zh} / {_AGAIN.en}: ") == first:
            return first
        _say(_APART)


def _say(words: Text) -> None:
    sys.stdout.write(f"{words.zh} / {words.en}\n")


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="stayline-key", description="Change the key of agents' data on this machine; close Stayline first."
    )
    parser.add_argument("--data", type=Path, default=None, help="folder of this user's data")
    parser.add_argument("--staff", default="", metavar="NUMBER", help="of this agent alone")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
