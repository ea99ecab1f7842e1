"""Conditions over a row of facts: what holds, what is malformed, and the laws that bind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.condition import Condition
from core.rules import fields_of, flaws_of, holds

C = Condition
FACTS = {"fee": 58, "tier": "gold", "locked": True, "risk": 0.91, "zero": 0, "gone": None}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (None, True),
        (C(field="fee", eq=58), True),
        (C(field="fee", eq=58.0), True),
        (C(field="fee", ne=58), False),
        (C(field="fee", lt=58), False),
        (C(field="fee", le=58), True),
        (C(field="fee", gt=57), True),
        (C(field="risk", ge=0.91), True),
        (C(field="tier", in_=("gold", "silver")), True),
        (C(field="tier", in_=()), False),
        (C(field="tier", gt=1), False),
        (C(field="locked", eq=True), True),
        (C(field="locked", eq=1), False),
        (C(field="locked", gt=0), False),
        (C(field="zero", eq=False), False),
        (C(field="zero", eq=0), True),
        (C(field="missing", eq=1), False),
        (C(field="missing", ne=1), False),
        (C(field="missing", known=False), True),
        (C(field="missing", known=True), False),
        (C(field="gone", known=False), True),
        (C(field="fee", known=True), True),
        (C(field="zero", known=False), False),
        (C(not_=C(field="missing", eq=1)), True),
        (C(all=(C(field="fee", eq=58), C(field="locked", eq=True))), True),
        (C(any=(C(field="fee", eq=1), C(field="locked", eq=True))), True),
        (C(all=()), True),
        (C(any=()), False),
    ],
)
def test_a_condition_holds_or_not(condition: Condition | None, expected: bool) -> None:
    assert holds(condition, FACTS) is expected


@pytest.mark.parametrize(
    "malformed", [C(), C(field="fee"), C(eq=1), C(field="fee", eq=1, gt=2), C(field="missing", eq=1, known=True)]
)
def test_a_malformed_condition_is_an_error_and_no_answer(malformed: Condition) -> None:
    with pytest.raises(ValueError, match="malformed"):
        holds(malformed, FACTS)
    assert flaws_of(malformed)


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (C(), "a comparison needs a field"),
        (C(field="fee"), "field `fee` needs exactly one comparison, not 0"),
        (C(field="fee", eq=1, gt=2), "field `fee` needs exactly one comparison, not 2"),
        (C(all=()), "`all` over nothing"),
        (C(field="fee", eq=1, not_=C(field="fee", eq=1)), "never two of them"),
        (C(all=(C(field="fee", eq=1),), any=(C(field="fee", eq=1),)), "never two of them"),
        (C(not_=C(any=(C(field="feee", eq=1),))), "unknown field `feee`"),
    ],
)
def test_what_is_wrong_is_said(condition: Condition, reason: str) -> None:
    assert reason in " ".join(flaws_of(condition, frozenset(FACTS)))


def test_a_sound_tree_has_no_flaws_and_names_its_fields() -> None:
    tree = C(all=(C(field="fee", gt=1), C(not_=C(any=(C(field="tier", eq="gold"), C(field="fee", known=True))))))
    assert flaws_of(tree, frozenset(FACTS)) == []
    assert fields_of(tree) == {"fee", "tier"}


names = st.sampled_from(["a", "b", "c"])
values = st.one_of(st.booleans(), st.integers(-3, 3), st.floats(-3, 3), st.sampled_from(["x", "y"]))
rows = st.dictionaries(names, st.one_of(st.none(), values))
leaves = st.one_of(
    st.builds(lambda f, v: C(field=f, eq=v), names, values),
    st.builds(lambda f, v: C(field=f, ne=v), names, values),
    st.builds(lambda f, v: C(field=f, lt=v), names, st.floats(-3, 3)),
    st.builds(lambda f, v: C(field=f, ge=v), names, st.floats(-3, 3)),
    st.builds(lambda f, v: C(field=f, in_=tuple(v)), names, st.lists(values, max_size=3)),
    st.builds(lambda f, v: C(field=f, known=v), names, st.booleans()),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda c: C(not_=c), inner),
        st.builds(lambda cs: C(all=tuple(cs)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda cs: C(any=tuple(cs)), st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=8,
)


@given(trees, rows)
def test_not_turns_every_answer_round(tree: Condition, row: dict[str, object]) -> None:
    assert holds(C(not_=tree), row) is not holds(tree, row)
    assert holds(C(not_=C(not_=tree)), row) is holds(tree, row)


@given(st.lists(trees, min_size=1, max_size=4), rows)
def test_de_morgan(branches: list[Condition], row: dict[str, object]) -> None:
    neither = C(all=tuple(C(not_=one) for one in branches))
    assert holds(C(not_=C(any=tuple(branches))), row) is holds(neither, row)


@given(trees, rows)
def test_a_fact_that_is_none_is_a_fact_that_is_absent(tree: Condition, row: dict[str, object]) -> None:
    assert holds(tree, row) is holds(tree, {name: value for name, value in row.items() if value is not None})


@given(names, st.floats(-3, 3), rows)
def test_below_and_not_below_split_the_numbers(name: str, bound: float, row: dict[str, object]) -> None:
    value = row.get(name)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    assert holds(C(field=name, lt=bound), row) + holds(C(field=name, ge=bound), row) == number


@given(trees)
def test_sound_trees_have_no_flaws(tree: Condition) -> None:
    assert flaws_of(tree, frozenset("abc")) == []
    assert flaws_of(tree, frozenset()) != []
