"""Who may do what, as data: for each operation the roles that it answers, and whose objects; a new operation needs a
row here.

Written by hand beside the program's own table of rights, so that one checks the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from role_objects import CARE
from role_server import OWN
from server_kit import SCENARIO

from core.domain.people import Role

O, P, V, L, C, N, A = (  # noqa: E741
    Role.OUTBOUND_REPRESENTATIVE,
    Role.PHONE_ACCOUNT_MANAGER,
    Role.VIP_SPECIALIST,
    Role.TEAM_LEAD,
    Role.CALLBACK_STAFF,
    Role.PLANNER,
    Role.ADMINISTRATOR,
)
EVERY_ROLE = frozenset(Role)
NO_ID = "00000000-0000-4000-8000-000000000000"
TICKET = {
    "id": "{slot_id}", "kind": "callback", "customer_id": "{customer_id}", "at": "2026-11-23T04:00:00Z",
    "words": {"zh": "漫游", "en": "Roaming"},
}  # fmt: skip
SLOT = {"slot": {"begins_at": "2036-11-23T04:00:00Z"}, "store": "s", "customer_id": "{customer_id}"}
CAMPAIGN = {
    "id": "{campaign_id}", "name": {"zh": "无", "en": "None"}, "audience": {"list_id": "own-list"},
    "scenario": SCENARIO, "starts_on": "2036-11-23", "ends_on": "2036-11-24",
}  # fmt: skip
CONTENT = "content"
"""what a path names that is nobody's: a code of what the program brings"""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One operation, asked in a way that harms nothing. Gaps in its path and body, `{campaign_id}`, take an object."""

    method: str
    path: str
    roles: frozenset[Role]
    options: dict[str, Any] = field(default_factory=dict)
    nobody: bool = False
    """answers also who has not signed in"""
    of: str = ""
    """the kind of object that it is asked about (`role_objects`); empty: about none"""
    teams: frozenset[Role] = frozenset()
    """those of the roles that reach another team's object as well"""
    makes: bool = False
    """an id that is not there is that of a new one"""
    reached: Callable[[Any], bool] | None = None
    """of an answer that refuses nothing, whether it tells of the object; None: it does"""

    def asked_of(self, named: dict[str, str]) -> tuple[str, dict[str, Any]]:
        """Path and options with the gaps filled."""
        return _filled(self.path, named), _filled(self.options, named)


def _filled(value: Any, named: dict[str, str]) -> Any:
    match value:
        case str():
            for gap, word in named.items():
                value = value.replace(f"{{{gap}}}", word)
            return value
        case dict():
            return {key: _filled(one, named) for key, one in value.items()}
        case list():
            return [_filled(one, named) for one in value]
        case _:
            return value


def _row(
    method: str, path: str, *roles: Role, nobody: bool = False, of: str = "", teams: Sequence[Role] | None = None,
    makes: bool = False, reached: Callable[[Any], bool] | None = None, **options: Any,
) -> Row:  # fmt: skip
    """Without `teams` the object is the centre's, and every team's."""
    beyond = frozenset(roles) if teams is None else frozenset(teams)
    return Row(
        method=method, path=path, roles=frozenset(roles), options=options, nobody=nobody, of=of, teams=beyond,
        makes=makes, reached=reached,
    )  # fmt: skip


def _knows_them(told: Any) -> bool:
    return all(one["why"] != "unknown" for one in told["left"])


