"""The real server process, asked over HTTP."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import zstandard
from http_kit import Desk, problem, served
from server_kit import agent, batch, number_of, saved, stored

from core.server.db import audit
from core.server.organisation import settings as organisation
from core.wire.pull import BAD_CURSOR
from tests.server_process import ServerProcess


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    yield from served(tmp_path_factory.mktemp("server"))


@pytest.fixture(scope="module")
def one(server: ServerProcess) -> Desk:
    return Desk(server, "1")


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
