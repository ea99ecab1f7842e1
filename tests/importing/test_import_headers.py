"""How well columns are recognised: on the header rows that rules were tuned on, and on those that they never saw."""

from pathlib import Path

import pytest
from header_lists import Expected, lists, write_list
from import_kit import TODAY

from core.server.importing import propose

JUDGED = {
    "number", "name", "plan", "plan_fee", "tenure_months", "tenure_years", "tenure_days", "on_net_since",
    "contract_end",
}  # fmt: skip


def judge(columns: list[Expected], path: Path) -> list[tuple[str, bool]]:
    """Each column that is, or was taken for, one of the judged fields, and whether that is right."""
    plan = propose(path, today=TODAY)
    out: list[tuple[str, bool]] = []
    for expected, column in zip(columns, plan.columns, strict=True):
        found = column.field if column.field in JUDGED else "-"
        if expected.field != "?" and (expected.field != "-" or found != "-"):
            out.append((f"{expected.header}: {expected.field}, taken for {found}", found == expected.field))
    return out


def judged(name: str, folder: Path) -> list[tuple[str, bool]]:
    out: list[tuple[str, bool]] = []
    for seed, columns in enumerate(lists(name)):
        out += judge(columns, write_list(folder / f"{name}{seed}.csv", columns, seed))
    return out


# ID-06
@pytest.mark.parametrize(("name", "goal"), [("tuning", 0.99), ("held_out", 0.95)])
def test_number_name_plan_fee_tenure_and_expiry_are_found(name: str, goal: float, tmp_path: Path) -> None:
    verdicts = judged(name, tmp_path)
    wrong = [what for what, right in verdicts if not right]
    assert len(verdicts) > 150
    assert 1 - len(wrong) / len(verdicts) >= goal, wrong


def test_the_two_halves_are_large_and_share_no_row() -> None:
    halves = {name: {tuple(column.header for column in row) for row in lists(name)} for name in ("tuning", "held_out")}
    assert all(len(half) >= 30 for half in halves.values())
    assert not halves["tuning"] & halves["held_out"]
