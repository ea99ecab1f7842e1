"""What customers run into: the words that agents write of it, and groups of calls that met the same problem."""

from typing import Final

from msgspec import Struct

from core.domain.text import Text

CAUSE_WORDS: Final = "cause_words"
"""the kind of content, and its only piece's name"""
CAUSE_NAME: Final = "cause_name"
"""kind of what leads call a group, by its key"""
OTHER: Final = "other"
"""key of the group of what is like nothing else"""


class Cause(Struct, frozen=True, kw_only=True):
    """A problem known beforehand, by the words that tell of it."""

    code: str
    label: Text
    words: tuple[str, ...]
    """Chinese or Latin; one character counts only as a word of its own"""
    hints: tuple[str, ...] = ()
    """as `words`, but said of other problems too: they tip the scales where nothing plainer is said"""
    notes: tuple[str, ...] = ()
    """notes as agents write them of it: what is worded like them is taken for it"""


class CauseWords(Struct, frozen=True, kw_only=True):
    """Content: helps the grouping of notes, and names groups."""

    version: int
    ignored: tuple[str, ...] = ()
    """tell who spoke and how the call went, not what about"""
    dismissed: tuple[str, ...] = ()
    """a clause with one of these says what the problem is not"""
    stressed: tuple[str, ...] = ()
    """a clause with one of these says what it is"""
    causes: tuple[Cause, ...] = ()
