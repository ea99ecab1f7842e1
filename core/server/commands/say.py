"""What a command has to say, in both languages on standard output."""

import sys

from core.domain.content_reasons import in_chinese
from core.domain.errors import ContentError, StaylineError
from core.domain.text import Lang


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def warn(line: str) -> None:
    """On standard error: what is read by programs stays as it is."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def counted(number: int, one: str, many: str = "") -> str:
    """`1 row`, `2 rows`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def told(error: StaylineError) -> list[str]:
    """An error's lines, Chinese then English; of content every mistake with file, line and reason."""
    lines = [error.spoken(Lang.ZH), error.spoken(Lang.EN)]
    if isinstance(error, ContentError) and error.others:
        number = len(error.every)
        lines.append(f"共 {number} 处错误： / {number} mistakes in all:")
        lines += [f"{one.file}:{one.line}: {_both(one.reason)}" for one in error.every]
    return lines


def _both(reason: str) -> str:
    zh = in_chinese(reason)
    return reason if zh == reason else f"{zh} / {reason}"
