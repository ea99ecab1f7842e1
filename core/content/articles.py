"""Articles and tips: Markdown files with a YAML head, then the Chinese text and the English one.

---
id: sim-swap
…
---
<!-- zh -->
…
<!-- en -->
…
"""

from pathlib import Path

from msgspec import Struct

from core.content.flaws import Flaw, missing_words, repeated
from core.content.initials import initials_of
from core.content.load import Check, convert, named, read_text
from core.content.yaml_lines import Parsed, parse
from core.domain.approval import Approval
from core.domain.errors import ContentError
from core.domain.knowledge import Article, ArticleKind, LineOfWork
from core.domain.masking import holds_long_number
from core.domain.text import Text
from core.domain.tip_rules import markup_flaws

_FENCE = "---"
_LANGUAGES = {"zh": "<!-- zh -->", "en": "<!-- en -->"}
TITLE_MOST = 60
BODY_MOST = 12_000
"""characters a language; more is two articles"""


class _Page(Struct, frozen=True, kw_only=True):
    """The head with the two texts, as the file has them."""

    id: str
    version: int
    kind: ArticleKind
    title: Text
    line: LineOfWork
    body: Text
    tags: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    approval: Approval | None = None


def load_article(path: Path, *, also: Check[Article] | None = None) -> Article:
    """The article in that file; `also` adds checks of a room above. Raises ContentError with file, line and reason."""

    def check(page: _Page) -> list[Flaw]:
        return named(page.id, "id", path) + _flaws(page) + (also(_article(page)) if also else [])

    return _article(convert(_parsed(read_text(path), str(path)), _Page, check, file=str(path)))


def _article(page: _Page) -> Article:
    return Article(
        id=page.id,
        version=page.version,
        kind=page.kind,
        title=page.title,
        body=page.body,
        line=page.line,
        tags=page.tags,
        scenarios=page.scenarios,
        steps=page.steps,
        initials=initials_of(page.title.zh),
        approval=page.approval,
    )


def _parsed(text: str, file: str) -> Parsed:
    """The head as YAML, the two texts as its `body`, and the line of everything."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        raise ContentError(file=file, line=1, reason=f"begins with a line {_FENCE}, then the head")
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() == _FENCE), None)
    if end is None:
        raise ContentError(file=file, line=1, reason=f"the head is not closed by a line {_FENCE}")
    # An empty line in place of the fence keeps the numbers of the lines right.
    head = parse("\n".join(["", *lines[1:end]]), file=file)
    if not isinstance(head.value, dict):
        raise ContentError(file=file, line=2, reason="the head is no list of keys and values")
    if "body" in head.value:
        raise ContentError(file=file, line=head.line(("body",)), reason="the text stands below the head, not in it")
    begins = {key: _begin(lines, mark, end, file) for key, mark in _LANGUAGES.items()}
    if begins["en"] < begins["zh"]:
        raise ContentError(file=file, line=begins["en"], reason="Chinese comes first")
    texts = {
        "zh": lines[begins["zh"] : begins["en"] - 1],
        "en": lines[begins["en"] :],
    }
    for key, begin in begins.items():
        head.lines[("body", key)] = begin
        head.lines.update({("body", key, at): begin + at + 1 for at in range(len(texts[key]))})
    body = {key: "\n".join(part).rstrip() + "\n" for key, part in texts.items()}
    return Parsed({**head.value, "body": body}, head.lines)


def _begin(lines: list[str], mark: str, after: int, file: str) -> int:
    """The line, from 1, of a language's mark."""
    found = [at + 1 for at, line in enumerate(lines) if at > after and line.strip() == mark]
    if len(found) != 1:
        raise ContentError(
            file=file, line=(found or [after + 1])[-1], reason=f"a line {mark} begins its text, exactly once"
        )
    return found[0]


def _flaws(page: _Page) -> list[Flaw]:
    flaws = missing_words(page)
    if page.version < 1:
        flaws.append(Flaw(("version",), "versions begin at 1"))
    for key, words in (("zh", page.title.zh), ("en", page.title.en)):
        if len(words) > TITLE_MOST:
            flaws.append(Flaw(("title", key), f"titles have at most {TITLE_MOST} characters"))
    if not page.tags:
        flaws.append(Flaw(("tags",), "at least one tag, by which it is found"))
    flaws += repeated([(("tags", at), tag) for at, tag in enumerate(page.tags)], "tag")
    flaws += repeated([(("steps", at), step) for at, step in enumerate(page.steps)], "step")
    for key, words in (("zh", page.body.zh), ("en", page.body.en)):
        if len(words) > BODY_MOST:
            flaws.append(Flaw(("body", key), f"texts have at most {BODY_MOST} characters"))
        flaws += [Flaw(("body", key, at), reason) for at, reason in markup_flaws(words)]
        flaws += [
            Flaw(("body", key, at), "a number of 7 digits or more: somebody's?")
            for at, line in enumerate(words.split("\n"))
            if holds_long_number(line)
        ]
    return flaws
