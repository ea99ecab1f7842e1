"""What a campaign changed is told from what stands in the database, and never more than chance allows."""

from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from effect_kit import CAMPAIGN, called, contacted, drawn, later, terms, told_who_left, who_left
from python_calamine import CalamineWorkbook
from server_kit import NOON, SCENARIO, StillClock, add_agent, agent, count, document

from core.demo.texted import TextedCampaign, TextedCustomer
from core.domain import decoding
from core.domain.campaign import Arm, Forecast, Route
from core.domain.errors import InputError
from core.domain.outcome import Contact
from core.domain.outreach import ContactState
from core.domain.text import Lang, Text
from core.screening.effect.page import effect_page
from core.server.campaigns.demonstrating import load_texted
from core.server.cli import main
from core.server.db import outreach
from core.server.db.engine import Database
from core.server.db.schema import audit, campaign_member, written_file
from core.server.effect.making import campaign_effect
from core.server.effect.summaries import hits, lines_of_work
from core.server.loading import load
from core.wire.campaign_effect import CampaignEffect, Looked, Verdict

AS_OF = later(45).date()


def _effect(database: Database, days: int = 30) -> CampaignEffect:
    with database.read() as unit:
        return campaign_effect(unit, CAMPAIGN, days=days)


# EVAL-01, EVAL-08
def test_dispatched_reached_agreed_and_what_became_of_them_against_the_control_group(
    database: Database, clock: StillClock
) -> None:
    arms = drawn(database, terms(), members=600)
    treated = [int(one[1:]) for one, arm in arms.items() if arm is Arm.TREATED]
    called(database, treated[:6], result="done", success=True)
    called(database, treated[6:10], result="no_answer", contact=Contact.UNANSWERED)
    told_who_left(database, who_left(arms, {Arm.TREATED: 0.10, Arm.CONTROL: 0.30}), as_of=AS_OF)
    clock.forward(days=46)
    found = _effect(database)
    assert (found.treated, found.control) == (480, 120)
    assert (found.dispatched, found.called, found.reached, found.agreed) == (480, 10, 6, 6)
    assert found.verdict is Verdict.HELPED
    main = next(one for one in found.compared if one.looked is Looked.ON_NET and one.days == 30)
    assert (main.treated.due, main.treated.met, main.control.met) == (480, 432, 84)
    assert main.effect is not None
    assert main.effect.value == pytest.approx(0.20, abs=0.002)
    assert "20.0 个百分点" in found.words.zh
    late = next(one for one in found.compared if one.days == 90 and one.looked is Looked.ON_NET)
    assert (late.not_yet_due, late.effect) == (600, None)
    forecast = {one.what: one for one in found.forecast}
    assert forecast["reached"].achieved == pytest.approx(1.25)
    assert forecast["agreed"].achieved == 100
    assert forecast["effect"].within is False
    for lang in Lang:
        assert found.words.of(lang) in effect_page(found, lang)
    # Areas were settled before the draw; who called whom was not.
    assert {one.code for one in found.groups["area"]} == {"东岭区", "西河区"}
    assert {one.name.zh for one in found.groups["stratum"]} >= {"高价值 · 东岭区", "西河区"}
    assert all(one.effect is not None for name in ("stratum", "area", "value") for one in found.groups[name])
    assert [(one.code, one.reached, one.effect) for one in found.groups["agent"]] == [("2043", 6, None)]


# EVAL-03
def test_without_a_control_group_only_before_and_after_is_told(sqlite: Database, clock: StillClock) -> None:
    arms = drawn(sqlite, terms(control_percent=0.0, forecast=Forecast()), members=200)
    left = who_left(arms, {Arm.TREATED: 0.10})
    told_who_left(sqlite, left | {"C3": NOON.date() - timedelta(days=4)}, as_of=AS_OF)
    clock.forward(days=46)
    found = _effect(sqlite)
    assert found.verdict is Verdict.NO_CONTROL
    assert all(one.effect is None and one.per_reached is None for one in found.compared)
    assert {one.area for one in found.before_after} == {"东岭区", "西河区"}
    moved = {one.area: one for one in found.before_after}["西河区"]
    assert (moved.before.met, moved.before.due) == (1, 100)
    assert found.cannot_show is not None
    assert "无" not in found.words.zh
    assert "没有对照组" in found.words.zh


