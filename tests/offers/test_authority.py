"""Each role grants what is its own without asking; for the rest the rules name whom to ask."""

from pathlib import Path

import pytest

from core.content import folder
from core.content.grant_rules import AUTHORITY, grant_rules, load_grant_rules
from core.domain.errors import ContentError
from core.domain.offer_kind import OFFER_KIND_NAMES, OfferKind
from core.domain.people import Role
from core.offers.authority import Grant, Limit, may_grant

RULES = grant_rules()
PLENTY = 100_000


def granting(role: Role, kind: OfferKind, cost_fen: int, left_fen: int = PLENTY) -> Grant:
    return may_grant(RULES, role, kind, cost_fen, left_fen)


def test_a_specialist_grants_more_than_a_representative_without_asking() -> None:
    # VIP-07
    assert granting(Role.VIP_SPECIALIST, OfferKind.DISCOUNT, 24_000).granted
    refused = granting(Role.OUTBOUND_REPRESENTATIVE, OfferKind.DISCOUNT, 24_000)
    assert (refused.limit, refused.needs, refused.most_fen) == (Limit.KIND, Role.TEAM_LEAD, 0)


def test_an_amount_beyond_ones_own_names_the_first_who_may() -> None:
    # VIP-07
    limit_fen = granting(Role.OUTBOUND_REPRESENTATIVE, OfferKind.TOP_UP, 0).most_fen
    assert granting(Role.OUTBOUND_REPRESENTATIVE, OfferKind.TOP_UP, limit_fen).granted
    refused = granting(Role.OUTBOUND_REPRESENTATIVE, OfferKind.TOP_UP, limit_fen + 1)
    assert (refused.limit, refused.needs) == (Limit.AMOUNT, Role.TEAM_LEAD)


def test_what_the_budget_does_not_hold_is_the_leads_alone() -> None:
    # VIP-07
    refused = granting(Role.VIP_SPECIALIST, OfferKind.TOP_UP, 2_000, 1_999)
    assert (refused.limit, refused.needs) == (Limit.BUDGET, Role.TEAM_LEAD)
    assert granting(Role.TEAM_LEAD, OfferKind.TOP_UP, 2_000, -500).granted
    assert granting(Role.OUTBOUND_REPRESENTATIVE, OfferKind.PAY_LATER, 0, -500).granted


def test_beyond_everybodys_limit_nobody_is_named_and_who_has_no_row_grants_nothing() -> None:
    nobody = granting(Role.VIP_SPECIALIST, OfferKind.DISCOUNT, 10_000_000)
    assert (nobody.limit, nobody.needs) == (Limit.AMOUNT, None)
    assert granting(Role.PLANNER, OfferKind.POINTS, 0).limit is Limit.KIND


def test_a_lead_may_grant_every_kind_there_is_and_each_kind_has_a_name() -> None:
    assert all(granting(Role.TEAM_LEAD, kind, 0).granted for kind in OfferKind)
    assert set(OFFER_KIND_NAMES) == set(OfferKind)


MISTAKES = [
    ("most: 60 yuan", "most: -60 yuan", "below zero"),
    ("most: 60 yuan", "most: 60 GB", "no amount of money"),
    ("most: 60 yuan", "most: 10 yuan", "stands before"),
    ("role: vip_specialist", "role: team_lead", "twice"),
    ("role: vip_specialist", "role: king", "Invalid enum value"),
    ("kinds: [points, value_added,", "kinds: [points, points,", "twice"),
    ("beyond_budget", "over_budget", "unknown key"),
    ("kinds: [home_service]\n", "kinds: [home_service, discount]\n", "twice"),
    (
        "kinds: [handset, gift, reinstall_card]",
        "kinds: [handset, gift]",
        "carries out what is granted of reinstall_card",
    ),
    ("      - do: work_order\n", "      - do: carry\n", "Invalid enum value"),
    ("        after: 2 days\n", "        after: 2 yuan\n", "days"),
    ("        after: 2 days\n", "", "after how many days"),
    ("        department: back_office\n", "", "names its `department`"),
    ("  - kinds: [discount]\n    order: true\n", "  - kinds: [discount]\n", "nothing carries it out"),
]


@pytest.mark.parametrize(("right", "wrong", "reason"), MISTAKES)
def test_a_mistake_in_the_rules_is_refused_with_file_line_and_reason(
    tmp_path: Path, right: str, wrong: str, reason: str
) -> None:
    words = (folder() / AUTHORITY).read_text("utf-8")
    assert right in words
    path = tmp_path / "authority.yaml"
    path.write_text(words.replace(right, wrong, 1), "utf-8")
    with pytest.raises(ContentError) as refused:
        load_grant_rules(path)
    assert refused.value.file == str(path)
    assert refused.value.line > 1
    assert reason in refused.value.reason
