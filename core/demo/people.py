"""The centre's staff: twelve at the phones in three teams, a planner and an administrator."""

from msgspec import Struct

from core.demo.city import AREAS
from core.domain.people import Agent, Role, SkillLevel

PASSWORD = "stayline-demo"
"""of every demonstration account; a real centre is set up without any of these"""

UPGRADE, DISCONNECT, VIP = "4g-upgrade", "broadband-disconnect", "vip-care"
SCENARIOS = (UPGRADE, DISCONNECT, VIP)
"""with a past of three months; the campaigns below have just begun"""
WELCOME, LOW_BALANCE, REVISIT, ZERO_USAGE = "new-customer-welcome", "low-balance", "complaint-revisit", "zero-usage"
NEW_HIGH_END, AT_RISK, RENEWAL, WIN_BACK = "new-high-end", "high-arpu-risk", "second-renewal", "win-back"
ROAMING, NEW_SERVICE, CARE_CALL = "roaming-card", "new-service", "care-call"
SATISFACTION, MARKET = "satisfaction-survey", "market-survey"
VERIFY = "save-verification"
"""asked by callback staff alone"""
CAMPAIGNS = (
    REVISIT, WIN_BACK, AT_RISK, LOW_BALANCE, NEW_HIGH_END, WELCOME, ZERO_USAGE, RENEWAL, ROAMING, NEW_SERVICE,
    SATISFACTION, MARKET,
)  # fmt: skip


class DemoTeam(Struct, frozen=True, kw_only=True):
    id: str
    name: str


class DemoAgent(Struct, frozen=True, kw_only=True):
    agent: Agent
    password: str


class Manner(Struct, frozen=True, kw_only=True):
    """How a person's calls differ from the average."""

    success: float = 1.0
    pace: float = 1.0
    """talk time relative to the others"""


TEAMS = (
    DemoTeam(id="spring", name="春雨班"),
    DemoTeam(id="river", name="江风班"),
    DemoTeam(id="vip", name="贵宾专席班"),
)
_NAMES = {team.id: team.name for team in TEAMS} | {"office": "运营室"}

_REP, _LEAD, _VIP = Role.OUTBOUND_REPRESENTATIVE, Role.TEAM_LEAD, Role.VIP_SPECIALIST
_CARE = (CARE_CALL, WELCOME, LOW_BALANCE, REVISIT, ZERO_USAGE, NEW_SERVICE, SATISFACTION, MARKET)
_KEY = (NEW_HIGH_END, AT_RISK, RENEWAL, WIN_BACK, ROAMING)
_BOTH = (UPGRADE, DISCONNECT, *_CARE)
_MANAGER = (*_BOTH, *_KEY)
_ALL = (VIP, DISCONNECT, UPGRADE, *_CARE, *_KEY)


def _agent(
    staff_number: str,
    name: str,
    role: Role,
    team: str,
    skills: tuple[str, ...],
    level: SkillLevel,
    target: int,
    areas: tuple[str, ...],
) -> Agent:
    return Agent(
        staff_number=staff_number,
        name=name,
        role=role,
        team=team,
        team_name=_NAMES[team],
        skills=skills,
        level=level,
        daily_target=target,
        areas=areas,
    )


_NORTH, _SOUTH = ("临江区", "东岭区", "北港区"), ("南浦区", "西河区", "北港区")
AGENTS = (
    _agent("3001", "周丽华", _LEAD, "spring", _BOTH, SkillLevel.BACK_OFFICE, 20, _NORTH),
    _agent("2043", "何俊", _REP, "spring", _BOTH, SkillLevel.MULTI, 80, _NORTH),
    _agent("2044", "方晓琳", _REP, "spring", _BOTH, SkillLevel.MULTI, 80, _NORTH),
    _agent("2045", "郭志远", _REP, "spring", (UPGRADE,), SkillLevel.SINGLE, 80, _NORTH),
    _agent("3002", "余海波", _LEAD, "river", _BOTH, SkillLevel.BACK_OFFICE, 20, _SOUTH),
    _agent("2046", "丁婉婷", _REP, "river", _BOTH, SkillLevel.MULTI, 80, _SOUTH),
    _agent("2047", "罗一凡", _REP, "river", (DISCONNECT,), SkillLevel.SINGLE, 80, _SOUTH),
    _agent("1101", "秦素云", Role.PHONE_ACCOUNT_MANAGER, "river", _MANAGER, SkillLevel.SPECIAL, 45, AREAS),
    _agent("3003", "沈怀瑾", _LEAD, "vip", _ALL, SkillLevel.BACK_OFFICE, 15, AREAS),
    _agent("1027", "苏梅", _VIP, "vip", _ALL, SkillLevel.VIP, 25, AREAS),
    _agent("1028", "白予安", _VIP, "vip", _ALL, SkillLevel.VIP, 25, AREAS),
    _agent("4001", "田小满", Role.CALLBACK_STAFF, "vip", (*_BOTH, VERIFY), SkillLevel.MULTI, 60, AREAS),
    _agent("9001", "顾清", Role.PLANNER, "office", (), SkillLevel.BACK_OFFICE, 0, AREAS),
    _agent("9002", "管正", Role.ADMINISTRATOR, "office", (), SkillLevel.BACK_OFFICE, 0, AREAS),
)

STAFF_NAMES = {agent.staff_number: agent.name for agent in AGENTS}

MANNERS: dict[str, Manner] = {
    "1027": Manner(success=1.12, pace=1.1),
    "1028": Manner(success=0.94),
    "1101": Manner(success=1.08, pace=1.05),
    "2043": Manner(success=1.1, pace=0.95),
    "2044": Manner(success=0.9, pace=1.15),
    "2045": Manner(success=0.78, pace=0.85),
    "2046": Manner(success=1.16, pace=1.05),
    "2047": Manner(success=0.86, pace=0.9),
    "4001": Manner(success=0.96),
}

CALLERS: dict[str, tuple[tuple[str, float], ...]] = {
    UPGRADE: (("2043", 0.26), ("2044", 0.2), ("2045", 0.2), ("2046", 0.22), ("1101", 0.08), ("4001", 0.04)),
    DISCONNECT: (("2043", 0.22), ("2044", 0.2), ("2046", 0.2), ("2047", 0.24), ("1101", 0.08), ("4001", 0.06)),
    VIP: (("1027", 0.55), ("1028", 0.45)),
}
"""who made the past calls of a scenario, as shares of 1"""
