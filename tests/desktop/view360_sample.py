"""A customer with every section filled, made up by hand; numbers cannot be dialled."""

from datetime import UTC, date, datetime, timedelta

from core.domain.customer import (
    Bill,
    Billing,
    BillItem,
    Broadband,
    Care,
    Contacting,
    Contract,
    DayUse,
    Document,
    Gender,
    Handset,
    Holdings,
    Identity,
    LifeStage,
    MonthUse,
    Number,
    OrderEvent,
    PastCall,
    Payment,
    RepairCase,
    Services,
    SpecialNeed,
    SpecialService,
    Subscription,
    Ticket,
    Tie,
    Usage,
    Value,
    Warning_,
)
from core.domain.indicator import Indicator, IndicatorType
from core.domain.task import Tier
from core.domain.text import Text

NOW = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)


def months() -> list[str]:
    """The 24 months up to the present one, oldest first."""
    return [f"{2024 + (11 + i) // 12}-{(11 + i) % 12 + 1:02d}" for i in range(24)]


def at(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 2, 0, tzinfo=UTC)


def bill(month: str, extra: int) -> Bill:
    items = [BillItem(code="plan_fee", label=Text("套餐月费", "Plan fee"), fen=5800)]
    if extra:
        items.append(BillItem(code="data_beyond", label=Text("套外流量", "Data beyond allowance"), fen=extra))
    return Bill(month=month, plan_code="CT58", plan_fee_fen=5800, total_fen=5800 + extra, items=items)


def identity() -> Identity:
    return Identity(
        name="吴文静",
        gender=Gender.FEMALE,
        birthday=date(1988, 5, 17),
        tier=Tier.GOLD,
        value=Value.HIGH,
        life_stage=LifeStage.GROWTH,
        brand="畅听",
        prepaid=True,
        plan_code="CT58",
        plan_name=Text("畅听 58", "Talk 58"),
        plan_fee_fen=5800,
        on_net_since=date(2023, 8, 3),
        points=6100,
        points_expiring=2400,
        points_expire_on=date(2026, 12, 31),
        credit_score=712,
        manager="苏梅",
        manager_staff_number="1027",
        area="江北区",
        grid="江北三网格",
        branch="花园支局",
    )


def contact() -> Contacting:
    return Contacting(
        numbers=[
            Number(number="10012340417", main=True, source="开户登记", since=date(2023, 8, 3)),
            Number(number="10055550288", source="客户告知", since=date(2026, 2, 1), bad=True),
        ],
        address="江北区花园路 12 号 3 栋 502",
        best_time=Text("下午 14–17 点", "2–5 pm"),
        true_owner=True,
        verified_on=date(2026, 3, 9),
        acquiring_dealer="花园数码店",
        special_needs=[
            SpecialNeed(
                code="hearing",
                label=Text("听力不便", "Hard of hearing"),
                service=Text("放慢、复述", "speak slowly, repeat"),
            )
        ],
        missing=["second_number", "occupation"],
    )


