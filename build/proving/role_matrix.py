"""Who may do what, as data: for each operation the roles that it answers; a new operation needs a row here.

Written by hand beside the program's own table of rights, so that one checks the other.
"""

from dataclasses import dataclass, field
from typing import Any

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
    "id": "H-1", "kind": "callback", "customer_id": "C0", "at": "2026-11-23T04:00:00Z",
    "words": {"zh": "漫游", "en": "Roaming"},
}  # fmt: skip
SLOT = {"slot": "s", "store": "s", "customer_id": "C1", "from": "2026-11-23T04:00:00Z"}
CAMPAIGN = {
    "id": "none", "name": {"zh": "无", "en": "None"}, "audience": {}, "scenario": "none", "starts_on": "2026-11-23",
    "ends_on": "2026-11-24",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """One operation, asked in a way that harms nothing."""

    method: str
    path: str
    roles: frozenset[Role]
    options: dict[str, Any] = field(default_factory=dict)
    nobody: bool = False
    """answers also who has not signed in"""


def _row(method: str, path: str, *roles: Role, nobody: bool = False, **options: Any) -> Row:
    return Row(method=method, path=path, roles=frozenset(roles), options=options, nobody=nobody)


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
    "answerAuthority": _row("POST", f"/v1/authority/{NO_ID}/answer", L, A, json={"state": "granted"}),
    "searchCustomers": _row("POST", "/v1/customers/search", *AGENTS, json={"text": "wwj"}),
    "openCustomer": _row("GET", "/v1/customers/C0", *AGENTS),
    "tips": _row("GET", "/v1/tips", L, N, A),
    "decideTip": _row("POST", f"/v1/tips/{NO_ID}/decision", L, N, A, json={"approve": True}),
    "rewordTip": _row("POST", f"/v1/tips/{NO_ID}/wording", L, N, A, json={"title": "换卡", "text": "先换"}),
    "takeTipBack": _row("POST", f"/v1/tips/{NO_ID}/withdrawal", L, N, A, json={"reason": "过时了"}),
    "base": _row("GET", "/v1/base", N, A),
    "campaigns": _row("GET", "/v1/campaigns", N, A),
    "campaign": _row("GET", "/v1/campaigns/none", N, A),
    "draftCampaign": _row("POST", "/v1/campaigns", N, A, json=CAMPAIGN),
    "changeCampaign": _row("PUT", "/v1/campaigns/none", N, A, json=CAMPAIGN),
    "previewCampaign": _row("GET", "/v1/campaigns/none/preview", N, A),
    "nextSegments": _row("GET", "/v1/campaigns/none/next", N, A),
    "moveCampaign": _row("POST", "/v1/campaigns/none/state", N, A, json={"state": "paused"}),
    "campaignLists": _row("GET", "/v1/campaign-lists", N, A),
    "putCampaignList": _row("PUT", "/v1/campaign-lists/none", N, A, json={"name": "x", "rows": []}),
    "listFromCampaign": _row(
        "POST", "/v1/campaign-lists/none/from", N, A, json={"campaign_id": "none", "whom": "all", "name": "x"}
    ),
    "campaignModels": _row("GET", "/v1/campaign-models", N, A),
    "taskTypes": _row("GET", "/v1/task-types", N, A),
    "turnTaskType": _row("PUT", "/v1/task-types", N, A, json={"type": "market_survey", "on": True}),
    "campaignEffect": _row("GET", "/v1/campaigns/none/effect", N, A),
    "surveyResults": _row("GET", "/v1/surveys/satisfaction-survey", L, N),
    "team": _row("GET", "/v1/team", L, N),
    "deskTasks": _row("GET", "/v1/team/2/tasks", L, N),
    "moveTasks": _row("POST", "/v1/team/moves", L, N, json={"holder": "2", "task_ids": ["none"]}),
    "setTarget": _row("POST", "/v1/team/targets", L, N, json={"staff_number": "2", "scenario": "4g-upgrade"}),
    "reviewPacks": _row("GET", "/v1/review/packs", L, N),
    "reviewPart": _row("GET", f"/v1/review/parts/{'0' * 64}", L, N),
    "raiseTicket": _row("POST", "/v1/tickets", N, A, json=TICKET),
    "ticket": _row("GET", "/v1/tickets/H-1", N, A),
    "takeEvent": _row("POST", "/v1/incoming", N, A, json={}),
    "event": _row("GET", "/v1/incoming/none", N, A),
    "recheck": _row("POST", "/v1/tasks/none/recheck", *CALLERS, json={}),
    "reportContact": _row("POST", f"/v1/outreach/{NO_ID}/report", N, A, json={}),
    "careAreas": _row("GET", "/v1/care/areas", N, A),
    "beginCare": _row("POST", "/v1/care/none", N, A, json={}),
    "lookAtListFile": _row("POST", "/v1/campaign-list-files/looked", N, A, json={}),
    "bringListFile": _row("POST", "/v1/campaign-list-files", N, A, json={}),
    "factors": _row("GET", "/v1/screening/factors", N, A),
    "rules": _row("GET", "/v1/screening/rules", N, A),
    "ruleCounts": _row("GET", "/v1/screening/counts", N, A),
    "ruleVersions": _row("GET", "/v1/screening/rules/none/versions", N, A),
    "previewRule": _row("POST", "/v1/screening/preview", N, A, json={}),
    "stopPreview": _row("POST", "/v1/screening/preview/stop", N, A),
    "judgeRule": _row("POST", "/v1/screening/rules/judged", N, A, json={}),
    "saveRule": _row("POST", "/v1/screening/rules/saved", N, A, json={}),
    "useRule": _row("POST", "/v1/screening/rules/none/use", N, A, json={}),
    "stores": _row("GET", "/v1/stores", *CALLERS),
    "bookSlot": _row("PUT", f"/v1/slots/{NO_ID}", *CALLERS, json=SLOT),
    "cancelSlot": _row("DELETE", f"/v1/slots/{NO_ID}", *CALLERS, json=SLOT),
    # last: it ends the session that asks
    "signOut": _row("DELETE", "/v1/session", *ALL),
}
