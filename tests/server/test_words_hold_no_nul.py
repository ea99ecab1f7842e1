"""No text of a request may hold a NUL, which PostgreSQL cannot keep: one place refuses it, whatever is asked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from inside_kit import Inside, inside
from server_kit import add_agent, agent, batch, given, saved

from core.domain.people import Agent, Right
from core.server.db.engine import Database

TERMS: dict[str, Any] = {
    "id": "spring", "name": {"zh": "春", "en": "Spring"}, "audience": {}, "scenario": "4g-upgrade",
    "starts_on": "2026-11-23", "ends_on": "2026-11-24",
}  # fmt: skip
ROW = {"customer_id": "C1", "number": "10000000001"}
NUL = "a\0b"
ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/v1/campaign-list-files/looked", {"json": {"file_name": NUL, "body": ""}}),
    ("POST", "/v1/campaigns", {"json": TERMS | {"audience": {"list_id": NUL}}}),
    ("POST", "/v1/campaigns", {"json": TERMS | {"audience": {"areas": [NUL]}}}),
    ("PUT", "/v1/campaigns/spring", {"json": TERMS | {"more_list_id": NUL}}),
    ("PUT", "/v1/campaign-lists/few", {"json": {"name": "few", "rows": [ROW | {"customer_id": NUL}]}}),
    ("PUT", "/v1/campaign-lists/few", {"json": {"name": "few", "rows": [ROW, ROW | {"number": NUL}]}}),
    ("POST", "/v1/session", {"json": {"staff_number": NUL, "password": "x"}}),
    ("POST", "/v1/customers/search", {"json": {NUL: "x", "text": "wwj"}}),
    ("GET", "/v1/customers/a%00b", {}),
    ("GET", "/v1/tickets/%00", {}),
    ("DELETE", "/v1/slots/00000000-0000-4000-8000-000000000000", {"json": {"slot": NUL}}),
    ("GET", "/v1/stores?area=%00", {}),
    ("GET", "/v1/base?after=a&after=%00", {}),
]


@pytest.fixture
def anyone(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    """With every right, so that nothing but the words is refused."""
    monkeypatch.setattr(Agent, "rights", property(lambda _: frozenset(Right)))
    add_agent(database, agent("9"))
    with inside(database, tmp_path, "9") as who:
        yield who


# Reliability S3
def test_a_nul_is_refused_in_plain_words_wherever_it_stands(anyone: Inside) -> None:
    answers = [anyone.ask(method, path, **options) for method, path, options in ASKED]
    assert [(one.status_code, one.json().get("detail_en")) for one in answers] == [(400, "a NUL in a text")] * len(
        ASKED
    )


# Reliability S3
def test_words_that_only_look_like_one_are_taken(anyone: Inside) -> None:
    looks = r"a\u0000b"
    assert r"\\u0000" in json.dumps(looks)
    assert anyone.ask("POST", "/v1/customers/search", json={"text": looks}).status_code == 200
    assert anyone.ask("GET", "/v1/stores?area=a%252500b").status_code != 400


# Reliability R1: one record that cannot be kept holds up none of the others
def test_of_a_push_each_record_answers_for_itself(database: Database, anyone: Inside) -> None:
    torn = saved(given(database, 1, to="9"), "9", note=NUL)
    whole = saved(given(database, 2, to="9"), "9")
    answers = anyone.ask("POST", "/v1/push", content=batch(torn, whole)).json()["answers"]
    assert answers[0]["verdict"] != answers[1]["verdict"] == "accepted"
