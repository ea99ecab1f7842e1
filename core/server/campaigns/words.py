"""What states, barriers, ways and strata of a campaign are called."""

from collections.abc import Mapping, Sequence

from core.domain.campaign import Barrier, CampaignState, MemberState, Route
from core.domain.drawing import BETWEEN
from core.domain.effect_words import NOTHING, VALUES
from core.domain.task import TIER_NAMES
from core.domain.text import Text
from core.wire.campaigns import ListFlaw
from core.wire.list_files import ColumnRole

STATE_NAMES: dict[CampaignState, Text] = {
    CampaignState.DRAFT: Text("草稿", "Draft"),
    CampaignState.RUNNING: Text("进行中", "Running"),
    CampaignState.PAUSED: Text("已暂停", "Paused"),
    CampaignState.STOPPED: Text("已停止", "Stopped"),
    CampaignState.ENDED: Text("已结束", "Ended"),
}
MEMBER_STATE_NAMES: dict[MemberState, Text] = {
    MemberState.READY: Text("就绪", "Ready"),
    MemberState.BLOCKED: Text("不可派", "Blocked"),
    MemberState.HELD: Text("暂缓", "Held"),
    MemberState.DISPATCHED: Text("已派", "Dispatched"),
    MemberState.RECALLED: Text("已收回", "Taken back"),
}
BARRIER_WORDS: dict[Barrier, Text] = {
    Barrier.CONTROL: Text("对照组，不联系", "Control group, not contacted"),
    Barrier.OPTED_OUT: Text("客户不愿被打扰", "Wants no calls"),
    Barrier.NO_NUMBER: Text("没有可用号码", "No usable number"),
    Barrier.NO_CONSENT: Text("不同意营销联系", "Agrees to nothing that sells"),
    Barrier.CALLED_LATELY: Text("近期已联系过", "Called lately"),
    Barrier.OTHER_CAMPAIGN: Text("在别的活动里", "In another campaign"),
    Barrier.OPEN_TASK: Text("已有任务未办完", "Has an open task"),
    Barrier.NO_AGENT: Text("没有坐席可以接", "No agent may take it"),
    Barrier.REST: Text("免扰时刻", "A moment of rest"),
    Barrier.NOT_ENABLED: Text("当地未开通此类任务", "Type of task not switched on there"),
    Barrier.QUOTA: Text("超出总量，留作后备", "Beyond the quota, in reserve"),
    Barrier.SOURCE: Text("数据来源未到齐", "A source is late"),
    Barrier.GONE: Text("没有这位客户、已离网，或理由已消失", "No such customer, left the net, or the reason is gone"),
    Barrier.UNDELIVERED: Text("未送达", "Not delivered"),
}
ROUTE_NAMES: dict[Route, Text] = {
    Route.MANAGER_CALL: Text("电话经理", "Manager's call"),
    Route.REPRESENTATIVE_CALL: Text("外呼代表", "Representative's call"),
    Route.SMS: Text("短信", "SMS"),
    Route.VOICE: Text("语音外呼", "Automated voice"),
    Route.VISIT: Text("上门走访", "Visit"),
}
_COLUMN_WORDS: dict[str, Mapping[str, Text]] = {
    "value": VALUES,
    "tier": {tier.value: name for tier, name in TIER_NAMES.items()},
}
FLAW_WORDS: dict[ListFlaw, Text] = {
    ListFlaw.UNKNOWN: Text("库里没有", "not here"),
    ListFlaw.DOUBLE: Text("重复", "double"),
    ListFlaw.OPTED_OUT: Text("不愿被打扰", "want no calls"),
    ListFlaw.NO_CONSENT: Text("不同意营销：推销的活动不打", "agree to no sales: not called where a campaign sells"),
    ListFlaw.UNCLEAR: Text("愿不愿接外呼没有说清，不进名单", "unclear whether they want calls: left off the list"),
    ListFlaw.LEFT: Text("已离网：只有赢回活动会打", "left the net: called by win-back campaigns alone"),
    ListFlaw.EMPTY: Text("没有编号和号码", "neither id nor number"),
    ListFlaw.SHARED_NUMBER: Text("号码属于几位客户", "number of several customers"),
}
ROLE_WORDS: dict[ColumnRole, Text] = {
    ColumnRole.CUSTOMER_ID: Text("客户编号", "customer id"),
    ColumnRole.NUMBER: Text("号码", "number"),
    ColumnRole.SCORE: Text("得分", "score"),
    ColumnRole.REASON: Text("理由", "reason"),
    ColumnRole.DO_NOT_CALL: Text("不愿被打扰", "wants no calls"),
    ColumnRole.CALL_CONSENT: Text("同意来电，否则不打", "agrees to calls, else none"),
    ColumnRole.MARKETING_CONSENT: Text("同意营销，否则不推销", "agrees to sales, else none"),
    ColumnRole.NOTHING: Text("不用，只看有没有说别打电话", "not used, but for words against calls"),
}


def stratum_name(columns: Sequence[str], code: str) -> Text:
    """A stratum in words; what a column does not name stands for itself."""
    pairs = zip(columns, code.split(BETWEEN), strict=False)
    parts = [_COLUMN_WORDS.get(column, {}).get(part) or Text(part, part) for column, part in pairs if part]
    return Text(" · ".join(one.zh for one in parts), " · ".join(one.en for one in parts)) if parts else NOTHING
