"""TASK-06: those whom a call helps most are called first, by a published uplift model; else the forecast counts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import uplift_kit
from campaign_kit import SILENT, Centre, terms
from effect_kit import CAMPAIGN, drawn, told_who_left
from effect_kit import terms as effect_terms
from msgspec import structs
from server_kit import NOON, StillClock, add_agent, agent, document
from sqlalchemy import select

from core.domain.campaign import Arm, Audience, Forecast, MemberState
from core.domain.errors import InputError
from core.domain.people import Role, SkillLevel
from core.domain.task import Tier
from core.screening.model.published import published_model
from core.screening.model.uplift_keeping import Uplifts
from core.server import cli
from core.server.campaigns import drafting
from core.server.campaigns.dispatching import dispatch_campaigns
from core.server.campaigns.naming import refuse_strange_model
from core.server.campaigns.reexpecting import expect_again
from core.server.commands.told_campaign import tell_preview
from core.server.db.engine import Database
from core.server.db.schema import audit, campaign_member
from core.server.loading import load
from core.server.screening.arrivals import tell
from core.server.screening.called import called_in
from core.server.screening.running import Desk
from core.server.screening.taking import take

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""
NEW = {**SILENT, "tenure": 3}
NOBODY_HELD = {"control_percent": 0.0}


@pytest.fixture
def centre(sqlite: Database, tmp_path: Path, clock: StillClock) -> Centre:
    return _centre(sqlite, tmp_path, clock)


@pytest.fixture
def anywhere(database: Database, tmp_path: Path, clock: StillClock) -> Centre:
    """On SQLite and on PostgreSQL."""
    return _centre(database, tmp_path, clock)


def _centre(database: Database, folder: Path, clock: StillClock) -> Centre:
    """Nine silent customers on net for long, three new ones: C10 to C12."""
    found = Centre(database, folder / "data", clock)
    found.know(9)
    found.know(3, start=10, indicators=NEW)
    found.snapshot()
    return found


def helps_new_ones(centre: Centre, *, name: str = "tenure", helped: bool = True) -> str:
    made = uplift_kit.learnt(
        uplift_kit.drawn(name=name, helped=helped), at=centre.clock.now, drop=("data_last_month",)
    )  # fmt: skip
    uplift_kit.published(centre.data, made, at=centre.clock.now, accepted=not helped)
    return made.record.id


def test_whom_a_call_helps_most_is_called_first_and_vips_before_them(centre: Centre) -> None:
    # TASK-06, VIP-01, EVAL-08
    model = helps_new_ones(centre)
    load(centre.database, [(document(4, indicators=SILENT, tier=Tier.GOLD), None)])
    specialist = agent("1027", role=Role.VIP_SPECIALIST, level=SkillLevel.VIP, skills=("zero-usage",), daily_target=1)
    add_agent(centre.database, specialist)
    add_agent(centre.database, agent("2043", skills=("zero-usage",), daily_target=3))
    centre.draft(forecast=Forecast(effect_points=8), **NOBODY_HELD)
    looked = centre.engine.preview("silent-november")
    assert (looked.effect_model, looked.effect_since) == (model, centre.clock.now)
    assert looked.effect_told is not None
    assert f"by uplift model {model}, learnt from drawn.csv and published 2026-11-23" in looked.effect_told.en
    assert f"先后按增益模型 {model}" in looked.effect_told.zh
    centre.start()
    members = centre.members()
    expected = {key: one.expected or 0.0 for key, one in members.items()}
    assert min(expected[one] for one in ("C10", "C11", "C12")) > 0.3
    assert max(expected[f"C{at}"] for at in range(1, 10)) < 0.1
    assert dispatch_campaigns(centre.database, actor="server") == 4
    sent = {key for key, one in centre.members().items() if one.state is MemberState.DISPATCHED}
    assert sent == {"C4", "C10", "C11", "C12"}
    with centre.database.read() as unit:
        told = unit.conn.execute(select(audit.c.payload).where(audit.c.action == "campaign_drawn")).scalar_one()
    assert model in str(told)


def test_within_a_quota_those_whom_a_call_helps_are_drawn(centre: Centre) -> None:
    # TASK-06
    helps_new_ones(centre)
    centre.draft(quota=3, **NOBODY_HELD)
    centre.start()
    assert {key for key, one in centre.members().items() if one.arm is Arm.TREATED} == {"C10", "C11", "C12"}


def test_without_such_a_model_the_forecast_is_used_and_it_is_said(centre: Centre) -> None:
    # TASK-06, EVAL-08
    centre.draft(forecast=Forecast(effect_points=8), **NOBODY_HELD)
    looked = centre.engine.preview("silent-november")
    assert (looked.effect_model, looked.effect_since) == ("", None)
    assert looked.effect_told is not None
    assert "the campaign's forecast, alike for all (8 points" in looked.effect_told.en
    centre.start()
    assert {one.expected for one in centre.members().values()} == {0.08}
    centre.draft(id="unstated", **NOBODY_HELD)
    unstated = centre.engine.preview("unstated").effect_told
    assert unstated is not None
    assert "states no effect" in unstated.en


def test_one_figure_is_expected_and_whoever_says_it_is_named(
    centre: Centre, capsys: pytest.CaptureFixture[str]
) -> None:
    # EVAL-08, TASK-06: the planner's 50 points would keep six of twelve
    helps_new_ones(centre)
    centre.draft(forecast=Forecast(effect_points=50), **NOBODY_HELD)
    looked = centre.engine.preview("silent-november")
    centre.start()
    by_model = sum(one.expected or 0.0 for one in centre.members().values())
    assert looked.expected_kept == round(by_model) != 6
    tell_preview(looked)
    assert f"By the uplift model {looked.expected_kept} more stay on net" in capsys.readouterr().out
    tell_preview(structs.replace(looked, expected_kept=-2))
    assert "按增益模型反而多离网 2 位。 / By the uplift model calls lose 2 customers" in capsys.readouterr().out
    tell_preview(structs.replace(looked, effect_model=""))
    assert f"By its forecast {looked.expected_kept} more stay on net" in capsys.readouterr().out


def test_whom_a_call_would_drive_away_is_told_and_a_quota_leaves_them_out(centre: Centre) -> None:
    # TASK-06: nine long on net, whom calls harm
    made = uplift_kit.learnt(uplift_kit.drawn(harmed=True), at=centre.clock.now, drop=("data_last_month",))
    uplift_kit.published(centre.data, made, at=centre.clock.now)
    centre.draft(**NOBODY_HELD)
    looked = centre.engine.preview("silent-november")
    (said,) = [one for one in looked.cautions if "drive away" in one.en]
    assert "calls drive away 9 of the 12 to be called" in said.en
    assert "3 are left without them" in said.en
    assert "不打他们还剩 3 位" in said.zh
    with centre.database.write() as unit:
        drafting.change(unit, terms(quota=3, **NOBODY_HELD), by="9001")
    looked = centre.engine.preview("silent-november")
    assert looked.called == 3
    assert not [one for one in looked.cautions if "drive away" in one.en]


def test_customers_unknown_to_the_model_are_told(centre: Centre) -> None:
    # TASK-06: two came after the snapshot was taken
    helps_new_ones(centre)
    centre.listed(14)
    looked = centre.engine.preview("silent-november")
    (said,) = [one for one in looked.cautions if "knows nothing" in one.en]
    assert "Of the 14 to be called the uplift model knows nothing of 2," in said.en
    assert "有 2 位增益模型不认识" in said.zh


def test_a_model_that_does_not_fit_the_snapshot_leaves_the_forecast_and_says_why(centre: Centre) -> None:
    # TASK-06, ID-10
    model = helps_new_ones(centre, name="months_here")
    centre.draft(forecast=Forecast(effect_points=8), **NOBODY_HELD)
    looked = centre.engine.preview("silent-november")
    assert looked.effect_model == ""
    said = [one.en for one in looked.cautions if "not used" in one.en]
    assert said
    assert f"model {model} is not used, the campaign's forecast is: “months_here” is missing" in said[0]
    centre.start()
    assert {one.expected for one in centre.members().values()} == {0.08}


def test_where_neither_model_nor_planner_says_anything_neither_is_said_to_count(centre: Centre) -> None:
    # TASK-06, ID-10
    model = helps_new_ones(centre, name="months_here")
    centre.draft(**NOBODY_HELD)
    looked = centre.engine.preview("silent-november")
    (said,) = [one.en for one in looked.cautions if "not used" in one.en]
    assert f"model {model} is not used, and the campaign states no effect: “months_here” is missing" in said
    assert looked.effect_told is not None
    assert looked.effect_told.en.startswith(f"Uplift model {model} is not used, and the campaign states no effect")


def test_a_campaigns_choice_of_customers_is_not_told_as_a_change_in_time(centre: Centre) -> None:
    # TASK-06, ID-04: nobody moved, the list names new customers alone
    helps_new_ones(centre)
    centre.know(300, start=20, indicators=NEW)
    centre.snapshot()
    centre.draft(**NOBODY_HELD)
    looked = centre.engine.preview("silent-november")
    said = [one for one in looked.cautions if "PSI" in one.en]
    assert "learnt from other customers than this campaign chose, and is less sure of these" in said[0].en
    assert "“tenure” is far from theirs (PSI" in said[0].en
    assert "本活动选的客户与它学过的客户不同" in said[0].zh
    assert not [one for one in looked.cautions if "from what it was" in one.en]


def test_a_model_that_hangs_on_a_source_that_failed_leaves_the_forecast(centre: Centre) -> None:
    # TASK-06, ID-10: the campaign's own list hangs on no source
    helps_new_ones(centre)
    with centre.database.write() as unit:
        tell(unit, ["crm"], at=unit.now, failed="文件不完整", by="planner")
    centre.snapshot()
    centre.listed(4, forecast=Forecast(effect_points=8))
    looked = centre.engine.preview("silent-november")
    assert looked.effect_model == ""
    (said,) = [one for one in looked.cautions if "not used" in one.en]
    assert "文件不完整" in said.zh
    with centre.database.write() as unit:
        tell(unit, ["crm"], at=unit.now, by="planner")
    centre.snapshot()
    assert centre.engine.preview("silent-november").effect_model


def test_a_model_that_was_accepted_without_a_gain_says_so_before_anybody_is_called(centre: Centre) -> None:
    # TASK-06, EVAL-01
    model = helps_new_ones(centre, helped=False)
    centre.draft(**NOBODY_HELD)
    looked = centre.engine.preview("silent-november")
    assert looked.effect_model == model
    assert any("No gain from uplift targeting" in one.en for one in looked.cautions)


def test_a_model_learnt_of_another_scenarios_calls_says_so(centre: Centre) -> None:
    # TASK-06, EVAL-01
    made = uplift_kit.learnt(uplift_kit.drawn(), at=centre.clock.now, drop=("data_last_month",))
    source = structs.replace(made.record.source, campaigns=[CAMPAIGN])
    of_campaign = replace(made, record=structs.replace(made.record, source=source))
    uplift_kit.published(centre.data, of_campaign, at=centre.clock.now)
    drawn(centre.database, effect_terms(), members=0)
    centre.draft(**NOBODY_HELD)
    looked = centre.engine.preview("silent-november")
    assert looked.effect_told is not None
    assert f"learnt from {CAMPAIGN} and" in looked.effect_told.en
    assert any("and this one is of zero-usage: whom a call helps may differ" in one.en for one in looked.cautions)


def test_members_who_wait_are_put_in_order_by_a_model_that_came_later(anywhere: Centre) -> None:
    # TASK-06: of a running campaign, at night
    anywhere.draft(**NOBODY_HELD)
    anywhere.start()
    assert {one.expected for one in anywhere.members().values()} == {None}
    desk = Desk(anywhere.database, anywhere.data)
    assert expect_again(anywhere.database, anywhere.data, desk) == []
    helps_new_ones(anywhere)
    expect_again(anywhere.database, anywhere.data, desk)
    first = [one.customer_id for one in sorted(anywhere.members().values(), key=lambda one: -(one.expected or 0.0))]
    assert set(first[:3]) == {"C10", "C11", "C12"}


class Autumn:
    """A campaign that held out two in five, and what became of its members: a call keeps those who are new on net."""

    PEOPLE = 1_000

    def __init__(self, database: Database, folder: Path, clock: StillClock, *, control_percent: float = 40.0) -> None:
        self.database, self.data = database, folder / "data"
        self.place = ["--data", str(self.data), "--database", f"sqlite:///{folder / 'stayline.db'}"]
        self.arms = drawn(database, effect_terms(control_percent=control_percent), members=self.PEOPLE)
        rng = np.random.default_rng(4)
        people = {f"C{at}": int(rng.integers(1, 60)) for at in range(1, self.PEOPLE + 1)}
        known = [
            document(at, indicators={"tenure": people[f"C{at}"], "data_last_month": int(rng.integers(0, 9_000))})
            for at in range(1, self.PEOPLE + 1)
        ]
        load(database, [(one, None) for one in known])
        clock.forward(hours=-1)
        self.snapshot = take(database, self.data, by="planner").id
        clock.forward(hours=1)
        left = {}
        for one, tenure in sorted(people.items()):
            chance = 0.2 if tenure >= 12 else 0.05 if self.arms[one] is Arm.TREATED else 0.7
            if rng.random() < chance:
                left[one] = NOON.date() + timedelta(days=int(rng.integers(1, 30)))
        told_who_left(database, left, as_of=NOON.date() + timedelta(days=31))

    def run(self, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
        status = cli.main(["model", *words, *self.place, *([] if words[0] == "list" else ["--here"])])
        told = capsys.readouterr()
        return status, told.out + told.err


def test_whom_calls_helped_is_learnt_from_a_campaign_and_counts_once_it_is_published(
    sqlite: Database, tmp_path: Path, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-04, TASK-06, EVAL-01
    autumn = Autumn(sqlite, tmp_path, clock)
    status, told = autumn.run(capsys, "uplift", "--campaign", CAMPAIGN)
    assert status == 0, told
    assert f"Members of {CAMPAIGN}, called and held out; whoever left within 30 days after the draw" in told
    assert "Calling those first whom a call helps keeps more than calling anybody" in told
    (record,) = Uplifts(autumn.data).all()
    assert (record.source.campaigns, record.source.rows) == ([CAMPAIGN], autumn.PEOPLE)
    assert (record.found.called, record.found.held_out) == (600, 400)
    assert "600 drawn to be called, 400 held out by chance" in told
    # With uplift models alone they are the ones that are meant, and no churn model.
    for words in (("evaluate", "--campaign", CAMPAIGN), ("explain", autumn.snapshot, "--top", "3")):
        status, told = autumn.run(capsys, *words)
        assert (status, record.id in told) == (0, True), told
    for words, why in ((("score", "--model", record.id), f"“{record.id}” is an uplift model"),
                       (("score",), "There are uplift models alone here")):  # fmt: skip
        status, told = autumn.run(capsys, *words)
        assert (status, why in told) == (1, True), told
    with pytest.raises(InputError, match="is an uplift model: it says who comes first"), sqlite.read() as unit:
        refuse_strange_model(unit, autumn.data, terms(audience=Audience(model=record.id)))
    assert published_model(autumn.data, "main") == ""
    status, told = autumn.run(capsys, "publish")
    assert (status, f"Publication 1: uplift model {record.id}" in told) == (0, True)
    page = tmp_path / "later.html"
    status, told = autumn.run(
        capsys, "evaluate", "--model", record.id, "--campaign", CAMPAIGN, "--report", str(page), "--lang", "en"
    )
    assert (status, "400 held out by chance" in told) == (0, True)
    assert "This is the list that it learnt from" in told
    assert "400 held out by chance" in page.read_text("utf-8")
    assert "<svg" in page.read_text("utf-8")
    status, told = autumn.run(capsys, "explain", autumn.snapshot, "--model", record.id, "--top", "3")
    lines = [one.split("\t") for one in told.splitlines() if one.startswith("C")]
    assert (status, len(lines)) == (0, 3)
    assert all(float(points) > 30 for _customer, points in lines)
    out = tmp_path / "first.csv"
    assert autumn.run(capsys, "explain", autumn.snapshot, "--model", record.id, "--out", str(out))[0] == 0
    assert len(out.read_text("utf-8-sig").splitlines()) == 21
    status, told = autumn.run(capsys, "rollback", "1")
    assert (status, "back to 1" in told) == (0, True)
    status, told = autumn.run(capsys, "list")
    assert (status, f"{record.id}\t" in told, "\tuplift\tQini" in told) == (0, True, True)
    first, second = (one for one in told.splitlines() if "publication" in one)
    assert f"\tuplift\t{record.id}" in first
    assert ("counts now" in first, "counts now" in second) == (False, True)
    with sqlite.read() as unit:
        done = unit.conn.execute(select(audit.c.action).order_by(audit.c.seq)).scalars().all()
    assert [one for one in done if one.startswith(("model", "export"))] == [
        "model_trained", "model_published", "export", "model_rolled_back",
    ]  # fmt: skip


def test_nothing_is_learnt_of_calls_where_chance_did_not_draw(
    sqlite: Database, tmp_path: Path, clock: StillClock, capsys: pytest.CaptureFixture[str]
) -> None:
    # EVAL-01
    autumn = Autumn(sqlite, tmp_path, clock)
    for words, why in (
        ((), "Either a list or --campaign"),
        (("--campaign", "nonsense"), "no campaign “nonsense”"),
        (("--campaign", CAMPAIGN, "--within", "60"), "nobody was drawn 60 days before"),
        (("--campaign", CAMPAIGN, "--within", "0"), "--within is at least 1"),
    ):
        status, told = autumn.run(capsys, "uplift", *words)
        assert (status, why in told) == (1, True), told
    path = tmp_path / "drawn.csv"
    uplift_kit.drawn(300).to_csv(path, index=False)
    for words, why in (
        (("--treatment", uplift_kit.CALLED), "Where chance did not choose"),
        (("--randomised",), "Which column of the list says who was called"),
    ):
        status, told = autumn.run(capsys, "uplift", str(path), *words)
        assert (status, why in told) == (1, True), told
    # Whoever was moved from one arm to the other after the draw is not where chance put them.
    moved = next(one for one, arm in autumn.arms.items() if arm is Arm.CONTROL)
    with sqlite.write() as unit:
        mine = campaign_member.c.customer_id == moved
        unit.conn.execute(campaign_member.update().where(mine).values(arm=Arm.TREATED.value))
    with pytest.raises(InputError, match="arms are not as chance drew them"):
        called_in(sqlite, autumn.data, [CAMPAIGN], within_days=30)


def test_campaigns_that_held_out_different_parts_are_not_learnt_from_together(
    sqlite: Database, tmp_path: Path, clock: StillClock
) -> None:
    # EVAL-01: who was called would hang on the campaign
    autumn = Autumn(sqlite, tmp_path, clock)
    drawn(sqlite, effect_terms(id="spring", control_percent=10.0), members=0)
    with pytest.raises(InputError, match="together, who was called hangs on the campaign"):
        called_in(sqlite, autumn.data, [CAMPAIGN, "spring"], within_days=30)
    drawn(sqlite, effect_terms(id="all", control_percent=0.0), members=0)
    with pytest.raises(InputError, match="held out nobody"):
        called_in(sqlite, autumn.data, ["all"], within_days=30)