def test_before_the_days_are_over_or_without_a_list_of_who_left_no_effect_is_told(
    sqlite: Database, clock: StillClock
) -> None:
    arms = drawn(sqlite, terms(), members=200)
    assert "on-net" in _effect(sqlite).words.zh
    told_who_left(sqlite, who_left(arms, {Arm.CONTROL: 0.5}), as_of=NOON.date() + timedelta(days=29))
    clock.forward(days=30)
    assert _effect(sqlite).verdict is Verdict.NOT_DUE
    assert _effect(sqlite, 14).verdict is Verdict.HELPED


def test_arms_that_somebody_changed_are_noticed_by_drawing_again(sqlite: Database, clock: StillClock) -> None:
    arms = drawn(sqlite, terms(), members=600)
    told_who_left(sqlite, who_left(arms, {Arm.TREATED: 0.1, Arm.CONTROL: 0.3}), as_of=AS_OF)
    clock.forward(days=46)
    held = next(one for one, arm in arms.items() if arm is Arm.CONTROL)
    with sqlite.write() as unit:
        moved = campaign_member.update().where(campaign_member.c.customer_id == held)
        unit.conn.execute(moved.values(arm=Arm.TREATED.value))
    found = _effect(sqlite)
    assert found.verdict is Verdict.BROKEN
    assert all(one.effect is None for one in found.compared)
    assert "种子" in found.words.zh


def test_a_member_who_is_gone_from_the_records_does_not_break_the_others(sqlite: Database, clock: StillClock) -> None:
    arms = drawn(sqlite, terms(), members=600)
    told_who_left(sqlite, who_left(arms, {Arm.TREATED: 0.1, Arm.CONTROL: 0.3}), as_of=AS_OF)
    clock.forward(days=46)
    with sqlite.write() as unit:
        unit.conn.execute(campaign_member.delete().where(campaign_member.c.customer_id.in_(("C5", "C6", "C7"))))
    assert _effect(sqlite).verdict is Verdict.HELPED


# EVAL-06
def test_problems_that_agents_noted_are_grouped(sqlite: Database) -> None:
    drawn(sqlite, terms(), members=60)
    called(sqlite, [1, 2, 3], note="家里没有信号，网速很慢", note_edited=True)
    called(sqlite, [4], note="说资费太贵了，每月用不完", note_edited=True)
    found = _effect(sqlite).problems
    assert sum(one.calls for one in found) == 4
    assert found[0].calls >= 3


def test_held_out_and_called_for_something_else_is_said(sqlite: Database, clock: StillClock) -> None:
    arms = drawn(sqlite, terms(), members=600)
    held = next(int(one[1:]) for one, arm in arms.items() if arm is Arm.CONTROL)
    called(sqlite, [held])
    told_who_left(sqlite, who_left(arms, {Arm.TREATED: 0.1, Arm.CONTROL: 0.3}), as_of=AS_OF)
    clock.forward(days=46)
    found = _effect(sqlite)
    assert found.control_called == 1
    assert any("对照组里有 1 位" in one.zh for one in found.cautions)


def test_a_campaign_that_is_not_there_is_told_plainly(sqlite: Database) -> None:
    with pytest.raises(InputError, match="autumn-save"):
        _effect(sqlite)


def test_a_draft_that_has_drawn_nobody_has_nothing_to_tell_yet(sqlite: Database) -> None:
    drawn(sqlite, terms(), members=0)
    assert _effect(sqlite).verdict is Verdict.NOT_DUE


