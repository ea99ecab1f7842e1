"""A campaign while it is written: whatever its file may say stands in the fields, and is read back from them."""

from datetime import date
from pathlib import Path

import pytest

from core.desk.campaign_draft import CampaignDraft, Unread, draft_of, new_draft, read_draft
from core.domain.campaign import Audience, CampaignTerms
from core.domain.text import Text
from core.server.campaigns.terms_file import read_terms

EVERYTHING = """\
id: spring-1
name: {zh: 春季关怀, en: Spring care}
trigger: daily
audience:
  rules: [low-balance-on-net, broadband-balance-under-200]
  model: m-20261101
  at_least: 0.35
  list_id: l-1
  more_list_id: l-2
  areas: [江北区, North District]
  grids: [G-01]
  values: [high, mid]
  tiers: [diamond]
scenario: low-balance
offers: [free-data, ring-back]
routes: [representative_call, sms]
quota: 4000
a_day: 300
control_percent: 12.5
strata: [tier, grid]
starts_on: 2026-12-01
ends_on: 2026-12-31
priority: 2
forecast: {reached_percent: 55.5, agreed_percent: 20, effect_points: 3.25}
target_agreed: 400
"""


# ID-03, ID-07, TASK-04, TASK-07, EVAL-08
def test_all_that_a_campaigns_file_may_say_can_be_said_in_the_fields(tmp_path: Path) -> None:
    file = tmp_path / "spring.yaml"
    file.write_text(EVERYTHING, "utf-8")
    terms = read_terms(file)
    usual = CampaignTerms(
        id="", name=Text("", ""), audience=Audience(), scenario="", starts_on=date.min, ends_on=date.min
    )
    for name in (*CampaignTerms.__struct_fields__, *Audience.__struct_fields__):
        said, default = (terms, usual) if name in CampaignTerms.__struct_fields__ else (terms.audience, usual.audience)
        assert getattr(said, name) != getattr(default, name), f"{name} is said in the file"
    draft = draft_of(terms)
    assert read_draft(draft) == terms
    assert set(draft.unusual) == {
        "trigger", "priority", "at_least", "more_list_id", "areas", "grids", "values", "tiers", "strata",
    }  # fmt: skip


def a_draft(**said: object) -> CampaignDraft:
    draft = new_draft("c-1", date(2026, 11, 23))
    draft.name, draft.rules, draft.scenario = "关怀", ["low-balance-on-net"], "low-balance"
    for name, value in said.items():
        setattr(draft, name, value)
    return draft


def test_a_new_draft_has_nothing_unusual_and_says_what_it_lacks() -> None:
    draft = new_draft("c-1", date(2026, 11, 23))
    assert draft.unusual == ()
    assert read_draft(draft) == Unread(missing=("name", "whom", "scenario"), wrong=())
    assert isinstance(read_draft(a_draft()), CampaignTerms)


@pytest.mark.parametrize("name", ["quota", "a_day", "target", "control", "starts", "reached", "points", "at_least"])
@pytest.mark.parametrize("typed", ["viele", "nan", "1,5"])
def test_what_cannot_be_read_is_named_by_its_field(name: str, typed: str) -> None:
    assert read_draft(a_draft(**{name: typed})) == Unread(missing=(), wrong=(name,))


def test_places_are_told_apart_by_any_comma_and_keep_their_spaces() -> None:
    terms = read_draft(a_draft(areas="江北区、North District，江北区 ; "))
    assert isinstance(terms, CampaignTerms)
    assert terms.audience.areas == ("江北区", "North District")
