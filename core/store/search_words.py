"""What of a task is searched, and how: its words, and their single, paired and tripled characters for the index.

Each run of characters is one token, so a phrase of pairs or triples is found exactly where LIKE finds the text; every
character counts, and only A to Z are alike in both cases, as with LIKE.
"""

from core.domain.task import Task

_BREAK = "\n"
"""between two words; no query has it, so nothing is found across them"""
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_PRIVATE = 0xE000
# To the tokenizer ASCII signs are gaps; moved into the private plane they are letters.
_AS_LETTERS = {code: _PRIVATE + code for code in range(128) if not chr(code).isalnum()}
_GAP = " " + chr(_PRIVATE + 128) + " "


def folded(text: str) -> str:
    return text.translate(_LOWER)


def words(task: Task) -> str:
    """Name, pinyin, initials, numbers and id of a task, each on its line."""
    who = task.customer
    return _BREAK.join(
        folded(w.replace(_BREAK, " ")) for w in (who.name, who.pinyin, who.initials, *who.numbers, task.id)
    )


def grams(line: str) -> str:
    """The characters of a line, and the pairs and triples of each word, for the index."""
    parts = [word.translate(_AS_LETTERS) for word in line.split(_BREAK)]
    singles = " ".join(sorted(set("".join(parts))))
    return _GAP.join([singles, *(_grams(word, 2) for word in parts), *(_grams(word, 3) for word in parts)])


def phrase(query: str) -> str:
    """The phrase that finds a normalised query in the index."""
    return '"' + _grams(query.translate(_AS_LETTERS), min(len(query), 3)) + '"'


def normalised(text: str) -> str:
    """A query as typed: outer spaces go, and so do those within a number or pinyin (`100 1234`, `wu wenjing`)."""
    query = folded(" ".join(text.split()))
    if query.isascii():
        query = query.replace(" ", "")
    if query.lstrip("+").replace("-", "").isdigit():
        query = query.lstrip("+").replace("-", "")
    return query


def _grams(word: str, size: int) -> str:
    return " ".join(word[i : i + size] for i in range(len(word) - size + 1))
