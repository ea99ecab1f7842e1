"""Parts that files share: put in place when a file is read; mistakes are told where they stand."""

from pathlib import Path

import pytest
from content_kit import refusal

from core.content import folder, load_dispositions, load_script
from core.domain.text import Text

PART = """\
steps:
  - id: hello
    ticks: [name]
    say:
      - text: { zh: "您好，[[why]]", en: "Hello, [[why]]" }
    answers:
      - { label: { zh: "好", en: "Yes" }, to: "@on" }
      - { label: { zh: "再说", en: "Again" }, to: hello }
  - id: bye
    say:
      - text: { zh: "再见", en: "Goodbye" }
    answers:
      - { label: { zh: "好", en: "Yes" }, to: end }
checklist:
  - { id: name, label: { zh: "报名", en: "Name" } }
"""
SCRIPT = """\
id: tiny
version: 1
title: { zh: "小", en: "Tiny" }
start: hello
stages:
  - { id: one, label: { zh: "一", en: "One" } }
checklist:
  - use: greet
steps:
  - use: greet
    stage: one
    exits: { on: middle }
    words: { why: { zh: "问个好", en: "to greet you" } }
  - id: middle
    stage: one
    say:
      - text: { zh: "好吗", en: "Well?" }
    answers:
      - { label: { zh: "好", en: "Yes" }, to: bye }
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "greet.yaml").write_text(PART)
    path = tmp_path / "tiny.yaml"
    path.write_text(SCRIPT)
    return path


def test_a_part_brings_its_steps_words_exits_and_checklist(path: Path) -> None:
    # SCRIPT-01
    script = load_script(path)
    assert [step.id for step in script.steps] == ["hello", "bye", "middle"]
    assert script.steps[0].say[0].text.en == "Hello, to greet you"
    assert script.steps[0].answers[0].to == "middle"
    assert {step.stage for step in script.steps} == {"one"}
    assert [item.id for item in script.checklist] == ["name"]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("use: greet\n    stage", "use: grit\n    stage", 10, "there is no part `grit`"),
        ("use: greet\n    stage", "use: ../greet\n    stage", 10, "small letters"),
        ("exits: { on: middle }", "exits: {}", 10, "needs the exit `on`"),
        ("exits: { on: middle }", "exits: { on: nowhere }", 7, "there is no step `nowhere`"),
        ("exits: { on: middle }", "exits: { on: middle, off: middle }", 10, "knows nothing of `off`"),
        ("    words: {", "    wrds: {", 13, "unknown key `wrds`"),
        ("words: { why: { zh: ", "words: { why: { fr: ", 13, "words need Chinese and English"),
        ("exits: { on: middle }", "exits: { on: middle }\n    without: [hullo]", 10, "knows nothing of `hullo`"),
        ("exits: { on: middle }", "exits: { on: middle }\n    without: [bye]", 20, "there is no step `bye`"),
    ],
)
def test_a_mistake_in_the_use_is_told(path: Path, old: str, new: str, line: int, reason: str) -> None:
    path.write_text(SCRIPT.replace(old, new, 1))
    error = refusal(load_script, path)
    assert reason in str(error)
    assert error.line == line, str(error)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("id: hello\n", "id: hello\n    colour: red\n", 3, "unknown key `colour`"),
        ('en: "Goodbye"', 'en: ""', 11, "the English words are missing"),
        ("to: hello }", "to: nowhere }", 8, "there is no step `nowhere`"),
        ("  - id: bye", "  - use: greet\n  - id: bye", 9, "may not use a part"),
        ("ticks: [name]", "ticks: name", 3, "a list should stand here, not words"),
    ],
)
def test_a_mistake_in_the_part_is_told_with_the_parts_file(
    path: Path, old: str, new: str, line: int, reason: str
) -> None:
    part = path.parent / "parts" / "greet.yaml"
    part.write_text(PART.replace(old, new, 1))
    error = refusal(load_script, path)
    assert reason in str(error)
    assert (error.file, error.line) == (str(part), line)


def test_a_part_without_that_list_is_told(path: Path) -> None:
    path.write_text(SCRIPT.replace("stages:\n", "objections:\n  - use: greet\nstages:\n", 1))
    assert "part `greet` has no objections" in str(refusal(load_script, path))


def test_dispositions_share_their_rows_the_same_way() -> None:
    found = load_dispositions(folder() / "dispositions" / "new-service.yaml")
    assert [row.code for row in found.results[:6]] == [
        "order_agreed",
        "hesitant",
        "not_needed",
        "not_connected",
        "wrong_contact",
        "refused_contact",
    ]


CONDITIONS = """\
free:
  when: { field: complaint_open, eq: false }
  why_not: { zh: "先解决投诉", en: "Settle the complaint first" }
"""
RESULTS = """\
scenario: tiny
version: 1
results:
  - code: sold
    label: { zh: "办了", en: "Sold" }
    only: free
  - code: no
    label: { zh: "不办", en: "No" }
reasons:
  - { code: price, label: { zh: "资费", en: "Price" } }
"""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "conditions.yaml").write_text(CONDITIONS)
    (tmp_path / "tiny.yaml").write_text(RESULTS)
    return tmp_path / "tiny.yaml"


def test_a_condition_by_name_stands_for_what_it_says_and_why(results: Path) -> None:
    # SCRIPT-09
    sold, no = load_dispositions(results).results
    assert sold.when is not None
    assert sold.why_not == Text("先解决投诉", "Settle the complaint first")
    assert (no.when, no.why_not) == (None, None)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("only: free", "only: fre", 6, "there is no condition `fre`"),
        ("only: free", "only: [free]", 6, "there is no condition"),
        ("only: free", 'only: free\n    why_not: { zh: "不行", en: "No" }', 6, "`why_not` is said by"),
    ],
)
def test_a_condition_that_is_named_wrongly_is_told(results: Path, old: str, new: str, line: int, reason: str) -> None:
    results.write_text(RESULTS.replace(old, new, 1))
    error = refusal(load_dispositions, results)
    assert reason in str(error)
    assert (error.file, error.line) == (str(results), line)


def test_a_mistake_in_a_condition_is_told_with_its_own_file(results: Path) -> None:
    conditions = results.parent / "parts" / "conditions.yaml"
    conditions.write_text(CONDITIONS.replace('en: "Settle the complaint first"', 'en: ""'))
    error = refusal(load_dispositions, results)
    assert "the English words are missing" in str(error)
    assert (error.file, error.line) == (str(conditions), 3)
