"""Every operation of the API asks for the role, and some for more (ROLE-01)."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from effect_kit import CAMPAIGN
from http_kit import ASKED, TIP, Desk, problem, served
from server_kit import number_of

from tests.server_process import ServerProcess


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    yield from served(tmp_path_factory.mktemp("server"))


TICKET = {
    "id": "H-1", "kind": "callback", "customer_id": "C1", "at": "2026-11-23T04:00:00Z",
    "words": {"zh": "漫游收费有疑问", "en": "A question on roaming"},
}  # fmt: skip
LIST_FILE = {"file_name": "list.csv", "body": b64encode(f"号码\n{number_of(3)}\n".encode()).decode()}
RULE = {
    "id": "few-minutes", "version": 1, "name": {"zh": "通话很少", "en": "Few minutes"}, "code": "few_minutes",
    "population": "churn_inclined", "scenario": "4g-upgrade", "when": {"field": "voice_last_month", "lt": 100},
    "missing": {"rest": "left_out"}, "reason": {"zh": "通话很少", "en": "Few minutes"},
}  # fmt: skip
EVENT = {"id": "E-1", "kind": "no-such-kind", "customer_id": "C1", "at": "2026-11-01T04:00:00Z"}
OPERATIONS: dict[str, tuple[str, str, dict[str, Any], set[str]]] = {
    "hello": ("GET", "/v1/hello", {}, {"nobody", "1", "5", "8", "9"}),
    "me": ("GET", "/v1/me", {}, {"1", "5", "8", "9"}),
    "pull": ("GET", "/v1/pull", {}, {"1", "5", "8", "9"}),
    "push": ("POST", "/v1/push", {"data": b'{"items":[]}'}, {"1", "5", "8", "9"}),
    "events": ("GET", "/v1/events?open_s=0", {}, {"1", "5", "8", "9"}),
    "nextTask": ("POST", "/v1/tasks/next", {}, {"1", "5", "8"}),
    "searchCustomers": ("POST", "/v1/customers/search", {"json": {"text": "wwj"}}, {"1", "8"}),
    "openCustomer": ("GET", "/v1/customers/C1", {}, {"1", "8"}),
    "tips": ("GET", "/v1/tips", {}, {"8", "9"}),
    "decideTip": ("POST", f"/v1/tips/{TIP.id}/decision", {"json": {"approve": True}}, {"8", "9"}),
    "rewordTip": ("POST", f"/v1/tips/{TIP.id}/wording", {"json": {"title": "换卡", "text": "先换"}}, {"8", "9"}),
    "takeTipBack": ("POST", f"/v1/tips/{TIP.id}/withdrawal", {"json": {"reason": "过时了"}}, {"8", "9"}),
    "campaignModels": ("GET", "/v1/campaign-models", {}, {"9"}),
    "taskTypes": ("GET", "/v1/task-types", {}, {"9"}),
    "turnTaskType": ("PUT", "/v1/task-types", {"json": {"type": "market_survey", "on": True}}, {"9"}),
    "base": ("GET", "/v1/base", {}, {"9"}),
    "surveyResults": ("GET", "/v1/surveys/satisfaction-survey", {}, {"8", "9"}),
    "campaigns": ("GET", "/v1/campaigns", {}, {"9"}),
    "campaignLists": ("GET", "/v1/campaign-lists", {}, {"9"}),
    "campaignEffect": ("GET", f"/v1/campaigns/{CAMPAIGN}/effect", {}, {"9"}),
    "careAreas": ("GET", "/v1/care/areas", {}, {"9"}),
    "beginCare": ("POST", "/v1/care/major_event", {"json": {"customers": ["C1"]}}, {"9"}),
    "team": ("GET", "/v1/team", {}, {"8", "9"}),
    "deskTasks": ("GET", "/v1/team/1/tasks", {}, {"8", "9"}),
    "moveTasks": ("POST", "/v1/team/moves", {"json": {"holder": "1", "task_ids": ["none"]}}, {"8", "9"}),
    "setTarget": ("POST", "/v1/team/targets", {"json": {"staff_number": "1", "scenario": "4g-upgrade"}}, {"8", "9"}),
    "reviewPacks": ("GET", "/v1/review/packs", {}, {"8", "9"}),
    "authorityNews": ("GET", "/v1/authority", {}, {"1", "5", "8", "9"}),
    "answerAuthority": ("POST", f"/v1/authority/{ASKED.id}/answer", {"json": {"state": "granted"}}, {"8"}),
    "raiseTicket": ("POST", "/v1/tickets", {"json": TICKET}, {"9"}),
    "ticket": ("GET", "/v1/tickets/H-1", {}, {"9"}),
    "takeEvent": ("POST", "/v1/incoming", {"json": EVENT}, {"9"}),
    "event": ("GET", "/v1/incoming/E-1", {}, {"9"}),
    "lookAtListFile": ("POST", "/v1/campaign-list-files/looked", {"json": LIST_FILE}, {"9"}),
    "bringListFile": (
        "POST",
        "/v1/campaign-list-files",
        {"json": {"list_id": "l-1", "name": "名单", "file": LIST_FILE}},
        {"9"},
    ),
    "factors": ("GET", "/v1/screening/factors", {}, {"9"}),
    "rules": ("GET", "/v1/screening/rules", {}, {"9"}),
    "ruleCounts": ("GET", "/v1/screening/counts", {}, {"9"}),
    "ruleVersions": ("GET", "/v1/screening/rules/zero-usage/versions", {}, {"9"}),
    "judgeRule": ("POST", "/v1/screening/rules/judged", {"json": {"yaml": "id: x"}}, {"9"}),
    "stopPreview": ("POST", "/v1/screening/preview/stop", {}, {"9"}),
    "saveRule": ("POST", "/v1/screening/rules/saved", {"json": {"rule": RULE, "after": 0, "note": "试"}}, {"9"}),
    "useRule": ("POST", "/v1/screening/rules/few-minutes/use", {"json": {"version": 1, "note": "用"}}, {"9"}),
}
"""operation: method, path, options, who may"""
WITHOUT_ROLE = {"signIn", "signInPage", "signInByCode", "refresh", "signOut"}
BY_DIGEST = {"reviewPart"}
"""asks for the role too, and then for bytes that only a pull can name: see the test of it"""
OF_STORES = {"stores", "bookSlot", "cancelSlot"}
"""ask for the role too, and then another system, which this server has none of: see the test of it"""
OF_DESKS = {"recheck", "reportContact"}
"""ask for the role too, and then for a task on the caller's desk, or for what a campaign sent: see the tests of it"""
OF_CAMPAIGNS = {
    "campaign", "draftCampaign", "changeCampaign", "previewCampaign", "nextSegments", "moveCampaign", "putCampaignList",
    "listFromCampaign",
}  # fmt: skip
"""ask for the role too, and then for a campaign that there is, or terms that can be meant: see the test of it"""
OF_SNAPSHOTS = {"previewRule"}
"""asks for the role too, and then for a snapshot, which this server has none of: see the test of it"""


