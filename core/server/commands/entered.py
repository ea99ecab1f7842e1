"""What was typed after an option and cannot stand: refused in plain words, before anything is written."""

import re

from core.domain.errors import InputError
from core.domain.text import Text

_STAFF_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_HOTLINE = re.compile(r"\+?[0-9]+(?:[ -][0-9]+)*")
_SHOWN = 24


def check_staff_number(value: str) -> None:
    """Raises InputError on what could not be typed at sign-in, or would not fit the database."""
    if _STAFF_NUMBER.fullmatch(value):
        return
    raise _wrong(
        Text(f"工号“{_shown(value)}”不能用。", f"“{_shown(value)}” cannot be a staff number."),
        Text(
            "工号用 1 到 40 个半角字母、数字、- 或 _，以字母或数字开头，例如 2051。",
            "It has 1 to 40 plain letters, digits, - or _, and begins with a letter or digit: 2051, say.",
        ),
    )


def check_words(value: str | None, what: Text, *, longest: int = 120) -> None:
    """Raises InputError on words that are empty, blank, too long or hold signs that cannot be seen; None passes."""
    if value is None or (value.strip() and value.isprintable() and len(value) <= longest):
        return
    raise _wrong(
        Text(f"{what.zh}“{_shown(value)}”不能用。", f"“{_shown(value)}” cannot be the {what.en}."),
        Text(
            f"请写 1 到 {longest} 个看得见的字符，不含换行。",
            f"Write 1 to {longest} characters that can be seen, without a line break.",
        ),
    )


def check_hotline(value: str | None, what: Text) -> None:
    """Raises InputError on what no customer could dial: agents read it out, and texts name it; None passes."""
    check_words(value, what, longest=32)
    if value is None or _HOTLINE.fullmatch(value):
        return
    raise _wrong(
        Text(f"{what.zh}“{_shown(value)}”不能用。", f"“{_shown(value)}” cannot be the {what.en}."),
        Text(
            "请写客户能拨的号码，只含数字，例如 10000。",
            "Write a number that customers can dial, in digits: 10000, say.",
        ),
    )


def check_number(value: int | None, what: Text, *, least: int, most: int) -> None:
    """Raises InputError outside `least` … `most`; None passes."""
    if value is None or least <= value <= most:
        return
    shown = _shown(str(value))
    raise _wrong(
        Text(f"{what.zh}不能是 {shown}。", f"The {what.en} cannot be {shown}."),
        Text(f"请写 {least} 到 {most} 之间的整数。", f"Write a whole number from {least} to {most}."),
    )


def _wrong(message: Text, next_step: Text) -> InputError:
    return InputError(title=Text("输入有误", "This cannot be taken"), message=message, next_step=next_step)


def _shown(value: str) -> str:
    """Short and on one line, whatever was typed."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in value)
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