def billing() -> Billing:
    extras = [0, 0, 400, 0, 800, 0, 1400, 1100, 0, 1700, 1300, 2600]
    bills = [bill(m, extras[i % 12] + (i // 12) * 1500) for i, m in enumerate(months())]
    return Billing(
        balance_fen=3120,
        arrears_fen=0,
        bills=bills,
        payments=[
            Payment(at=at(11, 2), fen=10000, channel=Text("空中充值", "over-the-air top-up")),
            Payment(at=at(8, 20), fen=5000, channel=Text("营业厅", "store")),
        ],
        whole=True,
    )


def usage() -> Usage:
    return Usage(
        months=[
            MonthUse(month=m, data_mb=1100 + 110 * i, voice_min=90 + i, off_net_min=30, sms=6, roaming_mb=0)
            for i, m in enumerate(months())
        ],
        days=[
            DayUse(day=date(2026, 9, 21) + timedelta(days=i), data_mb=70 + (i * 37) % 90, voice_min=(i * 7) % 12)
            for i in range(60)
        ],
        allowance_data_mb=1024,
        allowance_voice_min=150,
        allowance_sms=100,
        months_over_data=5,
    )


def holdings() -> Holdings:
    return Holdings(
        subscriptions=[
            Subscription(code="CRBT", label=Text("彩铃", "Ring-back tone"), fee_fen=500, since=date(2024, 1, 1)),
            Subscription(code="VID", label=Text("视频会员", "Video membership"), since=date(2026, 5, 1)),
        ],
        services=[
            SpecialService(
                code="cf", label=Text("呼叫转移", "Call forwarding"), use=Text("每月 12 次", "12 times a month")
            ),
            SpecialService(code="cw", label=Text("呼叫等待", "Call waiting")),
        ],
        handset=Handset(model="红米 Note 9", supports_4g=True, since=date(2024, 2, 11)),
        whole=True,
    )


def services() -> Services:
    return Services(
        contracts=[
            Contract(
                kind=Text("机补协议", "Handset subsidy"),
                starts_on=date(2025, 1, 8),
                ends_on=date(2027, 1, 8),
                locked=True,
                renewal_from=date(2026, 7, 8),
                minimum_spend_fen=5800,
            )
        ],
        broadband=Broadband(
            account="jc0417",
            speed_mbps=200,
            plan_name=Text("包年 200M", "200M yearly"),
            yearly_fee_fen=96000,
            balance_fen=16000,
            ends_on=date(2027, 6, 30),
            installed_on=date(2023, 9, 1),
            address="花园路 12 号 3 栋 502",
            rivals=["他网甲", "他网乙"],
            moving=True,
            demolition=False,
            faults_90d=2,
        ),
        ties=[
            Tie(kind=Text("亲情网", "Family group"), label="母亲", number_masked="100 **** 7781"),
            Tie(kind=Text("副卡", "Second card"), label="副卡", number_masked="100 **** 2210"),
        ],
        whole=True,
    )


def care() -> Care:
    return Care(
        tickets=[
            Ticket(
                id="T-2",
                kind=Text("投诉", "Complaint"),
                topic=Text("出境后无法呼入呼出", "No calls when abroad"),
                opened_at=at(11, 18),
                complaint=True,
                damaged="key_service",
            ),
            Ticket(
                id="T-1",
                kind=Text("咨询", "Enquiry"),
                topic=Text("为什么流量费这么高", "Why data cost so much"),
                opened_at=at(10, 11),
                closed_at=at(10, 12),
                satisfied=True,
            ),
        ],
        calls=[
            PastCall(
                at=at(7, 20),
                agent="2043",
                scenario="new-joiner",
                scenario_label=Text("新入网关怀", "New joiner care"),
                result=Text("满意", "Satisfied"),
                note="愿意晚上再聊",
                talk_time_s=151,
            )
        ],
        warnings=[
            Warning_(
                code="over_data",
                label=Text("流量连续 5 个月超套", "Over data allowance 5 months running"),
                at=at(11, 17),
            ),
            Warning_(code="model", label=Text("流失风险", "Churn risk"), at=at(11, 1), risk=0.74),
        ],
        orders=[OrderEvent(at=at(5, 1), label=Text("视频会员", "Video membership"))],
        cases=[
            RepairCase(
                id="C-9",
                title=Text("国际漫游故障", "Roaming fault"),
                opened_at=at(11, 19),
                damaged="key_service",
                state=Text("换机测试中", "swap test running"),
                checks=[Text("数据配置正常", "data set-up is well")],
            )
        ],
        roaming=[Subscription(code="R30", label=Text("国际漫游 30 天包", "Roaming 30 days"), fee_fen=9800)],
        whole=True,
    )


def customer() -> Document:
    return Document(
        id="c-1",
        version=1,
        identity=identity(),
        contact=contact(),
        billing=billing(),
        usage=usage(),
        holdings=holdings(),
        services=services(),
        care=care(),
        indicators={"night_video_share": 0.62, "arpu_3m_fen": 9900, "is_5g_ready": False, "Churn Label": "No"},
    )


def indicator(name: str, zh: str, en: str, kind: IndicatorType, unit: Text | None = None) -> Indicator:
    return Indicator(
        name=name,
        label=Text(zh, en),
        unit=unit,
        group=Text("上网", "Data"),
        source=Text("计费", "Billing"),
        type=kind,
    )


CATALOGUE = (
    indicator("night_video_share", "晚间视频占比", "Evening video share", IndicatorType.DECIMAL, Text("比例", "share")),
    indicator("arpu_3m_fen", "近三月 ARPU", "ARPU, three months", IndicatorType.FEN, Text("元", "yuan")),
    indicator("is_5g_ready", "终端支持 5G", "5G handset", IndicatorType.YES_NO),
    indicator("calls_to_hotline", "拨打客服次数", "Calls to the hotline", IndicatorType.INTEGER, Text("次", "times")),
)

FIGURES = (
    (Text("月均超套费", "Over-allowance, mean"), "¥41.00"),
    (Text("终端支持 4G", "Handset 4G"), Text("是", "yes")),
    (Text("推荐套餐", "Proposed plan"), ""),
)
