"""A password for a command: asked for at the terminal, or read from standard input where told so."""

import argparse
import getpass
import sys

from core.domain.errors import InputError
from core.domain.text import Text


def password_of(options: argparse.Namespace) -> str:
    """Never an argument, which a process list would show; raises InputError where nobody can be asked."""
    if options.password_stdin:
        return _line()
    if not sys.stdin.isatty():
        raise InputError(
            title=Text("缺少密码", "No password"),
            message=Text("没有终端可以输入密码。", "There is no terminal to ask for one."),
            next_step=Text(
                "请用 --password-stdin 从标准输入传入。", "Pass it on standard input with --password-stdin."
            ),
        )
    return getpass.getpass("密码 / Password: ")


def _line() -> str:
    """The first line of standard input; raises InputError where its bytes are no UTF-8."""
    try:
        line = sys.stdin.readline().rstrip("\r\n")
        # Some locales let foreign bytes through as halves of characters.
        line.encode()
    except UnicodeError as error:
        raise InputError(
            title=Text("密码无法识别", "Password cannot be read"),
            message=Text("标准输入不是 UTF-8 文字。", "Standard input is not text in UTF-8."),
            next_step=Text("请以 UTF-8 传入密码。", "Pass the password in UTF-8."),
        ) from error
    return line


def add_password_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
