"""Whom chance holds out: exact shares, the same whoever draws again, whatever the order."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.campaign import Arm
from core.domain.drawing import draw

PEOPLE = st.dictionaries(st.text("abcdef0123456789", min_size=1, max_size=6), st.sampled_from("甲乙丙丁"), max_size=60)
PERCENTS = st.sampled_from([0.0, 0.5, 5.0, 10.0, 12.5, 33.3, 50.0, 99.0])


def held(arms: dict[str, Arm]) -> set[str]:
    return {one for one, arm in arms.items() if arm is Arm.CONTROL}


@settings(max_examples=30, deadline=None)
@given(people=PEOPLE, percent=PERCENTS, seed=st.text("abcdef0123456789", max_size=8))
def test_each_stratum_and_all_together_have_their_share_to_the_whole_number(
    people: dict[str, str], percent: float, seed: str
) -> None:
    # EVAL-08
    arms = draw(seed, people, percent)
    assert arms.keys() == people.keys()
    control = Counter(people[one] for one in held(arms))
    for stratum, size in Counter(people.values()).items():
        assert abs(control[stratum] - size * percent / 100) < 1
    assert abs(control.total() - len(people) * percent / 100) < 1


@settings(max_examples=20, deadline=None)
@given(people=PEOPLE, seed=st.text("abcdef", max_size=4), data=st.data())
def test_the_order_in_which_they_were_found_changes_nothing(
    people: dict[str, str], seed: str, data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(people.items()))))
    assert draw(seed, shuffled, 20) == draw(seed, people, 20)


def test_whoever_is_held_out_has_the_smallest_hashes_of_their_stratum_whatever_the_others_are() -> None:
    people = {f"C{at}": "甲" for at in range(1_000)}
    small, large = held(draw("seed", people, 10)), held(draw("seed", people, 20))
    assert (len(small), len(large)) == (100, 200)
    assert small < large
    assert held(draw("other", people, 10)) != small


def test_strata_of_a_few_have_the_same_chance_as_large_ones() -> None:
    drawn = Counter[str]()
    for seed in range(200):
        people = {f"C{at}": f"格{at // 3}" for at in range(30)}
        drawn.update(held(draw(str(seed), people, 10)))
    # 200 drawings of one in ten: 20 each, within four standard deviations of 4.2.
    assert all(3 < drawn[f"C{at}"] < 37 for at in range(30)), drawn


def test_those_who_come_later_are_drawn_by_themselves() -> None:
    first = {f"C{at}": "甲" for at in range(95)}
    later = {f"D{at}": "甲" for at in range(95)}
    before = draw("seed", first, 10)
    assert before == draw("seed", first, 10)
    assert 9 <= len(held(draw("seed", later, 10, batch="2026-11-24"))) <= 10
