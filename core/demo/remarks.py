"""What agents wrote of past calls in their own words: why the customer did not agree."""

from core.demo.calls import PastDial

_SHARE = 0.62
"""of calls with a reason, in which the agent wrote something"""
_REMARKS: dict[str, tuple[str, ...]] = {
    "price": (
        "觉得每月还是贵，问有没有再低一档的。", "嫌资费高，说同事用的才五十多。", "优惠到期后恢复原价，接受不了。",
        "家里开销大，话费想省一点。", "要打折才续，没有优惠就先不办。", "说宽带一年交八百多不划算。",
    ),
    "content_as_is": ("现在的套餐用惯了，不想换。", "说够用，不折腾。", "老套餐用了好多年，习惯了。"),
    "hassle": (
        "嫌换套餐手续麻烦，没时间去营业厅。", "不会在网上办，去一趟营业厅太远。", "去年排队两个小时没办成，不想再跑。",
    ),
    "not_enough": ("流量还是不够用，月底又要限速。", "推荐的流量太少，一周就用完。", "想要不限量的。"),
    "distrust": (
        "怀疑是推销，不相信电话里说的。", "说之前被骗开过业务，不敢答应。", "营销电话太多，分不清真假。",
    ),
    "contract": ("合约还有八个月，换不了，怕违约金。", "不知道签过两年协议，要求解释。"),
    "network": (
        "晚上看电视老卡，网速上不去。", "宽带三天两头断，报修过还是这样。", "测速只有签约的一半，要求先修好。",
        "家里信号弱，屋里接不到电话。", "打游戏延迟高，孩子不满意。",
    ),
    "moving": ("下月搬家，新小区没有端口。", "房子到期退租，不住这了。", "已搬到儿子家，那边有宽带。"),
    "low_use": ("手机流量够用，宽带基本不开。", "家里只剩老人，不怎么上网。", "办了以后没用过几次，觉得浪费。"),
    "service": (
        "报修等了四天没人上门。", "上次客服态度不好，问题没解决。", "账单多扣了二十块，没人说得清。",
        "投诉后一直没有回复。",
    ),
    "away": ("在外地打工，过年才回来。", "孩子住校，半年不在家。", "冬天去南方，回来再说。"),
    "need_gone": ("老人过世，没人用了。", "店不开了，用不上。"),
    "handset": ("手机旧，不支持 4G，先不换。", "换了手机卡不识别。"),
    "rival": ("另一家送宽带还送手机，准备转过去。", "已经在联信办了携号转网。", "小区里别家在做活动，便宜。"),
}  # fmt: skip


def remark(call: PastDial) -> str:
    """Empty where the agent left the note as the program wrote it; always the same for the same call."""
    said = _REMARKS.get(call.reason)
    chance = call.id.int % 10_007 / 10_007
    if said is None or chance >= _SHARE:
        return ""
    return said[call.id.int // 10_007 % len(said)]
