"""What starting a campaign would do, by the same steps, with nothing kept. For a process apart."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from core.content.resources import folder
from core.domain.campaign import CALLS, Arm, Barrier, Campaign
from core.domain.outreach import SENT_ROUTES
from core.domain.text import Text
from core.server.campaigns.candidates import Laid
from core.server.campaigns.content import load_policy
from core.server.campaigns.counting import counts_of
from core.server.campaigns.expected_told import cautions_of, effect_told, expected_kept
from core.server.campaigns.laying import calls_of, lay_out
from core.server.campaigns.profiting import profits
from core.server.campaigns.sifting import Centre, Sieve
from core.server.campaigns.words import stratum_name
from core.server.db.engine import Database
from core.wire.campaigns import CampaignPreview, MemberCounts, StratumCount

_STRATA_TOLD = 30
_FEW_CONTROL = 100
"""below it an effect of several points goes unseen"""


def preview_of(database: Database, data: Path, campaign: Campaign, *, root: Path | None = None) -> CampaignPreview:
    """Raises InputError as the start would."""
    laid = lay_out(database, data, campaign, root=root, words=False)
    counts = counts_of(laid.members)
    called, brought = calls_of(laid, sorted(CALLS)), profits(laid)
    with database.read() as unit:
        sieve = Sieve(Centre(unit, load_policy(root or folder())), campaign)
        room, a_day = sieve.capacity({sieve.need(laid.heads[one]) for one in called})
    if campaign.a_day:
        a_day = min(a_day, campaign.a_day)
    days = (campaign.ends_on - campaign.starts_on).days + 1
    work = len(called) / a_day if a_day else None
    forecast, sent = campaign.forecast, len(calls_of(laid, sorted(SENT_ROUTES)))
    reached = _of(len(called), forecast.reached_percent)
    agreed = None if reached is None else _of(reached, forecast.agreed_percent)
    return CampaignPreview(
        id=campaign.id,
        snapshot_id=laid.chosen.snapshot_id,
        snapshot_at=laid.chosen.snapshot_at,
        members=counts,
        strata=_strata(laid, campaign, frozenset(called), brought),
        called=len(called),
        room_now=room,
        a_day=a_day,
        days_of_work=work,
        days=days,
        expected_reached=reached if called else None,
        expected_agreed=agreed if called else None,
        sent=sent,
        expected_delivered=_of(sent, forecast.reached_percent) if sent else None,
        expected_kept=expected_kept(laid, campaign),
        profit_fen=round(sum(brought.values())) if brought else None,
        effect_model=laid.expected.model,
        effect_since=laid.expected.since,
        effect_told=effect_told(laid),
        most_percent=laid.chosen.most_percent,
        cautions=tuple(_cautions(campaign, laid, counts, called, work=work, days=days, agreed=agreed)),
    )


def _of(customers: int, percent: float | None) -> int | None:
    return None if percent is None else round(customers * percent / 100)


def _strata(
    laid: Laid, campaign: Campaign, called: frozenset[str], brought: Mapping[str, float]
) -> tuple[StratumCount, ...]:
    """`brought`: fen by customer called."""
    drawn = [one for one in laid.members if one.arm is not Arm.NOT_DRAWN]
    control = Counter(one.stratum for one in drawn if one.arm is Arm.CONTROL)
    calls = Counter(one.stratum for one in drawn if one.customer_id in called)
    fen: dict[str, float] = {}
    for one in drawn:
        if one.customer_id in brought:
            fen[one.stratum] = fen.get(one.stratum, 0.0) + brought[one.customer_id]
    return tuple(
        StratumCount(
            stratum=one, name=stratum_name(campaign.strata, one), members=number, control=control[one],
            called=calls[one], profit_fen=round(fen[one]) if one in fen else None,
        )
        for one, number in Counter(each.stratum for each in drawn).most_common(_STRATA_TOLD)
    )  # fmt: skip


def _cautions(
    campaign: Campaign, laid: Laid, counts: MemberCounts, called: Sequence[str], *, work: float | None, days: int,
    agreed: int | None,
) -> list[Text]:  # fmt: skip
    found = [laid.chosen.too_many] if laid.chosen.too_many is not None else []
    found += [laid.chosen.drifted] if laid.chosen.drifted is not None else []
    found += [laid.chosen.unrested] if laid.chosen.unrested is not None else []
    found += [*laid.expected.cautions, *cautions_of(laid)]
    if left := sum(barrier is Barrier.GONE and one in laid.heads for one, barrier in laid.barriers.items()):
        found.append(
            Text(
                f"其中 {left} 位已离网，不联系；要请他们回来，用赢回场景。",
                f"{left} of them have left the net and are not contacted: a win-back scenario is for those.",
            )
        )
    if not counts.treated:
        found.append(Text("现在一位也不能联系。", "Nobody can be contacted now."))
    if called and work is None:
        found.append(Text("没有坐席可以接这类任务。", "No agent may take these tasks."))
    elif work is not None and work > days:
        found.append(
            Text(
                f"按坐席每日目标要 {work:.0f} 天，活动只有 {days} 天。",
                f"By the agents' daily targets it takes {work:.0f} days; the campaign has {days}.",
            )
        )
    if not campaign.control_percent:
        found.append(
            Text("没有对照组：事后看不出效果。", "There is no control group: its effect cannot be told afterwards.")
        )
    elif counts.control < _FEW_CONTROL:
        found.append(
            Text(
                f"对照组只有 {counts.control} 位：几个百分点的效果看不出来。",
                f"The control group has {counts.control}: an effect of a few points will not show.",
            )
        )
    if campaign.target_agreed and counts.treated and not called:
        found.append(
            Text(
                "没有人打电话：办成只从通话里数，目标无从谈起；看在网率与对照组相比。",
                "Nobody calls: agreements are counted of calls alone, so its target says nothing; see who stays on net,"
                " beside the control group.",
            )
        )
    elif campaign.target_agreed and agreed is not None and agreed < campaign.target_agreed:
        found.append(
            Text(
                f"按预测只能办成 {agreed} 位，目标是 {campaign.target_agreed} 位。",
                f"By its forecast {agreed} will agree; the target is {campaign.target_agreed}.",
            )
        )
    return found
