"""What may be said of a campaign's effect, measured: intervals hold the truth, and nothing is said where nothing is."""

import itertools

import numpy as np
import pytest

from core.screening.effect.balance import share_is_off, unlike
from core.screening.effect.comparing import compared, verdict
from core.screening.effect.difference import PROMISED, Z, difference, distance, likeliest_control_rate
from core.screening.effect.members import NEVER, Members
from core.screening.effect.reached import per_reached
from core.screening.effect.strata import Counts, counted, put_together
from core.wire.campaign_effect import Looked, Verdict

DRAWS = 1_500


def _drawn(
    customers: int, share: float, rate: float, effect: float, strata: int, seed: int = 7
) -> tuple[Counts, float]:
    """Campaigns of this kind, one a row, and the true effect: rates differ between strata."""
    rng = np.random.default_rng(seed)
    size = np.full(strata, customers // strata)
    control = np.maximum(np.round(size * share), 1).astype(int)
    slope = np.linspace(-0.5, 0.5, strata) * min(rate, 1 - rate) if strata > 1 else np.zeros(1)
    without = rate + slope
    called = np.clip(without + effect, 0, 1)
    shape = (DRAWS, strata)
    ours, theirs = rng.binomial(size - control, called, shape), rng.binomial(control, without, shape)
    whole = [np.broadcast_to(one.astype(float), shape) for one in (size - control, control)]
    return Counts(whole[0], ours.astype(float), whole[1], theirs.astype(float)), float((called - without).mean())


# EVAL-01: an interval of 95 percent holds the truth in 95 of 100 campaigns, whatever their size, arms and rates.
@pytest.mark.parametrize(("customers", "share"), [*itertools.product((200, 2_000, 20_000), (0.05, 0.1, 0.5))])
def test_intervals_hold_the_truth_as_often_as_they_promise(customers: int, share: float) -> None:
    # three standard errors of such a count of draws
    slack = 3 * (PROMISED * (1 - PROMISED) / DRAWS) ** 0.5
    for rate, effect, strata in itertools.product((0.02, 0.4, 0.85), (-0.02, 0.05), (1, 4)):
        counts, truth = _drawn(customers, share, rate, effect, strata)
        held = float((distance(counts, np.full(DRAWS, truth)) <= Z).mean())
        assert held >= PROMISED - slack, (rate, effect, strata, held)


# EVAL-01: where calls change nothing, an effect is found in at most 5 of 100 campaigns.
@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
def test_where_nothing_changed_an_effect_is_rarely_found(share: float) -> None:
    slack = 3 * (0.05 * 0.95 / DRAWS) ** 0.5
    for customers, rate, strata in itertools.product((300, 7_000), (0.03, 0.3, 0.6, 0.97), (1, 6)):
        counts, _ = _drawn(customers, share, rate, 0.0, strata)
        found = float((distance(counts, np.zeros(DRAWS)) > Z).mean())
        assert found <= 0.05 + slack, (customers, rate, strata, found)


def test_an_interval_reaches_as_far_as_its_test_does_not_refuse() -> None:
    counts = Counts(*(np.array(one, dtype=float) for one in ([400, 90], [320, 60], [100, 30], [70, 19])))
    found = difference(counts)
    assert found.low < found.value < found.high
    for end in (found.low, found.high):
        assert float(distance(counts, np.asarray(end))) == pytest.approx(Z, abs=1e-6)


def test_the_likeliest_rates_are_likelier_than_any_others_as_far_apart() -> None:
    counts = Counts(*(np.array([one], dtype=float) for one in (80, 52, 25, 12)))
    delta = np.asarray([0.04])
    told = float(likeliest_control_rate(counts, delta)[0])

    def likelihood(control: float) -> float:
        treated = control + 0.04
        return float(52 * np.log(treated) + 28 * np.log(1 - treated) + 12 * np.log(control) + 13 * np.log(1 - control))

    assert all(likelihood(told) >= likelihood(other) for other in np.linspace(0.001, 0.955, 2_000))


def test_nobody_leaving_at_all_still_gives_an_interval() -> None:
    found = difference(Counts(*(np.array([one], dtype=float) for one in (300, 300, 30, 30))))
    assert found.value == 0
    assert -0.2 < found.low < 0 < found.high < 0.2


def test_small_strata_are_put_together_and_large_ones_stay_apart() -> None:
    stratum = np.repeat(np.arange(6), [500, 400, 20, 15, 10, 5])
    treated = np.ones(950, dtype=bool)
    treated[::10] = False
    codes = put_together(treated, stratum)
    sizes = np.bincount(codes[treated]), np.bincount(codes[~treated])
    assert len(np.unique(codes)) == 2
    assert min(one.min() for one in sizes) >= 10


def _members(count: int = 4_000, **changes: object) -> Members:
    rng = np.random.default_rng(3)
    treated = rng.random(count) >= 0.2
    values: dict[str, object] = {
        "treated": treated,
        "stratum": rng.integers(0, 4, count),
        "drawn": np.full(count, 20_000),
        "left": np.where(rng.random(count) < np.where(treated, 0.10, 0.25), 20_000 + rng.integers(0, 30, count), NEVER),
        "reached": np.where(treated & (rng.random(count) < 0.5), 20_003, NEVER),
        "agreed": np.full(count, NEVER),
        "ordered": np.full(count, NEVER),
        "known_until": 20_045,
        "today": 20_046,
    }
    return Members(**(values | changes))  # type: ignore[arg-type]


def _told(members: Members, days: int = 30, *, sound: bool = True) -> Verdict:
    found = compared(members, Looked.ON_NET, days, sound=sound)
    return verdict(found, control=int((~members.treated).sum()), sound=sound)


def test_a_large_effect_is_told_with_what_it_is_for_each_who_was_reached() -> None:
    members = _members()
    found = compared(members, Looked.ON_NET, 30)
    assert found.effect is not None
    assert found.effect.low < 0.15 < found.effect.high
    # All of it came of half of them.
    assert found.per_reached is not None
    assert found.per_reached.low < 0.30 < found.per_reached.high
    assert _told(members) is Verdict.HELPED


def test_too_early_or_without_a_list_of_who_left_nothing_is_told() -> None:
    assert _told(_members(), days=90) is Verdict.NOT_DUE
    assert _told(_members(known_until=None)) is Verdict.NOT_DUE
    early = compared(_members(), Looked.ON_NET, 90)
    assert (early.treated.due, early.control.due, early.effect) == (0, 0, None)
    assert early.not_yet_due == 4_000


def test_young_members_count_in_neither_arm_those_who_left_early_among_them() -> None:
    drawn = np.where(np.arange(4_000) < 1_000, 20_030, 20_000)
    left = np.where(np.arange(4_000) < 500, 20_031, NEVER)
    found = compared(_members(drawn=drawn, left=left), Looked.ON_NET, 30)
    assert found.not_yet_due == 1_000
    assert found.treated.due + found.control.due == 3_000
    assert found.treated.met == found.treated.due


def test_who_left_before_the_draw_is_in_neither_arm() -> None:
    left = np.where(np.arange(4_000) % 4 == 0, 19_990, NEVER)
    found = compared(_members(left=left), Looked.ON_NET, 30)
    assert found.treated.due + found.control.due == 3_000


# EVAL-03: without a control group that chance drew no effect is told.
def test_without_control_or_with_a_broken_one_no_effect_is_told() -> None:
    alone = _members(treated=np.ones(4_000, dtype=bool))
    assert _told(alone) is Verdict.NO_CONTROL
    assert compared(alone, Looked.ON_NET, 30).effect is None
    assert _told(_members(), sound=False) is Verdict.BROKEN
    assert compared(_members(), Looked.ON_NET, 30, sound=False).effect is None


def test_a_handful_held_out_is_too_few() -> None:
    treated = np.ones(4_000, dtype=bool)
    treated[:6] = False
    assert _told(_members(treated=treated)) is Verdict.TOO_FEW


def test_a_control_group_that_somebody_chose_is_noticed() -> None:
    rng = np.random.default_rng(1)
    score, value = rng.random(5_000), rng.choice(["low", "mid", "high"], 5_000)
    codes = np.zeros(5_000, dtype=np.int64)
    # Those likeliest to leave were called, the others "held out".
    found = unlike(score > np.quantile(score, 0.1) * rng.uniform(0.5, 1.5, 5_000), codes, {"score": score})
    assert found
    assert found[0].name == "score"
    kinder = (value != "high") | (rng.random(5_000) < 0.5)
    assert unlike(kinder, codes, {"value": value})[0].word == "high"


def test_a_sound_draw_is_hardly_ever_taken_for_a_broken_one() -> None:
    rng = np.random.default_rng(2)
    standing = {"score": rng.random(1_500), "area": rng.integers(0, 8, 1_500).astype(str)}
    codes = rng.integers(0, 5, 1_500)
    assert sum(bool(unlike(rng.random(1_500) >= 0.1, codes, standing)) for _ in range(50)) <= 1


def test_a_control_group_of_another_size_than_was_stated_is_noticed() -> None:
    assert not share_is_off(900, 100, 10)
    assert not share_is_off(880, 120, 10)
    assert share_is_off(1_000, 45, 10)
    assert share_is_off(850, 150, 10)


def test_for_each_reached_the_interval_holds_the_truth_and_is_not_told_where_hardly_anybody_was() -> None:
    rng = np.random.default_rng(4)
    codes, held = np.zeros(3_000, dtype=np.int64), 0
    for _ in range(200):
        treated = rng.random(3_000) >= 0.2
        reached = treated & (rng.random(3_000) < 0.4)
        met = rng.random(3_000) < np.where(reached, 0.8, 0.7)
        found = per_reached(treated, met, reached, codes)
        held += found is not None and found.low <= 0.1 <= found.high
    assert held >= 185
    hardly = np.zeros(3_000, dtype=bool)
    hardly[:2] = True
    assert per_reached(treated, met, hardly & treated, codes) is None


def test_a_stratum_without_one_of_the_arms_is_refused() -> None:
    treated = np.array([True, True, False])
    with pytest.raises(ValueError, match="without one of the arms"):
        difference(counted(treated, treated, np.array([0, 1, 0])))
