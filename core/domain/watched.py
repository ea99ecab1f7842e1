"""Words that are watched in what is said to customers: about competitors, and words that ask a person to look."""

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct

from core.domain.text import Text

WATCHED: Final = "watched_words"
"""the kind of content, and its only piece's name"""


class WordList(Struct, frozen=True, kw_only=True):
    zh: tuple[str, ...]
    en: tuple[str, ...]
    """small letters; found as whole words"""
    neutral_zh: tuple[str, ...] = ()
    neutral_en: tuple[str, ...] = ()
    """phrases that hold such a word and state nothing, “nothing about rivals” say: not looked into"""


class WatchedWords(Struct, frozen=True, kw_only=True):
    version: int
    competitor: WordList
    looking: WordList


def found(text: Text, words: WordList) -> str:
    """The first watched word in either language; empty where there is none."""
    zh, en = text.zh.lower(), text.en
    for phrase in words.neutral_zh:
        zh = zh.replace(phrase, " ")
    if chinese := next((word for word in words.zh if word in zh), ""):
        return chinese
    if not words.en:
        return ""
    if words.neutral_en:
        en = _any_of(words.neutral_en).sub(" ", en)
    match = _any_of(words.en).search(en)
    return match[0] if match else ""


@lru_cache(maxsize=64)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)
