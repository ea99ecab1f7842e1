"""A call on its way through inspection: claimed, scored, signed or disputed once, decided; all of it on record."""

import pytest
from msgspec.structs import replace
from quality_desk_kit import Centre
from server_kit import StillClock, add_agent, agent, send

from core.domain.outcome import CaseResult
from core.domain.people import Role
from core.domain.quality.inspection import Ruling, ScoreState
from core.domain.quality.scoring import Mark
from core.server.db import audit, people
from core.server.db.engine import Database
from core.server.quality.keeping import keep_quality, return_claims, tell_new_leads
from core.server.quality.sampling import look


@pytest.fixture
def centre(database: Database, clock: StillClock) -> Centre:
    return Centre(database, clock)


@pytest.fixture
def small(sqlite: Database, clock: StillClock) -> Centre:
    return Centre(sqlite, clock)


# QA-01
def test_a_call_is_claimed_scored_and_signed(centre: Centre) -> None:
    call = centre.sampled()
    assert centre.push(centre.lead, centre.claim(centre.lead, call.id)) == ["accepted"]
    told = centre.queue(centre.second)[str(call.id)]
    assert told.claimed is not None
    assert told.claimed.by_name == "员工3001"
    item = centre.score(centre.lead, call, remark="生日没核对。", identity=Mark.MISSED)
    assert centre.push(centre.lead, item) == ["accepted"]
    case = centre.case(centre.agent, item)
    assert (case.result.points, case.result.missed, case.result.wrong, case.result.passed) == (88, 1, 0, True)
    assert (case.state, case.by_name, case.said.zh) == (ScoreState.GIVEN, "员工3001", "继续使用，不改套餐")
    assert centre.push(centre.agent, centre.sign(centre.agent, item.id)) == ["accepted"]
    assert centre.case(centre.lead, item).state is ScoreState.SIGNED
    assert {"call_claimed", "call_scored", "score_signed"} <= set(centre.on_record())
    with centre.database.read() as unit:
        assert audit.verify(unit) == []


def test_who_scores_sees_no_number_and_no_whole_name(small: Centre) -> None:
    call = small.sampled()
    told = small.queue(small.lead)[str(call.id)]
    assert told.customer == "吴**"
    assert told.outcome is not None
    assert told.outcome.call.number == "100 **** 0001"
    assert "00000001" not in str(small.on_desk(small.lead, "quality_call"))


def test_a_call_goes_to_the_leads_of_its_team_and_to_nobody_else(small: Centre) -> None:
    call = small.sampled()
    assert str(call.id) in small.queue(small.lead)
    assert small.queue(small.stranger) == {}
    assert small.queue(small.agent) == {}, "who is looked at does not know before it is scored"
    assert small.codes(small.stranger, small.claim(small.stranger, call.id)) == ["unknown_call"]
    assert small.codes(small.stranger, small.score(small.stranger, call)) == ["unknown_call"]
    assert small.codes(small.agent, small.score(small.agent, call)) == ["unknown_call"]


def test_the_first_claim_has_it_and_a_claim_that_runs_out_returns(centre: Centre) -> None:
    call = centre.sampled()
    first = centre.claim(centre.lead, call.id)
    assert centre.push(centre.lead, first, first) == ["accepted", "duplicate"]
    assert centre.push(centre.second, centre.claim(centre.second, call.id)) == ["accepted"]
    claimed = centre.queue(centre.lead)[str(call.id)].claimed
    assert claimed is not None
    assert (claimed.by, claimed.claim) == ("3001", first.id)
    centre.clock.forward(hours=23)
    assert not _returned(centre)
    centre.clock.forward(hours=2)
    assert _returned(centre) == 1
    assert centre.queue(centre.lead)[str(call.id)].claimed is None
    assert centre.push(centre.second, centre.claim(centre.second, call.id)) == ["accepted"]
    second = centre.queue(centre.lead)[str(call.id)].claimed
    assert second is not None
    assert second.by == "3002"


