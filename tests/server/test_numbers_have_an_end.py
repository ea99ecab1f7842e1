"""Texts that read as NaN or infinity are taken for numbers by a lenient reader: none gets to where JSON has no word
for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from inside_kit import Inside, inside
from server_kit import add_agent, agent

from core.domain.people import Agent, Right
from core.server.db.engine import Database

RULE: dict[str, Any] = {
    "id": "silent", "version": 1, "name": {"zh": "沉默", "en": "Silent"}, "code": "silent",
    "population": "churn_inclined", "scenario": "4g-upgrade", "when": {"field": "tenure", "ge": 2},
    "missing": {"rest": "left_out"}, "reason": {"zh": "在网久", "en": "Long on net"},
}  # fmt: skip
ENDLESS = ("NaN", "Infinity", "-Infinity", "1e400", 2**70)
"""the last as a plain number"""


@pytest.fixture
def anyone(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    """With every right, so that nothing but the number is refused."""
    monkeypatch.setattr(Agent, "rights", property(lambda _: frozenset(Right)))
    add_agent(database, agent("9"))
    with inside(database, tmp_path, "9") as who:
        yield who


def test_a_number_without_end_is_a_bad_request_wherever_it_stands(anyone: Inside) -> None:
    # Reliability S3, ID-01, ID-06
    answers = {
        (path, number): anyone.ask(method, path, json=body).status_code
        for number in ENDLESS
        for method, path, body in _asked(number)
    }
    assert set(answers.values()) == {400}, answers


def _asked(number: object) -> list[tuple[str, str, dict[str, Any]]]:
    rows = [{"customer_id": "C1", "score": number}]
    return [
        ("POST", "/v1/screening/rules/judged", {"rule": RULE | {"most_percent": number}}),
        ("POST", "/v1/screening/preview", {"rule": RULE | {"when": {"field": "tenure", "ge": number}}}),
        ("POST", "/v1/screening/rules/saved", {"rule": RULE | {"version": number}, "after": 0, "note": "x"}),
        ("PUT", "/v1/campaign-lists/few", {"name": "few", "rows": rows}),
    ]
