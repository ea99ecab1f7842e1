"""Articles and tips: a YAML head and two languages of Markdown, or refused with file, line and reason."""

from pathlib import Path

import pytest
from content_kit import refusal

from core.content.articles import load_article
from core.content.initials import initials_of
from core.content.shipped import knowledge
from core.domain.errors import ContentError
from core.domain.knowledge import ArticleKind, LineOfWork

ARTICLE = """\
---
id: page
version: 3
kind: article
title: { zh: 补换 SIM 卡, en: Replacing a SIM }
line: mobile
tags: [补卡, SIM]
steps: [vip-care/replace-sim]
---
<!-- zh -->
先核身，见[账单](kb:bill-reading)。

| 谁 | 多久 |
|---|---|
<!-- en -->
Verify first.
"""


def refused(tmp_path: Path, text: str) -> ContentError:
    path = tmp_path / "page.md"
    path.write_text(text, "utf-8")
    error = refusal(load_article, path)
    assert error.file == str(path)
    return error


def test_an_article_reads_as_written(tmp_path: Path) -> None:
    # KB-01
    path = tmp_path / "page.md"
    path.write_text(ARTICLE, "utf-8")
    article = load_article(path)
    assert (article.id, article.version, article.kind, article.line) == (
        "page", 3, ArticleKind.ARTICLE, LineOfWork.MOBILE,
    )  # fmt: skip
    assert article.body.zh == "先核身，见[账单](kb:bill-reading)。\n\n| 谁 | 多久 |\n|---|---|\n"
    assert article.body.en == "Verify first.\n"
    assert (article.tags, article.steps, article.initials) == (("补卡", "SIM"), ("vip-care/replace-sim",), "bhsimk")


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("---\nid", "id", 1, "begins with a line ---"),
        ("replace-sim]\n---\n", "replace-sim]\n", 1, "is not closed"),
        ("version: 3", "version: 0", 3, "versions begin at 1"),
        ("version: 3", "version: three", 3, "a whole number should stand here, not words"),
        ("id: page", "id: other", 2, "does not stand in a file of its name"),
        ("kind: article", "kind: essay", 4, "Invalid enum value"),
        ("line: mobile", "line: fax", 6, "Invalid enum value"),
        ("line: mobile\n", "", 2, "missing required field `line`"),
        (", en: Replacing a SIM", "", 5, "missing required field `en`"),
        ("title: { zh: 补换 SIM 卡", "title: { zh: " + "长" * 61, 5, "at most 60 characters"),
        ("tags: [补卡, SIM]", "tags: []", 7, "at least one tag"),
        ("tags: [补卡, SIM]", "tags: [SIM, SIM]", 7, "stands here twice"),
        ("tags: [补卡, SIM]", "tags: [补卡]\nauthor: 1027", 8, "unknown key `author`"),
        ("tags: [补卡, SIM]", "tags: [补卡]\nbody: x", 8, "below the head"),
        ("<!-- zh -->\n", "", 9, "a line <!-- zh --> begins its text"),
        ("<!-- en -->\n", "<!-- en -->\n<!-- en -->\n", 16, "exactly once"),
        ("Verify first.", " ", 15, "the English words are missing"),
        ("先核身", "![图](http://x/y.png)", 11, "pictures are not shown"),
        ("先核身", "<b>先</b>核身", 11, "HTML is not shown"),
        ("|---|---|", "见 https://example.com", 14, "only links to other articles"),
        ("Verify first.", "See [this](page.html).", 16, "only links to other articles"),
        ("Verify first.", "One\nTwo\nCall 100 0000 0417.", 18, "7 digits or more"),
        ("Verify first.", "x" * 12_001, 15, "at most 12000 characters"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_reason(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    assert old in ARTICLE
    error = refused(tmp_path, ARTICLE.replace(old, new, 1))
    assert reason in str(error)
    assert error.line == line, str(error)


@pytest.mark.parametrize("text", ["", "---\n---\n", "---\n- a\n---\n", "---\na: [\n---\n", "\ufeff"])
def test_what_is_no_article_at_all_is_refused(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, text).line >= 1


def test_the_shipped_knowledge_reads_in_both_languages() -> None:
    # KB-01, KB-02: articles for each line of work, tips from cases
    found = knowledge()
    assert len(found) >= 25
    assert {article.line for article in found.values()} == set(LineOfWork)
    assert sum(article.kind is ArticleKind.TIP for article in found.values()) >= 5
    for article in found.values():
        assert article.body.zh.strip()
        assert article.body.en.strip()
        assert article.initials


@pytest.mark.parametrize(
    ("title", "initials"),
    [("漫游修复", "myxf"), ("重新登记", "cxdj"), ("5G 换卡？", "5ghk"), ("VoLTE", "volte"), ("！", "")],
)
def test_initials_are_what_one_types(title: str, initials: str) -> None:
    assert initials_of(title) == initials
