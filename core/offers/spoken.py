"""What a recommendation means for the words of a call: figures for the script, and the advice in a sentence."""

from datetime import timedelta

from core.domain.money import yuan_short
from core.domain.text import Text
from core.offers.advice import Advice, Later, PackAdded, Recommendation, Row
from core.offers.eligibility import Way

KEEP = Text(
    "按最近几个月的用量算，现在这一档最合适，不用换。",
    "By the use of the last months the present plan is the best one: there is nothing to change.",
)
UNKNOWN = Text(
    "能对上的账单太少，算不准，先不说能省多少。",
    "Too few bills can be compared: say nothing of a saving.",
)


def script_facts(found: Recommendation) -> dict[str, object]:
    """The figures that a script may say (`core.guidance.fact_names.ADDED`); absent where nothing may be claimed.

    A saving is said only where it is, to the fen, what the mean of the bills on record exceeds the proposal by."""
    waiting = found.waiting
    facts: dict[str, object] = {}
    if found.advice in (Advice.KEEP, Advice.CHANGE, Advice.TIER_UP):
        facts |= _keeping_facts(found)
    if found.proposed:
        facts |= {"proposed_plan": found.proposed.plan.name, "proposed_fee_fen": found.proposed.plan.fee_fen}
        facts |= _saving_facts(found, found.proposed)
    if found.locked:
        facts |= _tier_up_facts(found.tier_up)
    if waiting and found.advice is not Advice.KEEP:
        facts |= _later_facts(waiting)
    return facts


def _keeping_facts(found: Recommendation) -> dict[str, object]:
    """The present plan is called the best only where no plan in the list would save anything at all."""
    keep = found.advice is Advice.KEEP
    facts: dict[str, object] = {"none_clearly_cheaper": keep}
    return facts if keep and _cheaper(found) else facts | {"current_is_best": keep}


def _cheaper(found: Recommendation) -> list[Row]:
    return [row for row in found.rows if row.gain is not None and row.gain.mean_fen > 0]


def _tier_up_facts(row: Row | None) -> dict[str, object]:
    if row is None:
        return {"tier_up_open": False}
    facts = {"tier_up_open": True, "tier_up_plan": row.plan.name, "tier_up_fee_fen": row.plan.fee_fen}
    return facts if row.gain is None else facts | {"tier_up_bill_fen": row.mean_fen}


def _later_facts(later: Later) -> dict[str, object]:
    facts: dict[str, object] = {"later_plan": later.row.plan.name}
    last = later.verdict.last_day
    return facts if last is None else facts | {"later_from": last + timedelta(days=1)}


def _saving_facts(found: Recommendation, proposed: Row) -> dict[str, object]:
    gain, current = proposed.gain, found.current
    if gain is None or current is None or not found.whole or gain.mean_fen <= 0:
        return {}
    paid = round(current.total_fen / gain.months)
    return {"proposed_bill_fen": paid - gain.mean_fen, "saving_fen": gain.mean_fen}


def advice_text(found: Recommendation) -> Text:
    """The advice in one sentence, with the months that it rests on."""
    if found.proposed is not None:
        return _change_text(found.proposed)
    if found.later is not None:
        return _later_text(found.later)
    if found.advice is not Advice.KEEP:
        return UNKNOWN
    pack = found.current.pack if found.current else None
    return _keep_text(found) if pack is None else _with_pack_text(_keep_text(found), pack)


def _with_pack_text(keep: Text, added: PackAdded) -> Text:
    """Who keeps the plan is told what would make it cheaper."""
    name, fee, less = added.pack.name, yuan_short(added.pack.fee_fen), yuan_short(added.mean_fen)
    return Text(
        f"{keep.zh}现在这一档再叠加“{name.zh}”（{fee} 元/月），平均每月能省 {less} 元。",
        f"{keep.en} The present plan with the {name.en} at {fee} yuan comes to {less} yuan a month less on average.",
    )


def _keep_text(found: Recommendation) -> Text:
    """A plan in the list that is cheaper by a little is not passed over in silence: the customer may have seen it."""
    others = _cheaper(found)
    gain = others[0].gain if others else None
    if gain is None:
        return KEEP
    name, saved, better, count = others[0].plan.name, yuan_short(gain.mean_fen), gain.months_better, gain.months
    return Text(
        f"按最近几个月的用量算，现在这一档合适，不用换：“{name.zh}”{count} 个月里 {better} 个月更省，"
        f"平均每月 {saved} 元，差得太少或太不稳。",
        f"By the use of the last months the present plan fits, nothing to change: {name.en} would save {saved} yuan"
        f" a month on average, in {better} of {count} months, too little or too unsure.",
    )


def _later_text(later: Later) -> Text:
    """Every reason is told; a day is promised only where nothing but time stands in the way."""
    name, refusals = later.row.plan.name, later.verdict.refusals
    last = later.verdict.last_day
    before = max((one.until for one in refusals if one.until), default=None)
    zh, en = "办妥之后", "Once that is settled"
    if last is not None:
        zh, en = f"{last} 之后", f"After {last}"
    elif before is not None:
        zh, en = f"最早 {before} 之后，都办妥了", f"After {before} at the earliest, and once the rest is settled"
    why_zh, why_en = "".join(one.text.zh for one in refusals), " ".join(one.text.en for one in refusals)
    return Text(
        f"现在不换：{why_zh}{zh}，换“{name.zh}”会更省。", f"No change now. {why_en} {en}, {name.en} will cost less."
    )


def _change_text(row: Row) -> Text:
    gain = row.gain
    if gain is None:
        return UNKNOWN
    name, count, better = row.plan.name, gain.months, gain.months_better
    saved, worst = yuan_short(gain.mean_fen), yuan_short(abs(gain.worst_fen))
    months = 0 if row.way is Way.TIER_UP else row.plan.contract.term_months
    binds_zh, binds_en = (f"；要签 {months} 个月协议", f"; it binds for {months} months") if months else ("", "")
    least_zh = f"最差的一个月也省 {worst} 元" if gain.worst_fen >= 0 else f"最差的一个月多花 {worst} 元"
    least_en = f"{worst} yuan in the worst month" if gain.worst_fen >= 0 else f"{worst} yuan more in the worst month"
    return Text(
        f"换“{name.zh}”：可比的 {count} 个月里有 {better} 个月更省，平均每月省 {saved} 元，{least_zh}{binds_zh}。",
        f"{name.en}: cheaper in {better} of {count} months compared, {saved} yuan a month on average, {least_en}"
        f"{binds_en}.",
    )
