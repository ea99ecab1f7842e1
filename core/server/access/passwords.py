"""Passwords by Argon2id."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.domain.errors import InputError
from core.domain.text import Text

MIN_LENGTH = 10
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The hash to keep; raises InputError for a password that is too short."""
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
        return _hasher.verify(password_hash or _nobody(), password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
