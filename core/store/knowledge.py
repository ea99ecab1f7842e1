"""Knowledge on this machine: indexed as it is pulled, found as one types, offline.

Each title, tag and text is searched by the characters of both languages, a title also by its pinyin initials.
"""

import re
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row

from core.domain import decoding
from core.domain.knowledge import (
    SEARCHED,
    TIP_ANSWER,
    Article,
    ArticleKind,
    LineOfWork,
    TipAnswer,
    step_in_any,
    step_key,
)
from core.domain.text import Text
from core.store.pieces import contents
from core.store.search_words import folded, grams, phrase

_DECODE = decoding.decoder(Article).decode
_DECODE_ANSWER = decoding.decoder(TipAnswer).decode
_LINK = re.compile(r"\]\([^)\s]*\)")
_MARKS = {ord(mark): None for mark in "*`#>|["}
_AROUND = 18
"""characters that an excerpt shows before what was found"""
_EXCERPT = 60


class ArticleHit(Struct, frozen=True, kw_only=True):
    """An article as a search lists it."""

    kind: str
    """knowledge or tip, as it is published"""
    name: str
    form: ArticleKind
    title: Text
    line: LineOfWork
    linked: bool
    """belongs to the step that was asked for"""
    excerpt: str = ""
    """the place in the text, where neither title nor tags have it"""


class _Found(Struct, frozen=True):
    row: Row[Any]
    rank: tuple[int, int, int, str]
    in_text: bool


def index(mirror: Connection, kind: str, name: str, body: bytes) -> None:
    """Takes an article into the search in the place of what it was before; raises msgspec.DecodeError on others."""
    article = _DECODE(body)
    drop(mirror, kind, name)
    title = _words(article.title.zh, article.title.en, article.initials)
    tags = _words(*article.tags)
    number = mirror.exec_driver_sql(
        "INSERT INTO article (kind, name, form, title_zh, title_en, line, scenarios, steps, title_words, tag_words)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n",
        (
            kind,
            name,
            article.kind.value,
            article.title.zh,
            article.title.en,
            article.line.value,
            _lines(article.scenarios),
            _lines(article.steps),
            title,
            tags,
        ),
    ).scalar_one()
    text = _words(article.body.zh, article.body.en)
    mirror.exec_driver_sql(
        "INSERT INTO article_gram (rowid, title, tags, body) VALUES (?, ?, ?, ?)",
        (number, grams(title), grams(tags), grams(text)),
    )


def check(body: bytes) -> None:
    """Raises msgspec.DecodeError on anything but an article."""
    _DECODE(body)


def drop(mirror: Connection, kind: str, name: str) -> None:
    number = mirror.exec_driver_sql("SELECT n FROM article WHERE kind = ? AND name = ?", (kind, name)).scalar()
    if number is not None:
        mirror.exec_driver_sql("DELETE FROM article_gram WHERE rowid = ?", (number,))
        mirror.exec_driver_sql("DELETE FROM article WHERE n = ?", (number,))


def search(connection: Connection, text: str, *, scenario: str, step: str, limit: int) -> list[ArticleHit]:
    """Articles that hold every word of `text`; all of them for an empty one.

    Those of the step come first, then by where the words are found (title, tags, text), then those of the scenario.
    """
    words = folded(text).split()
    if words:
        query = " AND ".join(phrase(word) for word in words)
        rows = connection.exec_driver_sql(
            "SELECT a.* FROM article_gram AS g JOIN article AS a ON a.n = g.rowid WHERE article_gram MATCH ?",
            (query,),
        ).all()
    else:
        rows = connection.exec_driver_sql("SELECT * FROM article").all()
    found = [_ranked(row, words, scenario, step) for row in rows]
    found.sort(key=lambda one: one.rank)
    return [_hit(connection, one, words) for one in found[:limit]]


def article(connection: Connection, kind: str, name: str) -> Article | None:
    body = connection.exec_driver_sql("SELECT body FROM content WHERE kind = ? AND name = ?", (kind, name)).scalar()
    return None if body is None or kind not in SEARCHED else _DECODE(body)


def answers(connection: Connection) -> list[TipAnswer]:
    """What became of this agent's tips, newest first."""
    return sorted(
        (_DECODE_ANSWER(body) for body in contents(connection, TIP_ANSWER)), key=lambda one: one.at, reverse=True
    )


def _ranked(row: Row[Any], words: list[str], scenario: str, step: str) -> _Found:
    at_step = bool(step) and not {step_key(scenario, step), step_in_any(step)}.isdisjoint(row.steps.split("\n"))
    scenarios = row.scenarios.split("\n") if row.scenarios else []
    near = 0 if scenario in scenarios else 1 if not scenarios else 2
    place = 0 if _all_in(words, row.title_words) else 1 if _all_in(words, row.tag_words) else 2
    return _Found(row, (0 if at_step else 1, place, near, row.title_zh or row.title_en), place == 2)


def _all_in(words: list[str], text: str) -> bool:
    return all(word in text for word in words)


def _hit(connection: Connection, found: _Found, words: list[str]) -> ArticleHit:
    row = found.row
    return ArticleHit(
        kind=row.kind,
        name=row.name,
        form=ArticleKind(row.form),
        title=Text(row.title_zh, row.title_en),
        line=LineOfWork(row.line),
        linked=found.rank[0] == 0,
        excerpt=_excerpt(connection, row.kind, row.name, words) if found.in_text else "",
    )


def _excerpt(connection: Connection, kind: str, name: str, words: list[str]) -> str:
    """The line in which a word stands, cut around it."""
    whole = article(connection, kind, name)
    if whole is None:
        return ""
    for line in _words(whole.body.zh, whole.body.en, lower=False).split("\n"):
        at = next((at for word in words if (at := folded(line).find(word)) >= 0), -1)
        if at >= 0:
            begin = max(at - _AROUND, 0)
            return ("…" if begin else "") + line[begin : begin + _EXCERPT].strip()
    return ""


def _words(*texts: str, lower: bool = True) -> str:
    joined = "\n".join(_LINK.sub("", text).translate(_MARKS) for text in texts if text)
    return folded(joined) if lower else joined


def _lines(names: tuple[str, ...]) -> str:
    return "\n".join(names)
