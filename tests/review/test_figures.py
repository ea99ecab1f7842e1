"""What figures do with little, nothing and bad luck: periods without calls, teams of one, few calls, other mixes."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from core.domain.interval import difference, wilson
from core.review.behind import Question, behind, of_measure
from core.review.choice import DIMENSIONS, Choice, rows_of, words_present
from core.review.compare import rows, same_mix
from core.review.frame import CALLBACKS, CALLS, DISPATCHED, EPOCH, OFFERS, Frame, Table, empty, nothing, number_of
from core.review.measures import Change, Measure, figure
from core.review.packs import LoadedPack, PackUnreadable, details, load
from core.review.pictures import funnel, hours, offers, reasons, step_days, trend
from core.review.tally import Counter

DAY = date(2026, 11, 2)
WHOLE = Choice(DAY, DAY + timedelta(days=29))


def frame_of(*calls: dict[str, object]) -> Frame:
    """A frame of these calls; of a column that is not named the rows have 0, no, or the empty word."""
    base = empty(CALLS)
    columns, words = {}, {}
    for column in CALLS:
        values = [call.get(column.name) for call in calls]
        if column.kind == "code":
            known = tuple(dict.fromkeys(["", *(str(value) for value in values if value)]))
            words[column.name] = known
            columns[column.name] = np.array([known.index(str(value or "")) for value in values], dtype=np.int16)
        else:
            columns[column.name] = np.array([value or 0 for value in values], dtype=base[column.name].dtype)
    return Frame(Table(columns, words), empty(OFFERS), empty(CALLBACKS), empty(DISPATCHED))


def call(day: int = 0, **more: object) -> dict[str, object]:
    """An answered call of the owner on that day of the period."""
    facts = dict.fromkeys(("dialled", "connected", "owner", "effective"), True)
    return {"day": number_of(DAY) + day, "at": (number_of(DAY) + day) * 86_400 + 20_000, "hour": 13, "weekday": day % 7,
            "team": "A", "agent": "2043", "scenario": "x", "talk_s": 60, **facts, **more}  # fmt: skip


def test_a_period_without_calls_has_no_rates_and_no_pictures() -> None:
    for counter in (Counter(nothing()), Counter(frame_of(call(-40)))):
        counts = counter.total(WHOLE)
        for measure in Measure:
            told = figure(measure, counts)
            assert told.part == told.whole == 0
            assert told.value in (None, 0.0)
        assert rows(counter, WHOLE, "agent") == ()
        assert reasons(counter, WHOLE) == ()
        assert hours(counter, WHOLE) == ()
        assert offers(counter, WHOLE) == ()
        assert trend(counter, WHOLE) == {}
        assert funnel(counter, WHOLE).dialled == 0
        assert behind(counter.frame, Question(WHOLE, "calls")).count == 0


def test_a_frame_of_no_packs_at_all_can_be_looked_at() -> None:
    frame = load([], now=0.0)
    assert len(frame.calls) == 0
    assert frame.days is None
    assert words_present(frame) == dict.fromkeys(DIMENSIONS, ())
    assert Counter(frame).total(WHOLE).of("calls") == 0


def test_a_team_of_one_stands_beside_itself() -> None:
    counter = Counter(frame_of(*(call(n % 20, success=n % 2 == 0) for n in range(40))))
    [row] = rows(counter, WHOLE, "agent")
    assert row.figures[Measure.SUCCESS_RATE].value == 0.5
    assert row.same_mix is not None
    assert row.same_mix.rate == pytest.approx(0.5)
    assert row.same_mix.covered == 1.0


def test_a_rate_from_nine_calls_is_marked_as_from_few_and_carries_its_interval() -> None:
    counter = Counter(frame_of(*(call(n, success=n < 3) for n in range(9))))
    told = figure(Measure.SUCCESS_RATE, counter.total(WHOLE))
    assert told.few
    assert told.interval == wilson(3, 9)
    many = Counter(frame_of(*(call(n % 20) for n in range(30))))
    assert not figure(Measure.SUCCESS_RATE, many.total(WHOLE)).few


def test_intervals_are_those_of_the_literature() -> None:
    # E. B. Wilson's interval of 9 in 10, and R. G. Newcombe's table II (a): 56/70 and 48/80.
    assert wilson(9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(0, 0) == (0.0, 1.0)
    assert difference(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert difference(1, 2, 0, 0) == (-1.0, 1.0)


def test_agents_are_compared_within_the_same_mix_of_scenarios() -> None:
    """Both win half of the hard and all of the easy calls; one only has more of the hard ones."""
    hard = [call(n % 9, agent="1", scenario="hard", success=n % 2 == 0) for n in range(40)]
    easy = [call(n % 9, agent="1", scenario="easy", success=True) for n in range(10)]
    other = [call(n % 9, agent="2", scenario="hard", success=n % 2 == 0) for n in range(10)]
    other += [call(n % 9, agent="2", scenario="easy", success=True) for n in range(40)]
    counter = Counter(frame_of(*hard, *easy, *other))
    raw = {row.word: row.figures[Measure.SUCCESS_RATE].value for row in rows(counter, WHOLE, "agent")}
    assert raw == {"1": 0.6, "2": 0.9}
    mixed = [one for one in same_mix(counter, WHOLE, "agent") if one is not None]
    assert [one.rate for one in mixed] == pytest.approx([0.75, 0.75])
    assert all(one.low < 0.75 < one.high for one in mixed)


def test_who_never_called_in_a_scenario_is_judged_by_the_rest_and_it_says_so() -> None:
    calls = [call(n % 9, agent="1", scenario="a", success=True) for n in range(30)]
    calls += [call(n % 9, agent="2", scenario="b") for n in range(10)]
    counter = Counter(frame_of(*calls))
    found = {row.word: row.same_mix for row in rows(counter, WHOLE, "agent")}
    assert found["1"] is not None
    assert found["1"].covered == pytest.approx(0.75)
    assert found["1"].rate == pytest.approx(1.0)
    assert found["2"] is not None
    assert found["2"].few


# EVAL-03
def test_the_period_before_is_as_long_and_ends_where_this_begins() -> None:
    assert WHOLE.before() == Choice(DAY - timedelta(days=30), DAY - timedelta(days=1))
    counter = Counter(frame_of(*(call(n % 30 - 30, success=n % 4 == 0) for n in range(200)),
                               *(call(n % 30, success=n % 2 == 0) for n in range(200))))  # fmt: skip
    change = Change(*(figure(Measure.SUCCESS_RATE, counter.total(one)) for one in (WHOLE, WHOLE.before())))
    assert change.apart == pytest.approx(0.25)
    assert change.sure
    assert change.good
    same = Change(change.now, change.now)
    assert not same.sure
    assert same.good is None


def test_success_waits_for_its_orders_and_churn_is_the_other_side_of_a_save() -> None:
    counter = Counter(frame_of(call(claimed=True, awaited=True), call(claimed=True, success=True, on_net_30=1),
                               call(on_net_30=0), call(on_net_30=-1), call(on_net_30=-2)))  # fmt: skip
    counts = counter.total(WHOLE)
    assert (counts.of("success"), counts.of("awaited")) == (1, 1)
    saves, churn = figure(Measure.SAVE_RATE_30, counts), figure(Measure.CHURN_RATE_30, counts)
    assert (saves.part, saves.whole, saves.young) == (1, 3, 1)
    assert (churn.part, churn.whole) == (2, 3)


def test_a_word_that_no_call_has_chooses_none() -> None:
    frame = frame_of(call())
    assert rows_of(frame.calls, replace(WHOLE, agent=("nobody",))) is not None
    assert Counter(frame).total(replace(WHOLE, agent=("nobody",))).of("calls") == 0


def test_behind_a_figure_stand_the_calls_that_it_counts_the_newest_first() -> None:
    frame = frame_of(*(call(n, success=n % 2 == 0, reason="price" if n % 3 else "") for n in range(10)))
    assert behind(frame, of_measure(Measure.SUCCESS_RATE, WHOLE)).rows == (8, 6, 4, 2, 0)
    assert behind(frame, of_measure(Measure.SUCCESS_RATE, WHOLE, whole=True)).count == 10
    narrowed = Question(WHOLE, "calls", words={"reason": "price"}, numbers={"weekday": (1, 1)})
    assert behind(frame, narrowed).rows == (8, 1)
    for measure in Measure:
        counted = behind(frame, of_measure(measure, WHOLE)).count
        assert counted == figure(measure, Counter(frame).total(WHOLE)).part or measure in (
            Measure.HANDLE_TIME, Measure.WRAP_UP, Measure.TALK_TIME,
        )  # fmt: skip


@pytest.mark.parametrize(("days", "step"), [(1, 1), (16, 1), (17, 7), (112, 7), (200, 14), (400, 28)])
def test_a_line_has_few_enough_points_to_read(days: int, step: int) -> None:
    assert step_days(days) == step


def test_a_part_that_is_no_pack_of_ours_is_told_in_words() -> None:
    from core.review.frame import PackId

    with pytest.raises(PackUnreadable) as told:
        load([LoadedPack(PackId("A", "2026-11"), 0.0, {"calls": b"not arrow"})], now=0.0)
    assert "复盘" in told.value.title.zh
    with pytest.raises(PackUnreadable):
        details(b"ARROW1" + b"\0" * 50, [0])


def test_packs_of_an_earlier_server_lack_columns_and_are_read_all_the_same() -> None:
    import pyarrow as pa

    from core.review.frame import PackId

    sink = pa.BufferOutputStream()
    old = pa.table({"at": pa.array([1_700_000_000], pa.uint32()), "agent": pa.array(["7"]).dictionary_encode()})
    with pa.ipc.new_file(sink, old.schema) as writer:
        writer.write_table(old)
    frame = load([LoadedPack(PackId("A", "2023-11"), 0.0, {"calls": bytes(sink.getvalue())})], now=0.0)
    assert frame.calls.word("agent", 0) == "7"
    assert frame.calls.word("scenario", 0) == ""
    assert frame.calls["day"][0] == (date(2023, 11, 15) - EPOCH).days
