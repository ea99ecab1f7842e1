"""What a rehearsal rests on: a truth that is exactly as asked for, and a list whose answer nobody but it knows."""

import csv
import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from rehearsing.fates import REACHED, Fates, TooMuch
from rehearsing.listing import prepare

from core.domain import decoding
from core.domain.errors import InputError
from core.server.importing import Field, propose
from core.wire.campaign_effect import COMPARED, CampaignEffect

BUILD = Path(__file__).resolve().parents[2] / "build"
BEGIN = date(2026, 11, 23)
EVERYBODY = [f"C{at}" for at in range(1_200)]
LEAVERS = frozenset(EVERYBODY[::4])


@pytest.mark.parametrize("effect", [0.05, 0.0, -0.03])
def test_being_drawn_to_be_called_changes_who_stays_by_just_the_hidden_effect(effect: float) -> None:
    told = []
    for seed in range(6):
        fates = Fates(seed, LEAVERS)
        spoken = [one for one in EVERYBODY if fates.reached(one)]
        worlds = [
            fates.left(EVERYBODY, EVERYBODY, those, effect=effect, world="0", begin=BEGIN, days=30)
            for those in ((), spoken)
        ]
        assert all(0 < (day - BEGIN).days <= 30 for day in worlds[0][0].values())
        kept = (len(worlds[0][0]) - len(worlds[1][0])) / len(EVERYBODY)
        assert kept == pytest.approx(worlds[0][1].of_these)
        told.append(kept)
    assert sum(told) / len(told) == pytest.approx(effect, abs=0.012)


def test_nothing_is_changed_for_who_does_not_answer_and_the_same_seed_is_the_same_world() -> None:
    fates = Fates(5, LEAVERS)
    silent = next(one for one in EVERYBODY if not fates.reached(one))
    worlds = [
        fates.left(EVERYBODY, EVERYBODY, spoken, effect=0.05, world="0", begin=BEGIN, days=30)[0]
        for spoken in ((), [one for one in EVERYBODY if fates.reached(one)])
    ]
    assert worlds[0].get(silent) == worlds[1].get(silent)
    assert 0.5 < sum(map(fates.reached, EVERYBODY)) / len(EVERYBODY) / REACHED < 1.5


def test_more_than_can_be_kept_is_refused_in_plain_words() -> None:
    with pytest.raises(TooMuch, match="points are possible"):
        Fates(1, frozenset()).left(EVERYBODY, EVERYBODY, [], effect=0.5, world="0", begin=BEGIN, days=30)


def _list(path: Path, count: int, *, label: str = "是否离网", encoding: str = "gb18030") -> Path:
    rng = random.Random(1)
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file)
        out.writerow(["客户星级", "月均消费(元)", "在网月数", *([label] if label else [])])
        for _ in range(count):
            row = [rng.choice("一二三四五"), f"{rng.uniform(20, 300):.2f}", rng.randint(1, 120)]
            out.writerow([*row, *(["是" if rng.random() < 0.25 else "否"] if label else [])])
    return path


# ID-04: what is learnt from is never who is called.
def test_a_list_with_odd_headers_is_cut_into_history_and_customers_whose_answer_is_hidden(tmp_path: Path) -> None:
    found = prepare(_list(tmp_path / "名单.csv", 900), tmp_path, label="", seed=1)
    assert found.label == "是否离网"
    assert found.history is not None
    learnt, today = (list(csv.reader(one.read_text("utf-8").splitlines())) for one in (found.history, found.today))
    assert "是否离网" in learnt[0]
    assert "是否离网" not in today[0]
    assert not {row[0] for row in learnt[1:]} & {row[0] for row in today[1:]}
    assert len(found.customers) == len(today) - 1 == 450
    assert 0.1 < len(found.leavers) / 450 < 0.4
    assert set(found.leavers) <= set(found.customers.values())


# ID-06: one who was written several times
def test_of_a_list_whose_ids_stand_twice_each_row_is_a_customer_of_its_own(tmp_path: Path) -> None:
    path = _list(tmp_path / "list.csv", 600)
    head, *lines = path.read_text("gb18030").splitlines()
    named = [f"客户编号,{head}", *(f"A{max(20, at):05d},{line}" for at, line in enumerate(lines))]
    path.write_text("\n".join(named) + "\n", "gb18030")
    found = prepare(path, tmp_path, label="", seed=1)
    plan = propose(found.today)
    assert [one.column for one in plan.of(Field.CUSTOMER_ID)] == [found.ids]
    assert len(found.customers) == 300


def test_a_list_without_a_label_is_for_a_rule(tmp_path: Path) -> None:
    found = prepare(_list(tmp_path / "base.csv", 300, label=""), tmp_path, label="", seed=1)
    assert (found.history, len(found.customers), found.leavers) == (None, 300, frozenset())
    assert set(found.figures) == {"月均消费(元)", "在网月数"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n", "no rows"),
        ("客户编号\n1\n2\n", "single column"),
        ("tenure,churn\n" + "".join(f"{at},yes\n" for at in range(800)), "Everybody left"),
        ("tenure,plan\n" + "".join(f"{at},x\n" for at in range(90)), "Only 90 customers"),
    ],
)
def test_a_list_that_cannot_be_rehearsed_is_refused_in_plain_words(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as told:
        prepare(path, tmp_path, label="", seed=1)
    assert words in told.value.message.en


# ID-04, EVAL-01, EVAL-03, TASK-02: the whole way, over the real API of a server process
@pytest.mark.slow
@pytest.mark.parametrize("label", ["是否离网", ""])
def test_one_command_leads_from_a_list_to_an_effect_report(tmp_path: Path, label: str) -> None:
    listed = _list(tmp_path / "名单.csv", 900, label=label)
    run = [sys.executable, str(BUILD / "rehearsing" / "run.py"), str(listed), "--members", "300"]
    found = {**os.environ, "PYTHONPATH": f"{BUILD.parent}:{BUILD}"}
    done = subprocess.run([*run, "--out", str(tmp_path)], env=found, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "the interval" in done.stdout
    report = decoding.decode((tmp_path / "effect.json").read_bytes(), CampaignEffect)
    assert report.verdict in COMPARED
    assert report.called == report.treated
    assert 0.4 < report.reached / report.called < 0.8
