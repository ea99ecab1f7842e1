"""Whether a campaign's terms can be meant: each mistake a plain error, before anybody is chosen."""

import re
from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from core.domain.campaign import Audience, CampaignTerms
from core.domain.clock import local_day
from core.domain.offer_content import OFFER
from core.server.campaigns.refusing import unusable
from core.server.db import published
from core.server.db.engine import Unit
from core.server.db.places import refuse_strange_place
from core.server.db.schema import campaign_list, task

STRATA: tuple[str, ...] = ("value", "tier", "area", "grid", "branch", "manager")
"""columns of a customer within which chance may decide"""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_LONGEST_DAYS = 3 * 366
_MOST_NAME = 80


def check_terms(unit: Unit, terms: CampaignTerms, *, begun: CampaignTerms | None = None) -> None:
    """Raises InputError on what cannot be meant. What a rule or model asks is looked at as members are chosen. `begun`:
    the terms as they stand of one that is under way: what they name and is gone since keeps nothing else from
    changing."""
    _check_name(terms)
    _check_days(terms, local_day(unit.now))
    _check_bounds(terms)
    _check_audience(unit, terms.audience, Audience() if begun is None else begun.audience)
    known = published.scenarios(unit)
    if terms.scenario not in known and (begun is None or terms.scenario != begun.scenario):
        raise unusable(
            f"没有场景“{terms.scenario}”。现有：{_listed(known)}。",
            f"There is no scenario “{terms.scenario}”. There are: {_listed_en(known)}.",
        )
    offers = published.names(unit, OFFER)
    for one in terms.offers:
        if one not in offers and (begun is None or one not in begun.offers):
            raise unusable(
                f"没有优惠“{one}”。现有：{_listed(offers)}。",
                f"There is no offer “{one}”. There are: {_listed_en(offers)}.",
            )


def _check_name(terms: CampaignTerms) -> None:
    if not _ID.fullmatch(terms.id):
        raise unusable(
            f"编号“{terms.id[:90]}”不可用：只能用字母、数字和 . _ -，最多 80 个。",
            f"The id “{terms.id[:90]}” cannot be used: letters, digits and . _ - alone, 80 at most.",
        )
    for words in (terms.name.zh, terms.name.en):
        if not words.strip() or len(words) > _MOST_NAME or "\0" in words:
            raise unusable(
                f"名称要有中文和英文，各不超过 {_MOST_NAME} 个字。",
                f"It needs a name in Chinese and in English, {_MOST_NAME} letters at most each.",
            )


def _check_days(terms: CampaignTerms, today: date) -> None:
    if terms.ends_on < terms.starts_on:
        raise unusable(
            f"结束日 {terms.ends_on} 早于开始日 {terms.starts_on}。",
            f"It ends on {terms.ends_on}, before it starts on {terms.starts_on}.",
        )
    if terms.ends_on < today:
        raise unusable(f"结束日 {terms.ends_on} 已经过去。", f"Its last day, {terms.ends_on}, is over.")
    if (terms.ends_on - terms.starts_on).days > _LONGEST_DAYS:
        raise unusable("活动最长三年。", "A campaign lasts three years at most.")


def _check_bounds(terms: CampaignTerms) -> None:
    # Written so that what is no number at all is refused too.
    if not 0 <= terms.control_percent < 100:
        raise unusable(
            f"对照组比例 {terms.control_percent:g}% 不可用：0 到 100 以下。",
            f"A control group of {terms.control_percent:g}% cannot be: from 0 to below 100.",
        )
    for value, zh, en in (
        (terms.quota, "总量", "quota"), (terms.a_day, "每日量", "number a day"),
        (terms.target_agreed, "目标办理数", "target of agreements"),
    ):  # fmt: skip
        if not 0 <= value <= 10**9:
            raise unusable(f"{zh}不能是 {value}。", f"The {en} cannot be {value}.")
    if not 0 <= terms.priority <= 9:
        raise unusable("优先级是 0 到 9。", "A priority is 0 to 9.")
    strange = [one for one in terms.strata if one not in STRATA]
    if strange or len(set(terms.strata)) != len(terms.strata):
        raise unusable(f"分层只能用：{_listed(STRATA)}，每个一次。", f"Strata are of {_listed_en(STRATA)}, each once.")
    _check_forecast(terms)


def _check_forecast(terms: CampaignTerms) -> None:
    forecast = terms.forecast
    for value in (forecast.reached_percent, forecast.agreed_percent):
        if value is not None and not 0 <= value <= 100:
            raise unusable(f"预测比例 {value:g}% 不可用。", f"A forecast of {value:g}% cannot be.")
    if forecast.effect_points is not None and not -100 <= forecast.effect_points <= 100:
        raise unusable("预测效果要在 −100 到 100 个百分点之间。", "An effect is between −100 and 100 points.")


def _check_audience(unit: Unit, audience: Audience, begun: Audience) -> None:
    if not (audience.rules or audience.model or audience.list_id or audience.more_list_id):
        raise unusable("没有说明选谁：规则、模型或名单。", "It does not say whom: name rules, a model or a list.")
    if not 0 <= audience.at_least <= 1:
        raise unusable(
            f"模型概率下限 {audience.at_least:g} 不可用：0 到 1。",
            f"A least probability of {audience.at_least:g} cannot be: 0 to 1.",
        )
    if audience.at_least and not audience.model:
        raise unusable("写了概率下限，却没有模型。", "There is a least probability, but no model.")
    for area in (one for one in audience.areas if one not in begun.areas):
        refuse_strange_place(unit, area=area)
    for grid in (one for one in audience.grids if one not in begun.grids):
        refuse_strange_place(unit, grid=grid)
    for one in (audience.list_id, audience.more_list_id):
        if one not in ("", begun.list_id, begun.more_list_id) and not list_there(unit, one):
            raise unusable(f"没有名单“{one}”，也没有导入过。", f"There is no list “{one}”, nor was one imported.")


def list_there(unit: Unit, list_id: str) -> bool:
    """Whether a list of that id was brought in for campaigns, or as tasks by the import."""
    for column in (campaign_list.c.id, task.c.list_id):
        table = column.table
        if unit.conn.execute(
            select(column).where(table.c.tenant_id == unit.tenant, column == list_id).limit(1)
        ).first():
            return True
    return False


def _listed(words: Collection[str]) -> str:
    return "、".join(words) or "—"


def _listed_en(words: Collection[str]) -> str:
    return ", ".join(words) or "—"
