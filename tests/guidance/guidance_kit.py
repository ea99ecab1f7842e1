"""Customers of several kinds, made by hand, and one clock that stands still."""

from datetime import UTC, date, datetime, timedelta

import msgspec

from core.content import scripts
from core.domain.customer import (
    Bill,
    Billing,
    BillItem,
    Broadband,
    Care,
    Contacting,
    Contract,
    Document,
    Gender,
    Handset,
    Holdings,
    Identity,
    MonthUse,
    OrderEvent,
    PastCall,
    RepairCase,
    Services,
    SpecialNeed,
    SpecialService,
    Subscription,
    Ticket,
    Tie,
    Usage,
    Value,
)  # fmt: skip
from core.domain.order import Order, Trial
from core.domain.people import Agent, Role
from core.domain.script import Script
from core.domain.task import Task, TaskCustomer, TaskState, TaskType, Tier
from core.domain.text import Lang, Text
from core.guidance import Conversation, facts_of, order_facts
from core.wire.session import Site

NOW = datetime(2026, 11, 20, 6, 31, tzinfo=UTC)
"""a Friday afternoon in China"""
LANGS = (Lang.ZH, Lang.EN)
AGENT = Agent(staff_number="2043", name="何俊", role=Role.OUTBOUND_REPRESENTATIVE, team="t1", team_name="一班")
SITE = Site(name_zh="江城电信", name_en="Jiangcheng Telecom", official_hotline="10000")
FREE_SITE = Site(name_zh="江城电信", name_en="Jiangcheng Telecom", official_hotline="10000", call_is_free_line=True)
ORDER = Order(
    product="4G 飞享 77",
    price_fen=7700,
    term_months=12,
    locked=False,
    starts_on=date(2026, 12, 1),
    read_back=False,
    consent=False,
)
TRIAL = Trial(ends_on=date(2027, 1, 31), back_to="fx-58", back_to_name=Text("4G 飞享 58", "4G Fly 58"))
PROPOSAL: dict[str, object] = {
    "proposed_plan": Text("4G 飞享 77", "4G Fly 77"),
    "proposed_fee_fen": 7700,
    "proposed_bill_fen": 7740,
    "saving_fen": 2160,
}

BUNDLE: dict[str, object] = {
    "bundle_plan": Text("e家 129", "e-home 129"),
    "bundle_fee_fen": 12_900,
    "bundle_speed_mbps": 100,
}
ECONOMY: dict[str, object] = {
    "economy_line": Text("包年宽带 20M", "Yearly broadband 20M"),
    "economy_line_price": Text("每年 580 元", "580 yuan a year"),
    "economy_line_year_fen": 58_000,
}
LINES: dict[str, object] = {
    **ECONOMY,
    "holiday_line": Text("假日宽带 100M", "Holiday broadband 100M"),
    "holiday_line_price": Text("整个期限共 260 元", "260 yuan for the whole term"),
    "holiday_line_days": 92,
    "holiday_line_year_fen": 26_000,
    "metered_line": Text("计时宽带 20M", "Metered broadband 20M"),
    "metered_line_price": Text("每月 20 元", "20 yuan a month"),
    "metered_line_hours": 60,
    "metered_line_beyond_fen": 100,
    "metered_line_year_fen": 31_000,
}
TIER_UP: dict[str, object] = {
    "tier_up_open": True,
    "tier_up_plan": Text("4G 飞享 97", "4G Fly 97"),
    "tier_up_fee_fen": 9700,
    "tier_up_bill_fen": 10120,
}
LATER: dict[str, object] = {"later_plan": Text("4G 飞享 57", "4G Fly 57"), "later_from": date(2027, 1, 9)}


def clock() -> datetime:
    return NOW


def task(scenario: str = "4g-upgrade", *, callback: bool = False) -> Task:
    return Task(
        id="t-1",
        customer_id="c-1",
        type=TaskType.CHURN_INCLINED_VISIT,
        scenario=scenario,
        state=TaskState.ASSIGNED,
        priority=3,
        reason=Text("流量连续 5 个月超套", "Over the data allowance 5 months running"),
        customer=TaskCustomer(name="吴文静", numbers=("10012345678",)),
        created_at=NOW - timedelta(days=1),
        callback_at=NOW if callback else None,
        attempts=1,
    )


