"""What is said of whom calls help."""

from core.domain.clock import CHINA
from core.domain.text import Text
from core.screening.model.figures import Figure
from core.screening.model.uplift import Uplift
from core.screening.model.uplift_applying import UpliftEvaluation
from core.screening.model.uplift_record import UpliftRecord, UpliftSource

TITLE = Text("外呼对谁有用", "Whom calls help")
CURVE = Text("先拨外呼最有用的客户，每千名留住几位", "Customers kept for each 1,000, those whom calls help first")
CALLED = Text("拨打的客户", "customers called")
_WEIGHTS_TOLD = 8
KEPT = Text("留住的客户", "customers kept")


def lines(found: Uplift, source: UpliftSource | None = None) -> list[Text]:
    """One thing each; `source`: whose members were learnt from."""
    t_qini, x_qini = found.t_qini, found.x_qini
    return [
        _groups(Text(found.file, found.file), found.called, found.held_out, drawn=bool(source and source.campaigns)),
        of_effect(found.effect),
        Text(
            "Qini（每千名外呼客户比随机拨打多留住几位）："
            f"X-learner {x_qini.value:.2f}（{x_qini.low:.2f} … {x_qini.high:.2f}），"
            f"T-learner {t_qini.value:.2f}（{t_qini.low:.2f} … {t_qini.high:.2f}）。",
            f"Qini (customers kept for each 1,000 called beyond calling at random): X-learner {x_qini.value:.2f}"
            f" ({x_qini.low:.2f} … {x_qini.high:.2f}), T-learner {t_qini.value:.2f} ({t_qini.low:.2f} …"
            f" {t_qini.high:.2f}).",
        ),
        verdict(found.x_qini),
    ]


def _groups(head: Text, called: int, held_out: int, *, drawn: bool) -> Text:
    zh, en = ("抽中外呼", "drawn to be called") if drawn else ("外呼", "called")
    return Text(
        f"{head.zh}：{zh} {called} 位，随机对照 {held_out} 位。",
        f"{head.en}: {called} {en}, {held_out} held out by chance.",
    )


def of_effect(effect: Figure) -> Text:
    """By so many points fewer left of those called; of harm it is said the other way round."""
    none = Text("，区间含 0，看不出效果", ", an interval that holds 0: no effect is seen")
    went, by = Text("减少", "lowered"), effect
    if effect.value < 0:
        went, by = Text("增加", "raised"), Figure(-effect.value, -effect.high, -effect.low)
    said = none if not effect.clear_of_zero else Text("", "")
    return Text(
        f"外呼使离网{went.zh} {by.value:.2f} 个百分点（{by.low:.2f} … {by.high:.2f}）{said.zh}。",
        f"Calls {went.en} leaving by {by.value:.2f} percentage points ({by.low:.2f} … {by.high:.2f}){said.en}.",
    )


def of_kept(qini: Figure) -> Text:
    """What a kept model's own word is worth on a later list."""
    return Text(
        "Qini（每千名外呼客户比随机拨打多留住几位）："
        f"{qini.value:.2f}（{qini.low:.2f} … {qini.high:.2f}）。",
        f"Qini (customers kept for each 1,000 called beyond calling at random): {qini.value:.2f}"
        f" ({qini.low:.2f} … {qini.high:.2f}).",
    )  # fmt: skip


def of_evaluation(model_id: str, found: UpliftEvaluation) -> list[Text]:
    """One thing each."""
    return [
        _groups(
            Text(f"增益模型 {model_id} 在 {found.file} 上", f"Uplift model {model_id} on {found.file}"),
            found.called,
            found.held_out,
            drawn=found.drawn,
        ),
        of_effect(found.effect),
        of_kept(found.qini),
        verdict(found.qini),
    ]


def of_source(source: UpliftSource) -> list[Text]:
    """Whose members were learnt from, and whether all of them."""
    told = []
    if source.campaigns:
        zh, en = "、".join(source.campaigns), ", ".join(source.campaigns)
        told.append(
            Text(
                f"活动 {zh} 的联系组和对照组，抽组后 {source.within_days} 天内离网的算离网。",
                f"Members of {en}, called and held out; whoever left within {source.within_days} days after the draw.",
            )
        )
    if source.sampled_of:
        told.append(
            Text(
                f"共 {source.sampled_of} 行，内存放不下全部：按客户编号的哈希只学了 {source.rows} 行。",
                f"Of {source.sampled_of} rows, more than memory has room for, {source.rows} were learnt from, drawn by"
                " a hash of the customer's id.",
            )
        )
    return told


def of_record(record: UpliftRecord) -> list[Text]:
    """Which model it is, who made it when, and by what it decides."""
    when = f"{record.made_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    weights = sorted(zip(record.importance, (one.name for one in record.columns), strict=True), reverse=True)
    first = [f"{name} {weight:.0%}" for weight, name in weights[:_WEIGHTS_TOLD] if weight > 0]
    told = [
        Text(
            f"增益模型 {record.id}，{when} 由 {record.by} 训练。",
            f"Uplift model {record.id}, made {when} by {record.by}.",
        )
    ]
    if first:
        told.append(Text(f"主要看：{'、'.join(first)}。", f"It goes by {', '.join(first)} above all."))
    return told


def verdict(qini: Figure) -> Text:
    """By the X-learner's interval."""
    if qini.low > 0:
        return Text(
            "按增益挑选客户比随机拨打留住更多。",
            "Calling those first whom a call helps keeps more than calling anybody.",
        )
    return Text("按增益挑选没有好处。", "No gain from uplift targeting.")
