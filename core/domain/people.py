"""Who works with Stayline: roles, what each may do, skills."""

from enum import StrEnum

from msgspec import Struct

from core.domain.text import Text


class Role(StrEnum):
    """ROLE-01: the people inside; store, grid, installer and distributor stand outside."""

    OUTBOUND_REPRESENTATIVE = "outbound_representative"
    PHONE_ACCOUNT_MANAGER = "phone_account_manager"
    VIP_SPECIALIST = "vip_specialist"
    TEAM_LEAD = "team_lead"
    CALLBACK_STAFF = "callback_staff"
    PLANNER = "planner"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What a role may do; the server asks these of every request."""

    CALL = "call"
    """work own tasks, record outcomes"""
    CALL_WITHOUT_TASK = "call_without_task"
    """open an inbound or typed call"""
    REVEAL_NUMBER = "reveal_number"
    SEE_IDENTITY = "see_identity"
    SEE_CONTACT = "see_contact"
    SEE_BILLING = "see_billing"
    SEE_CARE = "see_care"
    SEE_INDICATORS = "see_indicators"
    SEE_TEAM = "see_team"
    """customers and tasks of one's whole team"""
    ASSIGN = "assign"
    PLAN = "plan"
    """import, dispatch, publish content"""
    JUDGE_TIPS = "judge_tips"
    """approve or refuse what agents wrote down for everyone"""
    ANSWER_AUTHORITY = "answer_authority"
    """grant agents of one's teams more than they may grant themselves (VIP-07)"""
    SCORE = "score"
    """score calls of the own team, decide disputes, coach"""
    REVIEW = "review"
    """see what came of calls: a lead of the own team's, a planner of all"""
    PORTFOLIO = "portfolio"
    """hold the customers whose named manager one is (TASK-05)"""
    EXPORT = "export"
    ADMINISTER = "administer"


_AGENT = frozenset(
    {
        Right.CALL, Right.CALL_WITHOUT_TASK, Right.REVEAL_NUMBER, Right.SEE_IDENTITY, Right.SEE_CONTACT,
        Right.SEE_BILLING, Right.SEE_CARE, Right.SEE_INDICATORS,
    }
)  # fmt: skip
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OUTBOUND_REPRESENTATIVE: _AGENT,
    Role.PHONE_ACCOUNT_MANAGER: _AGENT | {Right.PORTFOLIO},
    Role.VIP_SPECIALIST: _AGENT,
    Role.CALLBACK_STAFF: _AGENT - {Right.CALL_WITHOUT_TASK, Right.SEE_BILLING},
    Role.TEAM_LEAD: _AGENT
    | {Right.SCORE, Right.REVIEW, Right.SEE_TEAM, Right.ASSIGN, Right.EXPORT, Right.JUDGE_TIPS, Right.ANSWER_AUTHORITY},
    Role.PLANNER: frozenset(
        {Right.REVIEW, Right.PLAN, Right.EXPORT, Right.SEE_INDICATORS, Right.SEE_TEAM, Right.ASSIGN, Right.JUDGE_TIPS}
    ),
    Role.ADMINISTRATOR: frozenset(
        {Right.ADMINISTER, Right.PLAN, Right.EXPORT, Right.ASSIGN, Right.JUDGE_TIPS, Right.ANSWER_AUTHORITY}
    ),
}

ROLE_NAMES: dict[Role, Text] = {
    Role.OUTBOUND_REPRESENTATIVE: Text("外呼代表", "Outbound representative"),
    Role.PHONE_ACCOUNT_MANAGER: Text("电话经理", "Phone account manager"),
    Role.VIP_SPECIALIST: Text("VIP 专席", "VIP specialist"),
    Role.TEAM_LEAD: Text("班长", "Team lead"),
    Role.CALLBACK_STAFF: Text("回访员", "Callback staff"),
    Role.PLANNER: Text("策划", "Planner"),
    Role.ADMINISTRATOR: Text("管理员", "Administrator"),
}


class SkillLevel(StrEnum):
    """ROLE-03: the ladder of certification."""

    SINGLE = "single"
    MULTI = "multi"
    SPECIAL = "special"
    VIP = "vip"
    BACK_OFFICE = "back_office"


class Agent(Struct, frozen=True, kw_only=True):
    """The person at the desk, as the server states them."""

    staff_number: str
    name: str
    role: Role
    team: str
    team_name: str
    skills: tuple[str, ...] = ()
    """scenario ids this person is certified for; empty means none"""
    level: SkillLevel = SkillLevel.SINGLE
    daily_target: int = 80
    areas: tuple[str, ...] = ()

    @property
    def rights(self) -> frozenset[Right]:
        return RIGHTS[self.role]
