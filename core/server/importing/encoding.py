"""Which encoding a text list is in: the whole file is read, as the first kilobytes may be plain ASCII.

A list of 100,000 rows is not refused for one broken byte: the encoding that explains it best is taken, and rows that
hold unreadable characters are rejected one by one.
"""

import codecs
from collections.abc import Iterator

from core.domain.errors import InputError
from core.server.importing.failures import not_a_table
from core.server.importing.raw import Raw

_CHUNK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BROKEN_SHARE = 0.05
"""of the characters beyond ASCII, how many may be unreadable before the encoding is doubted"""
_CONTROL_SHARE = 0.01
_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\r\x01"})
"""that text does not hold, but for a stray one"""


def detect(raw: Raw) -> str:
    """Python's name of the encoding; raises InputError where the bytes are no text that can be read."""
    with raw.open() as file:
        head = file.read(_CHUNK)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if head.count(0) > len(head) * _CONTROL_SHARE:
        return _utf16_without_mark(raw, head)
    if len(head) - len(head.translate(None, _CONTROLS)) > len(head) * _CONTROL_SHARE:
        raise _no_text(raw)
    utf8 = _broken_share(raw, "utf-8")
    if utf8 <= _BROKEN_SHARE:
        return "utf-8"
    gb18030 = _broken_share(raw, "gb18030")
    if gb18030 <= _BROKEN_SHARE:
        return "gb18030"
    raise not_a_table(
        raw,
        "文字编码既不是 UTF-8 也不是 GB18030",
        "the text is encoded in neither UTF-8 nor GB18030",
    )


def _utf16_without_mark(raw: Raw, head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) > 20 * (min(even, odd) + 0.1) and _broken_share(raw, name) == 0:
        return name
    raise _no_text(raw)


def _no_text(raw: Raw) -> InputError:
    return not_a_table(raw, "这不是文本表格", "this is not a table of text")


def _broken_share(raw: Raw, encoding: str) -> float:
    """Of the characters beyond ASCII, the share that cannot be read."""
    beyond = broken = 0
    for text in _decoded(raw, encoding):
        if not text.isascii():
            beyond += len(text) - len(text.encode("ascii", "ignore"))
            broken += text.count("\ufffd")
    return broken / beyond if beyond else 0.0


def _decoded(raw: Raw, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    with raw.open() as file:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