def test_every_operation_of_the_description_asks_for_the_role(server: ServerProcess) -> None:
    # ROLE-01: a new operation without a row fails here
    described = Desk(server).ask("GET", "/v1/openapi.json").json()
    ids = {operation["operationId"] for path in described["paths"].values() for operation in path.values()}
    assert ids == OPERATIONS.keys() | WITHOUT_ROLE | BY_DIGEST | OF_STORES | OF_SNAPSHOTS | OF_DESKS | OF_CAMPAIGNS
    assert described["paths"]["/v1/session"]["post"]["summary"] == "Sign in"
    desks = {"nobody": Desk(server), **{number: Desk(server, number) for number in ("1", "5", "8", "9")}}
    for name, (method, path, options, allowed) in OPERATIONS.items():
        for who, desk in desks.items():
            answer = desk.ask(method, path, **options)
            expected = 200 if who in allowed else 401 if who == "nobody" else 403
            assert answer.status_code in {expected, expected + 1}, (name, who, answer.text)


@pytest.mark.parametrize(
    ("who", "status", "code"), [("nobody", 401, "signed_out"), ("8", 403, "forbidden"), ("9", 403, "screening")]
)
def test_rules_are_counted_for_planners_and_only_on_a_snapshot(
    server: ServerProcess, who: str, status: int, code: str
) -> None:
    # ID-08, ROLE-01
    desk = Desk(server) if who == "nobody" else Desk(server, who)
    answer = desk.ask("POST", "/v1/screening/preview", json={"rule": RULE})
    assert (answer.status_code, problem(answer).code) == (status, code)


