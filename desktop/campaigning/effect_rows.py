"""The figures of an effect as rows of tables and whiskers. No Qt."""

from core.domain.text import Text, filled
from core.wire.campaign_effect import ArmShare, CampaignEffect, Compared, Group, Interval, Looked, Verdict
from desktop.campaigning import effect_words as words
from desktop.tongue import Tongue
from desktop.widgets.values import Cell, TableRow, Tone

VERDICT_TONES = {
    Verdict.HELPED: Tone.OK, Verdict.HARMED: Tone.BAD, Verdict.NONE_SHOWN: Tone.NEUTRAL, Verdict.NOT_DUE: Tone.MUTED,
    Verdict.TOO_FEW: Tone.WARN, Verdict.NO_CONTROL: Tone.WARN, Verdict.BROKEN: Tone.BAD,
}  # fmt: skip


def points(value: float) -> str:
    """A share as signed percentage points."""
    return f"{100 * value:+.1f}"


def told_interval(found: Interval | None, say: Tongue) -> str:
    if found is None:
        return say(words.UNTOLD)
    return say(filled(words.DIFFERENCE, value=points(found.value), low=points(found.low), high=points(found.high)))


def looked_name(one: Compared) -> Text:
    return filled(words.LOOKED_AFTER, what=words.LOOKED[one.looked], days=str(one.days))


def share(arm: ArmShare, say: Tongue) -> str:
    return say(filled(words.OF, share=_rate(arm), due=f"{arm.due:,}"))


def _rate(arm: ArmShare) -> str:
    return f"{100 * arm.met / arm.due:.1f}%" if arm.due else "—"


def compared_rows(effect: CampaignEffect, say: Tongue) -> list[TableRow]:
    rows = []
    for one in effect.compared:
        tone = Tone.MUTED if one.few or one.effect is None else Tone.NEUTRAL
        verdict = one.looked is Looked.ON_NET and one.days == effect.days
        cells = (
            say(looked_name(one)), share(one.treated, say), share(one.control, say), told_interval(one.effect, say),
            f"{one.not_yet_due:,}",
        )  # fmt: skip
        rows.append(TableRow(tuple(Cell(text, tone) for text in cells), best=verdict and one.effect is not None))
    return rows


def forecast_rows(effect: CampaignEffect, say: Tongue) -> list[TableRow]:
    rows = []
    for one in effect.forecast:
        achieved = "—" if one.achieved is None else f"{one.achieved:.1f}"
        between = "" if one.low is None or one.high is None else f"{one.low:.1f} – {one.high:.1f}"
        tone = Tone.NEUTRAL if one.within is None else Tone.OK if one.within else Tone.WARN
        name = words.FORECASTED.get(one.what, Text(one.what, one.what))
        rows.append(TableRow((Cell(say(name)), Cell(f"{one.expected:g}"), Cell(achieved, tone), Cell(between))))
    return rows


def group_rows(groups: tuple[Group, ...], say: Tongue) -> list[TableRow]:
    rows = []
    for one in groups:
        tone = Tone.MUTED if one.few else Tone.NEUTRAL
        effect = "—" if one.effect is None else points(one.effect.value)
        control = "—" if one.control_on_net is None else _rate(one.control_on_net)
        cells = (
            say(one.name), f"{one.dispatched:,}", f"{one.reached:,}", f"{one.agreed:,}", _rate(one.on_net), control,
            effect,
        )  # fmt: skip
        rows.append(TableRow(tuple(Cell(text, tone) for text in cells)))
    return rows


def before_rows(effect: CampaignEffect, say: Tongue) -> list[TableRow]:
    return [
        TableRow(
            (
                Cell(say(one.name if one.area else words.ELSEWHERE)), Cell(share(one.before, say)),
                Cell(share(one.after, say)), Cell("—" if one.points is None else f"{one.points:+.1f}"),
            )
        )
        for one in effect.before_after
    ]  # fmt: skip