def _returned(centre: Centre) -> int:
    with centre.database.write() as unit:
        return return_claims(unit)


def test_a_claim_can_be_given_back(small: Centre) -> None:
    call = small.sampled()
    small.push(small.lead, small.claim(small.lead, call.id))
    small.push(small.second, small.claim(small.second, call.id, release=True))
    assert small.queue(small.lead)[str(call.id)].claimed is not None, "not by somebody else"
    small.push(small.lead, small.claim(small.lead, call.id, release=True))
    assert small.queue(small.lead)[str(call.id)].claimed is None


def test_a_score_given_offline_stands_unless_somebody_was_quicker(small: Centre) -> None:
    free, held, done = small.sampled(1), small.sampled(2), small.sampled(3)
    small.push(small.second, small.claim(small.second, held.id), small.score(small.second, done))
    answers = send(small.database, small.lead, *(small.score(small.lead, one) for one in (free, held, done))).answers
    assert [one.verdict.value for one in answers] == ["accepted", "superseded", "superseded"]
    assert answers[1].code == "scored_by_another"
    assert len(small.scores(small.agent)) == 2, "one that does not count is kept, and told to nobody"
    late = small.score(small.lead, held)
    small.clock.forward(hours=30)
    assert small.push(small.lead, late) == ["accepted"], "once the other's claim has run out"


def test_nobody_scores_their_own_call(small: Centre) -> None:
    small.agent = small.lead
    call = small.sampled()
    assert str(call.id) not in small.queue(small.lead)
    assert str(call.id) in small.queue(small.second)
    assert small.codes(small.lead, small.claim(small.lead, call.id)) == ["own_call"]
    assert small.codes(small.lead, small.score(small.lead, call)) == ["own_call"]


def test_the_server_takes_no_half_score(small: Centre) -> None:
    call = small.sampled()
    whole = small.score(small.lead, call)
    value = whole.quality_score
    half = replace(whole, quality_score=replace(value, marks=value.marks[1:]))
    unknown = replace(whole, quality_score=replace(value, card_version=99))
    other = replace(whole, quality_score=replace(value, outcome=small.sampled(2).id))
    number = small.score(small.lead, call, remark="10000000417 没核身")
    blamed = small.score(small.lead, call, terms=Mark.WRONG)
    for item, code in ((half, "malformed"), (unknown, "malformed"), (other, "malformed"), (blamed, "malformed"),
                       (number, "number_in_remark")):  # fmt: skip
        assert small.codes(small.lead, item) == [code]
    assert small.push(small.lead, whole) == ["accepted"]


# QA-01
def test_a_dispute_is_made_once_and_decided_by_another_lead(centre: Centre) -> None:
    item = centre.scored(identity=Mark.MISSED, terms=Mark.WRONG)
    assert centre.push(centre.agent, centre.dispute(centre.agent, item.id)) == ["accepted"]
    case = centre.case(centre.lead, item)
    assert (case.state, case.deciders) == (ScoreState.DISPUTED, ("3002",))
    assert centre.codes(centre.agent, centre.dispute(centre.agent, item.id)) == ["already_said"]
    assert centre.codes(centre.lead, centre.decide(centre.lead, item.id, Ruling.UPHELD)) == ["not_the_decider"]
    ruling = centre.decide(centre.second, item.id, Ruling.AMENDED, terms=Mark.PARTLY)
    assert centre.push(centre.second, ruling) == ["accepted"]
    told = centre.case(centre.agent, item)
    assert told.decision is not None
    assert (told.state, told.given.points, told.result.points) == (ScoreState.DECIDED, 76, 94)
    assert (told.result.missed, told.result.wrong, told.decided_by_name) == (0, 0, "员工3002")
    again = centre.decide(centre.second, item.id, Ruling.VOIDED)
    assert centre.push(centre.second, again) == ["superseded"]
    assert centre.case(centre.agent, item).counts
    assert {"score_disputed", "dispute_decided"} <= set(centre.on_record())


