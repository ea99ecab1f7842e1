"""What a campaign changed, as planners see it: with its interval, and nothing without a control group."""

from collections.abc import Callable
from pathlib import Path

from campaigning_kit import Campaigning
from desk_kit import NOW
from msgspec import structs

from core.domain.text import Text
from core.wire.campaign_effect import (
    ArmShare,
    CampaignEffect,
    Compared,
    Forecasted,
    Group,
    Interval,
    Looked,
    Verdict,
)
from desktop.campaigning.effect import EffectPart
from desktop.widgets.values import Tone


def an_effect(campaign_id: str, verdict: Verdict, *, effect: Interval | None) -> CampaignEffect:
    arms = {"treated": ArmShare(due=820, met=784), "control": ArmShare(due=205, met=187)}
    few = {"treated": ArmShare(due=4, met=4), "control": ArmShare(due=2, met=1)}
    return CampaignEffect(
        campaign_id=campaign_id, name=Text("余额关怀", "Balance care"), state="ended", days=30, verdict=verdict,
        words=Text("结论", "Verdict"), at=NOW, treated=820, control=205, dispatched=790, called=770, reached=512,
        agreed=190, ordered=88,
        compared=(
            Compared(looked=Looked.ON_NET, days=30, not_yet_due=0, effect=effect, **arms),
            Compared(looked=Looked.ON_NET, days=90, not_yet_due=1019, effect=effect, few=True, **few),
        ),
        forecast=(Forecasted(what="effect", expected=3.0, achieved=4.1, low=1.2, high=7.0, within=True),),
        groups={
            "area": (
                Group(code="east", name=Text("东岭区", "Dongling District"), drawn=520, dispatched=1_410, reached=1_220,
                      agreed=102, on_net=ArmShare(due=410, met=390), control_on_net=ArmShare(due=110, met=99),
                      effect=effect),
            ),
        },
    )  # fmt: skip


# EVAL-01, EVAL-08
def test_an_effect_is_shown_with_its_interval_beside_the_forecast_and_taken_away(
    planner: Campaigning, tmp_path: Path
) -> None:
    part = planner.part(2)
    assert isinstance(part, EffectPart)
    planner.until(lambda: not part._reading)
    part._id = "c-1"
    part._take(an_effect("c-1", Verdict.HELPED, effect=Interval(value=0.041, low=0.012, high=0.07)))
    assert [one.told for one in part.whiskers.rows] == ["+4.1（+1.2 至 +7.0）"] * 2
    assert [one.few for one in part.whiskers.rows] == [False, True], "small numbers are grey"
    assert "95.6%（820）" in part.compared.words()[0]
    assert part.forecast.words() == ["多留住（百分点） 3 4.1 1.2 – 7.0"]
    assert part.groups.words() == ["东岭区 1,410 1,220 102 95.1% 90.0% +4.1"]
    part.folder = lambda: tmp_path  # type: ignore[method-assign]
    part._write()
    planner.until(lambda: bool(planner.said))
    assert [one.suffix for one in tmp_path.glob("c-1*")] == [".xlsx"]
    assert planner.entered.store.outbox_state().waiting == 1, "what was taken away is on record"


def test_an_effect_that_a_later_question_has_overtaken_is_dropped(planner: Campaigning) -> None:
    held = list[Callable[[CampaignEffect], None]]()

    def lane(_work: object, done: Callable[[CampaignEffect], None] | None = None, _failed: object = None) -> None:
        assert done is not None
        held.append(done)

    part = EffectPart(structs.replace(planner.context, network_lane=lane))
    planner.qtbot.addWidget(part)
    earlier, later = (an_effect("c-1", Verdict.NOT_DUE, effect=None) for _ in range(2))
    part._id = "c-1"
    part._read()
    part._read()
    held[1](later)
    held[0](earlier)
    assert part.effect is later


# EVAL-01
def test_without_a_control_group_no_effect_is_told(planner: Campaigning) -> None:
    part = planner.part(2)
    assert isinstance(part, EffectPart)
    planner.until(lambda: not part._reading)
    part._id = "c-1"
    part._take(an_effect("c-1", Verdict.NO_CONTROL, effect=None))
    assert {one.told for one in part.whiskers.rows} == {"说不出"}
    assert part.verdict.tone is Tone.WARN
