"""A plan of the catalogue in words: price, what it holds, where, how and to whom it is sold."""

from collections.abc import Iterator
from datetime import date

from core.domain.charge import Charge
from core.domain.money import yuan_short
from core.domain.plan import BroadbandPlan, Channel, Plan
from core.domain.text import Text, filled
from core.offers.ordering import price_of
from core.offers.words import data_text, minutes_text, texts_text
from desktop.planning import catalogue_words as words
from desktop.tongue import Tongue
from desktop.widgets.values import Row, Tone

MOST_EASE = 5


def price(plan: Plan | BroadbandPlan, say: Tongue) -> str:
    fen, charge = price_of(plan)
    if not fen and isinstance(plan, BroadbandPlan):
        return say(words.FREE)
    if charge is Charge.MONTH or isinstance(plan, Plan):
        return say(filled(words.A_MONTH, yuan=yuan_short(fen)))
    return say(filled(words.A_TERM, yuan=yuan_short(fen), days=str(plan.term_days)))


def ease(plan: Plan | BroadbandPlan) -> str:
    """`★★★☆☆`; lines of the catalogue have no index."""
    return "★" * plan.ease + "☆" * (MOST_EASE - plan.ease) if isinstance(plan, Plan) else words.NOT_SAID.zh


def by_phone(plan: Plan | BroadbandPlan, say: Tongue) -> str:
    suited = plan.channels.get(Channel.CALL) if isinstance(plan, Plan) else None
    return say(words.SUITED[suited] if suited else words.NOT_SAID)


def last_day(day: date | None, say: Tongue) -> str:
    return day.isoformat() if day else say(words.NO_END)


def rows_of(plan: Plan | BroadbandPlan, say: Tongue) -> list[Row]:
    """All of it, for whoever plans: what an agent would see of it is a part."""
    rows = [Row(say(words.CODE), plan.code), Row(say(words.PRICE), price(plan, say))]
    rows += _of_plan(plan, say) if isinstance(plan, Plan) else _of_line(plan, say)
    first, last = plan.on_sale_from.isoformat(), last_day(plan.on_sale_until, say)
    rows.append(Row(say(words.ON_SALE), say(words.ON_SALE_SPAN).format(first=first, last=last)))
    rows += [Row(say(words.AUDIENCE), say(plan.audience)), Row(say(words.ADVANTAGE), say(plan.advantage))]
    if isinstance(plan, Plan) and plan.why is not None:
        rows.append(Row(say(words.WHY), say(plan.why)))
    return rows


def _of_plan(plan: Plan, say: Tongue) -> Iterator[Row]:
    joint = say(words.JOINT)
    yield Row(say(words.HOLDS), joint.join(say(part) for part in _holds(plan)) or say(words.NOTHING_HELD))
    if plan.minimum_spend_fen:
        yield Row(say(words.LEAST), say(filled(words.A_MONTH, yuan=yuan_short(plan.minimum_spend_fen))))
    yield Row(say(words.BRAND), f"{say(plan.brand)} · {plan.generation}G · {say(words.PAYMENTS[plan.payment])}")
    yield Row(say(words.EASE), say(filled(words.EASE_OF, marks=ease(plan), ease=str(plan.ease))))
    for channel, suited in plan.channels.items():
        tone = {"well": Tone.OK, "with_care": Tone.WARN}.get(suited.value, Tone.MUTED)
        yield Row(say(words.CHANNELS[channel]), say(words.SUITED[suited]), tone)
    yield Row(say(words.PLACES), joint.join(plan.places) or say(words.EVERYWHERE))
    yield Row(say(words.CONTRACT), joint.join(say(part) for part in _contract(plan)) or say(words.NO_CONTRACT))


def _of_line(plan: BroadbandPlan, say: Tongue) -> Iterator[Row]:
    hours = plan.included_hours
    included = "" if hours is None else f" · {say(filled(words.HOURS, hours=str(hours)))}"
    yield Row(say(words.SPEED), f"{plan.speed_mbps} Mbps · {say(words.KINDS[plan.kind])}{included}")


def _holds(plan: Plan) -> Iterator[Text]:
    held = plan.allowances
    sizes = (
        (held.data_mb, words.ANY_DATA, data_text),
        (held.directed_mb, words.DIRECTED, data_text),
        (held.off_peak_mb, words.OFF_PEAK, data_text),
        (held.voice_min, words.VOICE, minutes_text),
        (held.on_net_min, words.ON_NET, minutes_text),
        (held.roaming_mb, words.ROAMING, data_text),
        (held.sms, words.TEXTS, texts_text),
    )
    for amount, words_of, size in sizes:
        if amount:
            found = size(amount)
            yield Text(words_of.zh.format(size=found.zh), words_of.en.format(size=found.en))
    if plan.broadband_mbps:
        yield filled(words.HOME, mbps=str(plan.broadband_mbps))


def _contract(plan: Plan) -> Iterator[Text]:
    effect = plan.contract
    if effect.term_months:
        yield filled(words.TERM, months=str(effect.term_months))
    if effect.monthly_bonus_fen:
        yield filled(words.BONUS, yuan=yuan_short(effect.monthly_bonus_fen))
    if effect.tier_up:
        yield words.TIER_UP
