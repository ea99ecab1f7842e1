"""Points: one pure function from a card and its marks, the same at the desk and at the server."""

from hypothesis import given
from hypothesis import strategies as st
from quality_kit import card, cards, marks

from core.domain.quality.scorecard import About, Scorecard, Subject, card_for
from core.domain.quality.scoring import Mark, Marked, ScoreFlaw, ScoreResult, result_of, score_flaw

CARD = card()
ANY_MARKS = st.tuples(*(st.sampled_from(Mark) for _ in CARD.items)).map(
    lambda chosen: tuple(Marked(item=item.id, mark=mark) for item, mark in zip(CARD.items, chosen, strict=True))
)


def test_everything_done_is_a_hundred() -> None:
    for one in cards():
        result = result_of(one, marks(one))
        assert (result.points, result.passed, result.missed, result.wrong) == (100, True, 0, 0)


# QA-01
def test_missed_and_wrong_processing_are_counted_apart() -> None:
    given_marks = marks(CARD, identity=Mark.MISSED, terms=Mark.WRONG, record=Mark.WRONG, empathy=Mark.PARTLY,
                        cause=Mark.MISSED)  # fmt: skip
    result = result_of(CARD, given_marks)
    assert (result.missed, result.wrong) == (1, 2), "a cause not asked for is a matter of words"
    assert result.attitude == 1
    assert result.points == 100 - 12 - 12 - 10 - 6 - 10
    assert not result.passed


def test_an_instant_fail_brings_a_flawless_call_to_nought() -> None:
    result = result_of(CARD, marks(CARD), ("faked",))
    assert (result.points, result.passed, result.failed_by) == (0, False, ("faked",))


def test_what_a_call_did_not_come_to_counts_neither_way() -> None:
    without = result_of(CARD, marks(CARD, terms=Mark.NOT_ASKED, leaving=Mark.NOT_ASKED))
    assert without.points == 100
    half = result_of(CARD, marks(CARD, terms=Mark.NOT_ASKED, leaving=Mark.NOT_ASKED, identity=Mark.MISSED))
    assert half.points == round(100 * 68 / 80)


def test_half_points_are_rounded_once_at_the_end_and_halves_up() -> None:
    one_point = result_of(CARD, marks(CARD, convenient=Mark.PARTLY, farewell=Mark.PARTLY, promise=Mark.PARTLY))
    assert one_point.points == 100 - 2 - 3 - 4
    seven_of_eight = [Marked(item="promise", mark=Mark.DONE), Marked(item="convenient", mark=Mark.PARTLY)]
    assert result_of(CARD, seven_of_eight).points == 83, "10 of 12"


@given(ANY_MARKS, st.sets(st.sampled_from([one.id for one in CARD.instant_fail])))
def test_points_stay_in_their_bounds_and_better_marks_never_cost(chosen: tuple[Marked, ...], fails: set[str]) -> None:
    result = result_of(CARD, chosen, tuple(fails))
    assert 0 <= result.points <= 100
    assert result.passed is (result.points >= CARD.pass_mark)
    assert (result.points == 0) or not fails
    for at, one in enumerate(chosen):
        if one.mark in (Mark.MISSED, Mark.WRONG, Mark.PARTLY):
            better = (*chosen[:at], Marked(item=one.item, mark=Mark.DONE), *chosen[at + 1 :])
            assert result_of(CARD, better, tuple(fails)).points >= result.points


@given(ANY_MARKS)
def test_sections_add_up_to_the_whole(chosen: tuple[Marked, ...]) -> None:
    result = result_of(CARD, chosen)
    won, most = (sum(getattr(one, name) for one in result.sections) for name in ("half_points", "half_most"))
    assert result.points == (int(100 * won / most + 0.5) if most else 0)


def test_a_score_is_complete_says_why_and_names_nobody() -> None:
    whole = marks(CARD)
    assert score_flaw(CARD, whole, (), "") is None
    assert score_flaw(CARD, whole[1:], (), "") is ScoreFlaw.INCOMPLETE
    assert score_flaw(CARD, (*whole, whole[0]), (), "") is ScoreFlaw.UNKNOWN
    assert score_flaw(CARD, whole, ("no-such",), "x") is ScoreFlaw.UNKNOWN
    assert score_flaw(CARD, whole, ("faked",), " ") is ScoreFlaw.NO_REMARK
    assert score_flaw(CARD, marks(CARD, identity=Mark.WRONG), (), "") is ScoreFlaw.NO_REMARK
    assert score_flaw(CARD, marks(CARD, identity=Mark.PARTLY), (), "") is None
    assert score_flaw(CARD, whole, (), "客户 10000000417 没核身") is ScoreFlaw.NUMBER
    assert score_flaw(CARD, whole, (), "好" * 401) is ScoreFlaw.LONG
    nothing = tuple(Marked(item=item.id, mark=Mark.NOT_ASKED) for item in CARD.items)
    assert score_flaw(CARD, nothing, (), "") is ScoreFlaw.INCOMPLETE


def test_a_card_that_names_the_scenario_comes_before_the_one_for_all() -> None:
    def named(scenario: str, subject: Subject = Subject.CALL) -> str:
        found: Scorecard | None = card_for(cards(), subject, scenario)
        return found.id if found else ""

    assert named("vip-care") == "vip-care"
    assert named("broadband-disconnect") == "retention-call"
    assert named("", Subject.REVEAL) == "number-shown"
    assert card_for((), Subject.CALL, "vip-care") is None


def test_every_card_looks_at_processing_and_attitude_apart() -> None:
    # QA-01
    for one in cards():
        kinds = {item.about for item in one.items}
        assert About.PROCESSING in kinds
        assert About.ATTITUDE in kinds or one.subject is Subject.REVEAL


def test_an_empty_result_is_no_pass() -> None:
    assert result_of(CARD, ()) == ScoreResult(points=0, passed=False, sections=result_of(CARD, ()).sections)