def identity(name: str = "吴文静", gender: Gender | None = Gender.FEMALE) -> Identity:
    return Identity(
        name=name,
        gender=gender,
        tier=Tier.DIAMOND,
        prepaid=True,
        plan_name=Text("畅听 58", "Talk 58"),
        plan_fee_fen=5800,
        on_net_since=date(2023, 5, 4),
        points_expiring=6100,
        points_expire_on=date(2026, 12, 31),
    )


def billing(total_fen: int = 9900, over_fen: int = 4100) -> Billing:
    items = [
        BillItem(code="plan_fee", label=Text("月费", "Fee"), fen=total_fen - over_fen),
        BillItem(code="data_over", label=Text("套外流量", "Data over"), fen=over_fen),
    ]
    months = [f"2026-{month:02d}" for month in range(3, 11)]
    return Billing(balance_fen=3120, bills=[Bill(month=m, total_fen=total_fen, items=items) for m in months])


def usage() -> Usage:
    months = [MonthUse(month=f"2026-{month:02d}", data_mb=3481, voice_min=112) for month in range(3, 11)]
    return Usage(months=months, allowance_data_mb=1024, allowance_voice_min=150, months_over_data=5)


def contract(*, locked: bool) -> Contract:
    return Contract(
        kind=Text("机补协议", "Handset-subsidy contract"),
        ends_on=date(2027, 1, 8),
        locked=locked,
        renewal_from=date(2026, 7, 8),
    )


def broadband() -> Broadband:
    return Broadband(
        speed_mbps=200,
        yearly_fee_fen=96000,
        balance_fen=12000,
        ends_on=date(2026, 12, 20),
        rivals=["另一家"],
        faults_90d=3,
    )


def complaint(days: int = 3, damaged: str = "key_service") -> Ticket:
    return Ticket(
        id="k-1",
        kind=Text("投诉", "Complaint"),
        topic=Text("出境后无法呼入呼出", "No calls in or out while abroad"),
        opened_at=NOW - timedelta(days=days),
        complaint=True,
        damaged=damaged,
    )


def document(
    *,
    who: Identity | None = None,
    bills: Billing | None = None,
    contracts: tuple[Contract, ...] = (),
    tickets: tuple[Ticket, ...] = (),
    supports_4g: bool = True,
) -> Document:
    need = SpecialNeed(
        code="deaf", label=Text("听力不便", "Hard of hearing"), service=Text("放慢、复述", "Slow, repeated")
    )
    pack = Subscription(code="r", label=Text("国际漫游 30 天包", "30-day roaming pack"), until=date(2026, 12, 2))
    return Document(
        id="c-1",
        identity=who or identity(),
        contact=Contacting(best_time=Text("下午 3–5 点", "3–5 in the afternoon"), special_needs=[need]),
        billing=bills or billing(),
        usage=usage(),
        holdings=Holdings(handset=Handset(model="某型", supports_4g=supports_4g)),
        services=Services(
            contracts=list(contracts),
            broadband=broadband(),
            ties=[Tie(kind=Text("亲情网", "Family"), label="吴**")],
        ),
        care=Care(
            tickets=list(tickets),
            roaming=[pack],
            cases=[RepairCase(id="r1", title=Text("国际漫游故障", "International roaming fault"), opened_at=NOW)]
            if tickets
            else [],
        ),
    )


def with_need(code: str) -> Document:
    need = SpecialNeed(code=code, label=Text("需要", "Need"), service=Text("服务", "Service"))
    return Document(id="c-1", identity=identity(), billing=billing(), contact=Contacting(special_needs=[need]))


def named(staff_number: str, manager: str) -> Identity:
    return msgspec.structs.replace(
        identity(), manager=manager, manager_staff_number=staff_number, value=Value.HIGH, birthday=date(1990, 2, 3)
    )


def on_trial() -> Document:
    order = OrderEvent(at=NOW, label=Text("4G 飞享 77", "4G Fly 77"), what=Text("4G 飞享 77", "4G Fly 77"), trial=TRIAL)
    return Document(id="c-1", identity=identity(), billing=billing(), care=Care(orders=[order]))


def settled() -> Ticket:
    return msgspec.structs.replace(complaint(9), closed_at=NOW - timedelta(days=4), satisfied=True)


def facts(doc: Document | None, *, site: Site = SITE, call: Task | None = None, **extra: object) -> dict[str, object]:
    return facts_of(doc, agent=AGENT, site=site, task=call, now=NOW, extra=extra)


