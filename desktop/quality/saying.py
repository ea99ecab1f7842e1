"""Calls, scores and notes in words: lines of the lists, facts of the card. No widgets."""

from datetime import datetime

from core.desk.inspecting import Inspection
from core.domain.clock import CHINA
from core.domain.outcome import Outcome
from core.domain.quality.inspection import CoachingCase, SampledCall, ScoreCase, ScoreState, holder
from core.domain.quality.sampling import RISK_NAMES, Risk, Why
from core.domain.quality.save_check import CHECK_NAMES, CheckState
from core.domain.quality.scorecard import Subject
from core.domain.quality.scoring import ScoreResult
from core.domain.text import Text, filled
from desktop.quality import words
from desktop.tongue import Tongue
from desktop.widgets.values import ChipValue, Row, Tone

GRAVE = frozenset({Risk.DENIED, Risk.CHURNED, Risk.UNKNOWN_OFFER, Risk.SHORT_SUCCESS, Risk.NO_CALL})


def moment(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%m-%d %H:%M}"


def day(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%m-%d}"


def why(one: Why) -> Text:
    name, detail = RISK_NAMES[one.risk], one.detail
    if not detail.zh:
        return name
    return Text(f"{name.zh}（{detail.zh}）", f"{name.en} ({detail.en})")


def chips(say: Tongue, call: SampledCall) -> list[ChipValue]:
    return [ChipValue(say(why(one)), Tone.BAD if one.risk in GRAVE else Tone.WARN) if one.risk is not Risk.CHANCE
            else ChipValue(say(why(one)), Tone.MUTED) for one in call.why]  # fmt: skip


def points(result: ScoreResult) -> tuple[Text, Tone]:
    """Points and whether they pass."""
    passed = words.PASSED if result.passed else words.FAILED_BY if result.failed_by else words.FAILED
    told = filled(words.POINTS, n=str(result.points))
    return Text(f"{told.zh} · {passed.zh}", f"{told.en} · {passed.en}"), Tone.OK if result.passed else Tone.BAD


def counts(result: ScoreResult) -> Text:
    """QA-01: missed, wrong and attitude apart."""
    return filled(words.COUNTS, missed=str(result.missed), wrong=str(result.wrong), attitude=str(result.attitude))


def claimed(call: SampledCall, me: str, now: datetime) -> tuple[Text, Tone]:
    by = holder(call.claimed, now)
    if call.claimed is None or not by:
        return words.FREE, Tone.MUTED
    until = moment(call.claimed.until)
    if by == me:
        return filled(words.MINE, until=until), Tone.OK
    return filled(words.CLAIMED_BY, name=call.claimed.by_name, until=until), Tone.WARN


def state(case: ScoreCase, *, own: bool) -> tuple[Text, Tone]:
    if case.decision is not None:
        return words.RULINGS[case.decision.ruling], Tone.NEUTRAL
    if own and case.state is ScoreState.GIVEN:
        return words.TO_SIGN, Tone.WARN
    tones = {ScoreState.DISPUTED: Tone.WARN, ScoreState.SIGNED: Tone.OK}
    return words.STATES[case.state], tones.get(case.state, Tone.MUTED)


def call_rows(say: Tongue, call: SampledCall, *, me: str, now: datetime) -> list[Row]:
    outcome = call.outcome
    rows = [
        Row(say(words.AGENT), say(filled(words.NAMED, name=call.agent_name, number=call.agent))),
        Row(say(words.CUSTOMER), call.customer or "—"),
        Row(say(words.WHEN), f"{moment(call.at)} · {say(call.scenario_label)}"),
    ]
    if outcome is None:
        rows.append(Row(say(words.RESULT), say(words.NO_CALL), Tone.WARN))
    else:
        rows += _outcome_rows(say, call, outcome)
    if call.check is not None:
        denied = call.check is CheckState.DENIED
        rows.append(Row(say(words.CHECK), say(CHECK_NAMES[call.check]), Tone.BAD if denied else Tone.NEUTRAL))
    if call.score is None:
        told, tone = claimed(call, me, now)
        rows.append(Row(say(words.CLAIMED), say(told), tone))
    return rows


