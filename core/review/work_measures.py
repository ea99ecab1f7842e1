"""What work beyond the single call is judged by: promises, cases, scores, later orders, campaigns, dealers."""

from core.domain.text import Text
from core.review.kinds import Definition, Kind, Measure

WORK_MEASURES: dict[Measure, Definition] = {
    # KPI-01
    Measure.NEW_SERVICES: Definition(
        Kind.COUNT,
        Text("新业务", "New services"),
        Text("已受理的套餐、宽带订单 + 接受的优惠 + 通话后来办理的", "orders accepted, offers taken, ordered later"),
        "new_services",
    ),
    # OUTCOME-08: by the day on which each fell due
    Measure.PROMISES_KEPT: Definition(
        Kind.RATE,
        Text("承诺兑现率", "Promises kept"),
        Text("按时兑现 ÷（按时兑现 + 失约），按到期日算", "kept in time ÷ (kept + broken), by the day each was due"),
        "promises_kept",
        "promises_settled",
    ),
    Measure.PROMISES_BROKEN: Definition(
        Kind.COUNT,
        Text("失约", "Promises broken"),
        Text("到期没有兑现的承诺，按到期日算", "promises not kept in time, by the day each was due"),
        "promises_broken",
        better=-1,
    ),
    # KPI-08
    Measure.FIRST_CONTACT_IN_TIME: Definition(
        Kind.RATE,
        Text("首次联系及时率", "First contact in time"),
        Text("时限内联系到客户 ÷ 到时限的修复案", "spoken to in time ÷ cases whose first contact was due"),
        "contacts_in_time",
        "contacts_due",
    ),
    Measure.FIRST_CONTACT_TIME: Definition(
        Kind.MEAN_S,
        Text("首次联系用时", "Time to first contact"),
        Text("从立案到第一次与客户通话的平均时长", "mean from the case's opening to the first word with the customer"),
        "contact_s",
        "contacts_met",
        better=-1,
    ),
    Measure.CASES_CLOSED: Definition(
        Kind.COUNT, Text("办结", "Cases closed"), Text("办结的修复案", "repair cases that were closed"), "closed"
    ),
    Measure.DAYS_TO_CLOSE: Definition(
        Kind.MEAN_DAYS,
        Text("办结天数", "Days to close"),
        Text("从立案到办结的平均天数，按办结日算", "mean from opening to closing, by the day of closing"),
        "closed_s",
        "closed",
        better=-1,
    ),
    Measure.COMPLAINT_DAYS: Definition(
        Kind.MEAN_DAYS,
        Text("投诉周期（天）", "Complaint, days"),
        Text("投诉立案的修复案，从立案到办结的平均天数", "the same of cases that a complaint opened"),
        "complaint_s",
        "complaints_closed",
        better=-1,
    ),
    Measure.SATISFACTION: Definition(
        Kind.RATE,
        Text("办结满意率", "Satisfied at closing"),
        Text("办结时客户满意 ÷ 办结（勉强接受不算满意）", "satisfied ÷ closed; accepted grudgingly is not satisfied"),
        "closed_satisfied",
        "closed",
    ),
    # QA-01, QA-03: by the day of the call
    Measure.MEAN_SCORE: Definition(
        Kind.MEAN_POINTS,
        Text("质检均分", "Mean score"),
        Text(
            "质检得分平均，按通话日算；作废的不计", "mean of the scores, by the day of the call; voided ones left out"
        ),
        "score_points",
        "scored",
    ),
    Measure.SCORES_PASSED: Definition(
        Kind.RATE,
        Text("质检合格率", "Scores passed"),
        Text("合格 ÷ 已质检的通话", "passed ÷ calls scored"),
        "scores_passed",
        "scored",
    ),
    Measure.MISSED: Definition(
        Kind.COUNT, Text("漏办", "Missed"), Text("质检判为漏了的项数", "items found missed"), "missed", better=-1
    ),
    Measure.WRONG: Definition(
        Kind.COUNT, Text("错办", "Wrong"), Text("质检判为错了的项数", "items found wrong"), "wrong", better=-1
    ),
    # OUTCOME-07: by the day of the call that is held to be the cause
    Measure.LATER_ORDERS: Definition(
        Kind.COUNT,
        Text("后来办理", "Ordered later"),
        Text(
            "通话后几天客户自己办理的，算在带来它的那次通话", "ordered days later, counted with the call that caused it"
        ),
        "later_orders",
    ),
    Measure.REFERRALS: Definition(
        Kind.COUNT,
        Text("转介绍", "Referrals"),
        Text("通话的客户介绍来的，算在那次通话", "brought by a customer who was called, counted with the call"),
        "referrals",
    ),
    # KPI-07
    Measure.DISPATCH_SHARE: Definition(
        Kind.RATE,
        Text("派单办理占比", "Share from dispatch"),
        Text(
            "派单任务带来的办理 ÷ 全部办理（含无任务的通话，和别处办理、无通话可循的）",
            "orders of dispatched tasks ÷ all orders, those of other calls and those that no call brought included",
        ),
        "orders_tasked",
        "orders_known",
    ),
    # KPI-09, OFFER-06
    Measure.PARTICIPATION: Definition(
        Kind.RATE,
        Text("活动参加率", "Participation"),
        Text("接受优惠 ÷ 提过的优惠", "offers taken ÷ offers told of"),
        "offers_taken",
        "offers_told",
    ),
    Measure.DEPOSITS: Definition(
        Kind.SUM_FEN,
        Text("预存与费用", "Deposits"),
        Text("客户接受的优惠应付的金额", "what customers agreed to pay for offers"),
        "agreed_fen",
    ),
    Measure.RECOVERY: Definition(
        Kind.SHARE,
        Text("费用回收率", "Recovery"),
        Text("订单已受理的金额 ÷ 应付的金额", "money of orders accepted ÷ money agreed"),
        "came_in_fen",
        "agreed_fen",
    ),
    Measure.PAID_IN: Definition(
        Kind.SUM_FEN,
        Text("预存到账", "Deposits paid in"),
        Text(
            "部门回报已到账的预存，算在办下它的那次通话",
            "told by departments as paid in, counted with the call that sold it",
        ),
        "deposited_fen",
    ),
    Measure.RECOVERED: Definition(
        Kind.SUM_FEN,
        Text("费用收回", "Money recovered"),
        Text(
            "先用后付等记在账单上的费用，部门回报已收回的，算在办下它的那次通话",
            "put on a later bill and told by departments as collected, counted with the call that sold it",
        ),
        "recovered_fen",
    ),
    # EVAL-05
    Measure.VERIFIED_OWNERS: Definition(
        Kind.COUNT,
        Text("核实机主", "Owners verified"),
        Text("通话中核实为机主本人", "calls in which the owner's identity was verified"),
        "verified",
    ),
    Measure.VERIFIED_RATE: Definition(
        Kind.RATE,
        Text("机主核实率", "Verified per call"),
        Text("核实为机主本人 ÷ 外呼", "owner's identity verified ÷ dialled"),
        "verified",
        "dialled",
    ),
    Measure.FALSE_DATA: Definition(
        Kind.COUNT,
        Text("资料不实", "False data"),
        Text("通话中发现客户资料不实", "calls in which customer data were found false"),
        "false_data",
        better=-1,
    ),
}
