"""The next allowed moment is exact: as an oracle finds it that tries every moment at which anything can change."""

import random
from datetime import UTC, date, datetime

import pytest
from dial_cases import all_rules, dials_before, micros, nows, request, request_of
from dial_oracle import DAY, MINUTE, Rules
from hypothesis import given, settings
from hypothesis import strategies as st

from core.compliance import CallForbidden, ask
from core.compliance.verdict import judge
from core.domain.calendar import Window


# TASK-16
@settings(max_examples=400, deadline=None)
@given(st.data())
def test_the_answer_and_the_next_moment_are_the_oracles(data: st.DataObject) -> None:
    rules, now = data.draw(all_rules), data.draw(nows)
    dials = data.draw(dials_before(now))
    wished = request_of(rules, now, dials)
    first = rules.first_legal(now, dials)
    if first == now:
        assert ask(wished).at == wished.now
        return
    with pytest.raises(CallForbidden) as caught:
        ask(wished)
    found = caught.value.next_allowed
    if first is not None:
        assert found is not None
        assert micros(found) == first
    else:
        assert found is None or micros(found) > now + 40 * DAY


def _claims(count: int, seed: int) -> list[tuple[Rules, int, list[int], bool]]:
    """Claims over a fortnight, thick around midnight, openings and cap edges, in eight zones; some opted out."""
    rng = random.Random(seed)
    start = micros(datetime(2026, 9, 24, tzinfo=UTC))
    worlds = [
        Rules(offset_min=offset, rest_spans=[(600, 1080)], quiet_spans=quiet, days=_golden_week())
        for offset in (-720, -210, 0, 330, 345, 480, 600, 840)
        for quiet in ([], [(720, 840)])
    ]
    out = []
    for _ in range(count):
        rules = rng.choice(worlds)
        edge = rng.choice([0, 540, 600, 720, 840, 1080, 1200])
        near = rng.choice([rng.randint(-2, 2), rng.randint(-MINUTE, MINUTE), rng.randint(-600 * MINUTE, 600 * MINUTE)])
        now = start + rng.randrange(18) * DAY + (edge - rules.offset_min) * MINUTE + near
        span = rng.choice([DAY, 30 * DAY])
        dials = [now - span + rng.choice([-1, 0, 1, rng.randrange(span)]) for _ in range(rng.randrange(12))]
        out.append((rules, now, dials, rng.random() < 0.05))
    return out


def _golden_week() -> dict:
    return {
        **{date(2026, 10, day): ("rest", None) for day in range(1, 8)},
        date(2026, 10, 1): ("rest", []),
        date(2026, 9, 27): ("work", None),
    }


def _illegal_permits(claims: list[tuple[Rules, int, list[int], bool]], allowed: object) -> int:
    return sum(
        allowed(rules, now, dials, out) and (out or not rules.legal(now, dials))  # type: ignore[operator]
        for rules, now, dials, out in claims
    )


def _by_the_product(rules: Rules, now: int, dials: list[int], opted_out: bool) -> bool:
    return judge(request_of(rules, now, dials, opted_out=opted_out)).barrier is None


def _by_the_hour_alone(rules: Rules, now: int, dials: list[int], opted_out: bool) -> bool:
    """The naive way: China's hours for everyone, and today's calls counted from midnight."""
    local = now + 480 * MINUTE
    today = sum(d + 480 * MINUTE >= local // DAY * DAY for d in dials)
    return 540 <= local % DAY // MINUTE < 1200 and today < 3 and not opted_out


# TASK-16, OUTCOME-11
def test_no_claim_is_permitted_against_hours_caps_or_a_refusal() -> None:
    claims = _claims(4_000, seed=16)
    assert _illegal_permits(claims, _by_the_product) == 0
    permitted = sum(_by_the_product(*claim) for claim in claims)
    lawful = sum(not out and rules.legal(now, dials) for rules, now, dials, out in claims)
    assert permitted == lawful > 200
    assert _illegal_permits(claims, _by_the_hour_alone) > 200  # the control: this harness notices


@pytest.mark.slow
def test_no_claim_of_a_million_is_permitted_against_the_rules() -> None:
    for seed in range(100):
        claims = _claims(10_000, seed=seed)
        assert _illegal_permits(claims, _by_the_product) == 0


# TASK-16
def test_a_customers_own_quiet_moments_are_left_in_peace() -> None:
    with pytest.raises(CallForbidden) as caught:
        ask(request("2026-11-23 10:00", quiet=(Window(9 * 60, 15 * 60 + 30),)))
    assert caught.value.next_allowed == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
