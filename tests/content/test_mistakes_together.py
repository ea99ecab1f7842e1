"""What is wrong with a file in several places is told in one go, each with its line, in both languages."""

import ast
import re
from pathlib import Path

import pytest

from core.content.load import load_sms_templates
from core.content.resources import folder
from core.domain.content_reasons import in_chinese
from core.domain.errors import ContentError

SMS = """\
version: one
templates:
  - code: a
    label: { zh: 一, en: 1 }
    text: { zh: 一, en: One }
    scenarios: 4g-upgrade
  - code: b
    lable: { zh: 二, en: Two }
    text: { zh: 二, en: Two }
    scenarios: [4g-upgrade]
  - code: 3
    text: { zh: 三, en: Three }
    scenarios: [4g-upgrade]
"""


def told(error: ContentError) -> list[tuple[int, str]]:
    return sorted((one.line, one.reason) for one in error.every)


def test_every_independent_mistake_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    # SCRIPT-01
    path = tmp_path / "sms.yaml"
    path.write_text(SMS, "utf-8")
    with pytest.raises(ContentError) as refused:
        load_sms_templates(path)
    found = told(refused.value)
    assert [line for line, _ in found] == [1, 4, 6, 8, 11, 11]
    reasons = [reason for _, reason in found]
    assert reasons[0].startswith("Expected `int`, got `str`")
    assert reasons[3].startswith("unknown key `lable`"), "and that `label` is missing goes without saying"
    assert "Object missing required field `label`" in reasons


def test_a_mistake_deep_in_a_shipped_file_hides_no_other(tmp_path: Path) -> None:
    words = (folder() / "templates" / "sms.yaml").read_text("utf-8")
    path = tmp_path / "sms.yaml"
    spoilt = re.sub(r"scenarios: \[", "scenarios: [3, ", words)
    assert spoilt.count("[3, ") >= 10
    path.write_text(spoilt, "utf-8")
    with pytest.raises(ContentError) as refused:
        load_sms_templates(path)
    assert len(refused.value.every) == spoilt.count("[3, ")


ROOMS = (
    "articles", "budget_rule", "care_classes", "disposition_rules", "drills", "grant_rules", "offer_reader",
    "offer_rules", "offers", "parts", "plan_reader", "plans", "quantities", "running", "script_rules", "script_ways",
    "watched", "yaml_lines",
)  # fmt: skip
SAID_TO_AUTHORS = {"Flaw": 1, "_note": 1, "note": 1, "ValueError": 0, "ContentError": 2}


@pytest.mark.parametrize("room", ROOMS)
def test_no_reason_of_these_rooms_stands_in_english_inside_a_chinese_message(room: str) -> None:
    # SCRIPT-01
    path = Path(__file__).parents[2] / "core" / "content" / f"{room}.py"
    english = [reason for reason in _reasons(ast.parse(path.read_text("utf-8"))) if in_chinese(reason) == reason]
    assert english == []


def _reasons(tree: ast.AST) -> list[str]:
    """Whatever is given as a reason in so many words; what is filled in stands as a number."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        place = SAID_TO_AUTHORS.get(name)
        given = [*node.args[place : place + 1]] if place is not None else []
        given += [one.value for one in node.keywords if one.arg == "reason"] if place is not None else []
        found += [reason for one in given if (reason := _written(one))]
    return found


def _written(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in node.values)
    return ""
