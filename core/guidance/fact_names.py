"""Every fact that a script may name: its label for the view and how its value is written."""

from enum import StrEnum
from typing import NamedTuple

from core.domain.text import Text


class FactKind(StrEnum):
    TEXT = "text"
    FEN = "fen"
    COUNT = "count"
    DATE = "date"
    DATA = "data"
    """MB, written as GB from one up"""
    MINUTES = "minutes"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    SPEED = "speed"
    """Mbit/s"""
    YES_NO = "yes_no"


class Fact(NamedTuple):
    label: Text
    kind: FactKind
    always: bool = False
    """known of every call, so the last words of a step may use it"""


_K = FactKind


def _fact(zh: str, en: str, kind: FactKind, *, always: bool = False) -> Fact:
    return Fact(Text(zh, en), kind, always)


FACTS: dict[str, Fact] = {
    # the call
    "greeting": _fact("问候", "Greeting", _K.TEXT, always=True),
    "vocative": _fact("称呼（句首）", "Form of address, leading", _K.TEXT, always=True),
    "agent_name": _fact("坐席", "Agent", _K.TEXT, always=True),
    "staff_number": _fact("工号", "Staff number", _K.TEXT, always=True),
    "site_name": _fact("单位", "Site", _K.TEXT, always=True),
    "hotline": _fact("官方热线", "Official hotline", _K.TEXT, always=True),
    "call_is_free": _fact("本次通话免费", "Call is free", _K.YES_NO, always=True),
    "is_callback": _fact("约定回拨", "Promised callback", _K.YES_NO, always=True),
    "attempts": _fact("已外呼次数", "Attempts so far", _K.COUNT),
    "task_reason": _fact("派单原因", "Why this task", _K.TEXT),
    "care_label": _fact("关怀类别", "Class of care", _K.TEXT),
    "care_words": _fact("这一类怎么说", "What this care says", _K.TEXT),
    # the person
    "call_name": _fact("称呼", "Form of address", _K.TEXT),
    "tier": _fact("等级", "Tier", _K.TEXT),
    "is_vip": _fact("VIP 客户", "VIP", _K.YES_NO),
    "tenure_years": _fact("在网", "On net", _K.YEARS),
    "tenure_months": _fact("在网月数", "Months on net", _K.MONTHS),
    "prepaid": _fact("预付费", "Prepaid", _K.YES_NO),
    "special_need": _fact("特殊需要", "Special need", _K.TEXT),
    "special_service": _fact("服务方式", "Form of service", _K.TEXT),
    "need_blind": _fact("视障", "Blind", _K.YES_NO, always=True),
    "need_hearing": _fact("听力不便", "Hard of hearing", _K.YES_NO, always=True),
    "need_elderly": _fact("高龄", "Elderly", _K.YES_NO, always=True),
    "need_dialect": _fact("习惯方言", "Prefers dialect", _K.YES_NO, always=True),
    "birthday_in_days": _fact("离生日", "Days to the birthday", _K.DAYS),
    "value_high": _fact("高价值", "High value", _K.YES_NO),
    "points": _fact("积分", "Points", _K.COUNT),
    "points_expiring": _fact("将清零积分", "Points expiring", _K.COUNT),
    "points_expire_on": _fact("积分清零日", "Points expire on", _K.DATE),
    "manager": _fact("专属经理", "Named manager", _K.TEXT),
    "own_manager": _fact("我的专属客户", "My named customer", _K.YES_NO, always=True),
    "best_time": _fact("方便接听时间", "Best time to call", _K.TEXT),
    # plan, bills, use
    "plan": _fact("套餐", "Plan", _K.TEXT),
    "plan_fee_fen": _fact("月费", "Monthly fee", _K.FEN),
    "avg_bill_6m_fen": _fact("近 6 月均消费", "Average bill, 6 months", _K.FEN),
    "above_fee_fen": _fact("月均超出月费", "Above the fee, monthly", _K.FEN),
    "last_bill_fen": _fact("上月账单", "Last bill", _K.FEN),
    "over_data_months": _fact("近 6 月流量超套", "Months over data, of 6", _K.MONTHS),
    "avg_over_data_fee_fen": _fact("月均套外流量费", "Over-data fee, monthly", _K.FEN),
    "over_voice_months": _fact("近 6 月语音超套", "Months over minutes, of 6", _K.MONTHS),
    "zero_usage": _fact("上月零使用", "No use last month", _K.YES_NO),
    "avg_data_mb_6m": _fact("月均流量", "Data, monthly", _K.DATA),
    "avg_voice_min_6m": _fact("月均语音", "Voice, monthly", _K.MINUTES),
    "allowance_data_mb": _fact("套内流量", "Data in plan", _K.DATA),
    "allowance_voice_min": _fact("套内语音", "Voice in plan", _K.MINUTES),
    "balance_fen": _fact("余额", "Balance", _K.FEN),
    "arrears_fen": _fact("欠费", "Arrears", _K.FEN),
    "handset_model": _fact("终端", "Handset", _K.TEXT),
    "handset_4g": _fact("终端支持 4G", "Handset supports 4G", _K.YES_NO),
    "handset_age_days": _fact("终端已用", "Handset in use for", _K.DAYS),
    "missed_call_cover": _fact("有通信助理", "Has missed-call cover", _K.YES_NO),
    "roaming_service": _fact("已开国际漫游功能", "Roaming switched on", _K.YES_NO),
    "added_services": _fact("增值业务数", "Value-added services", _K.COUNT),
    # contract
    "has_contract": _fact("协议期内", "Under contract", _K.YES_NO),
    "contract_kind": _fact("协议", "Contract", _K.TEXT),
    "contract_ends_on": _fact("协议到期", "Contract ends", _K.DATE),
    "contract_days_left": _fact("协议剩余", "Contract rest", _K.DAYS),
    "contract_locked": _fact("协议锁定", "Contract lock", _K.YES_NO),
    "renewal_open": _fact("可续约", "Renewal open", _K.YES_NO),
    "renewal_from": _fact("可续约日", "Renewal opens on", _K.DATE),
    "renewal_months": _fact("再签几个月", "Months of a renewal", _K.MONTHS),
    "renewal_starts_on": _fact("续约起始日", "A renewal begins on", _K.DATE),
    "renewal_ends_on": _fact("续约到期日", "A renewal runs until", _K.DATE),
    "minimum_spend_fen": _fact("协议低消", "Minimum spend", _K.FEN),
    # broadband and household
    "has_broadband": _fact("有宽带", "Has broadband", _K.YES_NO),
    "broadband_plan": _fact("宽带产品", "Broadband product", _K.TEXT),
    "broadband_speed_mbps": _fact("宽带速率", "Broadband speed", _K.SPEED),
    "broadband_ends_on": _fact("宽带到期", "Broadband ends", _K.DATE),
    "broadband_days_left": _fact("宽带剩余", "Broadband left", _K.DAYS),
    "broadband_expired_on": _fact("宽带已到期", "Broadband expired", _K.DATE),
    "broadband_balance_fen": _fact("宽带余额", "Broadband balance", _K.FEN),
    "broadband_yearly_fee_fen": _fact("宽带年费", "Broadband, yearly", _K.FEN),
    "broadband_faults_90d": _fact("近 90 天报障", "Faults, 90 days", _K.COUNT),
    "rival_in_building": _fact("楼内有他网", "Rival in the building", _K.YES_NO),
    "moving": _fact("搬家", "Moving", _K.YES_NO),
    "demolition": _fact("拆迁", "Demolition", _K.YES_NO),
    "household_ties": _fact("家庭成员", "Household members", _K.COUNT),
    # care
    "complaint_open": _fact("有未了结投诉", "Complaint open", _K.YES_NO),
    "complaint_topic": _fact("投诉内容", "Complaint", _K.TEXT),
    "complaint_days": _fact("投诉已过", "Complaint open for", _K.DAYS),
    "damaged": _fact("受损类型", "What was damaged", _K.TEXT),
    "key_service_damaged": _fact("关键服务受损", "Key service damaged", _K.YES_NO),
    "case_title": _fact("修复案件", "Repair case", _K.TEXT),
    "closed_complaint_topic": _fact("已结投诉", "Complaint closed of late", _K.TEXT),
    "closed_complaint_days": _fact("投诉已结", "Complaint closed for", _K.DAYS),
    "talked_days_ago": _fact("上次通话距今", "Last talked", _K.DAYS),
    "roaming": _fact("有漫游业务", "Has roaming", _K.YES_NO),
    "roaming_pack": _fact("漫游业务", "Roaming pack", _K.TEXT),
    "roaming_until": _fact("漫游至", "Roaming until", _K.DATE),
    # what care follows upon
    "paid_days_ago": _fact("上次缴费距今", "Last paid", _K.DAYS),
    "pack_days_ago": _fact("上个包开通距今", "Last pack began", _K.DAYS),
    "ring_back_days": _fact("彩铃已用", "Ring-back tone in use for", _K.DAYS),
    "paper_bill": _fact("收纸质账单", "Bills on paper", _K.YES_NO),
    "cutover_planned": _fact("近期有割接", "Network cutover planned", _K.YES_NO),
    # what the calendar adds for care
    "festival": _fact("将到的节日", "Festival ahead", _K.TEXT),
    "festival_in_days": _fact("离节日", "Days to the festival", _K.DAYS),
    "on_trial": _fact("正在试用", "On trial", _K.YES_NO),
    "trial_plan": _fact("试用套餐", "Plan on trial", _K.TEXT),
    "trial_ends_on": _fact("试用到", "Trial until", _K.DATE),
    "trial_back_to": _fact("试用后可换回", "Plan to return to", _K.TEXT),
    # what a bill calculator adds; absent until it does
    "proposed_plan": _fact("推荐套餐", "Proposed plan", _K.TEXT),
    "proposed_fee_fen": _fact("推荐套餐月费", "Fee of the proposal", _K.FEN),
    "proposed_bill_fen": _fact("推荐套餐月均", "Average with the proposal", _K.FEN),
    "saving_fen": _fact("月均节省", "Saving, monthly", _K.FEN),
    "current_is_best": _fact("现套餐最合适", "Current plan is best", _K.YES_NO),
    "current_is_on_sale": _fact("现套餐在售", "Current plan is on sale", _K.YES_NO),
    "none_clearly_cheaper": _fact("没有明显更省的套餐", "No plan is clearly cheaper", _K.YES_NO),
    "tier_up_plan": _fact("提档套餐", "Tier-up plan", _K.TEXT),
    "tier_up_open": _fact("有档可提", "A tier-up is open", _K.YES_NO),
    "tier_up_fee_fen": _fact("提档套餐月费", "Fee of the tier-up plan", _K.FEN),
    "tier_up_bill_fen": _fact("提档后月均", "Average after the tier-up", _K.FEN),
    "later_plan": _fact("到期后更省的套餐", "Better plan later", _K.TEXT),
    "later_from": _fact("最早可换日", "Change possible from", _K.DATE),
    # what the broadband plans hold for the line; absent until they are compared
    "economy_line": _fact("经济档宽带", "Economy line", _K.TEXT),
    "economy_line_price": _fact("经济档价格", "Price of the economy line", _K.TEXT),
    "economy_line_year_fen": _fact("经济档一年", "Economy line, a year", _K.FEN),
    "holiday_line": _fact("假日宽带", "Holiday line", _K.TEXT),
    "holiday_line_price": _fact("假日宽带价格", "Price of the holiday line", _K.TEXT),
    "holiday_line_days": _fact("假日宽带天数", "Days of the holiday line", _K.DAYS),
    "holiday_line_year_fen": _fact("假日宽带一年", "Holiday line, a year", _K.FEN),
    "metered_line": _fact("计时宽带", "Metered line", _K.TEXT),
    "metered_line_price": _fact("计时宽带价格", "Price of the metered line", _K.TEXT),
    "metered_line_hours": _fact("计时宽带含", "Hours of the metered line", _K.COUNT),
    "metered_line_beyond_fen": _fact("计时宽带超出每小时", "Metered line, an hour beyond", _K.FEN),
    "metered_line_year_fen": _fact("计时宽带一年", "Metered line, a year", _K.FEN),
    "metered_line_dearer": _fact("计时宽带反而更贵", "Metered line costs more", _K.YES_NO),
    "bundle_plan": _fact("融合套餐", "Bundle", _K.TEXT),
    "bundle_fee_fen": _fact("融合套餐月费", "Fee of the bundle", _K.FEN),
    "bundle_speed_mbps": _fact("融合宽带速率", "Speed of the bundle's line", _K.SPEED),
    # what the order form holds, for reading it back
    "order_product": _fact("办理产品", "Product ordered", _K.TEXT),
    "order_price": _fact("办理价格", "Price ordered", _K.TEXT),
    "order_price_fen": _fact("办理月费", "Price ordered, a month", _K.FEN),
    "order_term": _fact("期限", "Term", _K.TEXT),
    "order_lock": _fact("协议锁定", "Lock", _K.TEXT),
    "order_starts_on": _fact("生效日", "Start date", _K.DATE),
    "order_trial_ends_on": _fact("试用到", "Trial until", _K.DATE),
    "order_back_to": _fact("试用后可换回", "Plan to return to", _K.TEXT),
    # an offer beyond plans that was accepted, for its texts
    "offer_name": _fact("优惠", "Offer", _K.TEXT),
    "offer_gives": _fact("优惠内容", "What it gives", _K.TEXT),
    "offer_price": _fact("优惠费用", "What it costs", _K.TEXT),
    "offer_term": _fact("优惠期限", "How long it runs", _K.TEXT),
    "card_number": _fact("回装卡号", "Card number", _K.TEXT),
    "card_until": _fact("回装卡有效期", "Card good until", _K.DATE),
}

ALWAYS = frozenset(name for name, fact in FACTS.items() if fact.always)
OF_THE_DESK = frozenset({"greeting", "agent_name", "staff_number", "site_name", "hotline"})
"""said of ourselves: filled in without being marked as a figure"""
_OF_LINES = ("economy_line", "holiday_line", "metered_line", "bundle_")
COMPUTED = frozenset(
    name
    for name in FACTS
    if name.startswith(("proposed_", "saving_", "current_is_", "none_clearly_", "tier_up_", "later_", *_OF_LINES))
)
"""facts that the bill calculator adds"""
ADDED = COMPUTED | frozenset(
    name for name in FACTS if name.startswith(("order_", "offer_", "card_", "care_", "festival"))
)
"""facts that the caller may add, from the bill calculator, the order form, the calendar or the care that a task gives:
no document holds them"""


def fact_label(name: str) -> Text:
    """The fact's name for people; raises KeyError on an unknown one."""
    return FACTS[name].label
