"""What `build/run` says at a terminal: what runs, where its data lie, how to stop it."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import launch
import pytest
from launching.children import Children
from launching.data_folder import DataFolder


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose demo data are complete; the server and the window are stood in for."""
    monkeypatch.setenv("STAYLINE_DATA", str(tmp_path / "data"))
    with DataFolder.default().held() as folder:
        folder.finish_demo()
    monkeypatch.setattr(launch, "start_server", lambda *_, **__: "http://127.0.0.1:8300")
    monkeypatch.setattr(launch, "start_crm", lambda *_, **__: "http://127.0.0.1:8400")
    monkeypatch.setattr(Children, "run", lambda *_, **__: 0)
    before = signal.getsignal(signal.SIGTERM), os.umask(0o077)
    yield tmp_path / "data"
    signal.signal(signal.SIGTERM, before[0])
    os.umask(before[1])


def test_two_lines_say_what_runs_where_and_how_to_stop_it(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert launch.main([]) == 0
    runs, lies = capsys.readouterr().err.splitlines()
    assert "http://127.0.0.1:8300" in runs
    assert "Ctrl+C" in runs
    assert str(data) in lies
    assert str(data / "server.log") in lies


def test_a_number_of_customers_is_not_ignored_in_silence(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert launch.main(["--customers", "50"]) == 0
    first = capsys.readouterr().err.splitlines()[0]
    assert str(data) in first
    assert "--fresh" in first
    made: list[int | None] = []
    monkeypatch.setattr(launch, "make_demo", lambda *_, customers, **__: made.append(customers))
    assert launch.main(["--customers", "50", "--fresh"]) == 0
    assert made == [50]
    assert "does nothing" not in capsys.readouterr().err
    assert json.loads((data / ".stayline").read_text())["demo"] == "ready"


def test_ctrl_c_is_one_line(data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Children, "run", interrupted)
    assert launch.main([]) == 130
    assert capsys.readouterr().err.splitlines()[2:] == [
        "Stopped. What was saved is kept; a first start that was cut short begins again."
    ]
