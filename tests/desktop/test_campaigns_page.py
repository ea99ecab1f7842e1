"""A planner leads campaigns beside a real server: stated, counted before they start, stopped, all by keys."""

from campaigning_kit import Campaigning, focus_order
from desk_kit import OPTED_OUT, document_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from core.domain.campaign import CampaignState
from core.domain.indicator import IndicatorType
from core.domain.text import Text
from core.wire.screening import FactorRow
from desktop.campaigning.campaigns import CampaignsPart
from desktop.keys.caps import cap
from desktop.keys.planning import CONDUCTING, LISTING, RULING, SWITCHING
from desktop.shell.pages import CAMPAIGNS

OPTED_OUT_CUSTOMER = document_of(OPTED_OUT).id
BALANCE = FactorRow(
    name="balance", label=Text("余额", "Balance"), initials="ye", group=Text("账务", "Account"), kind=IndicatorType.FEN
)
TENURE = FactorRow(
    name="tenure", label=Text("在网时长", "Tenure"), initials="zwsc", group=Text("账务", "Account"),
    kind=IndicatorType.INTEGER, unit=Text("个月", "months"),
)  # fmt: skip


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
    at = iter(focus_order(form.name))
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
