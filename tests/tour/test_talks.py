"""What the tour's customers say can be said: every talk leads through the shipped scripts as they stand."""

import pytest

from core.content.shipped import dispositions, scripts
from core.domain.script import Step
from desktop.tour import talk
from desktop.tour.steps_home import RESULT as HOME_RESULT
from desktop.tour.steps_vip import RESULT as VIP_RESULT
from desktop.tour.talk import Talk

TALKS = {
    "vip-care": (talk.ROAMING_REPAIR,),
    "broadband-disconnect": (talk.DISCONNECT,),
    "4g-upgrade": (
        talk.UPGRADE_TO_ORDER,
        talk.AFTER_ORDER,
        talk.NOT_NOW,
        talk.KEEP,
        talk.TIER_UP,
    ),
}


def steps(scenario: str) -> dict[str, Step]:
    return {step.id: step for step in scripts()[scenario].steps}


@pytest.mark.parametrize("scenario", TALKS)
def test_each_answer_is_offered_at_its_step(scenario: str) -> None:
    known = steps(scenario)
    for one in TALKS[scenario]:
        for step, said in one.items():
            offered = {answer.label.zh for answer in known[step].answers}
            assert offered & set(said), f"{step}: {said} is not among {offered}"


@pytest.mark.parametrize(
    ("scenario", "whole"),
    [
        ("vip-care", talk.ROAMING_REPAIR),
        ("broadband-disconnect", talk.DISCONNECT),
        ("4g-upgrade", {**talk.UPGRADE_TO_ORDER, **talk.AFTER_ORDER}),
        ("4g-upgrade", talk.NOT_NOW),
        ("4g-upgrade", talk.KEEP),
        ("4g-upgrade", {**talk.UPGRADE_TO_ORDER, **talk.TIER_UP, **talk.AFTER_ORDER}),
    ],
)
def test_each_talk_leads_to_the_end_of_its_script(scenario: str, whole: Talk) -> None:
    # SCRIPT-09, BB-12, 4G-08, CONTRACT-02: the tour shows each scenario to its end
    known, at, walked = steps(scenario), {scripts()[scenario].start}, {"end"}
    if scenario == "4g-upgrade":
        walked.add("complaint-first")  # the tour sells to nobody who has a complaint open
        walked.add("trial-end")  # nor to anybody whose trial is about to end
    while at - walked:
        step = (at - walked).pop()
        walked.add(step)
        assert step in whole, f"nothing is said at {step}"
        at |= {answer.to for answer in known[step].answers if answer.label.zh in whole[step]}
    assert "end" in at


def test_the_results_that_the_tour_saves_exist() -> None:
    known = dispositions()
    for scenario, codes in {
        "vip-care": {VIP_RESULT},
        "broadband-disconnect": {HOME_RESULT, "unanswered", "call_later"},
        "4g-upgrade": {"order_agreed", "no_change_needed", "call_later", "not_needed", "unanswered"},
    }.items():
        assert all(known[scenario].result(code) for code in codes)
