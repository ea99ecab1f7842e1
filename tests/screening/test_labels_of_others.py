"""Lists of other operators say who left under other names and in other words."""

import numpy as np
import pandas as pd
import pytest

from core.domain.errors import InputError
from core.screening.model.labels import read_labels, roles_of
from core.screening.model.naming import load_naming

NAMING = load_naming()
LEFT = np.arange(40) % 4 == 0


def _list(name: str, left: str, stayed: str, **more: object) -> pd.DataFrame:
    return pd.DataFrame({"tenure": np.arange(40), **more, name: np.where(LEFT, left, stayed)}, dtype=object)


@pytest.mark.parametrize(
    ("name", "left", "stayed"),
    [
        ("Churn?", "True.", "False."),
        ("churn", "1", "-1"),
        ("Churn", "1.0", "-1.0"),
        ("churn", "oui", "non"),
        ("Churn", "sí", "no"),
        ("churn", "да", "нет"),
        ("gekündigt", "ja", "nein"),
        ("churn_flag", "Y", "N"),
        ("is_churned", "1", "0"),
        ("Customer Churn", "Yes", "No"),
        ("churn_next_month", "1", "0"),
        ("churn_probability", "1", "0"),
        ("是否离网(次月)", "1", "0"),
        ("流失用户", "是", "否"),
        ("Customer Status", "Churned", "Stayed"),
        ("用户状态", "离网", "在网"),
        ("Attrition_Flag", "Attrited Customer", "Existing Customer"),
    ],
)
def test_who_left_is_found_as_others_write_it(name: str, left: str, stayed: str) -> None:
    # ID-04
    frame = _list(name, left, stayed)
    assert roles_of(frame, NAMING).label == name
    assert read_labels(frame[name], NAMING)[0].tolist() == LEFT.tolist()


def test_a_name_that_says_it_whole_comes_before_one_that_only_hints() -> None:
    # ID-04
    frame = _list("是否流失", "是", "否", churn_before=np.where(LEFT, "1", "0"), status="在网")
    assert roles_of(frame, NAMING).label == "是否流失"


def test_warnings_and_counts_are_no_answer() -> None:
    # ID-04: a rule's flag of today is not what became of the customer
    frame = _list("流失预警", "是", "否", churn_risk=np.where(LEFT, "1", "0"), 历史离网="否")
    with pytest.raises(InputError, match="No column says who left"):
        roles_of(frame, NAMING)


def test_of_several_that_only_hint_somebody_has_to_choose() -> None:
    # ID-04
    frame = _list("churn_m1", "1", "0", churn_m2=np.where(LEFT, "0", "1"))
    with pytest.raises(InputError, match="“churn_m2”, “churn_m1”"):
        roles_of(frame, NAMING)
    assert roles_of(frame, NAMING, label="churn_m1").label == "churn_m1"


def test_minus_one_beside_nought_is_not_understood() -> None:
    # ID-04: of three figures one may say that nobody knows
    frame = _list("churn", "1", "0")
    frame.loc[:3, "churn"] = "-1"
    with pytest.raises(InputError, match="-1"):
        read_labels(frame["churn"], NAMING)
