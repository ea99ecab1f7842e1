"""How a rule would have done, told on snapshots whose days after have passed; who was called afterwards is left out."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from server_kit import StillClock, document
from sqlalchemy import insert

from core.content.resources import folder
from core.domain.clock import local_day
from core.domain.errors import ContentError, InputError
from core.screening.churn_causes import FILE, load_churn_causes
from core.screening.factor_files import shipped_library
from core.screening.past.performance import Month
from core.server.commands.told_screening import tell_harms, tell_past
from core.server.db.engine import Database
from core.server.db.schema import dial
from core.server.loading import load
from core.server.review.departures import keep_departures
from core.server.screening.past import harm_of, past_of
from core.server.screening.taking import take

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
"""ibis 12 asks DuckDB 2 in the older way"""
SILENT: dict[str, Any] = {"voice_last_month": 0, "data_last_month": 0, "sms_last_month": 0, "tenure": 30}
BUSY = SILENT | {"voice_last_month": 200}


@pytest.fixture
def months(sqlite: Database, tmp_path: Path, clock: StillClock) -> list[Month]:
    """Ten silent customers and thirty busy ones; six silent and three busy ones leave, one of the six was called."""
    load(sqlite, [(document(at, indicators=SILENT if at <= 10 else BUSY), None) for at in range(1, 41)])
    taken = take(sqlite, tmp_path, by="planner")
    day = local_day(taken.taken_at)
    left = {f"C{at}": day + timedelta(days=5) for at in (1, 2, 3, 4, 5, 6, 11, 12, 13)}
    left |= {"C10": day, "C14": day + timedelta(days=31)}
    clock.forward(hours=24 * 40)
    with sqlite.write() as unit:
        unit.conn.execute(
            insert(dial).values(
                tenant_id=unit.tenant, id=str(uuid4()), customer_id="C6", task_id="T", staff_number="2043", number="",
                at=taken.taken_at + timedelta(days=1),
            )
        )  # fmt: skip
    keep_departures(sqlite, left, as_of=day + timedelta(days=35), by="planner")
    take(sqlite, tmp_path, by="planner")
    return past_of(sqlite, tmp_path, ["zero-usage", "many-complaints"], within_days=30)


def test_hits_precision_and_lift_are_those_of_customers_whom_nobody_called(months: list[Month]) -> None:
    # ID-04, EVAL-04
    (month,) = months
    assert (month.customers, month.called, month.left) == (39, 1, 8), "C10 had left before, C6 was called"
    silent, complaints = month.rules
    assert (silent.matched, silent.called, silent.left) == (9, 1, 5)
    assert silent.precision == 5 / 8
    assert silent.low < 5 / 8 < silent.high
    assert silent.lift == pytest.approx((5 / 8) / (8 / 38))
    assert silent.found == 5 / 8
    assert (complaints.matched, complaints.precision, complaints.lift, complaints.found) == (0, None, None, 0.0)


def test_a_planner_reads_how_the_rules_did(months: list[Month], capsys: pytest.CaptureFixture[str]) -> None:
    tell_past(months, 30)
    said = capsys.readouterr().out
    assert "39 位在网客户，1 位之后接过外呼不计，其余 30 天内离网 8 位（21.1%）" in said
    assert "zero-usage\t命中 8，离网 5，准确率 62.5%" in said
    assert "many-complaints\t命中 0 / 0 matched" in said


def test_each_churn_cause_says_what_it_costs_and_what_its_measure_would_keep(
    sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # ID-19
    swap, plain = ({**BUSY, "handset_swap_ready": swap, "revenue_year": 120_000} for swap in (True, False))
    load(sqlite, [(document(at, indicators=swap if at <= 10 else plain), None) for at in range(1, 41)])
    taken = take(sqlite, tmp_path, by="planner")
    day = local_day(taken.taken_at)
    left = {f"C{at}": day + timedelta(days=3) for at in (1, 2, 3, 4, 11, 12, 13)}
    keep_departures(sqlite, left, as_of=day + timedelta(days=31), by="planner")
    snapshot, found = harm_of(sqlite, tmp_path, within_days=30)
    handset = next(one for one in found if one.cause.id == "handset")
    assert found[0] == handset, "what costs most stands first"
    assert (handset.showing, handset.left, handset.lost_fen) == (10, 4, 480_000)
    assert handset.beyond == pytest.approx(4 - 10 * 3 / 30)
    assert handset.kept == pytest.approx(3 * handset.cause.keeps_percent / 100), "the fourth leaves as everybody does"
    assert handset.kept_fen == round(3 * 120_000 * handset.cause.keeps_percent / 100)
    convergence = next(one for one in found if one.cause.id == "convergence")
    assert (convergence.kept, convergence.kept_fen) == (0, 0), "who shows it left no more often"
    tell_harms(snapshot, found, 30)
    said = capsys.readouterr().out
    assert "有此情形 10 户，离网 4 户，比没有的多 3 户，年收入 ¥4,800" in said
    assert "同时出现不等于由它引起" in said
    assert "it keeps 20% of those beyond the usual: 1, ¥720 a year" in said
    assert "说不出能留住谁" in said


def test_a_cause_with_a_mistake_is_refused(tmp_path: Path) -> None:
    (tmp_path / "causes").mkdir()
    text = (folder() / FILE).read_text("utf-8")
    (tmp_path / FILE).write_text(text.replace("handset_swap_ready", "handset_swapped", 1), "utf-8")
    with pytest.raises(ContentError, match="handset_swapped"):
        load_churn_causes(tmp_path, shipped_library())


def test_without_days_that_have_passed_nothing_is_told(sqlite: Database, tmp_path: Path) -> None:
    taken = take(sqlite, tmp_path, by="planner")
    with pytest.raises(InputError, match="Who left is not known"):
        past_of(sqlite, tmp_path, ["zero-usage"], within_days=30)
    keep_departures(sqlite, {}, as_of=local_day(taken.taken_at) + timedelta(days=29), by="planner")
    with pytest.raises(InputError, match="too young"):
        past_of(sqlite, tmp_path, ["zero-usage"], within_days=30)