# EVAL-01: as HTML, XLSX and JSON, each on record
def test_the_command_writes_the_report_and_puts_it_on_record(
    sqlite: Database, clock: StillClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arms = drawn(sqlite, terms(name=Text("=秋季", "=Autumn")), members=300)
    told_who_left(sqlite, who_left(arms, {Arm.TREATED: 0.1, Arm.CONTROL: 0.3}), as_of=AS_OF)
    add_agent(sqlite, agent("2043"))
    data = ["--data", str(tmp_path)]
    html, book, plain = (tmp_path / f"effect.{form}" for form in ("html", "xlsx", "json"))
    written = ["--html", str(html), "--xlsx", str(book), "--json", str(plain)]
    assert main(["campaign", "effect", CAMPAIGN, *written, *data]) == 0
    assert "活动有效" in capsys.readouterr().out
    assert "<svg" in html.read_text("utf-8")
    assert decoding.decode(plain.read_bytes(), CampaignEffect).verdict is Verdict.HELPED
    assert CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()[1][1] == "'=秋季"
    with sqlite.read() as unit:
        assert count(unit, written_file) == 3
        forms = [
            decoding.plain(row.payload)["form"] for row in unit.conn.execute(audit.select()) if row.action == "export"
        ]
    assert forms == ["html", "xlsx", "json"]
    # Nobody but planners, no other suffix, and no campaign that is not there.
    assert main(["campaign", "effect", CAMPAIGN, "--as", "2043", *data]) == 1
    assert main(["campaign", "effect", CAMPAIGN, "--html", str(plain), *data]) == 1
    assert main(["campaign", "effect", "spring", *data]) == 1
    assert "campaign list" in capsys.readouterr().err


# EVAL-04: hits are counted of those whom nobody called, since a call may be why somebody stayed.
def test_a_rules_hit_rate_is_told_by_month_beside_all_customers(database: Database, clock: StillClock) -> None:
    arms = drawn(database, terms(), members=300)
    treated = [int(one[1:]) for one, arm in arms.items() if arm is Arm.TREATED]
    called(database, treated[:40])
    load(database, [(document(n), None) for n in range(301, 901)])
    left = who_left(arms, {Arm.TREATED: 0.2, Arm.CONTROL: 0.2}) | {f"C{n}": later(3).date() for n in range(301, 331)}
    told_who_left(database, left, as_of=AS_OF)
    clock.forward(days=46)
    with database.read() as unit:
        found = hits(unit, days=30)
    assert [(one.kind, one.code, one.month, one.named) for one in found.rates] == [
        ("rule", "low-balance", "2026-11", 300)
    ]
    rate = found.rates[0]
    assert (rate.held_out.due, rate.uncalled.due) == (60, 260)
    assert rate.held_out.met == 12
    assert rate.precision is not None
    assert rate.precision.low < 0.2 < rate.precision.high
    assert rate.base == pytest.approx(90 / 900)
    assert rate.lift == pytest.approx(rate.precision.value / 0.1)


def test_who_got_a_text_is_none_of_those_whom_nobody_reached(database: Database, clock: StillClock) -> None:
    # EVAL-04, CHANNEL-01: whoever got a text, an automated call or a visit may have stayed because of it
    arms = drawn(database, terms(), members=300)
    treated = sorted(one for one, arm in arms.items() if arm is Arm.TREATED)
    contacted(database, treated[:30], ContactState.SENT, ContactState.DELIVERED)
    contacted(database, treated[30:40], ContactState.SENT)
    contacted(database, treated[40:45], ContactState.SENT, ContactState.FAILED)
    contacted(database, treated[45:50])
    told_who_left(database, who_left(arms, {Arm.TREATED: 0.2, Arm.CONTROL: 0.2}), as_of=AS_OF)
    clock.forward(days=46)
    with database.read() as unit:
        rate = hits(unit, days=30).rates[0]
    assert (rate.held_out.due, rate.uncalled.due) == (60, 260), "what failed or never left reached nobody"


def test_what_the_demonstration_texted_was_texted(sqlite: Database, clock: StillClock) -> None:
    # EVAL-04, CHANNEL-01
    value = terms(routes=(Route.SMS,))
    load(sqlite, [(document(n), None) for n in range(1, 101)])
    arms = {f"C{n}": Arm.CONTROL if n % 4 == 0 else Arm.TREATED for n in range(1, 101)}
    members = [TextedCustomer(one, "", arm, later(9).date() if one in ("C4", "C8") else None)
               for one, arm in arms.items()]  # fmt: skip
    load_texted(sqlite, TextedCampaign(value, members, NOON))
    told_who_left(sqlite, {"C4": later(9).date(), "C8": later(9).date()}, as_of=AS_OF)
    clock.forward(days=46)
    with sqlite.read() as unit:
        assert outreach.unsent(unit, 10) == [], "nothing of it is still to leave"
        assert outreach.due(unit, 10) == []
        rate = hits(unit, days=30).rates[0]
    assert (rate.uncalled.due, rate.uncalled.met) == (25, 2)


def test_of_a_campaign_that_texts_it_is_told_what_arrived(
    sqlite: Database, clock: StillClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # EVAL-01, CHANNEL-01
    value = terms(name=Text("短信关怀", "Texts"), forecast=Forecast(effect_points=-3.5))
    arms = drawn(sqlite, value, members=300)
    treated = sorted(one for one, arm in arms.items() if arm is Arm.TREATED)
    contacted(sqlite, treated[:30], ContactState.SENT, ContactState.DELIVERED)
    contacted(sqlite, treated[30:40], ContactState.SENT, ContactState.DELIVERED, ContactState.ANSWERED)
    contacted(sqlite, treated[40:45], ContactState.SENT, ContactState.FAILED)
    contacted(sqlite, treated[45:50])
    told_who_left(sqlite, who_left(arms, {Arm.TREATED: 0.3, Arm.CONTROL: 0.1}), as_of=AS_OF)
    clock.forward(days=46)
    found = _effect(sqlite)
    assert (found.sent, found.delivered, found.answered) == (45, 40, 10)
    zh, en = effect_page(found, Lang.ZH), effect_page(found, Lang.EN)
    assert "活动效果：短信关怀" in zh
    assert "A campaign&#x27;s effect: Texts" in en
    assert "<td>Delivered</td><td class=n>40</td>" in en
    assert "−3.5" in en
    assert "<td class=n>-" not in en, "one sign for minus"
    book = tmp_path / "effect.xlsx"
    assert main(["campaign", "effect", CAMPAIGN, "--xlsx", str(book), "--data", str(tmp_path)]) == 0
    assert "45 texts, automated calls and visits sent, 40 delivered, 10 answered" in capsys.readouterr().out
    rows = {row[0]: row[1] for row in CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()}
    assert rows["已送达"] == "40"
    assert "UTC" not in rows["导出时间"], "the day's own time, as in the page"


def test_a_campaign_of_texts_alone_says_nothing_of_calls(
    sqlite: Database, clock: StillClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # EVAL-01, CHANNEL-01
    arms = drawn(sqlite, terms(routes=(Route.SMS,), forecast=Forecast()), members=300)
    contacted(sqlite, sorted(arms)[:30], ContactState.SENT, ContactState.DELIVERED)
    told_who_left(sqlite, who_left(arms, {Arm.TREATED: 0.1, Arm.CONTROL: 0.3}), as_of=AS_OF)
    clock.forward(days=46)
    found = _effect(sqlite)
    assert not found.by_call
    assert {one.looked for one in found.compared} == {Looked.ON_NET}
    page = effect_page(found, Lang.EN)
    assert not [one for one in ("Dialled", "Owners reached", "<td>Agreed", "<td>Ordered") if one in page]
    book = tmp_path / "effect.xlsx"
    assert main(["campaign", "effect", CAMPAIGN, "--xlsx", str(book), "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert f"{found.treated} drawn to be reached, {found.control} held out; nobody calls." in said
    assert "dialled" not in said
    rows = [row[0] for row in CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()]
    assert "已送达" in rows
    assert "拨打过" not in rows


def test_each_part_stands_beside_its_own_control_and_the_workbook_draws_the_effect(
    sqlite: Database, clock: StillClock, tmp_path: Path
) -> None:
    # EVAL-02
    arms = drawn(sqlite, terms(), members=600)
    told_who_left(sqlite, who_left(arms, {Arm.TREATED: 0.1, Arm.CONTROL: 0.3}), as_of=AS_OF)
    clock.forward(days=46)
    found = _effect(sqlite)
    for one in found.groups["area"]:
        assert one.control_on_net is not None
        assert one.on_net.due + one.control_on_net.due == one.drawn
    assert sum(one.control_on_net.met for one in found.groups["area"] if one.control_on_net) == 84
    assert "Control on net" in effect_page(found, Lang.EN)
    book = tmp_path / "effect.xlsx"
    assert main(["campaign", "effect", CAMPAIGN, "--xlsx", str(book), "--lang", "en", "--data", str(tmp_path)]) == 0
    heads = CalamineWorkbook.from_path(book).get_sheet_by_name("By area").to_python()[0]
    assert "Control on net, share" in heads
    with ZipFile(book) as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
    assert "'What became'!$B$2:$B$4" in chart.replace("&apos;", "'"), "the days that are over: 7, 14 and 30"
    assert "<c:errBars>" in chart


# EVAL-02: a line of work is all campaigns of its scenario; one without control adds to the work, not to the effect.
def test_lines_of_work_sum_their_campaigns_and_compare_those_with_a_control_group(
    sqlite: Database, clock: StillClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arms = drawn(sqlite, terms(), members=600)
    drawn(sqlite, terms(id="no-control", control_percent=0.0), members=50)
    told_who_left(sqlite, who_left(arms, {Arm.TREATED: 0.1, Arm.CONTROL: 0.3}), as_of=AS_OF)
    clock.forward(days=46)
    with sqlite.read() as unit:
        found = lines_of_work(unit, days=30)
    assert [(one.scenario, one.campaigns, one.treated, one.control) for one in found.lines] == [(SCENARIO, 2, 530, 120)]
    line = found.lines[0]
    assert (line.verdict, line.left_out) == (Verdict.HELPED, ("no-control",))
    assert line.on_net.treated.due == 480
    assert main(["campaign", "lines", "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "有效 / helped" in said
    assert "业务线 / line of work" in said
    assert main(["campaign", "hits", "--out", str(tmp_path / "hits.csv"), "--data", str(tmp_path)]) == 0
    assert "low-balance" in (tmp_path / "hits.csv").read_text("utf-8-sig")


def test_who_had_left_before_is_in_the_funnel_no_more_than_in_the_arms(sqlite: Database, clock: StillClock) -> None:
    # EVAL-02, EVAL-03
    arms = drawn(sqlite, terms(forecast=Forecast()), members=300)
    gone = sorted(arms)[:50]
    told_who_left(sqlite, dict.fromkeys(gone, (NOON - timedelta(days=20)).date()), as_of=AS_OF)
    treated = [one for one, arm in arms.items() if arm is Arm.TREATED]
    called(sqlite, [int(one[1:]) for one in treated[:60]], result="done", success=True)
    clock.forward(days=46)
    found = _effect(sqlite)
    stay = [one for one in treated if one not in gone]
    assert (found.left_before, found.treated, found.control) == (50, len(stay), 250 - len(stay))
    main = next(one for one in found.compared if one.looked is Looked.ON_NET and one.days == 30)
    assert (found.treated, found.control) == (main.treated.due, main.control.due)
    assert found.dispatched == len(stay)
    assert found.agreed == sum(one not in gone for one in treated[:60])
    with sqlite.read() as unit:
        line = lines_of_work(unit, days=30).lines[0]
    assert (line.treated, line.control, line.dispatched) == (found.treated, found.control, found.dispatched)


def test_of_those_who_had_left_it_is_told_who_agreed_to_come_back(sqlite: Database, clock: StillClock) -> None:
    # WINBACK-02: whether they stay cannot be asked, and waiting changes nothing of that
    arms = drawn(sqlite, terms(forecast=Forecast()), members=300)
    told_who_left(sqlite, dict.fromkeys(arms, (NOON - timedelta(days=20)).date()), as_of=AS_OF)
    treated = [int(one[1:]) for one, arm in arms.items() if arm is Arm.TREATED]
    called(sqlite, treated[:60], result="done", success=True)
    clock.forward(days=46)
    found = _effect(sqlite)
    assert (found.verdict, found.left_before) == (Verdict.NOT_DUE, 300)
    assert "自己回来" in found.words.zh
    assert not any("两组都不计" in one.zh for one in found.cautions)
    agreed = next(one for one in found.compared if one.looked is Looked.AGREED and one.days == 30)
    assert (agreed.treated.due, agreed.treated.met, agreed.control.due, agreed.control.met) == (240, 60, 60, 0)
    assert agreed.effect is not None
    assert agreed.effect.low > 0.1
