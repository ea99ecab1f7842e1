"""A life as the document that the 360° view shows."""

from datetime import date, timedelta

from core.demo.beside import packs_in
from core.demo.care import Contacts, care
from core.demo.cast import Need
from core.demo.dealers import acquired_by
from core.demo.english import english_of
from core.demo.indicators import indicator_values
from core.demo.life import Life
from core.demo.people import AGENTS, STAFF_NAMES, VIP
from core.demo.rng import Purpose, stream
from core.demo.use import day_uses
from core.domain.clock import CHINA
from core.domain.customer import (
    Billing,
    Contacting,
    Document,
    Identity,
    Number,
    SpecialNeed,
    Usage,
    Value,
)
from core.domain.outcome import Contact
from core.domain.task import Tier
from core.domain.text import Text

NEEDS: dict[Need, SpecialNeed] = {
    Need.BLIND: SpecialNeed(
        code="blind", label=Text("视力障碍", "Blind"), service=Text("账单逐项读出", "Bills are read out")
    ),
    Need.HEARING: SpecialNeed(
        code="hard_of_hearing",
        label=Text("听力不便", "Hard of hearing"),
        service=Text("放慢、复述", "Speak slowly, repeat"),
    ),
    Need.ELDERLY: SpecialNeed(
        code="elderly",
        label=Text("高龄", "Elderly"),
        service=Text("慢讲，约家人一起听", "Go slowly, invite family to listen"),
    ),
    Need.DIALECT: SpecialNeed(
        code="dialect",
        label=Text("习惯方言", "Prefers dialect"),
        service=Text("可转方言坐席", "May be passed to a dialect speaker"),
    ),
}
_BRANDS = {2: "乐聊", 3: "畅听", 4: "飞享", 5: "畅享"}
FROM_CUSTOMER = "客户提供"
_TIMES = (
    (12, Text("上午 10–11 点", "10–11 in the morning")),
    (14, Text("午休 12–2 点", "Lunch break, 12–2")),
    (17, Text("下午 3–5 点", "3–5 in the afternoon")),
    (24, Text("傍晚 6 点后", "After 6 in the evening")),
)
_MANAGERS = tuple(agent.staff_number for agent in AGENTS if agent.staff_number in ("1027", "1028"))
PHONE_MANAGER = "1101"


def document(life: Life, seen: Contacts) -> Document:
    """The customer with every section."""
    who, money = life.profile, life.account
    days = day_uses(life.seed, who, life.today, life.uses)
    section = care(life, seen)
    packs = packs_in(life.holdings.packs, life.plan, life.today.day.replace(day=1))
    return Document(
        id=who.id,
        version=1,
        identity=_identity(life),
        contact=_contact(life),
        billing=Billing(
            whole=True,
            balance_fen=max(money.balance_fen, 0),
            arrears_fen=max(-money.balance_fen, 0),
            bills=money.bills,
            payments=money.payments,
        ),
        usage=Usage(
            months=life.uses,
            days=days,
            allowance_data_mb=life.plan.data_mb + sum(pack.holds.data_mb for pack in packs),
            allowance_voice_min=life.plan.voice_min + sum(pack.holds.voice_min for pack in packs),
            allowance_sms=life.plan.sms + sum(pack.holds.sms for pack in packs),
            months_over_data=life.months_over_data,
        ),
        holdings=life.holdings,
        services=life.ties.services,
        care=section,
        indicators=indicator_values(life, days, section, open_complaints=seen.open_complaints),
    )


def manager_of(life: Life) -> str:
    """Staff number: the specialist who called a VIP last; for others of high value the phone account manager."""
    if life.tier is not Tier.NONE:
        last = next((call.agent for call in reversed(life.calls) if call.scenario == VIP), "")
        return (
            life.profile.part.agent if life.profile.part.scenario == VIP else last or _MANAGERS[life.profile.index % 2]
        )
    return PHONE_MANAGER if life.value is Value.HIGH else ""


def _identity(life: Life) -> Identity:
    who, manager = life.profile, manager_of(life)
    return Identity(
        name=who.name,
        gender=who.gender,
        birthday=None if "birthday" in missing(life) else who.birthday,
        tier=life.tier,
        value=life.value,
        life_stage=life.stage,
        brand=_BRANDS[life.plan.generation],
        prepaid=who.prepaid,
        plan_code=life.plan.code,
        plan_name=life.plan.name,
        plan_fee_fen=life.plan.fee_fen,
        on_net_since=who.on_net_since,
        tenure_months=life.tenure_months,
        points=life.points.held,
        points_expiring=life.points.expiring,
        points_expire_on=date(life.today.day.year, 12, 31),
        credit_score=life.credit,
        manager=STAFF_NAMES.get(manager, ""),
        manager_staff_number=manager,
        area=who.place.area,
        grid=who.place.grid,
        branch=who.place.branch,
        english=english_of((_BRANDS[life.plan.generation], who.place.area, who.place.grid, who.place.branch)),
    )


_FIELDS = (("address", 0.06), ("birthday", 0.05), ("occupation", 0.22))


def missing(life: Life) -> list[str]:
    """VIEW-18: names of core fields that nobody has filled in."""
    rng = stream(life.seed, life.profile.index, Purpose.CONTACT)
    lacking = [field for field, share in _FIELDS if rng.random() < share]
    return lacking + ([] if len(life.profile.numbers) > 1 else ["second_number"])


def bad_numbers(life: Life) -> frozenset[str]:
    """Numbers that a call found dead."""
    return frozenset(call.number for call in life.calls if call.contact is Contact.BAD_NUMBER)


def _best_time(life: Life) -> Text | None:
    """The part of the day in which the customer last answered."""
    hour = next((c.at.astimezone(CHINA).hour for c in reversed(life.calls) if c.answered), None)
    return None if hour is None else next(words for until, words in _TIMES if hour < until)


def _contact(life: Life) -> Contacting:
    rng = stream(life.seed, life.profile.index, Purpose.DOCUMENT)
    who, dead, lacking = life.profile, bad_numbers(life), missing(life)
    met_another = any(call.contact is Contact.NOT_OWNER for call in life.calls)
    owner = rng.random() > 0.06 and not met_another
    verified = life.today.day - timedelta(days=rng.randrange(20, 900))
    stated = owner if rng.random() < 0.85 or met_another else None
    dealer = acquired_by(life.seed, life.profile.index, {call.contact for call in life.calls})
    return Contacting(
        numbers=[
            Number(
                number=digits,
                main=place == 0,
                source="CRM" if place == 0 else FROM_CUSTOMER,
                since=who.on_net_since,
                bad=digits in dead,
            )
            for place, digits in enumerate(who.numbers)
        ],
        address="" if "address" in lacking else who.address,
        best_time=_best_time(life),
        true_owner=stated,
        verified_on=max(verified, who.on_net_since) if owner else None,
        acquiring_dealer=dealer,
        special_needs=[NEEDS[who.need]] if who.need else [],
        missing=lacking,
        english=english_of((dealer, FROM_CUSTOMER if len(who.numbers) > 1 else "")),
    )
