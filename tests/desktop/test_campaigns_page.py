"""The planner's page of campaigns beside a real server: rules are built, counted, kept and used without code."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from campaigning_kit import PLANNER, Campaigning, campaigning, campaigns_served
from desk_kit import NOW, OPTED_OUT, city, document_of
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from server_process import ServerProcess
from sqlalchemy import func, select

from core.content import scripts
from core.desk import list_bringing
from core.desk.factor_find import found_factors
from core.desk.rule_draft import Group, Joint, Leaf, Op, condition_of, group_of, typed_of
from core.domain.campaign import CampaignState
from core.domain.condition import Condition
from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.server.db.schema import campaign_list_entry
from core.sync.campaigns import AskCampaigns
from core.wire.campaign_effect import (
    ArmShare,
    CampaignEffect,
    Compared,
    Forecasted,
    Interval,
    Looked,
    Verdict,
)
from core.wire.campaigns import FlawedRow, ListFlaw, ListReport, PutCampaignList
from core.wire.list_files import ColumnRole
from core.wire.screening import FactorRow, RuleStanding
from desktop.campaigning.campaigns import CampaignsPart
from desktop.campaigning.effect import EffectPart
from desktop.campaigning.lists import ListsPart
from desktop.campaigning.rules import RulesPart
from desktop.keys import CONDUCTING, LISTING, RULING, SWITCHING, cap
from desktop.shell.pages import CAMPAIGNS
from desktop.widgets.values import Tone

OPTED_OUT_CUSTOMER = document_of(OPTED_OUT).id
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


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with campaigns_served(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def planner(server: ServerProcess, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Campaigning]:
    with campaigning(server, tmp_path, qtbot) as found:
        yield found


# ID-03, TASK-07, EVAL-01, EVAL-08
def test_a_campaign_with_a_control_group_is_counted_before_it_starts_and_stopped_by_two_presses(
    planner: Campaigning,
) -> None:
    part = planner.part(1)
    assert isinstance(part, CampaignsPart)
    p = part.presenter
    planner.until(lambda: bool(p.rules))
    part.begin()
    part.form.name.insert("余额关怀")
    part.form.rules.choose("low-balance-on-net")
    assert p.draft is not None
    assert p.draft.scenario == "low-balance", "the rule brings its script"
    p.draft.target = "40"
    part._settle.stop()
    p.keep()
    planner.until(lambda: p.preview is not None)
    assert p.preview is not None
    members = p.preview.members
    assert members.chosen == members.treated + members.control + members.not_drawn
    assert p.state is CampaignState.DRAFT
    assert "没有增益模型，活动也没有写预计效果" in planner.read(), "by what the effect goes (TASK-06)"
    part._start()
    planner.until(lambda: p.state is CampaignState.RUNNING and not p.counting)
    assert not part.form.fields["control"].isEnabled(), "who is held out is decided for good"
    assert "40" in planner.read()
    part._stop()
    assert p.state is CampaignState.RUNNING
    part._stop()
    planner.until(lambda: p.state is CampaignState.STOPPED)
    assert [text.zh for text, _ in planner.said] == ["活动已开始。", "活动已停止，未打开的任务已收回。"]


# ID-07, TASK-04
def test_what_few_campaigns_state_is_folded_away_and_told_beside_the_fold(planner: Campaigning) -> None:
    part = planner.part(1)
    assert isinstance(part, CampaignsPart)
    p, form = part.presenter, part.form
    planner.until(lambda: bool(p.rules))
    p._take_offers({"free-data": Text("送流量", "Free data")})
    part.begin()
    form.name.insert("两条规则")
    form.rules.choose("low-balance-on-net")
    form.rules.choose("broadband-balance-under-200")
    form.offers.choose("free-data")
    assert p.draft is not None
    assert p.draft.rules == ["low-balance-on-net", "broadband-balance-under-200"]
    assert form.seldom.isHidden()
    QTest.keyClick(part, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert form.seldom.trigger.hasFocus(), "what was unfolded has the keys"
    form.seldom.fields["areas"].setFocus()
    QTest.keyClicks(form.seldom.fields["areas"], "Nowhere")
    form.seldom.chips["values"].chosen.emit("high")
    QTest.keyClick(part, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert "已设：区域（用逗号隔开）、价值" in planner.read()
    part._settle.stop()
    p.keep()
    planner.until(lambda: p.trouble is not None)
    assert "现有：" in planner.read(), "a place that is none is answered with those that there are"
    p.draft.areas = ""
    p.keep()
    planner.until(lambda: p.told is not None)
    assert p.told is not None
    assert p.told.audience.rules == ("low-balance-on-net", "broadband-balance-under-200")
    assert p.told.offers == ("free-data",)
    form.rules.chips.press_next()
    assert p.draft.rules == ["low-balance-on-net"], "a chip takes its rule out again"


def test_tab_goes_through_the_form_as_the_eye_does(planner: Campaigning) -> None:
    part = planner.part(1)
    assert isinstance(part, CampaignsPart)
    planner.until(lambda: bool(part.presenter.rules))
    part.begin()
    form = part.form
    form.rules.choose("low-balance-on-net")
    way = [form.name, form.name_en, form.rules.box, form.list, form.model, form.rules.chips, form.scenario,
           form.offers.box, *form.fields.values(), form.routes, form.more]  # fmt: skip
    at = iter(_focus_order(form.name))
    for wanted in way:
        assert any(one is wanted or wanted.isAncestorOf(one) for one in at), wanted.accessibleName()


def test_what_was_typed_of_a_campaign_is_there_again_after_another_one_was_looked_at(planner: Campaigning) -> None:
    part = planner.part(1)
    assert isinstance(part, CampaignsPart)
    p = part.presenter
    planner.until(lambda: bool(p.rules))
    part.begin()
    part.form.name.insert("先存好的")
    part.form.rules.choose("low-balance-on-net")
    part.begin()
    planner.until(lambda: any(one.name.zh == "先存好的" for one in p.rows))
    assert part.form.name.text() == "", "what was whole went to the server; this is another one"
    kept = next(one.id for one in p.rows if one.name.zh == "先存好的")
    QTest.keyClicks(part.form.name, "Half done")
    part.list.chosen.emit(kept)
    assert part.form.name.text() == "先存好的"
    part.form.fields["quota"].selectAll()
    QTest.keyClicks(part.form.fields["quota"], "many")
    part.begin()
    assert part.form.name.text() == "Half done", "it lacks something still"
    part.list.chosen.emit(kept)
    assert part.form.fields["quota"].text() == "many"


def test_each_button_has_a_key_that_f1_lists(planner: Campaigning) -> None:
    listed = {cap(key) for keys in (RULING, CONDUCTING, LISTING, SWITCHING) for key, _ in keys.values()}
    for at in range(planner.window.tabs.count()):
        part = planner.part(at)
        assert isinstance(part, QWidget)
        buttons = [one for one in part.findChildren(QPushButton) if one.property("kind") != "plain"]
        assert buttons
        for button in buttons:
            assert button.text().split("  ")[-1] in listed, button.text()
        keys = [key for each in (RULING, CONDUCTING, LISTING, SWITCHING) for key in each.values()]
        assert all(key in CAMPAIGNS.keys for key in keys)


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
    at = iter(_focus_order(part.form.bound))
    for wanted in (part.conditions.fields[first], part.conditions.fields[second], part.picker.asked, part.note):
        assert any(one is wanted for one in at), "from line to line, as the eye goes"
    part.conditions.fields[second].setFocus()
    QTest.keyClick(part, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert p.tree.parts == [first]
    assert part.conditions.isAncestorOf(planner.window.focusWidget()), "the row above has the keys"
    QTest.keyClick(part, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    assert isinstance(p.tree.parts[-1], Group)
    assert p.into is p.tree.parts[-1], "it takes the next condition"


def _focus_order(first: QWidget) -> list[QWidget]:
    """What takes the keys from there on, each once."""
    found, one = [first], first.nextInFocusChain()
    while one is not first:
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled():
            found.append(one)
        one = one.nextInFocusChain()
    return found


def an_effect(campaign_id: str, verdict: Verdict, *, effect: Interval | None) -> CampaignEffect:
    arms = {"treated": ArmShare(due=820, met=784), "control": ArmShare(due=205, met=187)}
    few = {"treated": ArmShare(due=4, met=4), "control": ArmShare(due=2, met=1)}
    return CampaignEffect(
        campaign_id=campaign_id, name=Text("余额关怀", "Balance care"), state="ended", days=30, verdict=verdict,
        words=Text("结论", "Verdict"), at=NOW, treated=820, control=205, dispatched=790, called=770, reached=512,
        agreed=190, ordered=88,
        compared=(
            Compared(looked=Looked.ON_NET, days=30, not_yet_due=0, effect=effect, **arms),
            Compared(looked=Looked.ON_NET, days=90, not_yet_due=1019, effect=effect, few=True, **few),
        ),
        forecast=(Forecasted(what="effect", expected=3.0, achieved=4.1, low=1.2, high=7.0, within=True),),
    )  # fmt: skip


# EVAL-01, EVAL-08
def test_an_effect_is_shown_with_its_interval_beside_the_forecast_and_taken_away(
    planner: Campaigning, tmp_path: Path
) -> None:
    part = planner.part(2)
    assert isinstance(part, EffectPart)
    planner.until(lambda: not part._reading)
    part._id = "c-1"
    part._take(an_effect("c-1", Verdict.HELPED, effect=Interval(value=0.041, low=0.012, high=0.07)))
    assert [one.told for one in part.whiskers.rows] == ["+4.1（+1.2 至 +7.0）"] * 2
    assert [one.few for one in part.whiskers.rows] == [False, True], "small numbers are grey"
    assert "95.6%（820）" in part.compared.words()[0]
    assert part.forecast.words() == ["多留住（百分点） 3 4.1 1.2 – 7.0"]
    part.folder = lambda: tmp_path  # type: ignore[method-assign]
    part._write()
    planner.until(lambda: bool(planner.said))
    assert [one.suffix for one in tmp_path.glob("c-1*")] == [".xlsx"]
    assert planner.entered.store.outbox_state().waiting == 1, "what was taken away is on record"


def test_an_effect_that_a_later_question_has_overtaken_is_dropped(planner: Campaigning) -> None:
    held = list[Callable[[CampaignEffect], None]]()

    def lane(_work: object, done: Callable[[CampaignEffect], None] | None = None, _failed: object = None) -> None:
        assert done is not None
        held.append(done)

    part = EffectPart(structs.replace(planner.context, network_lane=lane))
    planner.qtbot.addWidget(part)
    earlier, later = (an_effect("c-1", Verdict.NOT_DUE, effect=None) for _ in range(2))
    part._id = "c-1"
    part._read()
    part._read()
    held[1](later)
    held[0](earlier)
    assert part.effect is later


# EVAL-01
def test_without_a_control_group_no_effect_is_told(planner: Campaigning) -> None:
    part = planner.part(2)
    assert isinstance(part, EffectPart)
    planner.until(lambda: not part._reading)
    part._id = "c-1"
    part._take(an_effect("c-1", Verdict.NO_CONTROL, effect=None))
    assert {one.told for one in part.whiskers.rows} == {"说不出"}
    assert part.verdict.tone is Tone.WARN


# ID-06, ID-07
def test_each_row_of_a_list_is_checked_before_it_is_brought_in_and_those_refused_are_saved(
    planner: Campaigning, tmp_path: Path
) -> None:
    known = city()[0][0].id
    file = tmp_path / "流失名单.csv"
    file.write_text(f"编码,意见,得分\n{known},快到期,85\nnobody,=1+1,0.5\n{known},又一次,\n", "gb18030")
    part = planner.part(3)
    assert isinstance(part, ListsPart)
    p = part.presenter
    part.path.setText(str(file))
    part.read()
    planner.until(lambda: p.look is not None)
    assert part.name.text() == "流失名单"
    roles = (ColumnRole.CUSTOMER_ID, ColumnRole.REASON, ColumnRole.SCORE)
    for box, role in zip(part.roles, roles, strict=True):
        box.setCurrentIndex(list(ColumnRole).index(role))
    part.roles[0].activated.emit(0)
    planner.until(lambda: p.busy is None and p.ready)
    told = planner.read()
    assert "共 3 行 · 1 位客户会进名单" in told
    assert "第 3 行：库里没有这位客户" in told, "rows are counted as a spreadsheet does"
    assert "第 4 行：与前面重复" in told
    assert "第 2 行：得分不是 0 到 1，也不是百分数，按没有算" in told
    part.save.click()
    planner.until(lambda: bool(planner.said))
    saved = file.with_name("流失名单.csv.rejected.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[:3] for line in saved[1:]] == [
        ["2", "得分不是 0 到 1，也不是百分数，按没有算", '"a score that is none (0 to 1'],
        ["3", "库里没有这位客户", "no such customer here"],
        ["4", "与前面重复", "the same as a row above"],
    ]
    assert "'=1+1" in saved[2], "no spreadsheet computes what a list brought"
    part.keep()
    planner.until(lambda: p.report is not None)
    assert p.report is not None
    assert (p.report.rows, p.report.customers) == (3, 1)
    assert "3 行里有 1 位客户进了名单" in planner.read()
    planner.until(lambda: "流失名单 · 1 位" in part.list.words())
    assert part.path.text() == ""


# ID-06
def test_a_long_list_comes_in_parts_and_one_that_is_stopped_leaves_nothing(
    planner: Campaigning, server: ServerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_bringing, "PART", 20)
    sent, put = list[int](), AskCampaigns.put_list

    def stopped_after_two(self: AskCampaigns, list_id: str, asked: PutCampaignList) -> ListReport:
        report = put(self, list_id, asked)
        sent.append(len(asked.rows))
        if len(sent) == 2 and p.effort is not None:
            p.effort.stop()
        return report

    people = [document.id for document in city()[0]]
    file = tmp_path / "长名单.csv"
    file.write_text("客户编号\n" + "\n".join(people), "utf-8")
    part = planner.part(3)
    assert isinstance(part, ListsPart)
    p = part.presenter

    def looked() -> None:
        part.path.setText(str(file))
        part.read()
        planner.until(lambda: p.ready)

    looked()
    kept = _entries(server)
    with monkeypatch.context() as patched:
        patched.setattr(AskCampaigns, "put_list", stopped_after_two)
        part.keep()
        planner.until(lambda: p.busy is None)
    assert p.report is None
    assert sent == [20, 20, 0], "what was sent is let go"
    assert planner.said[-1][0].zh == "没有导入，什么也没留下。"
    assert _entries(server) == kept
    assert p.ready, "it can be tried again"
    part.keep()
    planner.until(lambda: p.report is not None)
    assert p.report is not None
    assert (p.report.rows, p.report.customers) == (len(people), len(people))
    refused = people.index(OPTED_OUT_CUSTOMER) + 2
    assert FlawedRow(row=refused, flaw=ListFlaw.OPTED_OUT) in p.report.flaws, "counted through, by the rows of the file"
    planner.until(lambda: f"长名单 · {len(people)} 位" in part.list.words())


def _entries(server: ServerProcess) -> int:
    with server.database.read() as unit:
        return unit.conn.execute(select(func.count()).select_from(campaign_list_entry)).scalar_one()


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
