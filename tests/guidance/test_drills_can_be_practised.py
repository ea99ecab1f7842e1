"""Drills: an agent without a call rehearses an objection, turn by turn, and sees how it is done."""

from pathlib import Path

import msgspec
import pytest

from core.content import folder, scripts
from core.content.drills import load_drill, load_drills
from core.domain import decoding
from core.domain.drill import Drill, DrillStep
from core.domain.errors import ContentError
from core.guidance.check_practice import check_practice, drill_flaws
from core.guidance.drill import DrillRun, DrillState

FIVE = {"slow-line", "bill-600", "rival-cheaper", "already-served", "disconnect-first"}


def drill(name: str = "slow-line") -> Drill:
    return load_drill(folder() / "drills" / f"{name}.yaml")


def best(run: DrillRun) -> int:
    turn = run.drill.turns[len(run.state().chosen)]
    return next(at for at, choice in enumerate(turn.choices, start=1) if choice.right)


def test_the_five_drills_are_there_and_go_through_the_four_steps() -> None:
    # SCRIPT-11, KB-04
    found = load_drills(folder())
    assert {one.id for one in found} == FIVE
    for one in found:
        assert tuple(dict.fromkeys(turn.step for turn in one.turns)) == tuple(DrillStep)
        assert all(len(turn.choices) >= 3 for turn in one.turns)


def test_right_choices_do_not_stand_in_one_place() -> None:
    for one in load_drills(folder()):
        run, digits = DrillRun(one), []
        while not run.ended:
            digits.append(best(run))
            run.choose(digits[-1])
            run.go_on()
        assert len(set(digits)) > 1, one.id


def test_each_choice_is_answered_with_the_reason_and_the_model() -> None:
    # KB-04
    run = DrillRun(drill())
    view = run.view()
    assert view is not None
    assert (view.at, view.of, view.step) == (1, 4, DrillStep.EMPATHISE)
    wrong = run.choose(1)
    assert not wrong.right
    assert wrong.best == 2
    assert "别激动" in wrong.why.zh
    assert "对不起" in wrong.model.zh
    assert run.feedback() == wrong
    assert run.view() == view
    after = run.go_on()
    assert after is not None
    assert after.step is DrillStep.CLARIFY
    assert run.feedback() is None


def test_the_end_tells_what_to_practise_again() -> None:
    run = DrillRun(drill())
    run.choose(1)
    run.go_on()
    while not run.ended:
        run.choose(best(run))
        run.go_on()
    score = run.score()
    assert (score.right, score.of, score.missed) == (3, 4, (DrillStep.EMPATHISE,))
    assert "许时间，不许结果" in score.lesson.zh
    assert run.view() is None
    again = run.again()
    assert again is not None
    assert again.at == 1


def test_a_rehearsal_goes_on_where_it_was_left_and_begins_anew_with_a_new_version() -> None:
    run = DrillRun(drill())
    run.choose(2)
    kept = decoding.decode(msgspec.json.encode(run.state()), DrillState)
    assert DrillRun(drill(), kept).feedback() == run.feedback()
    newer = msgspec.structs.replace(drill(), version=99)
    assert DrillRun(newer, kept).state().chosen == ()


def test_only_what_is_on_offer_can_be_chosen_and_in_turn() -> None:
    run = DrillRun(drill())
    with pytest.raises(ValueError, match="not on offer"):
        run.choose(9)
    with pytest.raises(ValueError, match="nothing was chosen"):
        run.go_on()
    run.choose(1)
    with pytest.raises(ValueError, match="not on offer"):
        run.choose(1)


def test_what_is_taught_as_right_may_be_said_and_the_objection_exists() -> None:
    # BB-09
    known = dict(scripts())
    rival = drill("rival-cheaper")
    assert drill_flaws(rival, known) == []
    bare = msgspec.structs.replace(rival, approval=None)
    bare_turn = msgspec.structs.replace(
        bare.turns[0], model=msgspec.structs.replace(bare.turns[0].model, zh="别家不稳")
    )
    flaws = drill_flaws(msgspec.structs.replace(bare, turns=(bare_turn, *bare.turns[1:])), known)
    assert [flaw.reason for flaw in flaws] == ["“别家” speaks of a competitor: it needs an approval"]
    for change, reason in (({"scenario": "nope"}, "no script `nope`"), ({"objection": "nope"}, "no objection `nope`")):
        assert reason in drill_flaws(msgspec.structs.replace(rival, **change), known)[0].reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("right: true", "right: false", "exactly one choice is right"),
        ("step: clarify", "step: confirm", "in this order"),
        ("version: ", "version: 0 # ", "versions begin at 1"),
        ("objection: slow-line", "objection: nope", "has no objection `nope`"),
        ("lesson:", "lessons:", "unknown key `lessons`"),
    ],
)
def test_a_mistake_in_a_drill_is_told_with_its_file_and_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    (tmp_path / "drills").mkdir()
    path = tmp_path / "drills" / "slow-line.yaml"
    text = (folder() / "drills" / "slow-line.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        check_practice(tmp_path, list(scripts().values()))
    assert reason in str(caught.value)
    assert caught.value.file == str(path)
