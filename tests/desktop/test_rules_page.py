"""A planner builds rules without code: bounds, trees and factors, counted, kept and put to use."""

import pytest
from campaigning_kit import PLANNER, Campaigning, focus_order
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from core.content import scripts
from core.desk.factor_find import found_factors
from core.desk.rule_draft import Group, Joint, Leaf, Op, condition_of, group_of, typed_of
from core.domain.condition import Condition
from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.wire.screening import FactorRow, RuleStanding
from desktop.campaigning.rules import RulesPart

BALANCE = FactorRow(
    name="balance", label=Text("余额", "Balance"), initials="ye", group=Text("账务", "Account"), kind=IndicatorType.FEN
)
TENURE = FactorRow(
    name="tenure", label=Text("在网时长", "Tenure"), initials="zwsc", group=Text("账务", "Account"),
    kind=IndicatorType.INTEGER, unit=Text("个月", "months"),
)  # fmt: skip


# ID-08
def test_bounds_are_typed_in_yuan_and_kept_in_fen() -> None:
    tree = Group(Joint.ALL, [Leaf(BALANCE, Op.LT, "¥12.50"), Leaf(TENURE, Op.GE, "6")])
    when = condition_of(tree)
    assert when == Condition(all=(Condition(field="balance", lt=1250), Condition(field="tenure", ge=6)))
    back = group_of(when, {"balance": BALANCE, "tenure": TENURE})
    assert [one.typed for one in back.parts if isinstance(one, Leaf)] == ["12.50", "6"]
    assert typed_of(IndicatorType.FEN, 20_000) == "200"


# ID-08
@pytest.mark.parametrize(
    "when",
    [
        Condition(any=(Condition(field="balance", lt=100), Condition(all=(Condition(field="tenure", known=False),)))),
        Condition(not_=Condition(all=(Condition(field="balance", lt=100), Condition(field="tenure", eq=3)))),
        Condition(not_=Condition(any=(Condition(field="balance", ge=100), Condition(field="tenure", ne=3)))),
    ],
)
def test_every_shape_of_a_tree_comes_back_from_the_builder(when: Condition) -> None:
    assert condition_of(group_of(when, {"balance": BALANCE, "tenure": TENURE})) == when


def test_a_rule_with_a_bound_missing_is_no_rule_yet() -> None:
    assert condition_of(Group()) is None
    assert condition_of(Group(Joint.ALL, [Leaf(BALANCE, Op.LT, "many")])) is None


# ID-08
def test_factors_are_found_by_label_initials_and_group() -> None:
    assert found_factors([TENURE, BALANCE], "ye") == [BALANCE]
    assert found_factors([TENURE, BALANCE], "zw") == [TENURE]
    assert found_factors([TENURE, BALANCE], "账务 时长") == [TENURE]
    assert found_factors([TENURE, BALANCE], "xyz") == []


def test_conditions_are_grouped_removed_and_passed_through_by_keys(planner: Campaigning) -> None:
    part = planner.part(0)
    assert isinstance(part, RulesPart)
    p = part.presenter
    planner.until(lambda: bool(p.rows) and bool(p.factors))
    part.begin()
    for name in ("balance", "tenure_months"):
        part._picked(p.factors.get(name) or next(iter(p.factors.values())))
    first, second = p.tree.parts
    assert isinstance(first, Leaf)
    assert isinstance(second, Leaf)
    at = iter(focus_order(part.form.bound))
    for wanted in (part.conditions.fields[first], part.conditions.fields[second], part.picker.asked, part.note):
        assert any(one is wanted for one in at), "from line to line, as the eye goes"
    part.conditions.fields[second].setFocus()
    QTest.keyClick(part, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert p.tree.parts == [first]
    assert part.conditions.isAncestorOf(planner.window.focusWidget()), "the row above has the keys"
    QTest.keyClick(part, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    assert isinstance(p.tree.parts[-1], Group)
    assert p.into is p.tree.parts[-1], "it takes the next condition"


# ID-08, ROLE-01
def test_a_planner_builds_a_rule_sees_whom_it_finds_and_puts_it_to_use(planner: Campaigning) -> None:
    part = planner.part(0)
    assert isinstance(part, RulesPart)
    p = part.presenter
    planner.until(lambda: bool(p.rows) and bool(p.counts))
    shipped = len(p.rows)
    part.begin()
    part.form.name.insert("余额不多的老客户")
    for asked, bound in (("zwsc", "1"), ("ye", "5000")):
        part._to_factors()
        QTest.keyClicks(part.picker.asked, asked)
        QTest.keyClick(part.picker.asked, Qt.Key.Key_Return)
        field = part.conditions.fields[p.tree.parts[-1]]  # type: ignore[index]
        assert isinstance(field, QLineEdit)
        assert planner.window.focusWidget() is field, "what is typed next is the bound"
        QTest.keyClicks(field, bound)
    part._settle.stop()
    p.count()
    planner.until(lambda: p.overlapping is not None)
    assert p.preview is not None
    assert not part.publish.isEnabled(), "without a word on why nothing is saved"
    part.note.insert("先找老客户试一试")
    part.publish.click()
    planner.until(lambda: len(p.rows) == shipped + 1 and p.history is not None)
    row = p.row(p.rule.id if p.rule else "")
    assert row is not None
    assert (row.standing, row.changed_by) == (RuleStanding.OWN, PLANNER.name)
    part.tabs.setCurrentIndex(1)
    assert "先找老客户试一试" in planner.read()
    assert p.rule is not None
    assert f"话术：{scripts()[p.rule.scenario].title.zh}" in planner.read(), "people know scripts by their titles"
    part.tabs.setCurrentIndex(2)
    planner.until(lambda: "balance" in part.file.text.toPlainText())
    assert planner.errors == []
