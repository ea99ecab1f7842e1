"""A text list cut into pieces, each a list of its own with the first one's head: the server reads one at a time."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator

QUOTE, LINE = b'"', b"\n"
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_LOOKED_AT = 4_096
_RECORD_LINES = 200
"""lines that a row may have, as where the server reads it"""


def is_text(body: bytes) -> bool:
    """Whether it can be cut; a workbook cannot."""
    return not body.startswith(_BOOKS)


def in_lines(body: bytes) -> bytes:
    """With a line's end as one byte: in UTF-8 and GB18030 no other character holds it, in UTF-16 many do.

    Raises UnicodeDecodeError where it is no UTF-16 after all."""
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _lines(body.decode("utf-16").encode("utf-8-sig"))
    head = body[:_LOOKED_AT]
    if head.count(0) * 100 > len(head):
        return _lines(body.decode("utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be").encode())
    return _lines(body)


def _lines(body: bytes) -> bytes:
    """Some programs end lines by a carriage return alone."""
    return body if LINE in body else body.replace(b"\r", LINE)


def pieces(body: bytes, most: int) -> Iterator[bytes]:
    """Each at most so many bytes, cut where a row ends; a line's end between quotation marks is within a cell. Where
    none ends within those bytes a mark was never closed: then any line's end will do, and else any byte."""
    start = 0
    while len(body) - start > most:
        end = _row_end(body, start, start + most)
        yield body[start:end]
        start = end
    yield body[start:]


def head_of(body: bytes, rows: int) -> bytes:
    """Its first rows."""
    end, quoted = 0, False
    for _ in range(rows):
        while True:
            after = body.find(LINE, end) + 1
            if not after:
                return body
            quoted ^= bool(body.count(QUOTE, end, after) % 2)
            end = after
            if not quoted:
                break
    return body[:end]


def _row_end(body: bytes, start: int, most: int) -> int:
    """The last place up to there at which a row is over."""
    end = most
    for _ in range(_RECORD_LINES):
        if (end := body.rfind(LINE, start, end)) < 0:
            break
        if body.count(QUOTE, start, end) % 2 == 0:
            return end + 1
    return body.rfind(LINE, start, most) + 1 or most
