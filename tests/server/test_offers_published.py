"""Plans and the rules of offers are content like any other: published whole or not at all, told apart, brought back."""

import shutil
from pathlib import Path

import pytest
from server_kit import read_page

from core.content import folder
from core.content.decode_offers import decode_catalogue, decode_eligibility, decode_recommendation
from core.content.offer_rules import eligibility_rules, recommendation_rule
from core.content.plans import catalogue
from core.domain import decoding
from core.domain.errors import ContentError
from core.domain.offer_content import ELIGIBILITY, PLANS, RECOMMENDATION
from core.domain.plan import Catalogue
from core.server.content_diff import Change
from core.server.db import publications
from core.server.db.engine import Database
from core.server.publishing import folder_differences, publish_folder, publish_shipped, roll_back
from core.server.sync.pull import pull
from core.wire.pull import ContentDocument

VERSION = "plans/broadband.yaml"
"""the file with the version of the whole catalogue"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site's own copy of the shipped content."""
    return Path(shutil.copytree(folder(), tmp_path / "content"))


def edit(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    words = file.read_text("utf-8")
    assert old in words
    file.write_text(words.replace(old, new, 1), "utf-8")


def dearer(root: Path) -> None:
    """One plan costs a yuan more, in a catalogue of another version."""
    edit(root, "plans/chat.yaml", "fee: 8 yuan", "fee: 9 yuan")
    version = catalogue().version
    edit(root, VERSION, f"version: {version}", f"version: {version + 1}")


def on_desks(database: Database, cursor: str = "") -> tuple[dict[str, ContentDocument], str]:
    """What a desk pulls of content since the cursor."""
    page = read_page(pull(database, staff_number="1", rights=frozenset(), cursor=cursor, limit=2000).body)
    found = {one.key: decoding.decode(one.body, ContentDocument) for one in page.changes if not one.deleted}
    return found, page.cursor


def plans_of(document: ContentDocument) -> Catalogue:
    return decode_catalogue(bytes(document.body))


def test_desks_get_the_plans_and_both_rules_as_they_are_in_the_files(database: Database) -> None:
    # 4G-02, OFFER-05
    publish_shipped(database)
    found, _ = on_desks(database)
    assert plans_of(found["plans/plans"]) == catalogue()
    assert decode_eligibility(bytes(found["eligibility/eligibility"].body)) == eligibility_rules()
    assert decode_recommendation(bytes(found["recommendation/recommendation"].body)) == recommendation_rule()


def test_a_changed_fee_is_told_by_the_plan_and_comes_alone(sqlite: Database, root: Path) -> None:
    publish_shipped(sqlite)
    _, cursor = on_desks(sqlite)
    dearer(root)
    (told,) = folder_differences(sqlite, root)
    assert (told.kind, told.change) == (PLANS, Change.CHANGED)
    assert len(told.lines) == 2
    assert all("fee_fen" in line for line in told.lines)
    done = publish_folder(sqlite, root, by="x")
    assert done is not None
    pulled, cursor = on_desks(sqlite, cursor)
    assert list(pulled) == ["plans/plans"]
    assert plans_of(pulled["plans/plans"]) != catalogue()
    roll_back(sqlite, 1, by="x")
    back, _ = on_desks(sqlite, cursor)
    assert plans_of(back["plans/plans"]) == catalogue()


BROKEN = [
    ("plans/chat.yaml", "fee: 8 yuan", "fee: -8 yuan", "below zero"),
    ("plans/chat.yaml", "fee: 8 yuan", "fee: 8 GB", "no amount of money"),
    ("rules/eligibility.yaml", "until: contract_ends_on", "until: contract_end", "no fact that holds a day"),
    ("rules/eligibility.yaml", "field: target_withdrawn,", "field: target_withdraw,", "target_withdraw"),
    (
        "rules/eligibility.yaml",
        "target_withdrawn, eq: true",
        "target_withdrawn, eq: 3",
        "`target_withdrawn` is true or false, never `3`",
    ),
    (
        "rules/eligibility.yaml",
        "target_tier_up, eq: false",
        "target_tier_up, eq: nein",
        "`target_tier_up` is true or false, never `nein`",
    ),
    (
        "rules/eligibility.yaml",
        "target_generation, eq: 4",
        "target_generation, eq: '4'",
        "`target_generation` is a number, never `4`",
    ),
    ("rules/eligibility.yaml", "arrears_fen, gt: 0", "target_withdrawn_on, gt: 0", "so `gt` never holds"),
    ("rules/offering.yaml", "offer_sells, eq: true", "offer_sells, ne: 1", "never `1`"),
    ("shelf/postpaid.yaml", "field: prepaid, eq: false", "field: prepaid, eq: postpaid", "never `postpaid`"),
    ("rules/recommendation.yaml", "mean: 50", "mean: 60", "make 100"),
]


@pytest.mark.parametrize(("path", "right", "wrong", "reason"), BROKEN)
def test_a_mistake_in_a_plan_or_rule_refuses_the_whole_publication(
    sqlite: Database, root: Path, path: str, right: str, wrong: str, reason: str
) -> None:
    publish_shipped(sqlite)
    _, cursor = on_desks(sqlite)
    dearer(root)
    if wrong.startswith("fee"):
        right = right.replace("8", "9")
    line = (root / path).read_text("utf-8").partition(right)[0].count("\n") + 1
    edit(root, path, right, wrong)
    with pytest.raises(ContentError) as refused:
        publish_folder(sqlite, root, by="x")
    assert refused.value.file == str(root / path)
    assert abs(refused.value.line - line) <= 5, "a rule is named by its first line"
    assert reason in refused.value.reason
    assert on_desks(sqlite, cursor)[0] == {}
    with sqlite.read() as unit:
        assert [one.number for one in publications.all_of_them(unit)] == [1]


def test_other_plans_under_the_same_version_are_refused_where_the_version_stands(sqlite: Database, root: Path) -> None:
    publish_shipped(sqlite)
    edit(root, "plans/chat.yaml", "fee: 8 yuan", "fee: 9 yuan")
    with pytest.raises(ContentError) as refused:
        publish_folder(sqlite, root, by="x")
    assert refused.value.file.endswith(VERSION)
    assert "raise `version`" in refused.value.reason
    lines = Path(refused.value.file).read_text("utf-8").splitlines()
    assert lines[refused.value.line - 1] == f"version: {catalogue().version}"


def test_each_kind_is_counted_by_its_own_name(sqlite: Database) -> None:
    publish_shipped(sqlite)
    with sqlite.read() as unit:
        kinds = [one.kind for one in publications.pieces(unit, 1)]
    assert [kinds.count(kind) for kind in (PLANS, ELIGIBILITY, RECOMMENDATION)] == [1, 1, 1]
