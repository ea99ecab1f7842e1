"""Content files: loaded whole, or refused with file, line and reason."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from content_kit import refusal

from core.content import (
    decode_dispositions,
    decode_script,
    decode_skip_reasons,
    decode_sms_templates,
    dispositions,
    folder,
    knowledge,
    load_dispositions,
    load_script,
    load_skip_reasons,
    load_sms_templates,
    scripts,
    shipped,
    skip_reasons,
    sms_templates,
)
from core.content.care_classes import CARE, load_care_classes
from core.content.decode_practice import decode_care_classes, decode_drill
from core.content.drills import load_drills
from core.content.flaws import Flaw
from core.domain import decoding
from core.domain.errors import ContentError
from core.domain.knowledge import Article

SCRIPT = """\
id: tiny
version: 1
title: { zh: "小", en: "Tiny" }
start: hello
stages:
  - { id: one, label: { zh: "一", en: "One" } }
checklist:
  - { id: name, label: { zh: "报名", en: "Name" } }
steps:
  - id: hello
    stage: one
    ticks: [name]
    say:
      - text: { zh: "您好", en: "Hello" }
    answers:
      - { label: { zh: "好", en: "Yes" }, to: end }
      - { label: { zh: "再说", en: "Again" }, to: hello }
"""
RESULTS = """\
scenario: tiny
version: 1
results:
  - code: sold
    label: { zh: "成", en: "Sold" }
    success: true
    must: [name]
    talk_min_s: 40
  - code: away
    label: { zh: "未接", en: "Away" }
    closes: false
    retry_after_min: 30
reasons:
  - { code: price, label: { zh: "资费", en: "Price" } }
follow_ups:
  - { code: later, label: { zh: "稍后", en: "Later" }, kind: callback, in_min: 180 }
