"""What a command has to say, in both languages on standard output."""

import os
import sys
from typing import TextIO

from core.domain.content_reasons import in_chinese, in_english
from core.domain.errors import ContentError, StaylineError
from core.domain.text import Lang


def say(line: str) -> None:
    _write(sys.stdout, line)


def warn(line: str) -> None:
    """On standard error: what is read by programs stays as it is."""
    _write(sys.stderr, line)
    let_go(sys.stderr)


def let_go(*streams: TextIO) -> None:
    """Whoever read along may have gone, as `head` does once it has enough: the command goes on to its end, unheard."""
    for stream in streams:
        try:
            stream.flush()
        except BrokenPipeError:
            _to_nowhere(stream)


def _write(stream: TextIO, line: str) -> None:
    try:
        stream.write(line + "\n")
    except BrokenPipeError:
        _to_nowhere(stream)


def _to_nowhere(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


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
    return reason if zh == reason else f"{zh} / {in_english(reason)}"
