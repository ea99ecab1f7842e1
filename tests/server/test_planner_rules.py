"""ID-08: what planners build is judged as what ships, counted on the newest snapshot, kept by version, and used."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from msgspec import structs
from ready_database import fill
from server_kit import StillClock, add_agent, agent, document
from sqlalchemy import delete

from core.domain import decoding
from core.domain.clock import local_day
from core.domain.condition import Condition
from core.domain.errors import InputError, Refused
from core.domain.indicator import Indicator, IndicatorType
from core.domain.people import Role
from core.domain.text import Text
from core.domain.warning_rule import Missing, Population, RuleUse, Unknown, WarningRule
from core.screening.model.published import PUBLISHED, Publication, folder_of_models
from core.screening.rule_text import written
from core.screening.snapshots.digests import digest_of
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.scored import RISK, Scored, Scores
from core.screening.snapshots.writing import CUSTOMER_ID
from core.server.db import settings
from core.server.db.engine import Database, open_engine, sqlite_url
from core.server.db.schema import indicator_catalogue
from core.server.loading import load, load_indicators
from core.server.planner import saving
from core.server.planner.answers import Answers
from core.server.planner.messages import Question
from core.server.planner.warm import Planner
from core.server.review.departures import keep_departures
from core.server.screening.running import Desk, run
from core.server.screening.taking import take
from core.wire.screening import (
    AskPreview,
    Factors,
    JudgedRule,
    JudgeRule,
    RuleHistory,
    RulePreview,
    Rules,
    RuleStanding,
    SaveRule,
    UseRule,
)

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
SILENT: dict[str, Any] = {"voice_last_month": 0, "data_last_month": 0, "sms_last_month": 0, "tenure": 30}
BUSY: dict[str, Any] = {"voice_last_month": 200, "data_last_month": 9_000, "sms_last_month": 4, "tenure": 30}
RULE = WarningRule(
    id="few-minutes",
    version=1,
    name=Text("通话很少", "Few minutes"),
    code="few_minutes",
    population=Population.CHURN_INCLINED,
    scenario="4g-upgrade",
    when=Condition(all=(Condition(field="voice_last_month", lt=100), Condition(field="tenure", ge=12))),
    missing=Missing(Unknown.LEFT_OUT),
    reason=Text("上月只打了 {voice_last_month:unit}", "only {voice_last_month:unit} last month"),
)


class AsIs(Planner):
    """The answers without a process of their own."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def ask(self, question: Question, body: bytes = b"", *, who: str) -> bytes:
        return self._answers.of(question, body)


class Room:
    """Four customers in a snapshot, and a planner before them."""

    def __init__(self, database: Database, data: Path, clock: StillClock) -> None:
        self.database, self.data, self.clock = database, data, clock
        add_agent(database, agent("9001", role=Role.PLANNER, name="高原"))
        rows = (SILENT, SILENT | {"tenure": 3}, BUSY, {"data_last_month": 5, "tenure": 40})
        load(database, [(document(at, indicators=one), None) for at, one in enumerate(rows, 1)])
        take(database, data, by="9001")
        self.answers = Answers(database, data)
        self.planner = AsIs(self.answers)

    def ask(self, question: Question, kind: Any, body: object = None) -> Any:
        given = body.encode() if isinstance(body, str) else msgspec.json.encode(body)
        return decoding.decode(self.answers.of(question, given), kind)

    def preview(self, rule: WarningRule, *, overlaps: bool = False, past: bool = False) -> RulePreview:
        asked = AskPreview(rule=rule, overlaps=overlaps, past=past)
        found: RulePreview = self.ask(Question.PREVIEW, RulePreview, asked)
        return found

    def save(self, rule: WarningRule = RULE, *, after: int = 0, publish: bool = True, note: str = "先试一试") -> int:
        asked = SaveRule(rule=rule, after=after, note=note, publish=publish)
        return saving.save(self.database, self.planner, asked, by="9001").version

    def use(self, version: int) -> None:
        saving.put_to_use(self.database, self.planner, RULE.id, UseRule(version=version, note="退回"), by="9001")

    def row(self, rule_id: str = RULE.id) -> Any:
        rules: Rules = self.ask(Question.RULES, Rules)
        return next(one for one in rules.rules if one.rule.id == rule_id)