def test_where_there_is_one_lead_they_decide_themselves(small: Centre) -> None:
    with small.database.write() as unit:
        people.set_disabled(unit, "3002", True)
    item = small.scored(identity=Mark.MISSED)
    small.push(small.agent, small.dispute(small.agent, item.id))
    assert small.push(small.lead, small.decide(small.lead, item.id, Ruling.VOIDED)) == ["accepted"]
    assert not small.case(small.agent, item).counts


def test_what_was_signed_is_disputed_no_more_and_others_cannot_sign(small: Centre) -> None:
    item = small.scored()
    assert small.codes(small.lead, small.sign(small.lead, item.id)) == ["unknown_score"]
    small.push(small.agent, small.sign(small.agent, item.id))
    assert small.codes(small.agent, small.dispute(small.agent, item.id)) == ["already_said"]
    other = small.scored(2)
    assert small.codes(small.agent, small.dispute(small.agent, other.id, "客户 1000 0000 417 可以作证")) == [
        "number_in_remark"
    ]
    assert small.codes(small.agent, small.dispute(small.agent, other.id, " ")) == ["malformed"]
    assert small.codes(small.lead, small.decide(small.lead, other.id, Ruling.UPHELD)) == ["malformed"], "no dispute"


# QA-01, OUTCOME-10
def test_a_score_keeps_the_version_it_was_given_for_and_says_that_it_changed_since(centre: Centre) -> None:
    item = centre.scored()
    call = centre.kept(item.quality_score.call)
    changed = centre.correct(call, success=False, case_result=CaseResult.HESITANT, result="hesitant")
    look(centre.database)
    case = centre.case(centre.agent, item)
    assert (case.score.outcome, case.corrected, case.result.points) == (call.id, changed.id, 100)
    assert case.said.zh == "继续使用，不改套餐", "as it was when it was scored"
    waiting = centre.sampled(2)
    newer = centre.correct(waiting, note="补充：客户要求下月再谈。")
    look(centre.database)
    told = centre.queue(centre.lead)[str(waiting.id)]
    assert told.outcome is not None
    assert told.outcome.id == newer.id, "a call that waits is shown as it stands now"
    late = centre.score(centre.lead, waiting)
    assert centre.push(centre.lead, late) == ["accepted"], "scored without a network, from the version of before"
    assert centre.case(centre.lead, late).corrected == newer.id


def test_an_agent_who_changed_teams_keeps_the_lead_of_the_day(small: Centre) -> None:
    item = small.scored()
    moved = add_agent(small.database, agent("2043", team="B", team_name="二班"))
    small.push(moved, small.dispute(moved, item.id))
    assert small.case(small.lead, item).state is ScoreState.DISPUTED
    assert small.scores(small.stranger) == {}
    assert small.case(moved, item).team == "A"


def test_who_becomes_lead_gets_what_lies_there(small: Centre) -> None:
    keep_quality(small.database)
    call, item = small.sampled(), small.scored(2)
    new = add_agent(small.database, agent("3003", role=Role.TEAM_LEAD))
    assert small.queue(new) == {}
    with small.database.write() as unit:
        tell_new_leads(unit)
    assert set(small.queue(new)) == {str(call.id), str(item.quality_score.call)}
    assert set(small.scores(new)) == {str(item.id)}
    add_agent(small.database, agent("3003", role=Role.TEAM_LEAD, team="B", team_name="二班"))
    with small.database.write() as unit:
        tell_new_leads(unit)
    assert small.queue(new) == {}


def test_points_of_a_card_are_those_of_its_version(small: Centre) -> None:
    assert small.case(small.lead, small.scored(leaving=Mark.NOT_ASKED, promise=Mark.PARTLY)).result.points == 96
