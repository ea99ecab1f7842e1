"""A step that fails is told with its reason and its picture; the day goes on, and the whole is not well."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtGui import QImage
from tour_bench import Bench

from desktop.tour import walk as walking
from desktop.tour.album import Album
from desktop.tour.day import Day
from desktop.tour.hand import Hand
from desktop.tour.plan import PLAN
from desktop.tour.report import Report, Seen
from desktop.tour.waiting import NotSeen


def day(bench: Bench, hand: Hand) -> Day:
    app = SimpleNamespace(main=None, signin=SimpleNamespace(banner=SimpleNamespace(message="said")))
    return cast("Day", SimpleNamespace(app=app, hand=hand, server=SimpleNamespace(pid=1)))


def well(_: Day) -> Seen:
    return {"found": 3}


def missed(_: Day) -> Seen:
    raise NotSeen("the queue stays empty")


def broken(_: Day) -> Seen:
    raise KeyError("task")


def test_a_failing_step_is_told_and_the_day_goes_on(
    bench: Bench, hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(walking, "PLAN", (("one", well), ("two", missed), ("three", broken), ("four", well)))
    monkeypatch.setattr(walking, "_window", lambda _: bench)
    report = Report(lang="en", size="1366x768")
    walking.walk(day(bench, hand), Album(tmp_path), report)
    report.write(tmp_path)

    written = json.loads((tmp_path / "tour.json").read_text("utf-8"))
    assert written["ok"] is False
    assert [step["ok"] for step in written["steps"]] == [True, False, False, True]
    assert written["steps"][0]["seen"] == {"found": 3}
    assert written["steps"][1]["seen"] == {"failed": "the queue stays empty", "said": "said"}
    assert "KeyError" in written["steps"][2]["seen"]["failed"]
    assert [step["picture"] for step in written["steps"]] == ["01-one.png", "02-two.png", "03-three.png", "04-four.png"]
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert "FAILED" in lines[1]


def test_pictures_of_an_earlier_tour_make_way(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "07-old.png").write_bytes(b"old")
    (tmp_path / "mine.png").write_bytes(b"kept")
    file = Album(tmp_path).take(bench, "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [file, "mine.png"]
    assert QImage(str(tmp_path / file)).size() == bench.size()


def test_steps_have_names_of_their_own() -> None:
    names = [name for name, _ in PLAN]
    assert len(names) == len(set(names))