@pytest.mark.parametrize(("who", "missing", "unmeant"), [("nobody", 401, 401), ("1", 403, 403), ("9", 404, 400)])
def test_campaigns_are_for_planners_and_what_cannot_be_meant_is_told_in_words(
    server: ServerProcess, who: str, missing: int, unmeant: int
) -> None:
    # ID-03, ROLE-01
    desk = Desk(server) if who == "nobody" else Desk(server, who)
    terms = {
        "id": "none", "name": {"zh": "无", "en": "None"}, "audience": {"rules": ["zero-usage"]}, "scenario": "none",
        "starts_on": "2090-01-01", "ends_on": "2090-01-02",
    }  # fmt: skip
    path = "/v1/campaigns/none"
    for method, where, body in (
        ("GET", path, None), ("PUT", path, terms), ("GET", f"{path}/preview", None), ("GET", f"{path}/next", None),
        ("POST", f"{path}/state", {"state": "paused"}),
    ):  # fmt: skip
        answer = desk.ask(method, where, **({} if body is None else {"json": body}))
        assert answer.status_code == missing, (method, where, answer.text)
    answers = [
        desk.ask("POST", "/v1/campaigns", json=terms),
        desk.ask("PUT", "/v1/campaign-lists/none", json={"name": "无", "rows": [{"customer_id": "nobody"}]}),
    ]
    assert [one.status_code for one in answers] == [unmeant, unmeant]
    if who == "9":
        assert [problem(one).code for one in answers] == ["campaign_refused"] * 2
        assert "none" in problem(answers[0]).detail_zh


@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("1", 403), ("8", 403), ("9", 404)])
def test_gateways_report_as_planners_do_and_only_of_what_was_sent(server: ServerProcess, who: str, status: int) -> None:
    # CHANNEL-01, ROLE-01
    desk = Desk(server) if who == "nobody" else Desk(server, who)
    path = "/v1/outreach/6f0c3a52-0d6e-4a57-9c0e-0a2f6f1b7a11/report"
    assert desk.ask("POST", path, json={"state": "delivered"}).status_code == status


@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("1", 404), ("5", 404), ("9", 403)])
def test_a_task_is_looked_at_again_for_whose_desk_it_lies_on(server: ServerProcess, who: str, status: int) -> None:
    # ID-11, ROLE-01
    desk = Desk(server) if who == "nobody" else Desk(server, who)
    assert desk.ask("POST", "/v1/tasks/somebody-elses/recheck", json={}).status_code == status


@pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("1", 403), ("5", 403), ("8", 404), ("9", 404)])
def test_parts_of_review_packs_are_for_those_who_review(server: ServerProcess, who: str, status: int) -> None:
    # ROLE-01
    desk = Desk(server) if who == "nobody" else Desk(server, who)
    assert desk.ask("GET", f"/v1/review/parts/{'0' * 64}").status_code == status
    if status == 404:
        assert desk.ask("GET", "/v1/review/parts/..%2fetc").status_code in (400, 404)
        assert desk.ask("GET", f"/v1/review/parts/{'0' * 64}", params={"length": 0}).status_code == 400


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [("nobody", 401, "signed_out"), ("1", 403, "stores_silent"), ("5", 403, "stores_silent"), ("9", 403, "forbidden")],
)
def test_stores_are_asked_by_those_who_call_and_said_to_be_silent_where_none_answer(
    server: ServerProcess, who: str, status: int, code: str
) -> None:
    # CHANNEL-02, INTEG-05, ROLE-01
    desk = Desk(server) if who == "nobody" else Desk(server, who)
    answer = desk.ask("GET", "/v1/stores")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