CUSTOMERS: dict[str, dict[str, object]] = {
    "everything known": facts(document(contracts=(contract(locked=False),)), **PROPOSAL),
    "lines and a bundle": facts(document(), metered_line_dearer=False, **LINES, **BUNDLE),
    "a bundle, no cheaper line": facts(document(), **BUNDLE),
    "a metered line that costs more": facts(document(), metered_line_dearer=True, **LINES),
    "lines, no year worked out": facts(
        document(), **{name: value for name, value in LINES.items() if not name.endswith("year_fen")}
    ),
    "with a trial ordered": facts(
        document(),
        current_is_on_sale=True,
        **PROPOSAL,
        **order_facts(msgspec.structs.replace(ORDER, trial=TRIAL)),
    ),
    "on trial": facts(on_trial()),
    "on trial, going back": facts(on_trial(), **order_facts(msgspec.structs.replace(ORDER, ends_trial=True))),
    "care that an event set off": facts(
        document(),
        care_label=Text("短彩信存满", "Storage full"),
        care_words=Text("您手机的信箱满了，怕您收不到要紧的信息。", "Your inbox is full."),
    ),
    "nothing known": facts(None),
    "name alone": facts(Document(id="c-1", identity=Identity(name="吴文静")), call=task()),
    "neither name nor gender": facts(document(who=identity("", None))),
    "gender unknown": facts(document(who=identity("欧阳文静", None))),
    "locked contract": facts(document(contracts=(contract(locked=True),))),
    "locked contract with a tier-up plan": facts(
        document(contracts=(contract(locked=True),)), current_is_best=False, none_clearly_cheaper=False, **TIER_UP
    ),
    "locked contract, a tier-up that cannot be compared": facts(
        document(contracts=(contract(locked=True),)),
        **{name: value for name, value in TIER_UP.items() if name != "tier_up_bill_fen"},
    ),
    "locked contract and nothing to move up to": facts(
        document(contracts=(contract(locked=True),)), tier_up_open=False
    ),
    "locked contract, another plan later": facts(document(contracts=(contract(locked=True),)), **TIER_UP, **LATER),
    "locked contract without a date": facts(
        document(contracts=(Contract(kind=Text("机补协议", "Handset-subsidy contract"), locked=True),))
    ),
    "open complaint": facts(document(tickets=(complaint(),))),
    "perception damaged": facts(document(tickets=(complaint(9, "perception"),))),
    "complaint of today": facts(document(tickets=(complaint(0),))),
    "current plan is best": facts(document(bills=billing(5800, 0)), current_is_best=True, none_clearly_cheaper=True),
    "another plan saves too little": facts(document(bills=billing(5800, 0)), none_clearly_cheaper=True),
    "current plan is best, bills not of six months": facts(
        Document(id="c-1"), current_is_best=True, none_clearly_cheaper=True
    ),
    "handset without 4G, a proposal": facts(document(supports_4g=False), **PROPOSAL),
    "another plan later": facts(document(), **LATER),
    "another plan later, nobody knows when": facts(document(), later_plan=LATER["later_plan"]),
    "nothing to move up to, contract without a date": facts(
        document(contracts=(Contract(kind=Text("机补协议", "Handset-subsidy contract"), locked=True),)),
        tier_up_open=False,
    ),
    "locked contract far from its end with a tier-up plan": facts(
        document(
            contracts=(
                Contract(kind=Text("机补协议", "Handset-subsidy contract"), ends_on=date(2027, 11, 20), locked=True),
            )
        ),
        **TIER_UP,
    ),
    "contract far from its end": facts(
        document(contracts=(Contract(kind=Text("机补协议", "Handset-subsidy contract"), ends_on=date(2027, 11, 20)),))
    ),
    "a proposal without a saving": facts(
        document(),
        proposed_plan=PROPOSAL["proposed_plan"],
        proposed_fee_fen=7700,
        current_is_best=False,
        none_clearly_cheaper=False,
    ),
    "nothing beyond the fee": facts(document(bills=billing(5800, 0))),
    "beyond the fee, not by data": facts(document(bills=billing(9900, 0))),
    "handset without 4G": facts(document(supports_4g=False)),
    "promised callback": facts(document(), call=task(callback=True)),
    "free line": facts(document(who=identity("John Smith", Gender.MALE)), site=FREE_SITE),
    "with an order": facts(document(), **order_facts(ORDER)),
    "moving house": facts(
        Document(id="c-1", identity=identity(), services=Services(broadband=Broadband(speed_mbps=100, moving=True)))
    ),
    "imported from a list, free line": facts(
        Document(id="c-1", identity=Identity(gender=Gender.MALE, tenure_months=5), usage=usage()), site=FREE_SITE
    ),
    "imported, tenure alone": facts(Document(id="c-1", identity=Identity(name="单明", tenure_months=30))),
    "bills alone": facts(Document(id="c-1", billing=billing())),
    "blind": facts(with_need("blind"), call=task()),
    "elderly": facts(with_need("elderly")),
    "prefers dialect": facts(with_need("dialect")),
    "blind, with an order": facts(with_need("blind"), **order_facts(ORDER)),
    "named customer of mine": facts(document(who=named(AGENT.staff_number, "何俊"))),
    "named customer of a colleague": facts(document(who=named("1101", "秦素云"))),
    "new joiner": facts(Document(id="c-1", identity=Identity(name="单明", on_net_since=date(2026, 10, 24)))),
    "birthday in two days": facts(
        Document(id="c-1", identity=Identity(name="丁宁", gender=Gender.MALE, birthday=date(1980, 11, 22)))
    ),
    "low balance": facts(Document(id="c-1", identity=Identity(), billing=Billing(balance_fen=620))),
    "in arrears": facts(Document(id="c-1", identity=Identity(), billing=Billing(balance_fen=0, arrears_fen=1250))),
    "slow broadband": facts(Document(id="c-1", services=Services(broadband=Broadband(speed_mbps=50)))),
    "no use last month": facts(
        Document(id="c-1", identity=identity(), usage=Usage(months=[MonthUse(month="2026-10", data_mb=0, voice_min=0)]))
    ),
    "complaint settled": facts(document(tickets=(settled(),))),
    "renewal not open yet": facts(
        document(
            contracts=(
                Contract(kind=Text("存费送费", "Prepay"), ends_on=date(2027, 9, 1), renewal_from=date(2027, 3, 1)),
            )
        )
    ),
    "contract of a new joiner": facts(
        Document(id="c-1", services=Services(contracts=[contract(locked=False)])),
    ),
    "contract that can be renewed": facts(
        document(
            contracts=(
                msgspec.structs.replace(contract(locked=True), starts_on=date(2025, 1, 8), minimum_spend_fen=5000),
            )
        )
    ),
    "contract without a minimum spend that can be renewed": facts(
        document(contracts=(msgspec.structs.replace(contract(locked=False), starts_on=date(2026, 1, 8)),))
    ),
    "bound to a minimum spend": facts(
        Document(
            id="c-1",
            billing=billing(),
            services=Services(contracts=[Contract(kind=Text("机补", "Subsidy"), minimum_spend_fen=5000)]),
        )
    ),
    "handset and services": facts(
        Document(
            id="c-1",
            holdings=Holdings(
                handset=Handset(model="长青 L3", supports_4g=False, since=date(2026, 11, 2)),
                subscriptions=[Subscription(code="call-secretary", label=Text("通信助理", "Missed-call cover"))],
                services=[SpecialService(code="caller-id", label=Text("来电显示", "Caller ID"))],
                whole=True,
            ),
        )
    ),
    "talked yesterday": facts(
        Document(
            id="c-1",
            care=Care(
                calls=[
                    PastCall(
                        at=NOW - timedelta(days=1),
                        agent="何俊",
                        scenario="4g-upgrade",
                        scenario_label=Text("4G", "4G"),
                        result=Text("犹豫", "Hesitant"),
                        talk_time_s=90,
                    )
                ]
            ),
        )
    ),
    "a lone month": facts(Document(id="c-1", identity=identity(), billing=Billing(bills=billing().bills[-1:]))),
}


def conversation(name: str, customer: str = "everything known", lang: Lang = Lang.ZH) -> Conversation:
    return Conversation(script(name), CUSTOMERS[customer], lang=lang, clock=clock)


def script(name: str) -> Script:
    return scripts()[name]


def digit(talk: Conversation, words: str) -> int:
    """The digit of the answer with these Chinese words."""
    return next(a.digit for a in talk.view().answers if words in a.label.zh)


def say(talk: Conversation, *answers: str) -> Conversation:
    """Gives answers by their Chinese words, one after another."""
    for words in answers:
        talk.answer(digit(talk, words))
    return talk


def words_of(talk: Conversation) -> str:
    return "".join(span.text for span in talk.view().spans)
