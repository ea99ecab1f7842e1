"""The first customers of every world: cases that a demonstration must be able to show, whatever the seed."""

from enum import StrEnum

from msgspec import Struct

from core.demo.people import DISCONNECT, UPGRADE, VIP
from core.domain.customer import Gender


class Trouble(StrEnum):
    """The eight broadband warnings of BB-01, and none."""

    NONE = ""
    HOLIDAY_ENDED = "holiday_plan_ended"
    LOW_PREPAID = "broadband_low_balance"
    RIVAL = "rival_in_building"
    DISSATISFIED = "dissatisfied_complainant"
    DEMOLITION = "demolition"
    ENDING = "broadband_contract_ending"
    NEW_RIVAL = "rival_new_in_building"
    MOVE_UNSERVED = "move_not_serviceable"


class Repair(StrEnum):
    """What a repair case is about."""

    NONE = ""
    ROAMING = "roaming"
    BROADBAND = "broadband"
    BILL = "bill"
    COVERAGE = "coverage"


class Need(StrEnum):
    """Special needs (VIEW-15)."""

    NONE = ""
    BLIND = "blind"
    HEARING = "hard_of_hearing"
    ELDERLY = "elderly"
    DIALECT = "dialect"


class Deal(StrEnum):
    """How the handset-subsidy contract stands."""

    NONE = ""
    LOCKED = "locked"
    RENEWABLE = "renewable"
    """runs, and is in its last six months"""
    ENDING = "ending"
    """runs for less than two months more"""


class Promise(StrEnum):
    """When a promised callback is to be made."""

    NONE = ""
    DUE = "due"
    """some minutes ago"""
    LATER = "later"
    """in some hours"""
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next_week"


class Part(Struct, frozen=True, kw_only=True):
    """What is settled of a customer before chance is asked; None leaves it to chance."""

    scenario: str = ""
    """of the task that this customer is to have"""
    agent: str = ""
    """staff number of the one who has the task already"""
    name: str | None = None
    gender: Gender | None = None
    plan: str | None = None
    tenure_months: int | None = None
    data_fit: float | None = None
    """use ÷ allowance"""
    voice_fit: float | None = None
    broadband: bool | None = None
    trouble: Trouble | None = None
    repair: Repair | None = None
    need: Need | None = None
    deal: Deal | None = None
    reachable: bool = True
    """False: no number is known"""
    opted_out: bool = False
    promise: Promise = Promise.NONE
    capped: bool = False
    """dialled three times in the last 24 hours"""
    fading: bool | None = None
    """use has fallen for months"""


_SU, _HE = "1027", "2043"
_M, _F = Gender.MALE, Gender.FEMALE


def _vip(plan: str, tenure: int, agent: str = _SU, **more: object) -> Part:
    return Part(scenario=VIP, agent=agent, plan=plan, tenure_months=tenure, **more)  # type: ignore[arg-type]


def _home(agent: str, trouble: Trouble, **more: object) -> Part:
    return Part(scenario=DISCONNECT, agent=agent, broadband=True, trouble=trouble, **more)  # type: ignore[arg-type]


def _mobile(agent: str, plan: str, data: float, voice: float = 0.6, **more: object) -> Part:
    return Part(scenario=UPGRADE, agent=agent, plan=plan, data_fit=data, voice_fit=voice, trouble=Trouble.NONE,
                repair=Repair.NONE, **more)  # type: ignore[arg-type]  # fmt: skip