"""


def refused(tmp_path: Path, text: str | bytes, load: Callable[[Path], object] = load_script) -> ContentError:
    path = tmp_path / "tiny.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    error = refusal(load, path)
    assert error.file == str(path)
    return error


def test_the_shipped_scenarios_load() -> None:
    # SCRIPT-01
    assert set(scripts()) == set(dispositions())
    assert set(scripts()) >= {"4g-upgrade", "broadband-disconnect", "vip-care", "new-customer-welcome", "zero-usage"}
    assert len(sms_templates().templates) >= 6
    assert len(skip_reasons().reasons) >= 4


def test_one_more_scenario_is_one_more_file(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text(SCRIPT)
    assert load_script(tmp_path / "tiny.yaml").steps[0].answers[1].to == "hello"


def test_what_the_server_publishes_is_what_the_client_reads() -> None:
    pieces = shipped()
    assert len({(piece.kind, piece.name) for piece in pieces}) == len(pieces)
    assert {piece.kind for piece in pieces} >= {"script", "dispositions", "knowledge", "drill", "care_classes"}
    for piece in pieces:
        assert piece.version >= 1
        if piece.kind == "script":
            assert decode_script(piece.body) == scripts()[piece.name]
        elif piece.kind == "dispositions":
            assert decode_dispositions(piece.body) == dispositions()[piece.name]
        elif piece.kind == "sms_templates":
            assert decode_sms_templates(piece.body) == sms_templates()
        elif piece.kind == "skip_reasons":
            assert decode_skip_reasons(piece.body) == skip_reasons()
        elif piece.kind == "drill":
            assert decode_drill(piece.body) in load_drills(folder())
        elif piece.kind == "care_classes":
            assert decode_care_classes(piece.body) == load_care_classes(folder() / CARE)
        elif piece.kind == "knowledge":
            assert decoding.decode(piece.body, Article) == knowledge()[piece.name]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"id": 1}', b"[" * 100_000, b"\xff"])
def test_what_is_no_content_is_refused_by_the_client(body: bytes) -> None:
    for decode in (decode_script, decode_dispositions, decode_sms_templates, decode_skip_reasons):
        with pytest.raises(ContentError):
            decode(body)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("version: 1", "version: one", 2, "a whole number should stand here, not words"),
        ("version: 1", "version: 0", 2, "versions begin at 1"),
        ("version: 1", "version: 0x1F", 2, "plain number"),
        ("version: 1", "version: true", 2, "a whole number should stand here, not true or false"),
        ("version: 1", "version: 1\nversion: 2", 3, "`version` stands here twice"),
        ("start: hello", "start: nowhere", 4, "there is no step `nowhere`"),
        ("start: hello", "start: hello\nstrat: x", 5, "unknown key `strat`"),
        ('en: "One"', 'fr: "Un"', 6, "unknown key `fr`"),
        (', en: "One"', "", 6, "missing required field `en`"),
        ('en: "One"', 'en: " "', 6, "the English words are missing"),
        ('zh: "一"', 'zh: ""', 6, "the Chinese words are missing"),
        ("ticks: [name]", "ticks: [nom]", 12, "`nom` is not on the checklist"),
        ("stage: one", "stage: two", 11, "there is no stage `two`"),
        ("to: end }", "to: nowhere }", 16, "there is no step `nowhere`"),
        ("to: end }", "to: hello }", 10, "no path from step `hello` comes to an end"),
        ("id: hello", "id: end", 4, "there is no step `hello`"),
        ("id: tiny", "id: other", 1, "does not stand in a file of its name"),
        ("- text:", "- when: { field: plan, known: true }\n        text:", 14, "must have no condition"),
        ('zh: "好"', 'zh: "' + "好" * 31 + '"', 16, "too long for its button"),
        ("say:", "say: []\n    unsaid:", 14, "unknown key `unsaid`"),
        ('title: { zh: "小"', 'title: { zh: "小', 3, ""),
    ],
)
def test_a_mistake_is_told_with_file_line_and_reason(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    error = refused(tmp_path, SCRIPT.replace(old, new, 1))
    assert reason in str(error)
    assert error.line == line, str(error)
    assert error.next_step.zh


def test_a_step_that_nothing_leads_to_is_told(tmp_path: Path) -> None:
    lost = SCRIPT[SCRIPT.index("  - id: hello") :].replace("id: hello", "id: lost")
    error = refused(tmp_path, SCRIPT + lost)
    assert (error.line, "no path leads to step `lost`" in str(error)) == (18, True)


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "- a\n- b\n", "a: [", "a: &x [*x]\n", "? {a: 1}\n: 2\n", b"a: \xff"]
)
def test_what_is_no_script_at_all_is_refused(tmp_path: Path, text: str | bytes) -> None:
    assert refused(tmp_path, text).line >= 1


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="No such file"):
        load_script(tmp_path / "none.yaml")


def test_words_that_yaml_1_1_would_twist_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "skips.yaml"
    path.write_text("version: 1\nreasons:\n  - { code: no, label: { zh: 12:30, en: on } }\n")
    reason = load_skip_reasons(path).reasons[0]
    assert (reason.code, reason.label.zh, reason.label.en) == ("no", "12:30", "on")


def test_a_room_above_may_add_checks(tmp_path: Path) -> None:
    path = tmp_path / "tiny.yaml"
    path.write_text(SCRIPT)
    with pytest.raises(ContentError) as caught:
        load_script(path, also=lambda _: [Flaw(("steps", 0, "say", 0, "text"), "too rude")])
    assert (caught.value.line, "too rude" in str(caught.value)) == (14, True)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('zh: "成"', 'zh: "' + "成" * 30 + '"', 5, "at most 29 characters"),
        ("must: [name]", "must: []", 4, "needs checklist items"),
        ("    talk_min_s: 40\n", "", 4, "a call of ten seconds is no sale"),
        ("talk_min_s: 40", "talk_min_s: 40\n    talk_max_s: 20", 4, "bounds that no call can meet"),
        ("closes: false", "closes: true", 9, "a retry needs"),
        ("code: away", "code: sold", 9, "result `sold` stands here twice"),
        ("in_min: 180", 'day: friday, at: "18:30"', 16, "`friday` is none of"),
        ("in_min: 180", 'day: today, at: "25:00"', 16, "`25:00` is no hour"),
        ("in_min: 180", "day: today", 16, "one of in_min, day and at, counts_from"),
        ("in_min: 180", "in_min: 180, counts_from: [contract_ends_on]", 16, "one of in_min, day and at, counts_from"),
        ("in_min: 180", "in_min: 180, days: -14", 16, "days count from something"),
        ("in_min: 180", "counts_from: [contract_ends_on], days: -900", 16, "at most 366 days away"),
        ("kind: callback, in_min: 180", "kind: escalation, counts_from: [contract_ends_on]", 16, "only a callback"),
        ("kind: callback, in_min: 180", "kind: sms", 16, "names its template"),
        ("kind: callback", "kind: fax", 16, "Invalid enum value"),
        ("scenario: tiny", "scenario: other", 1, "file of its name"),
    ],
)
def test_mistakes_in_dispositions_are_told(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    error = refused(tmp_path, RESULTS.replace(old, new, 1), load_dispositions)
    assert reason in str(error)
    assert error.line == line, str(error)


def test_more_rows_than_digits_are_refused(tmp_path: Path) -> None:
    rows = "".join(f'  - {{ code: r{n}, label: {{ zh: "行", en: "Row" }} }}\n' for n in range(10))
    error = refused(tmp_path, RESULTS.replace("reasons:\n", rows + "reasons:\n", 1), load_dispositions)
    assert "1 to 9 rows" in str(error)


def test_two_templates_of_one_code_are_refused(tmp_path: Path) -> None:
    row = '  - { code: a, label: { zh: "一", en: "One" }, text: { zh: "一", en: "One" } }\n'
    assert "stands here twice" in str(refused(tmp_path, "version: 1\ntemplates:\n" + row * 2, load_sms_templates))


def test_a_choice_may_not_open_choices(tmp_path: Path) -> None:
    path = folder() / "dispositions" / "4g-upgrade.yaml"
    found = load_dispositions(path)
    group = found.results[3]
    assert group.choices
    nested = msgspec.structs.replace(group, choices=(msgspec.structs.replace(group, code="x"),))
    from core.content.disposition_rules import disposition_flaws

    flaws = disposition_flaws(msgspec.structs.replace(found, results=(nested,)))
    assert any("none below a choice" in flaw.reason for flaw in flaws)