@pytest.fixture
def room(sqlite: Database, tmp_path: Path, clock: StillClock) -> Room:
    return Room(sqlite, tmp_path / "data", clock)


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The same for tests that change nothing."""
    folder = tmp_path_factory.mktemp("rules")
    clock = StillClock()
    database = Database(open_engine(sqlite_url(folder)), clock=clock)
    fill(database.engine)
    with database.write() as unit:
        settings.prepare(unit)
    yield Room(database, folder / "data", clock)
    database.close()


def test_factors_are_found_by_label_and_initials_and_say_how_many_are_known(looked_at: Room) -> None:
    # ID-08
    found: Factors = looked_at.ask(Question.FACTORS, Factors)
    minutes = next(one for one in found.factors if one.name == "voice_last_month")
    assert len(found.factors) > 400
    assert minutes.initials
    assert minutes.unit is not None
    assert minutes.known == 3
    assert found.snapshot is not None
    assert found.snapshot.customers == 4


def test_a_rule_is_counted_before_it_is_saved_with_the_words_that_agents_will_read(looked_at: Room) -> None:
    # ID-08
    found = looked_at.preview(RULE)
    assert (found.matched, found.snapshot.customers) == (1, 4)
    assert [one.zh for one in found.examples] == ["上月只打了 0 分钟"]
    assert {one.label.zh: one.customers for one in found.unknown}.popitem()[1] in (0, 1)
    assert found.alone is None


@pytest.mark.parametrize(
    "change",
    [
        {"when": Condition(field="no_such_factor", ge=1)},
        {"when": Condition(field="tenure")},
        {"when": Condition(field="tenure", in_=(1, "a"))},
        {"when": Condition(field="tier", ge=3)},
        {"reason": Text("只打了 {", "only {")},
        {"missing": Missing(Unknown.LEFT_OUT, {"tenure": "x"})},
    ],
)
def test_what_no_engine_can_be_asked_is_refused_in_words(looked_at: Room, change: dict[str, Any]) -> None:
    # ID-08
    with pytest.raises(InputError, match="not sound yet"):
        looked_at.preview(structs.replace(RULE, **change))


def test_overlaps_say_whom_other_rules_find_too(looked_at: Room) -> None:
    # ID-08
    found = looked_at.preview(RULE, overlaps=True)
    assert "zero-usage" in {one.rule_id for one in found.overlaps}
    assert found.alone == 0


def test_a_rule_is_told_how_it_would_have_done_on_a_month_past(room: Room) -> None:
    # ID-08, EVAL-04
    assert room.preview(RULE, past=True).past == (), "nobody has said who left"
    room.clock.forward(days=40)
    day = local_day(room.clock.now)
    keep_departures(room.database, {"C1": day - timedelta(days=20)}, as_of=day, by="9001")
    (month,) = room.preview(RULE, past=True).past
    assert (month.matched, month.left, month.precision, month.recall, month.lift) == (1, 1, 100.0, 100.0, 4.0)


def test_a_snapshot_that_is_scored_later_is_counted_by_its_scores(room: Room) -> None:
    # ID-04, ID-08: and a rule that waits for them says so
    flagged = structs.replace(
        RULE,
        id="flagged",
        when=Condition(field=RISK, ge=0.6),
        reason=Text("离网风险 {churn_risk}", "risk {churn_risk}"),
    )
    assert (room.preview(flagged).matched, room.preview(flagged).held) == (0, ())
    (snapshot,), scores = Shelf(room.data).all(), Scores(room.data)
    counts = Publication(number=1, model="m1", at=room.clock.now, by="9001")
    for folder in (folder_of_models(room.data, "main"), scores.folder):
        folder.mkdir(parents=True)
    (folder_of_models(room.data, "main") / PUBLISHED).write_bytes(msgspec.json.encode([counts]))
    assert room.preview(flagged).held != ()
    path = scores.path(snapshot.id, "m1")
    pq.write_table(pa.table({CUSTOMER_ID: [f"C{at}" for at in range(1, 5)], RISK: [0.9, 0.1, 0.7, 0.2]}), path)
    scores.keep(
        Scored(
            snapshot=snapshot.id, snapshot_sha256=snapshot.sha256, model="m1", trees_sha256="", at=room.clock.now,
            rows=4, sha256=digest_of(path), size=path.stat().st_size, mean=0.5,
        )
    )  # fmt: skip
    assert room.preview(flagged).matched == 2


def test_a_rule_written_as_a_file_reads_back_the_same_and_its_mistakes_have_lines(looked_at: Room) -> None:
    # ID-08
    read: JudgedRule = looked_at.ask(Question.JUDGE, JudgedRule, JudgeRule(yaml=written(RULE)))
    assert (read.rule, read.flaws) == (RULE, ())
    wrong = written(RULE).replace("voice_last_month", "voice_last_moon")
    judged: JudgedRule = looked_at.ask(Question.JUDGE, JudgedRule, JudgeRule(yaml=wrong))
    assert judged.rule is None
    assert all(flaw.line > 1 for flaw in judged.flaws)
    assert any("voice_last_moon" in flaw.why.zh for flaw in judged.flaws)


def test_every_shipped_rule_reads_back_from_its_own_file(looked_at: Room) -> None:
    rules: Rules = looked_at.ask(Question.RULES, Rules)
    for one in rules.rules:
        read: JudgedRule = looked_at.ask(Question.JUDGE, JudgedRule, JudgeRule(yaml=written(one.rule)))
        assert read.rule == one.rule, one.rule.id


def test_a_published_rule_is_used_by_commands_and_its_history_says_who_and_why(room: Room) -> None:
    # ID-08
    assert room.save() == 1
    assert room.row().standing is RuleStanding.OWN
    assert room.row().changed_by == "高原"
    assert Desk(room.database, room.data).named([RULE.id])[0].version == 1
    narrower = structs.replace(RULE, when=Condition(field="voice_last_month", lt=10))
    assert room.save(narrower, after=1, publish=False, note="只要更少的") == 2
    assert (room.row().rule.version, room.row().newest) == (1, 2)
    room.use(2)
    assert Desk(room.database, room.data).rules[RULE.id].when == narrower.when
    room.use(1)
    history: RuleHistory = room.ask(Question.HISTORY, RuleHistory, RULE.id)
    assert [(one.rule.version, one.in_use, one.note) for one in history.versions] == [
        (2, False, "只要更少的"), (1, True, "先试一试"),
    ]  # fmt: skip
    lines = [line for one in history.versions for line in one.lines]
    assert not [one for one in lines if "{" in one.zh + one.en], "a customer's value has a name here"
    assert [(one.version, one.by) for one in history.uses] == [(1, "高原"), (2, "高原"), (1, "高原")]
    room.use(0)
    assert RULE.id not in Desk(room.database, room.data).rules
    assert room.row().standing is RuleStanding.WITHDRAWN


def test_a_rule_of_rest_that_cannot_be_asked_any_more_has_nobody_called(room: Room) -> None:
    # ID-08, ID-10: nobody would know whom to leave in peace
    group = Text("导入名单 甲", "Imported list A")
    load_indicators(
        room.database, "import:a",
        [Indicator(name="import:a:quiet", label=Text("静", "Quiet"), group=group, source=group,
                   type=IndicatorType.INTEGER)],
    )  # fmt: skip
    asked, words = Condition(field="import:a:quiet", ge=1), Text("勿扰", "Leave alone")
    room.save(structs.replace(RULE, id="quiet", use=RuleUse.REST, scenario="", when=asked, name=words, reason=words))
    with room.database.write() as unit:
        unit.conn.execute(delete(indicator_catalogue))
    desk = Desk(room.database, room.data)
    told: dict[str, Any] = {"scenario": "", "limit": 0, "confirmed": True, "by": "9001"}
    with pytest.raises(InputError, match="whom to leave in peace"):
        run(desk, desk.named(["zero-usage"]), **told)
    (waiting,) = run(desk, desk.named(["zero-usage"]), strict=False, **told)
    assert waiting.made == 0
    assert waiting.waits is not None


def test_a_shipped_rule_is_changed_beside_itself_and_comes_back(room: Room) -> None:
    shipped = room.row("zero-usage").rule
    changed = structs.replace(shipped, priority=1)
    assert room.save(changed, after=shipped.version) == shipped.version + 1
    assert Desk(room.database, room.data).rules["zero-usage"].priority == 1
    back = UseRule(version=shipped.version, note="还是原来的好")
    saving.put_to_use(room.database, room.planner, "zero-usage", back, by="9001")
    assert Desk(room.database, room.data).rules["zero-usage"] == shipped


@pytest.mark.parametrize(
    ("rule", "after", "note"),
    [
        (structs.replace(RULE, when=Condition(field="no_such", lt=1)), 0, "x"),
        (structs.replace(RULE, id="Big Name"), 0, "x"),
        (RULE, 3, "x"),
        (RULE, 0, "  "),
    ],
)
def test_what_is_unsound_or_says_no_reason_is_not_saved(room: Room, rule: WarningRule, after: int, note: str) -> None:
    with pytest.raises(Refused):
        room.save(rule, after=after, note=note)
    assert RULE.id not in Desk(room.database, room.data).rules


def test_two_planners_do_not_write_over_each_other(room: Room) -> None:
    room.save()
    with pytest.raises(Refused) as refused:
        room.save(structs.replace(RULE, priority=2))
    assert refused.value.code == saving.SAVED_MEANWHILE


def test_the_warm_child_answers_gives_up_and_ends(room: Room) -> None:
    # ID-08: in a process of its own, kept for the next question
    planner = Planner(room.database, room.data)
    try:
        body = msgspec.json.encode(AskPreview(rule=RULE))
        found = decoding.decode(planner.ask(Question.PREVIEW, body, who="9001"), RulePreview)
        assert found.matched == 1
        assert planner.warm
        wrong = AskPreview(rule=structs.replace(RULE, when=Condition(field="nothing", lt=1)))
        with pytest.raises(Refused):
            planner.ask(Question.PREVIEW, msgspec.json.encode(wrong), who="9001")
        planner.stop("9001")
    finally:
        planner.close()
    assert not planner.warm
