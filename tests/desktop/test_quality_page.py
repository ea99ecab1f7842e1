"""The quality page: a lead scores by digits beside the script path, decides and coaches; an agent signs or disputes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from inspection_kit import CARD, a_call, a_case, a_note, marks
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from quality_page_kit import AtWork

from core.domain.errors import InputError
from core.domain.quality.inspection import Claimed, Decision, Ruling, ScoreState
from core.domain.quality.sampling import Risk
from core.domain.quality.scoring import Mark, result_of
from core.domain.text import Lang
from core.wire.inspecting import CallClaimed, CallScored, CoachingLooked, CoachingWritten, DisputeDecided, ScoreDisputed
from desktop.quality import words
from desktop.quality.presenter import Part

Opener = Callable[..., AtWork]


@pytest.fixture
def at_work(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Opener]:
    opened: list[AtWork] = []

    def open_(staff: str, lang: Lang = Lang.ZH) -> AtWork:
        opened.append(AtWork(qtbot, qapp, tmp_path / "store", staff, lang))
        return opened[-1]

    yield open_
    for one in opened:
        one.leave()


def fill_in(one: AtWork, **others: str) -> None:
    """A digit for each item, 1 but for what is named."""
    for item in CARD.items:
        one.press(others.get(item.id, "1"))


# QA-01, EVAL-07
def test_a_lead_claims_scores_by_digits_and_sends_without_a_network(at_work: Opener) -> None:
    lead = at_work("3001")
    call = a_call(Risk.HURRIED)
    lead.tells(call, first=True)
    lead.show()
    assert "何俊" in lead.words
    assert "必说项一秒内就打了勾" in lead.words
    assert "没有人领取" in lead.words
    lead.press("Alt+1")
    assert isinstance(lead.sent[0], CallClaimed)
    assert "我已领取" in lead.words
    lead.press("Return")
    assert "不合格" not in lead.words, "no verdict before the card is filled in"
    fill_in(lead, identity="3", terms="4")
    assert "76 分 · 不合格" in lead.words
    assert "漏 1 · 错 1 · 态度 0" in lead.words
    lead.press("Ctrl+Return")
    assert isinstance(lead.errors[0], InputError)
    assert len(lead.sent) == 1
    lead.shown.bench.remark.setFocus()
    lead.type("没核身就说了账单，资费报错。")
    lead.press("Ctrl+Return")
    item = lead.sent[1]
    assert isinstance(item, CallScored)
    assert item.quality_score.remark == "没核身就说了账单，资费报错。"
    assert {one.item: one.mark for one in item.quality_score.marks}["terms"] is Mark.WRONG
    assert lead.said[-1].zh == words.SENT.zh.format(name="何俊")
    assert words.NO_QUEUE.zh in lead.shown.list.empty_words
    assert lead.shown.list.hasFocus(), "the arrows choose the next one"
    lead.shown.choose(Part.GIVEN)
    lead.settle()
    assert "未上传" in lead.words


# EVAL-07, QA-02
def test_the_way_through_the_script_stands_beside_the_card(at_work: Opener) -> None:
    lead = at_work("3001")
    lead.tells(a_call(Risk.HURRIED), first=True)
    lead.show()
    first, second = lead.shown.bench.path.words()
    assert first.startswith("0:00 · ")
    assert "方便，你说" in first
    assert second.endswith("一秒内")
    assert "客户同意接着用。" in lead.words
    assert "0001" not in lead.words, "no number is needed to score a call"


def test_a_card_begun_is_there_again_after_looking_elsewhere(at_work: Opener) -> None:
    lead = at_work("3001")
    one, two = a_call(Risk.HURRIED), a_call()
    lead.tells(one, two, first=True)
    lead.show()
    lead.press("Return", "3", "4")
    lead.press("Alt+N")
    lead.shown.sheet.setCurrentIndex(lead.shown.sheet.lines.index(1))
    lead.shown.bench.item_words.setFocus()
    lead.type("先报了套餐")
    lead.shown.list.setFocus()
    lead.press("Down", "Up")
    assert lead.shown.presenter.marked("introduction").mark is Mark.MISSED  # type: ignore[union-attr]
    marked = lead.shown.presenter.marked("identity")
    assert marked is not None
    assert (marked.mark, marked.words) == (Mark.WRONG, "先报了套餐")
    assert lead.sent == [], "nothing leaves before it is sent"


def test_what_another_lead_has_claimed_cannot_be_marked(at_work: Opener) -> None:
    lead = at_work("3001")
    until = lead.clock.wall + timedelta(hours=3)
    call = a_call()
    held = msgspec.structs.replace(call, claimed=Claimed(claim=call.id, by="3002", by_name="余海波", until=until))
    lead.tells(held, first=True)
    lead.show()
    lead.press("Return", "1")
    assert "余海波 已领取" in lead.words
    assert lead.shown.presenter.unmarked == len(CARD.items)
    lead.press("Alt+1", "Ctrl+Return")
    assert lead.sent == []


def test_an_instant_fail_is_one_key(at_work: Opener) -> None:
    lead = at_work("3001")
    lead.tells(a_call(), first=True)
    lead.show()
    lead.press("Return")
    fill_in(lead)
    assert "100 分 · 合格" in lead.words
    lead.press("Down", "Space")
    assert "0 分 · 一票否决" in lead.words
    lead.press("Space")
    assert "100 分 · 合格" in lead.words


# QA-01
def test_a_lead_decides_a_dispute_by_other_marks(at_work: Opener) -> None:
    lead = at_work("3001")
    call = a_call()
    case = a_case(call, by="3002", reason="录音里客户说了生日。", deciders=("3001",), identity=Mark.MISSED)
    lead.tells(msgspec.structs.replace(call, score=case.score.id), case, first=True)
    lead.show()
    lead.shown.choose(Part.DISPUTES)
    lead.settle()
    assert "申诉理由：录音里客户说了生日。" in lead.words
    lead.press("Return", "Down", "1")
    lead.press("Alt+2")
    assert isinstance(lead.errors[-1], InputError), "a decision says why"
    lead.shown.bench.remark.setFocus()
    lead.type("听过录音，核了身。")
    lead.press("Alt+2")
    (item,) = lead.sent
    assert isinstance(item, DisputeDecided)
    assert item.score_decision.ruling is Ruling.AMENDED
    assert {one.item: one.mark for one in item.score_decision.marks}["identity"] is Mark.DONE
    assert lead.shown.presenter.count(Part.DISPUTES) == 0


# QA-01
@pytest.mark.parametrize("staff", ["2043", "1027"])
def test_an_agent_sees_the_score_and_disputes_it_once(at_work: Opener, staff: str) -> None:
    agent = at_work(staff)
    case = a_case(a_call(agent=staff), identity=Mark.MISSED)
    agent.tells(case, first=True)
    agent.show()
    assert [part.value for part in agent.shown.presenter.parts] == ["coaching", "own"]
    assert "88 分 · 合格" in agent.words
    assert "评语：先核身，再谈账单。" in agent.words
    agent.press("Return", "5")
    assert agent.shown.presenter.marked("identity").mark is Mark.MISSED, "an agent marks nothing"  # type: ignore[union-attr]
    agent.press("Alt+2")
    assert isinstance(agent.errors[-1], InputError)
    agent.shown.bench.remark.setFocus()
    agent.type("录音里客户说了生日。")
    agent.press("Alt+2")
    (item,) = agent.sent
    assert isinstance(item, ScoreDisputed)
    assert "申诉中" in agent.words
    agent.press("Alt+2", "Alt+1")
    assert len(agent.sent) == 1
    assert agent.shown.presenter.opened is not None
    assert agent.shown.presenter.opened.entry.case.state is ScoreState.DISPUTED  # type: ignore[union-attr]


def test_a_decision_that_comes_while_the_score_is_in_view_shows_the_marks_that_stand_now(at_work: Opener) -> None:
    agent = at_work("2043")
    case = a_case(a_call(), reason="录音里客户说了生日。", identity=Mark.MISSED)
    agent.tells(case, first=True)
    agent.show()
    assert agent.shown.presenter.marked("identity").mark is Mark.MISSED  # type: ignore[union-attr]
    decision = Decision(
        id=uuid4(), score=case.score.id, ruling=Ruling.AMENDED, words="核了身。", marks=marks(), by="3002",
        at=case.score.at,
    )  # fmt: skip
    result = result_of(CARD, marks())
    agent.tells(msgspec.structs.replace(case, state=ScoreState.DECIDED, decision=decision, result=result))
    assert agent.shown.presenter.marked("identity").mark is Mark.DONE  # type: ignore[union-attr]
    assert "100 分 · 合格" in agent.words


# QA-04
def test_coaching_is_written_from_a_score_and_looked_at_again_on_its_day(at_work: Opener) -> None:
    lead = at_work("3001")
    case = a_case(a_call(), identity=Mark.MISSED)
    lead.tells(case, a_note(look_again_at=lead.clock.wall - timedelta(hours=1)), first=True)
    lead.show()
    assert "辅导 1" in lead.shown.tabs.tabText(3), "the day has come"
    lead.shown.choose(Part.GIVEN)
    lead.settle()
    lead.shown.bench.remark.setFocus()
    lead.type("先核身，核完再说账单。")
    lead.press("Alt+3")
    written = lead.sent[-1]
    assert isinstance(written, CoachingWritten)
    assert written.coaching_note.score == case.score.id
    assert written.coaching_note.look_again_at == lead.clock.wall + timedelta(days=7)
    assert lead.shown.bench.remark.text() == "", "it is said, and not said once more"
    lead.shown.choose(Part.COACHING)
    lead.settle()
    assert "该回看了" in lead.words
    lead.press("Alt+1")
    looked = lead.sent[-1]
    assert isinstance(looked, CoachingLooked)
    assert looked.coaching_look.better


# QA-01
def test_what_an_agent_writes_of_one_score_is_not_said_of_another(at_work: Opener) -> None:
    agent = at_work("2043")
    cases = [a_case(a_call(), identity=Mark.MISSED) for _ in range(2)]
    agent.tells(*cases, first=True)
    page = agent.show()
    page.bench.remark.setFocus()
    agent.type("录音里客户说了生日。")
    first, second = (page.list.lines.index(at) for at in (0, 1))
    page.list.setCurrentIndex(second)
    agent.settle()
    assert page.bench.remark.text() == ""
    page.list.setCurrentIndex(first)
    agent.settle()
    assert page.bench.remark.text() == "录音里客户说了生日。"


def test_a_record_corrected_since_is_said(at_work: Opener) -> None:
    agent = at_work("2043")
    case = msgspec.structs.replace(a_case(a_call()), corrected=a_call().id)
    agent.tells(case, first=True)
    agent.show()
    assert words.CORRECTED_SINCE.zh in agent.words


@pytest.mark.parametrize("lang", Lang)
def test_every_word_is_there_in_both_languages(at_work: Opener, lang: Lang) -> None:
    lead = at_work("3001", lang)
    call, other = a_call(Risk.DENIED), a_call()
    lead.tells(call, a_case(other, identity=Mark.WRONG), a_note(), first=True)
    lead.show()
    for part in Part:
        lead.shown.choose(part)
        lead.settle()
        if lang is Lang.EN:
            own = lead.words.replace("何俊", "").replace("周丽华", "").replace("吴**", "")
            for said in ("客户同意接着用。", "先核身，再谈账单。", "开场先报热线，再说来意。"):
                own = own.replace(said, "")
            assert not any("\u4e00" <= char <= "\u9fff" for char in own), own


def test_a_score_is_sent_once_though_the_key_is_pressed_twice(at_work: Opener) -> None:
    # QA-01
    lead = at_work("3001")
    lead.tells(a_call(Risk.HURRIED), first=True)
    lead.show()
    lead.press("Alt+1")
    lead.press("Return")
    fill_in(lead)
    for _ in range(2):
        lead.shown.presenter.send()
    lead.settle()
    assert [type(one) for one in lead.sent].count(CallScored) == 1