ALL = (O, P, V, L, C, N, A)
AGENTS = (O, P, V, L)
CALLERS = (O, P, V, L, C)
MATRIX: dict[str, Row] = {
    "hello": _row("GET", "/v1/hello", *ALL, nobody=True),
    "signIn": _row("POST", "/v1/session", *ALL, nobody=True, json={"staff_number": "x"}),
    "signInPage": _row("GET", "/v1/sessions/oidc", *ALL, nobody=True),
    "signInByCode": _row("POST", "/v1/sessions/oidc", *ALL, nobody=True, json={}),
    "refresh": _row("POST", "/v1/session/refresh", *ALL, nobody=True, json={}),
    "me": _row("GET", "/v1/me", *ALL),
    "pull": _row("GET", "/v1/pull", *ALL),
    "push": _row("POST", "/v1/push", *ALL, data=b'{"items":[]}'),
    "events": _row("GET", "/v1/events?open_s=0", *ALL),
    "nextTask": _row("POST", "/v1/tasks/next", *CALLERS),
    "authorityNews": _row("GET", "/v1/authority", *ALL),
    "answerAuthority": _row(
        "POST",
        "/v1/authority/{request_id}/answer",
        L,
        A,
        of="request",
        teams=(A,),
        json={"state": "refused", "words": "上月刚给过"},
    ),
    "searchCustomers": _row("POST", "/v1/customers/search", *AGENTS, json={"text": "wwj"}),
    "openCustomer": _row("GET", "/v1/customers/{customer_id}", *AGENTS, of="customer", teams=()),
    "tips": _row("GET", "/v1/tips", L, N, A),
    "decideTip": _row(
        "POST", "/v1/tips/{tip_id}/decision", L, N, A, of="waiting tip", teams=(N, A), json={"approve": True}
    ),
    "rewordTip": _row(
        "POST",
        "/v1/tips/{tip_id}/wording",
        L,
        N,
        A,
        of="standing tip",
        teams=(N, A),
        json={"title": "换卡", "text": "先重启两次再报障"},
    ),
    "takeTipBack": _row(
        "POST", "/v1/tips/{tip_id}/withdrawal", L, N, A, of="standing tip", teams=(N, A), json={"reason": "过时了"}
    ),
    "base": _row("GET", "/v1/base", N, A),
    "campaigns": _row("GET", "/v1/campaigns", N, A),
    "campaign": _row("GET", "/v1/campaigns/{campaign_id}", N, A, of="campaign"),
    "draftCampaign": _row("POST", "/v1/campaigns", N, A, json={**CAMPAIGN, "id": "none", "scenario": "none"}),
    "changeCampaign": _row("PUT", "/v1/campaigns/{campaign_id}", N, A, of="campaign", json=CAMPAIGN),
    "previewCampaign": _row("GET", "/v1/campaigns/{campaign_id}/preview", N, A, of="campaign"),
    "nextSegments": _row("GET", "/v1/campaigns/{campaign_id}/next", N, A, of="campaign"),
    "moveCampaign": _row("POST", "/v1/campaigns/{campaign_id}/state", N, A, of="draft", json={"state": "stopped"}),
    "campaignLists": _row("GET", "/v1/campaign-lists", N, A),
    "putCampaignList": _row(
        "PUT",
        "/v1/campaign-lists/{list_id}",
        N,
        A,
        of="list",
        makes=True,
        json={"name": "x", "rows": [{"customer_id": OWN}]},
    ),
    "listFromCampaign": _row(
        "POST",
        "/v1/campaign-lists/of-{new_id}/from",
        N,
        A,
        of="campaign",
        json={"campaign_id": "{campaign_id}", "whom": "all", "name": "x"},
    ),
    "campaignModels": _row("GET", "/v1/campaign-models", N, A),
    "taskTypes": _row("GET", "/v1/task-types", N, A),
    "turnTaskType": _row("PUT", "/v1/task-types", N, A, json={"type": "market_survey", "on": True}),
    "campaignEffect": _row("GET", "/v1/campaigns/{campaign_id}/effect", N, A, of="campaign"),
    "surveyResults": _row("GET", "/v1/surveys/satisfaction-survey", L, N, of=CONTENT),
    "team": _row("GET", "/v1/team", L, N),
    "deskTasks": _row("GET", "/v1/team/{staff_number}/tasks", L, N, of="desk", teams=(N,)),
    "moveTasks": _row(
        "POST", "/v1/team/moves", L, N, of="desk", teams=(N,), json={"holder": "{staff_number}", "task_ids": ["none"]}
    ),
    "setTarget": _row(
        "POST",
        "/v1/team/targets",
        L,
        N,
        of="desk",
        teams=(N,),
        json={"staff_number": "{staff_number}", "scenario": SCENARIO},
    ),
    "reviewPacks": _row("GET", "/v1/review/packs", L, N),
    "reviewPart": _row("GET", "/v1/review/parts/{digest}", L, N, of="part", teams=(N,)),
    "raiseTicket": _row("POST", "/v1/tickets", N, A, of="kept customer", json=TICKET),
    "ticket": _row("GET", "/v1/tickets/{ticket_id}", N, A, of="ticket"),
    "takeEvent": _row("POST", "/v1/incoming", N, A, json={}),
    "event": _row("GET", "/v1/incoming/{event_id}", N, A, of="event"),
    "recheck": _row("POST", "/v1/tasks/{task_id}/recheck", *CALLERS, of="task", teams=(), json={}),
    "reportContact": _row("POST", "/v1/outreach/{contact_id}/report", N, A, of="contact", json={"state": "delivered"}),
    "careAreas": _row("GET", "/v1/care/areas", N, A),
    "beginCare": _row(
        "POST", f"/v1/care/{CARE}", N, A, of="customer", reached=_knows_them, json={"customers": ["{customer_id}"]}
    ),
    "lookAtListFile": _row("POST", "/v1/campaign-list-files/looked", N, A, json={}),
    "bringListFile": _row("POST", "/v1/campaign-list-files", N, A, json={}),
    "factors": _row("GET", "/v1/screening/factors", N, A),
    "rules": _row("GET", "/v1/screening/rules", N, A),
    "ruleCounts": _row("GET", "/v1/screening/counts", N, A),
    "ruleVersions": _row("GET", "/v1/screening/rules/{rule_id}/versions", N, A, of="rule"),
    "previewRule": _row("POST", "/v1/screening/preview", N, A, json={}),
    "stopPreview": _row("POST", "/v1/screening/preview/stop", N, A),
    "judgeRule": _row("POST", "/v1/screening/rules/judged", N, A, json={}),
    "saveRule": _row("POST", "/v1/screening/rules/saved", N, A, json={}),
    "useRule": _row("POST", "/v1/screening/rules/{rule_id}/use", N, A, of="rule", json={"version": 1, "note": "x"}),
    "stores": _row("GET", "/v1/stores", *CALLERS),
    "bookSlot": _row("PUT", "/v1/slots/{slot_id}", *CALLERS, of="kept customer", teams=(), json=SLOT),
    "cancelSlot": _row("DELETE", "/v1/slots/{slot_id}", *CALLERS, of="booking", teams=()),
    # last: it ends the session that asks
    "signOut": _row("DELETE", "/v1/session", *ALL),
}
