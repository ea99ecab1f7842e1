"""A condition settled by what many rows share: with the rest it holds exactly where the whole does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.condition import Condition
from core.rules import fields_of, holds, settled

SHARED, APART = ("fee", "tier", "locked"), ("target", "speed")
values = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(("gold", "silver"))
leaves = st.builds(
    lambda field, comparison: Condition(field=field, **comparison),
    st.sampled_from(SHARED + APART),
    st.sampled_from([{"eq": 1}, {"ne": "gold"}, {"ge": 0}, {"in_": (True, 2)}, {"known": False}, {"eq": False}]),
)
trees = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        .map(tuple)
        .flatmap(
            lambda some: st.sampled_from(
                [Condition(all=some), Condition(any=some), Condition(not_=Condition(all=some))]
            )
        )
    ),
    max_leaves=8,
)


def rows(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from(names), values)


@given(trees, rows(SHARED), rows(APART))
def test_what_is_left_holds_where_the_whole_holds(
    tree: Condition, shared: dict[str, object], apart: dict[str, object]
) -> None:
    left = settled(tree, shared, set(APART))
    whole = holds(tree, shared | apart)
    if isinstance(left, bool):
        assert left is whole
    else:
        assert fields_of(left) <= set(APART)
        assert holds(left, apart) is whole


def test_what_the_shared_facts_decide_is_not_asked_again() -> None:
    locked, target = Condition(field="locked", eq=True), Condition(field="target", eq=1)
    both, either = Condition(all=(locked, target)), Condition(any=(locked, target))
    assert settled(both, {"locked": False}, {"target"}) is False
    assert settled(both, {"locked": True}, {"target"}) == target
    assert settled(either, {"locked": True}, {"target"}) is True
    assert settled(Condition(not_=either), {}, {"target"}) == Condition(not_=target)
    assert settled(None, {}, {"target"}) is True
    with pytest.raises(ValueError, match="malformed"):
        settled(Condition(field="locked"), {}, set())