PARTS: tuple[Part, ...] = (
    _vip("zx-399", 132, name="李建国", gender=_M, repair=Repair.ROAMING, need=Need.HEARING, deal=Deal.ENDING),
    _vip("zx-238", 96, name="陈立", gender=_M, repair=Repair.BILL, broadband=True, promise=Promise.DUE),
    _vip("zx-239", 84, name="郑凯", gender=_M, repair=Repair.BROADBAND, broadband=True, promise=Promise.LATER),
    _vip("sw-158", 61, name="吴倩", gender=_F, repair=Repair.COVERAGE),
    _vip("zx-239", 73, repair=Repair.ROAMING),
    _vip("zx-238", 118, deal=Deal.ENDING, repair=Repair.NONE),
    _vip("zx-188", 140, fading=True, repair=Repair.NONE),
    _vip("rh-169", 50, repair=Repair.NONE, broadband=True),
    _vip("sw-158", 77, deal=Deal.RENEWABLE, repair=Repair.NONE),
    _vip("zx-399", 44, repair=Repair.NONE),
    _vip("zx-239", 66, repair=Repair.BILL),
    _vip("zx-238", 88, repair=Repair.NONE, fading=True),
    _vip("sw-158", 55, "1028", repair=Repair.COVERAGE),
    _vip("zx-239", 39, "1028", repair=Repair.ROAMING),
    _home(_SU, Trouble.ENDING, name="王秀兰", gender=_F, plan="ct-88", promise=Promise.DUE),
    _home(_SU, Trouble.DISSATISFIED),
    _home(_SU, Trouble.RIVAL),
    _home(_SU, Trouble.MOVE_UNSERVED, promise=Promise.TOMORROW),
    _home(_SU, Trouble.HOLIDAY_ENDED),
    _home(_SU, Trouble.LOW_PREPAID),
    _home(_SU, Trouble.DEMOLITION),
    _home(_SU, Trouble.NEW_RIVAL),
    _home(_SU, Trouble.ENDING),
    _home(_SU, Trouble.ENDING, need=Need.ELDERLY),
    _home(_SU, Trouble.LOW_PREPAID),
    _home(_HE, Trouble.ENDING, name="刘芳", gender=_F),
    _home(_HE, Trouble.DISSATISFIED, name="黄国强", gender=_M),
    _home(_HE, Trouble.HOLIDAY_ENDED, promise=Promise.DUE),
    _home(_HE, Trouble.LOW_PREPAID, promise=Promise.TOMORROW),
    _home(_HE, Trouble.MOVE_UNSERVED),
    _home(_HE, Trouble.RIVAL, promise=Promise.LATER),
    _home(_HE, Trouble.NEW_RIVAL, opted_out=True),
    _home(_HE, Trouble.DEMOLITION, reachable=False),
    _mobile(_SU, "ct-58", 1.12),
    _mobile(_SU, "ct-88", 2.9),
    _mobile(_SU, "ct-38", 4.5),
    _mobile(_SU, "cy-66", 2.2, promise=Promise.NEXT_WEEK),
    _mobile(_SU, "ct-58", 2.2, deal=Deal.LOCKED),
    _mobile(_SU, "ct-88", 1.6, 1.9),
    _mobile(_SU, "xq-18", 8.0),
    _mobile(_SU, "cl-128", 2.4),
    _mobile(_SU, "ct-58", 3.2, need=Need.DIALECT),
    _mobile(_SU, "cy-66", 1.08),
    _mobile(_SU, "ct-38", 5.5),
    _mobile(_HE, "ct-58", 3.32, name="吴文静", gender=_F, tenure_months=38, deal=Deal.NONE),
    _mobile(_HE, "ct-58", 2.4, name="孙浩", gender=_M, deal=Deal.LOCKED),
    _mobile(_HE, "ct-38", 1.5, 2.6, name="冯敏", gender=_F),
    _mobile(_HE, "ct-88", 2.0, 1.2, name="赵一鸣", gender=_M, promise=Promise.DUE),
    _mobile(_SU, "ct-88", 1.1, name="谢东", gender=_M, capped=True),
    _mobile(_HE, "cy-66", 3.1, reachable=False),
    _mobile(_HE, "ct-58", 2.6, opted_out=True),
    _mobile(_HE, "xy-28", 4.0, tenure_months=30, promise=Promise.DUE),
    _mobile(_HE, "cl-128", 2.2, deal=Deal.RENEWABLE, promise=Promise.NEXT_WEEK),
    _mobile(_HE, "ct-38", 4.8, need=Need.BLIND),
    # A small plan used to its edge: nothing else would cost less, and the call is there to say so.
    _mobile(_SU, "xy-28", 0.95, 0.9, name="林晓雨", gender=_F, deal=Deal.NONE),
)  # fmt: skip

NOBODY = Part()


def part(index: int) -> Part:
    """What is settled of customer `index`; for all but the first few nothing."""
    return PARTS[index] if index < len(PARTS) else NOBODY
