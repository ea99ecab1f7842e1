"""What the server goes by while it works is content: each mistake is told with file, line and reason."""

from pathlib import Path

import pytest

from core.content.mistakes import Mistakes
from core.content.resources import folder
from core.content.running import (
    load_event_kinds,
    load_jobs,
    load_outreach,
    load_quality_rule,
    load_rechecks,
    load_retry_policies,
)
from core.content.running_pieces import check_running
from core.domain.errors import ContentError
from core.domain.recheck import RecheckFact
from core.rules.form import flaws_of

KINDS = {
    "events/sales-lead.yaml": load_event_kinds,
    "retries/usual.yaml": load_retry_policies,
    "rechecks/low-balance.yaml": load_rechecks,
    "jobs/nightly.yaml": load_jobs,
    "outreach/low-balance.yaml": load_outreach,
}


@pytest.mark.parametrize(
    ("file", "was", "wrong", "line", "reason"),
    [
        ("events/sales-lead.yaml", "scenario: new-service", "scenario: no-such", 5, "there is no script `no-such`"),
        ("events/sales-lead.yaml", "Asked about {about}", "Asked about {what}", 13, "nothing fills the place `what`"),
        ("events/sales-lead.yaml", "priority: 1", "priority: 12", 6, "a priority is 0 to 9"),
        ("retries/usual.yaml", "attempts: 3", "attempts: 0", 4, "attempts are 1 to 20"),
        ("retries/usual.yaml", "until_hour: 20", "until_hour: 9", 10, "a span ends after it begins"),
        ("rechecks/low-balance.yaml", "余额 {balance} 元", "余额 {amount} 元", 8, "nothing fills the place `amount`"),
        ("jobs/nightly.yaml", 'hour: "2"', 'hour: "26"', 7, "`26` is no part of a crontab"),
        ("jobs/nightly.yaml", "runs: [ [night] ]", "runs: []", 5, "a job runs one command at least"),
        ("outreach/low-balance.yaml", "  sms:", "  manager_call:", 5, "a call has a script"),
        ("outreach/low-balance.yaml", "words:\n", 'call_replies: ["1", "TD"]\nwords:\n', 4, "an answer, and none"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, file: str, was: str, wrong: str, line: int, reason: str
) -> None:
    # ID-24, ID-11, TASK-18, CHANNEL-01
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    text = (folder() / file).read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, wrong, 1), "utf-8")
    with pytest.raises(ContentError) as refused:
        KINDS[file](tmp_path)
    assert (refused.value.line, refused.value.reason.startswith(reason)) == (line, True), refused.value.reason


def test_the_quality_that_a_list_must_have_is_a_share(tmp_path: Path) -> None:
    # TASK-08
    path = tmp_path / "list_quality.yaml"
    path.write_text("version: 1\nleast_calls: 0\nmost_wrong_percent: 120\ndays: 90\n", "utf-8")
    with pytest.raises(ContentError) as refused:
        load_quality_rule(path)
    assert [one.line for one in refused.value.every] == [2, 3]


def test_a_folder_is_checked_with_all_of_them(tmp_path: Path) -> None:
    # ID-11: a condition over what no billing system tells
    path = tmp_path / "rechecks" / "left.yaml"
    path.parent.mkdir()
    path.write_text(
        (folder() / "rechecks/left.yaml").read_text("utf-8").replace("field: status", "field: mood"), "utf-8"
    )
    mistakes = Mistakes()
    check_running(tmp_path, mistakes, also=lambda when: flaws_of(when, frozenset(RecheckFact)))
    assert [one.reason for one in mistakes.found] == ["unknown field `mood`"]
