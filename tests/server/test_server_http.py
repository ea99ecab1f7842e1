"""The real server process, asked over HTTP."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import zstandard
from authority_kit import asked
from effect_kit import CAMPAIGN, drawn, terms
from server_kit import a_tip, agent, batch, document, number_of, saved, stored, task

from core.domain import decoding
from core.domain.people import Role
from core.server.cli import main
from core.server.db import audit, authority, tips
from core.server.organisation import settings as organisation
from core.wire.pull import BAD_CURSOR
from core.wire.session import Problem
from tests.server_process import ROOT, ServerProcess

WAIT_S = 15
TIP = a_tip("1")
ASKED = asked("1").authority


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("server")) as running:
        running.publish_content()
        running.add_user(agent("1", areas=("东岭区",)))
        running.add_user(agent("2", areas=("西河区",), team="B"))
        running.add_user(agent("5", role=Role.CALLBACK_STAFF))
        running.add_user(agent("8", role=Role.TEAM_LEAD))
        running.add_user(agent("9", role=Role.PLANNER))
        with running.database.write() as unit:
            tips.add(unit, TIP, team="A")
            authority.add(unit, ASKED, agent_name="员工1", team="A")
        running.load([(document(n), task(n, to="1") if n < 10 else None) for n in range(20)])
        drawn(running.database, terms(), members=0)
        yield running


class Desk:
    """Asks the server as one person."""

    def __init__(self, server: ServerProcess, staff_number: str = "") -> None:
        self._server = server
        self._headers: dict[str, str] = {}
        if staff_number:
            answer = self.ask("POST", "/v1/session", json={"staff_number": staff_number, "password": "stayline-demo"})
            assert answer.status_code == 200, answer.text
            self._headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {**self._headers, "Accept-Encoding": "identity", **options.pop("headers", {})}
        return requests.request(method, self._server.url + path, headers=headers, timeout=WAIT_S, **options)

    def raw(self, path: str, accept: str) -> tuple[bytes, str]:
        answer = self.ask("GET", path, headers={"Accept-Encoding": accept}, stream=True)
        return answer.raw.read(decode_content=False), answer.headers.get("Content-Encoding", "")


@pytest.fixture(scope="module")
def one(server: ServerProcess) -> Desk:
    return Desk(server, "1")


def problem(answer: requests.Response) -> Problem:
    """Every refusal is a Problem with its words in both languages."""
    found = decoding.decode(answer.content, Problem)
    assert found.code
    assert found.title_zh
    assert found.title_en
    assert found.next_zh
    return found


def test_hello_needs_no_token(server: ServerProcess) -> None:
    body = Desk(server).ask("GET", "/v1/hello").json()
    assert (body["product"], body["api"]) == ("Stayline", "v1")


def test_health_and_metrics(server: ServerProcess, one: Desk) -> None:
    one.ask("GET", "/v1/me")
    one.ask("GET", f"/v1/customers/{number_of(3)}")
    assert one.ask("GET", "/health").json() == {"status": "ok"}
    figures = one.ask("GET", "/metrics").text
    assert 'stayline_requests_total{route="/v1/me",status="200"}' in figures
    assert 'stayline_tasks{state="assigned"} 10.0' in figures
    assert number_of(3) not in figures


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/v1/nothing", {}, 404),
        ("PUT", "/v1/session", {}, 405),
        ("GET", "/v1/pull", {}, 401),
        ("POST", "/v1/push", {"data": b"{}"}, 401),
        ("GET", "/v1/me", {"headers": {"Authorization": "Bearer x.y.z"}}, 401),
        ("GET", "/v1/me", {"headers": {"Authorization": "Basic eDp5"}}, 401),
        ("POST", "/v1/session", {"data": b"[" * 50_000}, 400),
        ("POST", "/v1/session", {"json": {"staff_number": "9" * 100_000, "password": "x"}}, 413),
        (
            "POST",
            "/v1/session/refresh",
            {
                "data": zstandard.compress(b" " * 9_000_000),
                "headers": {"Content-Encoding": "zstd", "Authorization": "Bearer x"},
            },
            413,
        ),
        ("POST", "/v1/session", {"data": b"\xff\xfe"}, 400),
        ("POST", "/v1/session", {"json": {"staff_number": "1"}}, 400),
        ("POST", "/v1/session", {"json": {"staff_number": "1", "password": "wrong"}}, 401),
        ("POST", "/v1/session/refresh", {"json": {"refresh_token": "\ud800"}}, 400),
        ("POST", "/v1/session/refresh", {"json": {"refresh_token": "made up"}}, 401),
        ("POST", "/v1/session", {"data": b"not zstd", "headers": {"Content-Encoding": "zstd"}}, 400),
    ],
)
def test_each_refusal_is_a_problem(
    server: ServerProcess, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    answer = Desk(server).ask(method, path, **options)
    assert answer.status_code == status
    problem(answer)


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("GET", "/v1/pull?limit=0", {}),
        ("GET", "/v1/pull?limit=99999999999999999999999", {}),
        ("GET", "/v1/pull?limit=x", {}),
        ("GET", "/v1/pull?cursor=%00", {}),
        ("POST", "/v1/push", {"data": b"[" * 100_000}),
        ("POST", "/v1/push", {"data": b""}),
        ("POST", "/v1/customers/search", {"json": {"number": "1"}}),
        ("POST", "/v1/customers/search", {"json": {"text": "ab\0"}}),
        ("POST", "/v1/customers/search", {"json": {"text": 5}}),
    ],
)
def test_bad_requests_are_told_as_such(one: Desk, method: str, path: str, options: dict[str, Any]) -> None:
    answer = one.ask(method, path, **options)
    assert answer.status_code == 400
    problem(answer)


def test_a_cursor_of_elsewhere_is_told_by_its_own_code(one: Desk) -> None:
    assert problem(one.ask("GET", "/v1/pull?cursor=elsewhere")).code == BAD_CURSOR


def test_a_page_is_packed_where_the_client_reads_zstd(one: Desk) -> None:
    plain, encoding = one.raw("/v1/pull", "gzip, identity")
    assert encoding == ""
    packed, encoding = one.raw("/v1/pull", "gzip, zstd")
    assert encoding == "zstd"
    assert len(packed) < len(plain) / 2
    assert len(json.loads(zstandard.decompress(packed))["changes"]) == len(json.loads(plain)["changes"])
    assert one.raw("/v1/pull", "zstd;q=0")[1] == ""


def test_a_packed_push_is_read_and_answered_per_item(server: ServerProcess, one: Desk) -> None:
    packed = zstandard.compress(batch(saved(stored(server.database, "T9"), "1", result="not_needed"), b"{}"))
    answer = one.ask("POST", "/v1/push", data=packed, headers={"Content-Encoding": "zstd"})
    assert [item["verdict"] for item in answer.json()["answers"]] == ["accepted", "rejected"]


def test_no_proxy_may_keep_what_is_told_of_customers(one: Desk) -> None:
    for path in ("/v1/pull", "/v1/me", "/v1/customers/C15", "/v1/nothing"):
        assert one.ask("GET", path).headers["Cache-Control"] == "no-store"
    assert one.ask("GET", "/v1/events?open_s=0").headers["Cache-Control"] == "no-cache, no-transform"


def test_a_zstd_bomb_is_refused(one: Desk) -> None:
    bomb = zstandard.compress(b"\0" * 200_000_000)
    answer = one.ask("POST", "/v1/push", data=bomb, headers={"Content-Encoding": "zstd"})
    assert answer.status_code == 413
    problem(answer)


def keys_pulled(desk: Desk) -> set[str]:
    """Of everything that this desk may have, page by page."""
    keys: set[str] = set()
    page = desk.ask("GET", "/v1/pull").json()
    while True:
        keys |= {change["key"] for change in page["changes"]}
        if not page["more"]:
            return keys
        page = desk.ask("GET", "/v1/pull", params={"cursor": page["cursor"]}).json()


def test_a_customer_is_found_within_ones_area_and_opened(server: ServerProcess) -> None:
    one, two = Desk(server, "1"), Desk(server, "2")
    query = {"number": number_of(15)}
    found = one.ask("POST", "/v1/customers/search", json=query).json()["customers"]
    assert [(row["customer_id"], row["number_masked"]) for row in found] == [("C15", "100 **** 0015")]
    assert two.ask("POST", "/v1/customers/search", json=query).json()["customers"] == []
    assert problem(two.ask("GET", "/v1/customers/C15")).code == "not_found"
    assert one.ask("GET", "/v1/customers/C15").json()["contact"]["numbers"][0]["number"] == number_of(15)
    # Of all that the desk holds: where another test had a task of theirs given out, nothing new is to be told.
    assert "C15" in keys_pulled(one)
    assert {
        row["customer_id"] for row in one.ask("POST", "/v1/customers/search", json={"text": "wwj"}).json()["customers"]
    }


def test_signing_in_by_the_organisation_is_told_apart_from_what_cannot_be_had(server: ServerProcess) -> None:
    # Reliability S13
    desk, path = Desk(server), "/v1/sessions/oidc"
    given = {"code": "c", "verifier": "v" * 43, "nonce": "n" * 16, "redirect_uri": "http://127.0.0.1:4/signed-in"}
    assert desk.ask("GET", "/v1/hello").json()["organisation"] is False
    for method, options in (("GET", {}), ("POST", {"json": given})):
        answer = desk.ask(method, path, **options)
        assert (answer.status_code, problem(answer).code) == (404, "no_organisation")
    with server.database.write() as unit:
        organisation.put(unit, organisation.Organisation(issuer="http://localhost:1", client_id="stayline"))
    assert desk.ask("GET", "/v1/hello").json()["organisation"] is True
    for method, options in (("GET", {}), ("POST", {"json": given})):
        answer = desk.ask(method, path, **options)
        assert (answer.status_code, problem(answer).code) == (503, "provider_away")
        assert int(answer.headers["Retry-After"]) > 0
    for wrong in ({"redirect_uri": "https://elsewhere.example/signed-in"}, {"verifier": "short"}, {"nonce": ""}):
        assert desk.ask("POST", path, json=given | wrong).status_code == 400
    with server.database.write() as unit:
        organisation.put(unit, None)


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


def test_every_page_of_the_base_that_is_read_is_on_record(server: ServerProcess) -> None:
    # 4G-06
    desk = Desk(server, "9")
    with server.database.read() as unit:
        before = audit.count(unit)
    assert desk.ask("GET", "/v1/base", params={"start": 1, "limit": 5}).status_code == 200
    assert desk.ask("GET", "/v1/base", params={"start": 6, "limit": 5}).status_code == 200
    refused = desk.ask("GET", "/v1/base", params={"start": 5, "after": "C1"})
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_request")
    with server.database.read() as unit:
        assert audit.count(unit) == before + 3
        assert audit.verify(unit) == []


def test_the_description_names_the_bodies_that_go_as_bytes(server: ServerProcess) -> None:
    described = Desk(server).ask("GET", "/v1/openapi.json").json()
    schemas = described["components"]["schemas"]
    assert {"Batch", "Answers", "Task", "Document", "Problem", "Saved"} <= schemas.keys()
    text = json.dumps(described)
    for reference in {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}:
        assert reference in schemas


def test_a_disabled_user_is_refused_at_the_next_request(server: ServerProcess) -> None:
    server.add_user(agent("7"))
    seven = Desk(server, "7")
    assert seven.ask("GET", "/v1/me").status_code == 200
    server.disable("7")
    answer = seven.ask("GET", "/v1/me")
    assert (answer.status_code, problem(answer).code) == (401, "disabled")


def test_guessing_gets_a_retry_after(server: ServerProcess) -> None:
    server.add_user(agent("6"))
    guess = {"staff_number": "6", "password": "guess"}
    answers = [Desk(server).ask("POST", "/v1/session", json=guess) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) == problem(answers[-1]).retry_after_s


def test_nothing_personal_is_in_the_log(server: ServerProcess, one: Desk) -> None:
    one.ask("POST", "/v1/customers/search", json={"number": number_of(15)})
    one.ask("GET", f"/v1/customers/{number_of(15)}")
    one.ask("POST", "/v1/push", data=b'{"items":[{"kind":"' + number_of(15).encode() + b'"}]}')
    # Nor what was typed where something else belongs (SECURITY.md).
    named = '{"items":[{"kind":"吴文静"},{"kind":"outcome","outcome":{"contact":"吴文静"}}]}'
    one.ask("POST", "/v1/push", data=named.encode())
    told = {"id": "E-log", "kind": "吴文静", "number": number_of(15), "at": "2026-11-23T04:00:00Z"}
    assert Desk(server, "9").ask("POST", "/v1/incoming", json=told).status_code == 200
    log = server.log.read_text("utf-8")
    assert "poisoned item" in log
    assert number_of(15) not in log
    assert "文静" not in log
    assert "stayline-demo" not in log
    assert "Traceback" not in log


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    with ServerProcess(tmp_path) as server:
        server.add_user(agent("1"))
        server.load([(document(), task(to="1"))])
        item = saved(stored(server.database, "T1"), "1")
        desk, url = Desk(server, "1"), server.url
        assert desk.ask("POST", "/v1/push", data=batch(item)).json()["answers"][0]["verdict"] == "accepted"
        server.kill()
        assert server.start() == url
        assert desk.ask("POST", "/v1/push", data=batch(item)).json()["answers"][0]["verdict"] == "duplicate"


@pytest.mark.postgres
def test_the_process_serves_from_postgresql_as_well(postgres_url: str, tmp_path: Path) -> None:
    with ServerProcess(tmp_path, database_url=postgres_url, housekeeping_s=60) as server:
        server.add_user(agent("1"))
        server.load([(document(), task(to="1"))])
        desk = Desk(server, "1")
        assert {change["key"] for change in desk.ask("GET", "/v1/pull").json()["changes"]} >= {"C1", "T1"}
        item = saved(stored(server.database, "T1"), "1")
        assert desk.ask("POST", "/v1/push", data=batch(item)).json()["answers"][0]["verdict"] == "accepted"


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"


def test_the_server_ends_with_its_parent(tmp_path: Path) -> None:
    assert main(["init", "--data", str(tmp_path)]) == 0
    script = textwrap.dedent(f"""
        import subprocess, sys, time
        child = subprocess.Popen([sys.executable, "-m", "core.server.cli", "serve", "--port", "0", "--announce",
            "--die-with-parent", "--housekeeping-seconds", "0", "--data", {str(tmp_path)!r}], stdout=subprocess.PIPE)
        print(child.stdout.readline().decode(), flush=True)
        time.sleep(60)
    """)
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert parent.stdout is not None
    pid = json.loads(parent.stdout.readline())["pid"]
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + WAIT_S
    while not gone(pid) and time.monotonic() < deadline:
        os.sched_yield()
    assert gone(pid)


def test_a_port_that_is_taken_is_said_plainly(server: ServerProcess, tmp_path: Path) -> None:
    port = server.url.rsplit(":", 1)[1]
    assert main(["init", "--data", str(tmp_path)]) == 0
    done = subprocess.run(
        [sys.executable, "-m", "core.server.cli", "serve", "--port", port, "--data", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=WAIT_S, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "无法监听" in done.stderr
    assert "Traceback" not in done.stderr
