"""Remarks by which a customer wants no calls: such words of a list are binding, wherever in the row they stand."""

import re
import unicodedata
from functools import cache, lru_cache

import msgspec
from msgspec import Struct

from core.domain import decoding
from core.domain.errors import ContentError
from core.server.importing.resources import load
from core.server.importing.resources import words as listed_words

_BLANK_BESIDE_CHINESE = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")
_SELLING = re.compile(r"营销|推销|推广|\b(?:tele)?marketing\b|\bsales?\b|\bpromotion(?:al|s)?\b|\boffers?\b")
_LOOK_BACK = 24
"""signs before a match in which what lifts it may stand"""


class _File(Struct, forbid_unknown_fields=True):
    refuses: list[str]
    unless_before: list[str]
    unless_after: list[str]


class _Words(Struct, frozen=True):
    refuses: re.Pattern[str]
    unless_before: re.Pattern[str]
    unless_after: re.Pattern[str]


@lru_cache(maxsize=1 << 14)
def refuses_calls(remark: str) -> bool:
    """Whether the words say that the customer is not to be called at all."""
    text = _BLANK_BESIDE_CHINESE.sub("", " ".join(unicodedata.normalize("NFKC", remark).lower().split()))
    words = _words()
    return any(
        not words.unless_before.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
        and not words.unless_after.match(text[match.end() :])
        for match in words.refuses.finditer(text)
    )


def refuses_all_calls(words: str) -> bool:
    """The same where consent to sales is asked for: who refuses those alone refuses no others."""
    plain = words.lower()
    said = plain in listed_words("declines") or plain in listed_words("no")
    return not said and not _SELLING.search(plain) and refuses_calls(words)


@cache
def _words() -> _Words:
    """The shipped expressions; raises ContentError with the line where the file is wrong."""
    parsed, file = load("refusals.yaml")
    try:
        content = decoding.convert(parsed.value, _File)
        return _Words(
            refuses=re.compile(_any(content.refuses)),
            unless_before=re.compile(_any(content.unless_before) + "$"),
            unless_after=re.compile(_any(content.unless_after)),
        )
    except (msgspec.ValidationError, re.error) as error:
        raise ContentError(file=file, line=1, reason=str(error)) from error


def _any(expressions: list[str]) -> str:
    return "(?:" + "|".join(f"(?:{expression})" for expression in expressions) + ")"
