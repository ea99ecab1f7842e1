"""What calls are judged by: how each measure is reckoned, and from which counts. Formulas are the glossary's."""

from core.domain.text import Text
from core.review.kinds import Definition, Kind, Measure


def _save(days: int) -> Definition:
    return Definition(
        Kind.RATE,
        Text(f"{days} 天挽留成功率", f"Save rate, {days} days"),
        Text(
            f"通话后 {days} 天仍在网 ÷ 接通本人（未满 {days} 天的不计）",
            f"on net {days} days after ÷ owners spoken to; calls younger than {days} days do not count",
        ),
        f"on_net_{days}",
        f"attempts_{days}",
        young=f"young_{days}",
    )


CALL_MEASURES: dict[Measure, Definition] = {
    Measure.CALLS: Definition(
        Kind.COUNT, Text("外呼", "Calls"), Text("拨打次数", "numbers dialled"), "dialled", better=0
    ),
    Measure.CONNECT_RATE: Definition(
        Kind.RATE, Text("接通率", "Connect rate"), Text("接通 ÷ 拨打", "answered ÷ dialled"), "connected", "dialled"
    ),
    Measure.RIGHT_PARTY_RATE: Definition(
        Kind.RATE,
        Text("本人接通率", "Right-party rate"),
        Text("接通本人 ÷ 拨打", "spoke to the owner ÷ dialled"),
        "owner",
        "dialled",
    ),
    Measure.OWNERS: Definition(
        Kind.COUNT, Text("接通本人", "Owners reached"), Text("与机主本人通话", "spoke to the owner"), "owner"
    ),
    Measure.SUCCESSES: Definition(
        Kind.COUNT,
        Text("成功", "Successes"),
        Text("登记成功，且订单均已受理", "recorded as a success, each order of it accepted"),
        "success",
    ),
    Measure.SUCCESS_RATE: Definition(
        Kind.RATE,
        Text("成功率", "Success rate"),
        Text("成功 ÷ 接通本人", "successes ÷ owners spoken to"),
        "success",
        "owner",
    ),
    Measure.SUCCESS_PER_CALL: Definition(
        Kind.RATE,
        Text("成功率（÷ 外呼）", "Success per call"),
        Text("成功 ÷ 拨打", "successes ÷ dialled"),
        "success",
        "dialled",
    ),
    Measure.SAVE_RATE_7: _save(7),
    Measure.SAVE_RATE_14: _save(14),
    Measure.SAVE_RATE_30: _save(30),
    Measure.CHURN_RATE_30: Definition(
        Kind.RATE,
        Text("30 天流失率", "Churn, 30 days"),
        Text("通话后 30 天已离网 ÷ 接通本人", "left the net within 30 days ÷ owners spoken to"),
        "left_30",
        "attempts_30",
        better=-1,
        young="young_30",
    ),
    Measure.HANDLE_TIME: Definition(
        Kind.MEAN_S,
        Text("平均处理时长", "Handle time"),
        Text("（通话 + 保持 + 话后）÷ 接通", "(talk + hold + wrap-up) ÷ answered"),
        "handle_s",
        "handled",
        better=0,
    ),
    Measure.WRAP_UP: Definition(
        Kind.MEAN_S, Text("话后", "Wrap-up"), Text("话后 ÷ 接通", "wrap-up ÷ answered"), "wrap_s", "handled", better=-1
    ),
    Measure.TALK_TIME: Definition(
        Kind.SUM_S, Text("通话时长", "Talk time"), Text("通话合计", "sum of talk"), "talk_s", better=0
    ),
    Measure.CALLBACK_ADHERENCE: Definition(
        Kind.RATE,
        Text("回拨准时率", "Callback adherence"),
        Text("约定时间前后 15 分钟内回拨 ÷ 到期的约定", "called within ±15 min of the promise ÷ promises due"),
        "kept",
        "promised",
    ),
}
