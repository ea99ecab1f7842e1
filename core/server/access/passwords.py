"""Passwords by Argon2id."""

import os
import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.domain.errors import InputError
from core.domain.text import Text

MIN_LENGTH = 10
_hasher = PasswordHasher()
_at_once = threading.BoundedSemaphore(max(2, os.cpu_count() or 1))
"""each look takes 64 MB: as many as there are guesses would take the machine's memory"""


def hash_password(password: str) -> str:
    """The hash to keep; raises InputError for a password that is too short, blank, or no text."""
    if not password.isprintable() or (password and not password.strip()):
        raise InputError(
            title=Text("密码不能用", "Password cannot be taken"),
            message=Text("密码全是空格，或含有看不见的字符。", "It is all blanks, or holds signs that cannot be seen."),
            next_step=Text("请用字母、数字和符号组成密码。", "Make it of letters, digits and signs."),
        )
    if len(password) < MIN_LENGTH:
        raise InputError(
            title=Text("密码太短", "Password is too short"),
            message=Text(f"至少 {MIN_LENGTH} 个字符。", f"It needs {MIN_LENGTH} characters at least."),
            next_step=Text("请换一个更长的密码。", "Choose a longer one."),
        )
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right; an unknown user (None) costs as much time as a known one."""
    try:
        with _at_once:
            return _hasher.verify(password_hash or _nobody(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
