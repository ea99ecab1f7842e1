"""Words of a bill's lines, in both languages: what was used, what the plan holds, what lies beyond and its price."""

from collections.abc import Callable, Sequence

from core.domain.money import yuan_short
from core.domain.plan import UNLIMITED, Beyond, Pack, Step
from core.domain.text import Text
from core.offers.bill import Line

LABELS: dict[Line, Text] = {
    Line.PLAN_FEE: Text("套餐月费", "Plan fee"),
    Line.PACK: Text("叠加包", "Packs"),
    Line.MEMBERS: Text("副卡月费", "Further SIMs"),
    Line.DATA_OVER: Text("套外流量", "Extra data"),
    Line.VOICE_OVER: Text("套外语音", "Extra minutes"),
    Line.SMS_OVER: Text("套外短信", "Extra SMS"),
    Line.ROAMING: Text("国际漫游", "Roaming"),
    Line.ROAMING_PACK: Text("漫游包", "Roaming pack"),
    Line.VALUE_ADDED: Text("增值业务", "Value-added services"),
    Line.BROADBAND: Text("宽带月费", "Broadband"),
    Line.DISCOUNT: Text("协议赠款", "Bonus credit"),
    Line.MINIMUM: Text("低消补足", "Up to the minimum spend"),
}
NOTHING = Text("没有超出", "nothing beyond")
AS_BOUGHT = Text("当月买了漫游包，按包价", "a pack was bought for the month")
AS_BEFORE = Text("换套餐也照旧", "the same under any plan")
BY_CONTRACT = Text("按在期协议", "by the contract that runs")


def packs_text(packs: Sequence[Pack]) -> Text:
    """The packs that the month held, each with its fee."""
    return Text(
        "、".join(f"“{pack.name.zh}”{yuan_short(pack.fee_fen)} 元" for pack in packs),
        ", ".join(f"{pack.name.en} {yuan_short(pack.fee_fen)} yuan" for pack in packs),
    )


def dropped_text(packs: Sequence[Pack]) -> Text:
    """The packs that fall away, as the plan does not take them."""
    return Text(
        f"这一档不能叠加：{'、'.join(f'“{pack.name.zh}”' for pack in packs)}，换过来就停",
        f"not taken by this plan: {', '.join(pack.name.en for pack in packs)}; ends with the change",
    )


def members_text(sims: int, fee_fen: int) -> Text:
    """The further SIMs that the month held."""
    each = (
        Text("免月费", "free of charge")
        if not fee_fen
        else Text(f"每张 {yuan_short(fee_fen)} 元", f"{yuan_short(fee_fen)} yuan each")
    )
    return Text(f"副卡 {sims} 张，{each.zh}，用量合并计费", f"further SIMs: {sims}, {each.en}, all use billed together")


def alone_text(sims: int) -> Text:
    """The plan has no room for the further SIMs: the figure is the first SIM's."""
    return Text(f"这一档带不了 {sims} 张副卡，只算主卡", f"no room for further SIMs ({sims}): the first SIM alone")


def least_text(fen: int, *, of_plan: bool) -> Text:
    """What a month comes to at least, and whether plan or contract says so."""
    whose = Text("套餐", "the plan") if of_plan else Text("在期协议", "the contract that runs")
    return Text(
        f"{whose.zh}每月最低消费 {yuan_short(fen)} 元", f"{whose.en} asks for {yuan_short(fen)} yuan a month at least"
    )


def data_size(mb: int) -> str:
    """`1536` → `1.5 GB`; exact: what is no round part of a GB stays MB."""
    if mb >= 1024 and mb * 100 % 1024 == 0:
        return f"{mb / 1024:.2f}".rstrip("0").rstrip(".") + " GB"
    return f"{mb:,} MB"


def data_text(mb: int) -> Text:
    return Text("不限量", "unlimited") if mb == UNLIMITED else Text(data_size(mb), data_size(mb))


def minutes_text(minutes: int) -> Text:
    if minutes == UNLIMITED:
        return Text("不限时", "unlimited")
    return Text(f"{minutes:,} 分钟", f"{minutes:,} min")


def texts_text(count: int) -> Text:
    return Text(f"{count:,} 条", f"{count:,} SMS")


def over_text(used: Text, held: Text, over: Text, price: Text) -> Text:
    """What was used, what the plan holds, what lies beyond it and how that is charged."""
    return Text(
        f"用 {used.zh}，套内 {held.zh}，超出 {over.zh}；{price.zh}",
        f"used {used.en}, plan holds {held.en}, {over.en} beyond; {price.en}",
    )


def joined(parts: list[Text]) -> Text:
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def data_price(beyond: Beyond) -> Text:
    return _price(beyond, Text("MB", "MB"), data_text)


def minutes_price(beyond: Beyond) -> Text:
    return _price(beyond, Text("分钟", "min"), minutes_text)


def texts_price(beyond: Beyond) -> Text:
    return _price(beyond, Text("条", "SMS"), texts_text)


def _price(beyond: Beyond, one: Text, size: Callable[[int], Text]) -> Text:
    parts = [_step(step, one, size) for step in beyond.steps]
    if beyond.block is not None and beyond.block_cap_fen is not None:
        block, cap = size(beyond.block), yuan_short(beyond.block_cap_fen)
        parts.append(Text(f"每 {block.zh} 最多 {cap} 元", f"{cap} yuan at most for each {block.en}"))
    if beyond.month_cap_fen is not None:
        cap = yuan_short(beyond.month_cap_fen)
        parts.append(Text(f"每月最多 {cap} 元", f"{cap} yuan a month at most"))
    return Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _step(step: Step, one: Text, size: Callable[[int], Text]) -> Text:
    fen, unit = yuan_short(step.fen), one if step.unit == 1 else size(step.unit)
    price = Text(f"{fen} 元/{unit.zh}", f"{fen} yuan/{unit.en}")
    if not step.above:
        return price
    above = size(step.above)
    return Text(f"{above.zh}以上 {price.zh}", f"above {above.en} {price.en}")
