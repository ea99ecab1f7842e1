"""The planner's morning: a rule built without code, a campaign of it with some held out, an earlier effect."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit

from core.domain.campaign import CampaignState
from core.domain.people import Role
from core.wire.campaign_effect import Verdict
from desktop.campaigning.campaigns import CampaignsPart
from desktop.campaigning.effect import EffectPart
from desktop.campaigning.page import CampaigningPage
from desktop.campaigning.rules import RulesPart
from desktop.keys.planning import CONDUCTING, PLANNING, RULING, Conduct, Plan, Ruling
from desktop.shell.pages import CAMPAIGNS
from desktop.tour.day import Day
from desktop.tour.hand import Key
from desktop.tour.lead import lead_leaves, lead_program, leads_window, signed_in, turn_to
from desktop.tour.report import Seen
from desktop.tour.waiting import NotSeen, expect, until

PLANNER = "9001"
NAME, WHY = "入网两年内、余额快用完", "月末前先提醒新客户"
CONDITIONS = (("zwsc", "24"), ("jye", "30"))
"""what is typed to find the factor, and its bound: months on net, yuan"""
CAMPAIGN = "新客户余额关怀"
SCENARIO = "low-balance"
PATIENCE_S = 60.0


def rule_built(day: Day) -> Seen:
    """Two factors found by initials, a bound each, and how many customers that makes."""
    lead_leaves(day)
    program = day.lead = lead_program(day, "planner")
    try:
        main = signed_in(day, program, PLANNER)
        part = _rules(turn_to(day, main, CAMPAIGNS, Role.PLANNER))
        p = part.presenter
        until(lambda: bool(p.rows) and bool(p.counts), "the rules are counted", within_s=PATIENCE_S)
        _strike(day, RULING[Ruling.NEW][0])
        day.hand.type(NAME)
        at = list(part.form.scenarios).index(SCENARIO)
        part.form.scenario.setCurrentIndex(at)
        part.form.scenario.activated.emit(at)
        for asked, bound in CONDITIONS:
            _strike(day, RULING[Ruling.FACTOR][0])
            day.hand.type(asked)
            day.hand.key(Key.Key_Return)
            field = part.conditions.fields[part.presenter.tree.parts[-1]]  # type: ignore[index]  # a comparison
            expect(isinstance(field, QLineEdit), "the bound is typed")
            until(field.hasFocus, "the bound has the keyboard")
            day.hand.type(bound)
        until(lambda: part.presenter.overlapping is not None, "the rule is counted", within_s=PATIENCE_S)
    except NotSeen:
        lead_leaves(day)
        raise
    found, more = part.presenter.preview, part.presenter.overlapping
    assert found is not None
    assert more is not None
    expect(found.matched > 0, "the rule finds nobody")
    customers, overlaps = found.snapshot.customers, len(more.overlaps)
    return {"matched": found.matched, "of": customers, "ms": found.took_ms, "overlaps": overlaps}


def rule_used(day: Day) -> Seen:
    """Saved with a word on why, and in use."""
    part = _rules(leads_window(day).stack.page(CAMPAIGNS))
    day.hand.fill(part.note, WHY)
    _strike(day, RULING[Ruling.PUBLISH][0])
    p = part.presenter
    until(lambda: p.history is not None and not p.dirty, "the rule is kept", within_s=PATIENCE_S)
    _strike(day, RULING[Ruling.SIDE][0])
    until(lambda: part.history.chosen is not None and part.history.chosen.note == WHY, "the history says why")
    rule = part.presenter.rule
    assert rule is not None
    return {"rule": rule.id, "version": rule.version}


def campaign_started(day: Day) -> Seen:
    """Whom, about what, a fifth held out: looked at, then started by a key."""
    page = leads_window(day).stack.page(CAMPAIGNS)
    rule = _rules(page).presenter.rule
    assert rule is not None
    _strike(day, PLANNING[Plan.PART][0])
    part = _campaigns(page)
    p = part.presenter
    until(lambda: any(one.rule.id == rule.id for one in p.rules), "the rule can be chosen", within_s=PATIENCE_S)
    _strike(day, CONDUCTING[Conduct.NEW][0])
    day.hand.type(CAMPAIGN)
    part.form.rules.choose(rule.id)
    day.hand.fill(part.form.fields["control"], "20")
    until(lambda: p.preview is not None and part.start.isEnabled(), "the draft is counted", within_s=PATIENCE_S)
    preview = p.preview
    assert preview is not None
    expect(preview.members.control > 0, "nobody is held out")
    _strike(day, CONDUCTING[Conduct.START][0])
    until(lambda: p.state is CampaignState.RUNNING and not p.counting, "the campaign runs", within_s=PATIENCE_S)
    assert p.told is not None
    of = p.told.members
    return {"chosen": of.chosen, "control": of.control, "dispatched": of.dispatched, "ready": of.ready}


def effect_shown(day: Day) -> Seen:
    """What an earlier campaign changed, beside those whom chance held out."""
    page = leads_window(day).stack.page(CAMPAIGNS)
    _strike(day, PLANNING[Plan.PART][0])
    part = page.part
    assert isinstance(part, EffectPart)
    until(lambda: part.effect is not None, "the effect is told", within_s=PATIENCE_S)
    effect = part.effect
    assert effect is not None
    expect(effect.control > 0, "there is no control group")
    expect(effect.verdict is Verdict.HELPED, f"the verdict is {effect.verdict}")
    said = day.say(effect.words)
    return {"campaign": effect.campaign_id, "treated": effect.treated, "control": effect.control, "said": said}


def _rules(page: CampaigningPage) -> RulesPart:
    part = page.part
    assert isinstance(part, RulesPart)
    return part


def _campaigns(page: CampaigningPage) -> CampaignsPart:
    part = page.part
    assert isinstance(part, CampaignsPart)
    return part


def _strike(day: Day, name: str) -> None:
    combination = QKeySequence(name)[0]  # type: ignore[index]  # it is one; the stubs do not say so
    day.hand.key(combination.key(), combination.keyboardModifiers())