def _outcome_rows(say: Tongue, call: SampledCall, outcome: Outcome) -> list[Row]:
    talk_s = outcome.call.talk_time_s
    short = outcome.success and any(one.risk is Risk.SHORT_SUCCESS for one in call.why)
    rows = [
        Row(say(words.TALK), say(filled(words.TALK_S, n=str(talk_s))), Tone.BAD if short else Tone.NEUTRAL),
        Row(say(words.RESULT), say(call.result), Tone.OK if outcome.success else Tone.NEUTRAL),
    ]
    if outcome.reason:
        rows.append(Row(say(words.REASON), say(call.reason)))
    if outcome.order is not None:
        rows.append(Row(say(words.ORDERED), outcome.order.product))
    if outcome.offers:
        rows.append(Row(say(words.OFFERED), say(words.AND).join(say(one.name) for one in outcome.offers)))
    rows.append(Row(say(words.NOTE), outcome.note or "—", Tone.NEUTRAL if outcome.note else Tone.MUTED))
    return rows


def case_rows(say: Tongue, case: ScoreCase, *, own: bool) -> list[Row]:
    told, tone = state(case, own=own)
    points_told, points_tone = points(case.result)
    rows = [
        Row(say(words.AGENT), say(filled(words.NAMED, name=case.agent_name, number=case.agent))),
        Row(say(words.CUSTOMER), case.customer or "—"),
        Row(say(words.WHEN), f"{moment(case.called_at)} · {say(case.scenario_label)}"),
        Row(say(words.RESULT), say(case.said) or say(words.NO_CALL)),
        Row(say(words.SCORED_BY), f"{case.by_name} · {moment(case.score.at)}"),
        Row(say(words.STATE), say(told), tone),
        Row(say(words.CARD), f"{say(points_told)} · {say(counts(case.result))}", points_tone),
    ]
    if case.corrected is not None:
        rows.append(Row(say(words.CORRECTED), say(words.CORRECTED_SINCE), Tone.WARN))
    return rows


def story(say: Tongue, case: ScoreCase) -> str:
    """What was said of the score, one line each."""
    lines = []
    if case.score.remark:
        lines.append(say(words.REMARK_OF).format(remark=case.score.remark))
    if case.dispute is not None:
        lines.append(say(words.DISPUTE_OF).format(reason=case.dispute.reason))
    if case.decision is not None:
        ruling = say(words.RULINGS[case.decision.ruling])
        lines.append(say(words.DECISION_OF).format(name=case.decided_by_name, ruling=ruling, words=case.decision.words))
    return "\n".join(lines)


def note_rows(say: Tongue, note: CoachingCase, *, now: datetime) -> list[Row]:
    told, tone = note_state(note, now)
    return [
        Row(say(words.AGENT), say(filled(words.NAMED, name=note.agent_name, number=note.note.agent))),
        Row(say(words.STATE), say(told), tone),
    ]


def note_story(say: Tongue, note: CoachingCase) -> str:
    lines = [note.note.words, say(words.BY).format(name=note.by_name, day=day(note.note.at))]
    for look in note.looks:
        what = say(words.BETTER) if look.better else say(words.STILL)
        lines.append(say(words.LOOKED_AT).format(day=day(look.at), what=what, words=look.words).strip())
    return "\n".join(lines)


def note_state(note: CoachingCase, now: datetime) -> tuple[Text, Tone]:
    if not note.open:
        return words.SETTLED, Tone.OK
    if note.look_again_at <= now:
        return words.DUE, Tone.WARN
    return filled(words.LOOK_AT, day=day(note.look_again_at)), Tone.MUTED


def summary(seen: Inspection) -> Text:
    """Of the scores that count; empty where there are none."""
    scores = [case.result for case in seen.given if case.counts]
    if not scores:
        return Text("", "")
    mean = sum(one.points for one in scores) / len(scores)
    return filled(
        words.SUMMARY, n=str(len(scores)), mean=f"{mean:.0f}", missed=str(sum(one.missed for one in scores)),
        wrong=str(sum(one.wrong for one in scores)),
    )  # fmt: skip


def of_subject(call: SampledCall) -> Text:
    """What a line says of a call before it is scored."""
    return call.scenario_label if call.subject is Subject.REVEAL else call.result
