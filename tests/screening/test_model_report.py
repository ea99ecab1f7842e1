"""The words and pictures of the model's report."""

from pathlib import Path

import pytest
from msgspec import structs
from test_model import customers, trained

from core.domain.text import Lang
from core.screening.model.figures import Figure
from core.screening.model.record import Learner
from core.screening.model.report import report
from core.screening.model.training import Trained
from core.server.commands.told_model import tell_trained


@pytest.fixture(scope="module")
def made() -> Trained:
    return trained(customers(1_000))


@pytest.mark.parametrize(
    ("used", "ahead", "zh", "en"),
    [
        (Learner.TREES, Figure(0.02, 0.01, 0.03), "树模型胜过评分卡", "The trees beat the scorecard"),
        (Learner.SCORECARD, Figure(0.0, -0.01, 0.01), "区间含 0", "an interval that holds 0"),
        (Learner.SCORECARD, Figure(-0.013, -0.025, -0.001), "评分卡胜过树模型", "reliably beats the trees"),
    ],
)  # fmt: skip
def test_which_of_the_two_is_better_is_said_as_the_interval_has_it(
    made: Trained, capsys: pytest.CaptureFixture[str], used: Learner, ahead: Figure, zh: str, en: str
) -> None:
    # ID-04
    record = structs.replace(made.record, used=used, ahead=ahead)
    tell_trained(record, Path("m1"))
    told = capsys.readouterr().out
    assert (zh in told, en in told) == (True, True)
    assert (zh in report(record, Lang.ZH, {}), en in report(record, Lang.EN, {})) == (True, True)
    assert ("含 0" in told, "holds 0" in told) == (ahead.low <= 0 <= ahead.high,) * 2
