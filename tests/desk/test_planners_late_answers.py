"""Answers of the server that come late to planners and leads: by then another rule, class or customer is in hand."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from msgspec import structs
from presenter_kit import HandLane
from pytestqt.qtbot import QtBot
from store_kit import NOW, a_document

from core.desk.caring import care_classes
from core.desk.desk import Desk
from core.desk.rule_draft import empty_rule
from core.desk.script_walk import Walker
from core.domain.campaign import CampaignState
from core.domain.care_class import CareChannel
from core.domain.condition import Condition
from core.domain.enabling import Switch
from core.domain.errors import Refused, ServerUnreachable
from core.domain.indicator import IndicatorType
from core.domain.task import TaskType
from core.domain.text import Lang, Text
from core.domain.warning_rule import WarningRule
from core.sync.ask import Ask
from core.wire.campaigns import AudienceTold, CampaignTold
from core.wire.care import CareArea, CareAreas, CareBegun
from core.wire.screening import FactorRow, RuleHistory, RuleRow, Rules, RuleStanding, SavedRule
from core.wire.task_types import TaskTypes
from desktop.campaigning.campaigns_presenter import CampaignsPresenter
from desktop.campaigning.rules_presenter import RulesPresenter
from desktop.campaigning.task_types_presenter import TaskTypesPresenter
from desktop.keys.leading import Judge
from desktop.planning import scripts_presenter
from desktop.planning.care_begin import CareBegin
from desktop.planning.care_begin_presenter import CareBeginning, Stage
from desktop.planning.scripts_presenter import ScriptsPresenter
from desktop.tips import presenter as tips_presenter
from desktop.tips.presenter import TipsPresenter
from desktop.tongue import Tongue

EMPTY = Text("", "")
BALANCE = FactorRow(
    name="balance", label=Text("余额", "Balance"), initials="ye", group=Text("账务", "Account"), kind=IndicatorType.FEN
)


def raising(error: Exception) -> None:
    raise error


def unreachable() -> ServerUnreachable:
    return ServerUnreachable(title=EMPTY, message=EMPTY, next_step=EMPTY)


# Rules


def a_rule(rule_id: str, **changes: Any) -> WarningRule:
    values = {"name": Text(rule_id, rule_id), "when": Condition(field="balance", lt=1250)} | changes
    return structs.replace(empty_rule(rule_id, "4g-upgrade"), **values)


class RuleServer:
    """Takes every rule as its second version."""

    def __init__(self, *rules: WarningRule) -> None:
        self._rows = tuple(RuleRow(rule=one, asks=EMPTY, standing=RuleStanding.OWN, newest=1) for one in rules)

    def save(self, _: object) -> SavedRule:
        return SavedRule(version=2, published=False)

    def use(self, _rule_id: str, _: object) -> SavedRule:
        return SavedRule(version=1, published=True)

    def rules(self) -> Rules:
        return Rules(rules=self._rows)

    def history(self, rule_id: str) -> RuleHistory:
        raise unreachable()

    def counts(self) -> dict[str, int]:
        return {}


@pytest.fixture
def lane() -> HandLane:
    return HandLane()


@pytest.fixture
def rules(desk: Desk, lane: HandLane, monkeypatch: pytest.MonkeyPatch) -> RulesPresenter:
    """Two rules, the first of them in hand."""
    server = RuleServer(a_rule("one"), a_rule("two"))
    made = RulesPresenter(
        desk, Ask.__new__(Ask), lane=lane, changed=lambda: None, counted=lambda: None, show_error=raising,
        saved=lambda _: None,
    )  # fmt: skip
    monkeypatch.setattr(made, "_ask", server)
    made.factors, made.rows = {"balance": BALANCE}, server.rules().rules
    made.open("one")
    lane.run()
    return made


def test_a_rule_that_was_saved_is_not_taken_for_the_one_opened_since(rules: RulesPresenter, lane: HandLane) -> None:
    # ID-08
    rules.save("", publish=False)
    rules.open("two")
    rules.edit(name=Text("余额更低", "Lower"))
    lane.run()
    assert rules.rule is not None
    assert (rules.rule.id, rules.after, rules.dirty) == ("two", 1, True)


def test_what_is_typed_while_a_rule_is_being_saved_is_not_saved_yet(rules: RulesPresenter, lane: HandLane) -> None:
    rules.save("", publish=False)
    rules.edit(name=Text("余额更低", "Lower"))
    lane.run()
    assert (rules.after, rules.dirty) == (2, True)
    rules.save("", publish=False)
    lane.run()
    assert not rules.dirty


def test_a_version_put_to_use_lets_nothing_go_that_was_typed_in_another_rule(
    rules: RulesPresenter, lane: HandLane
) -> None:
    rules.use(1, "")
    rules.open("two")
    rules.edit(name=Text("余额更低", "Lower"))
    lane.run()
    assert rules.rule is not None
    assert (rules.rule.name.en, rules.dirty) == ("Lower", True)


# Campaigns


def a_campaign(campaign_id: str) -> CampaignTold:
    return CampaignTold(
        id=campaign_id, name=EMPTY, audience=AudienceTold(), scenario="4g-upgrade", owner="9001",
        starts_on=NOW.date(), ends_on=NOW.date(), created_at=NOW, seed="00", state=CampaignState.PAUSED, changed_at=NOW,
    )  # fmt: skip


def test_a_campaign_that_could_not_be_moved_says_so_under_no_other(
    desk: Desk, lane: HandLane, monkeypatch: pytest.MonkeyPatch
) -> None:
    # TASK-02
    errors: list[Exception] = []
    made = CampaignsPresenter(
        desk, Ask.__new__(Ask), lane=lane, store_lane=lane, changed=lambda: None, counted=lambda: None,
        show_error=errors.append, moved=lambda _: None,
    )  # fmt: skip
    refused = Refused(code="dry", title=EMPTY, message=Text("没有人可打", "Nobody to call"), next_step=EMPTY)
    monkeypatch.setattr(made, "_ask", SimpleNamespace(move=lambda _id, _asked: raising(refused)))
    made.rows = (a_campaign("winter"), a_campaign("spring"))
    made.open("winter")
    made.move(CampaignState.RUNNING)
    made.open("spring")
    lane.run()
    assert made.trouble is None
    assert errors == [refused], "it is told all the same"


# Types of task


def test_switches_read_before_one_was_turned_do_not_turn_it_back(
    lane: HandLane, monkeypatch: pytest.MonkeyPatch
) -> None:
    # TASK-17
    made = TaskTypesPresenter(
        Ask.__new__(Ask), lane=lane, changed=lambda: None, show_error=raising, say=lambda _text, _tone: None
    )
    off = TaskTypes(switches=(Switch(type=TaskType.SATISFACTION_SURVEY, on=False),))

    class Server:
        def task_types(self) -> TaskTypes:
            return TaskTypes()

        def turn_type(self, _: object) -> TaskTypes:
            return off

    monkeypatch.setattr(made, "_ask", Server())
    made.load()
    lane.run()
    made.load()
    late = lane.work()
    row = next(one for one in made.rows if one.type is TaskType.SATISFACTION_SURVEY)
    made.turn(row)
    lane.run()
    late()
    assert made.found == off


# Care


class CareServer:
    def __init__(self) -> None:
        self.away = False

    def areas(self) -> CareAreas:
        raise unreachable()

    def begin(self, _code: str, _: object) -> CareBegun:
        if self.away:
            raise unreachable()
        return CareBegun(texted=3)


@pytest.fixture
def care() -> CareServer:
    return CareServer()


@pytest.fixture
def beginning(care: CareServer, lane: HandLane) -> CareBeginning:
    return CareBeginning(care, lane=lane, changed=lambda: None, show_error=raising)  # type: ignore[arg-type]


def test_a_count_that_failed_says_nothing_of_the_one_that_followed(
    beginning: CareBeginning, care: CareServer, lane: HandLane
) -> None:
    # CARE-24
    area = CareArea(area="南浦区", customers=3)
    care.away = True
    beginning.look("birthday", area, (CareChannel.SMS,))
    late = lane.work()
    beginning.reset()
    care.away = False
    beginning.look("festival", area, (CareChannel.SMS,))
    late()
    assert beginning.stage is Stage.LOOKING
    lane.run()
    assert (beginning.stage, beginning.tally.texted) == (Stage.LOOKED, 3)


def test_areas_that_cannot_be_read_stop_nothing_that_was_begun(beginning: CareBeginning, lane: HandLane) -> None:
    beginning.load()
    late = lane.work()
    beginning.look("birthday", CareArea(area="南浦区", customers=3), (CareChannel.SMS,))
    late()
    assert beginning.stage is Stage.LOOKING
    lane.run()
    beginning.load()
    lane.run()
    assert beginning.stage is Stage.LOOKED


def test_the_place_that_was_counted_stays_chosen_in_another_language(
    desk: Desk, lane: HandLane, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # CARE-24: what is begun is begun for the place that is seen
    server, tongue = CareServer(), Tongue(Lang.ZH)
    areas = CareAreas(areas=(CareArea(area="东岭区", customers=3), CareArea(area="南浦区", customers=5)))
    monkeypatch.setattr(server, "areas", lambda: areas)
    classes = care_classes(desk)
    assert classes is not None
    card = CareBegin(
        server,
        tongue,
        lane=lane,
        show_error=raising,
        named=lambda name: Text(name, f"{name} district"),  # type: ignore[arg-type]
    )
    qtbot.addWidget(card)
    card.show_class(next(one for one in classes.classes if CareChannel.SMS in one.channels))
    lane.run()
    card.where.setCurrentIndex(1)
    card.show()
    card.look()
    lane.run()
    assert card.presenter.may_begin
    tongue.set_lang(Lang.EN)
    card.retranslate()
    assert "南浦区 district" in card.where.currentText()


# Tips


def test_a_tip_that_was_decided_while_the_list_was_read_does_not_come_back(
    desk: Desk, lane: HandLane, monkeypatch: pytest.MonkeyPatch
) -> None:
    tip: Any = SimpleNamespace(judged=SimpleNamespace(tip=SimpleNamespace(id=uuid4())))
    monkeypatch.setattr(tips_presenter, "waiting_tips", lambda _desk, _ask: [tip])
    server: Any = SimpleNamespace(decide_tip=lambda _tip, _decision: tip.judged)
    made = TipsPresenter(
        desk, server, lane=lane, changed=lambda: None, judged=lambda _how, _tip: None, show_error=raising
    )
    made.load()
    lane.run()
    made.load()
    late = lane.work()
    assert made.judge(tip, Judge.APPROVE, "")
    lane.run()
    late()
    assert made.tips == []


# Scripts


def test_a_script_is_walked_with_the_customer_who_is_named_above_it(
    desk: Desk, lane: HandLane, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SCRIPT-01
    people = {text: [Walker(name=text, document=a_document(at))] for at, text in enumerate(("吴静", "苏梅"), start=1)}
    monkeypatch.setattr(scripts_presenter, "walkers", lambda _desk, _ask, text: people[text])
    monkeypatch.setattr(scripts_presenter, "facts_for", lambda _desk, _plans, document: {"who": document.id})
    made = ScriptsPresenter(
        desk, Ask.__new__(Ask), lane=lane, store_lane=lane, lang=lambda: Lang.ZH, changed=lambda: None,
        walked=lambda: None, show_error=raising,
    )  # fmt: skip
    made.find_walkers("吴静")
    lane.work()()
    late = lane.work()
    made.find_walkers("苏梅")
    lane.run()
    late()
    assert [one.name for one in made.walkers] == ["苏梅"]
    assert made._facts == {"who": "C0002"}
