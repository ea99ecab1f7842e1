"""Knowledge against the scripts that it belongs to: steps and scenarios that exist, links that lead somewhere."""

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from core.content import Flaw
from core.content.flaws import Where
from core.content.mistakes import Mistakes
from core.content.unapproved import unapproved
from core.content.watched import watched_words
from core.domain.knowledge import SCHEME, Article, step_in_any, step_key
from core.domain.script import Script
from core.domain.text import Text
from core.domain.watched import WatchedWords, WordList

_LINK = re.compile(r"\]\(" + SCHEME + r"([^)\s]*)\)")


def check_knowledge(folder: Path, scripts: Iterable[Script] | None, watched: WatchedWords | None = None) -> int:
    """How many articles were found sound; raises ContentError with file, line and reason of every mistake.

    Without `scripts`, some of which cannot be read, it is not asked whether their steps are there; `watched` are the
    words of the folder, None: those that came with this version."""
    # A desk that checks nothing reads no Markdown.
    from core.content.articles import load_article

    paths = sorted(folder.glob("*.md"))
    names = {path.stem for path in paths}
    known = list(scripts or ())
    scenarios = {script.id for script in known}
    steps = {
        key for script in known for step in script.steps for key in (step_key(script.id, step.id), step_in_any(step.id))
    }

    words = (watched or watched_words()).competitor

    def flaws(article: Article) -> list[Flaw]:
        if scripts is None:
            return _links(article, names) + _unapproved(article, words)
        return [
            *(
                Flaw(("scenarios", at), f"there is no scenario `{name}`")
                for at, name in _missing(article.scenarios, scenarios)
            ),
            *(Flaw(("steps", at), f"there is no step `{name}`") for at, name in _missing(article.steps, steps)),
            *_links(article, names),
            *_unapproved(article, words),
        ]

    mistakes = Mistakes()
    for path in paths:
        mistakes.of(partial(load_article, path, also=flaws))
    mistakes.refuse()
    return len(paths)


def _missing(named: tuple[str, ...], known: set[str]) -> list[tuple[int, str]]:
    return [(at, name) for at, name in enumerate(named) if name not in known]


def _unapproved(article: Article, words: WordList) -> list[Flaw]:
    """By the line: an article is long."""
    if article.approval is not None:
        return []
    lines = [
        (("body", key, at), Text(line, "") if key == "zh" else Text("", line))
        for key, body in (("zh", article.body.zh), ("en", article.body.en))
        for at, line in enumerate(body.split("\n"))
    ]
    told: list[tuple[Where, Text]] = [(("title",), article.title), *lines]
    return [flaw for where, text in told for flaw in unapproved(text, words, where)]


def _links(article: Article, names: set[str]) -> list[Flaw]:
    return [
        Flaw(("body", key, at), f"there is no article `{name}`")
        for key, words in (("zh", article.body.zh), ("en", article.body.en))
        for at, line in enumerate(words.split("\n"))
        for name in _LINK.findall(line)
        if name not in names
    ]
