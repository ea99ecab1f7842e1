"""Words that are watched in what is said to customers: about competitors, and words that ask a person to look."""

from msgspec import Struct


class WordList(Struct, frozen=True, kw_only=True):
    zh: tuple[str, ...]
    en: tuple[str, ...]
    """small letters; found as whole words"""


class WatchedWords(Struct, frozen=True, kw_only=True):
    version: int
    competitor: WordList
    looking: WordList
