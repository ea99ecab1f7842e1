"""What a tip must not hold: somebody's data, pictures, links; the same rules at the desk and at the server."""

import re
from collections.abc import Iterator
from enum import StrEnum

from core.domain.masking import holds_long_number
from core.domain.text import Text

TITLE_MOST = 40
TEXT_MOST = 2000
REASON_MOST = 200
"""characters of what its author is told"""

_HTML = re.compile(r"</?[A-Za-z][^>]*>|<!--")
_IMAGE = re.compile(r"!\[")
_ADDRESS = re.compile(r"(?i)\b(?:https?|ftp|file|data|javascript):|\bwww\.|\]\((?!kb:)")


class TipFlaw(StrEnum):
    NO_TITLE = "no_title"
    NO_TEXT = "no_text"
    LONG_TITLE = "long_title"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MARKUP = "markup"


FLAW_WORDS: dict[TipFlaw, Text] = {
    TipFlaw.NO_TITLE: Text("还没有标题。", "It has no title yet."),
    TipFlaw.NO_TEXT: Text("还没有内容。", "It has no text yet."),
    TipFlaw.LONG_TITLE: Text(f"标题最多 {TITLE_MOST} 个字。", f"A title has at most {TITLE_MOST} characters."),
    TipFlaw.LONG_TEXT: Text(f"内容最多 {TEXT_MOST} 个字。", f"A text has at most {TEXT_MOST} characters."),
    TipFlaw.NUMBER: Text(
        "里面有 7 位或更长的数字，可能是客户的号码、证件或生日，请删掉。",
        "It holds a number of 7 digits or more, which may be a customer's number, card or birthday: take it out.",
    ),
    TipFlaw.MARKUP: Text("不能有图片、网页代码或网址。", "It may hold no pictures, HTML or web addresses."),
}


def told_competitor(word: str) -> Text:
    """BB-09: why a tip that names a competitor by this word goes to nobody; `core.domain.watched` finds the word."""
    return Text(
        f"里面提到了“{word}”：对竞争对手的说法要先有批准。",
        f"It speaks of “{word}”: what is said of competitors needs an approval first.",
    )


def tip_flaw(title: str, text: str) -> TipFlaw | None:
    """What is wrong with a tip as written, somebody's number before anything else; None where it may be sent."""
    if holds_long_number(title) or holds_long_number(text):
        return TipFlaw.NUMBER
    if not title.strip():
        return TipFlaw.NO_TITLE
    if not text.strip():
        return TipFlaw.NO_TEXT
    if len(title) > TITLE_MOST:
        return TipFlaw.LONG_TITLE
    if len(text) > TEXT_MOST:
        return TipFlaw.LONG_TEXT
    if "\n" in title or any(True for part in (title, text) for _ in markup_flaws(part)):
        return TipFlaw.MARKUP
    return None


def markup_flaws(text: str) -> Iterator[tuple[int, str]]:
    """What the window would not show or must not fetch: line from 0 and reason."""
    for number, line in enumerate(text.split("\n")):
        if _IMAGE.search(line):
            yield number, "pictures are not shown"
        elif _HTML.search(line):
            yield number, "HTML is not shown"
        elif _ADDRESS.search(line):
            yield number, "only links to other articles, such as [words](kb:sim-swap), are followed"
