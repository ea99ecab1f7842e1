"""A lead scores without a network, an agent signs or disputes: at once in sight, true to what is told later."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from inspection_kit import CARD, a_call, a_case, a_note, marks, told
from presenter_kit import SITE, StillMoment, an_agent
from store_kit import a_page, answered

from core.desk import inspecting, score_drafts
from core.desk.call_path import path_of
from core.desk.desk import Desk
from core.domain import decoding
from core.domain.errors import InputError
from core.domain.people import Role
from core.domain.quality.inspection import Claimed, Ruling, ScoreState
from core.domain.quality.sampling import Risk
from core.domain.quality.scoring import Mark, Marked
from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.store import Store
from core.wire.inspecting import CallScored, QualityItem
from core.wire.push import Verdict

ITEM = decoding.decoder(QualityItem)


@pytest.fixture
def tell(store: Store, moment: StillMoment) -> Callable[..., None]:
    def tell(*values: Any) -> None:
        store.apply(a_page(*told(*values)), now=moment.wall)

    return tell


@pytest.fixture
def lead(store: Store, moment: StillMoment) -> Desk:
    agent = msgspec.structs.replace(an_agent(), staff_number="3001", name="周丽华", role=Role.TEAM_LEAD)
    return Desk(store=store, agent=agent, site=SITE, moment=moment)


@pytest.fixture
def agent(store: Store, moment: StillMoment) -> Desk:
    return Desk(store=store, agent=msgspec.structs.replace(an_agent(), staff_number="2043"), site=SITE, moment=moment)


def sent(store: Store) -> list[QualityItem]:
    return [ITEM.decode(one.body) for one in store.pending(100)]


def test_the_queue_begins_with_ones_own_claims_then_risks_then_chance(lead: Desk, tell: Callable[..., None]) -> None:
    now = lead.moment().wall
    chance, risky, own = a_call(), a_call(Risk.HURRIED), a_call()
    other = a_call(
        Risk.DENIED, claimed=Claimed(claim=uuid4(), by="3002", by_name="余海波", until=now + timedelta(hours=1))
    )
    over = a_call(Risk.DENIED, claimed=Claimed(claim=uuid4(), by="3002", by_name="余海波", until=now))
    mine = a_call(agent="3001")
    tell(chance, risky, own, other, over, mine)
    inspecting.claim(lead, own)
    found = [call.id for call in inspecting.inspection(lead).queue]
    assert found[0] == own.id
    assert set(found[1:3]) == {risky.id, over.id}, "a claim that ran out is anybody's"
    assert found[3:] == [chance.id, other.id], "never one's own call"


# QA-01
def test_a_lead_scores_without_a_network(lead: Desk, store: Store, tell: Callable[..., None]) -> None:
    call = a_call()
    tell(call)
    card = inspecting.inspection(lead).card(call)
    assert card == CARD
    given = marks(identity=Mark.MISSED, terms=Mark.WRONG)
    with pytest.raises(InputError, match="write a remark"):
        inspecting.give_score(lead, call, card, given, (), "")
    score = inspecting.give_score(lead, call, card, given, (), "没核身就说了账单。")
    seen = inspecting.inspection(lead)
    assert seen.queue == ()
    (case,) = seen.given
    assert (case.result.points, case.result.missed, case.result.wrong) == (76, 1, 1)
    assert seen.unsent == {score.id}
    (item,) = sent(store)
    assert isinstance(item, CallScored)
    assert item.quality_score.outcome == call.id


def test_what_the_server_has_taken_stays_in_sight_until_it_tells(
    lead: Desk, store: Store, tell: Callable[..., None]
) -> None:
    call = a_call()
    tell(call)
    score = inspecting.give_score(lead, call, CARD, marks(), (), "")
    store.settle(answered(score.id))
    assert [case.score.id for case in inspecting.inspection(lead).given] == [score.id]
    assert inspecting.inspection(lead).unsent == frozenset()
    tell(msgspec.structs.replace(call, score=score.id), msgspec.structs.replace(a_case(call), score=score))
    assert [case.score.id for case in inspecting.inspection(lead).given] == [score.id]


def test_a_score_that_the_server_refuses_is_taken_back_and_told(
    lead: Desk, store: Store, tell: Callable[..., None]
) -> None:
    call = a_call()
    tell(call)
    score = inspecting.give_score(lead, call, CARD, marks(), (), "")
    store.settle(answered(score.id, verdict=Verdict.REJECTED))
    seen = inspecting.inspection(lead)
    assert [one.id for one in seen.queue] == [call.id]
    assert seen.refused[0].item.id == score.id


def test_another_lead_who_was_quicker_keeps_the_call(lead: Desk, store: Store, tell: Callable[..., None]) -> None:
    call = a_call()
    tell(call)
    inspecting.claim(lead, call)
    (item,) = sent(store)
    store.settle(answered(item.id))
    until = lead.moment().wall + timedelta(hours=20)
    tell(msgspec.structs.replace(call, claimed=Claimed(claim=uuid4(), by="3002", by_name="余海波", until=until)))
    claimed = inspecting.inspection(lead).queue[0].claimed
    assert claimed is not None
    assert claimed.by == "3002"


# QA-01
def test_an_agent_signs_or_disputes_once_with_a_reason(agent: Desk, store: Store, tell: Callable[..., None]) -> None:
    first, second = a_case(a_call(), identity=Mark.MISSED), a_case(a_call())
    tell(first, second)
    assert inspecting.inspection(agent).to_answer == 2
    with pytest.raises(InputError):
        inspecting.dispute(agent, first, " ")
    inspecting.dispute(agent, first, "录音里客户说了生日。")
    inspecting.sign(agent, second)
    states = {case.score.id: case.state for case in inspecting.inspection(agent).own}
    assert states == {first.score.id: ScoreState.DISPUTED, second.score.id: ScoreState.SIGNED}
    assert inspecting.inspection(agent).to_answer == 0
    assert inspecting.inspection(agent).queue == (), "an agent scores nobody"
    assert len(sent(store)) == 2


def test_a_lead_decides_what_is_theirs_to_decide(lead: Desk, tell: Callable[..., None]) -> None:
    mine = a_case(a_call(), by="3002", reason="客户说了生日。", deciders=("3001",), identity=Mark.MISSED)
    others = a_case(a_call(), by="3001", reason="资费讲过了。", deciders=("3002",), terms=Mark.WRONG)
    tell(mine, others)
    (waiting,) = inspecting.disputes_waiting(lead)
    assert waiting.score.id == mine.score.id
    inspecting.decide(lead, mine, Ruling.AMENDED, "录音里有。", card=CARD, marks=marks())
    case = next(one for one in inspecting.inspection(lead).given if one.score.id == mine.score.id)
    assert (case.state, case.given.points, case.result.points) == (ScoreState.DECIDED, 88, 100)
    assert inspecting.disputes_waiting(lead) == ()


# QA-04
def test_coaching_reminds_on_its_day_and_is_looked_at_again(lead: Desk, tell: Callable[..., None]) -> None:
    now = lead.moment().wall
    due, later = a_note(look_again_at=now), a_note(look_again_at=now + timedelta(days=2))
    tell(due, later)
    assert [note.note.id for note in inspecting.inspection(lead).due_notes] == [due.note.id]
    with pytest.raises(InputError):
        inspecting.look_again(lead, due, better=False)
    inspecting.look_again(lead, due, better=False, again_at=now + timedelta(days=7))
    assert inspecting.inspection(lead).due_notes == ()
    inspecting.look_again(lead, later, better=True, words="开场稳了。")
    seen = inspecting.inspection(lead)
    assert [note.open for note in seen.notes] == [True, False]
    inspecting.coach(lead, "2043", "先听完再解释。", now + timedelta(days=3))
    assert inspecting.inspection(lead).notes[0].note.words == "先听完再解释。"


def test_a_card_begun_is_kept_over_a_crash(lead: Desk, store: Store, tmp_path: Path, moment: StillMoment) -> None:
    call = uuid4()
    draft = score_drafts.ScoreDraft(marks=(Marked(item="identity", mark=Mark.WRONG),), remark="没核")
    score_drafts.keep_draft(lead, call, draft)
    store.close()
    again = open_store(tmp_path / "store", StoreKey("5a" * 32))
    desk = Desk(store=again, agent=lead.agent, site=SITE, moment=moment)
    assert score_drafts.drafts(desk) == {call: draft}
    score_drafts.keep_draft(desk, call, score_drafts.EMPTY)
    assert score_drafts.drafts(desk) == {}
    again.close()


# EVAL-07, QA-02
def test_the_way_through_the_script_is_told_in_words_with_times(lead: Desk) -> None:
    call = a_call()
    assert call.outcome is not None
    first, second = path_of(lead, call.outcome)
    assert (first.at_s, first.seconds, first.answer.zh, first.hurried) == (0, 9.0, "方便，你说", False)
    assert "{{" not in first.words.zh
    assert "工号" in first.words.zh
    assert (second.at_s, round(second.seconds or 0, 1), second.hurried) == (9, 0.6, True)
    assert [item.zh for item in second.ticked] == ["核身"]
    unknown = msgspec.structs.replace(call.outcome.path[0], said=-1)
    older = msgspec.structs.replace(call.outcome, path=(unknown,))
    assert "没有记录" in path_of(lead, older)[0].words.zh, "nobody is told of words that may never have been said"
    gone = msgspec.structs.replace(call.outcome, scenario="no-such")
    assert [line.stage.zh for line in path_of(lead, gone)] == ["opening", "verify"], "never nothing"
