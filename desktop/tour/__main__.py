"""`python -m desktop.tour DIR [--lang zh_CN|en] [--size 1600x940]`: status 0 where every step was well."""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

from core.domain.text import Lang
from desktop.app import make
from desktop.tour.album import Album
from desktop.tour.day import STAFF_NUMBER, Day
from desktop.tour.hand import Hand
from desktop.tour.ledger import Ledger
from desktop.tour.phone import StandInPhone
from desktop.tour.quiet import keep_size_hints_quiet
from desktop.tour.report import Report
from desktop.tour.server import TourServer
from desktop.tour.walk import walk


def main(arguments: list[str]) -> int:
    os.umask(0o077)
    keep_size_hints_quiet()
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="stayline-tour-", dir=os.environ.get("STAYLINE_DATA")) as folder:
        _without_display(Path(folder))
        return tour(options, Path(folder))


def tour(options: argparse.Namespace, data: Path) -> int:
    """The whole day, with all that it needs in `data`; pictures and tour.json go into the folder asked for."""
    start = time.monotonic()
    album = Album(options.folder)
    report = Report(lang=options.lang, size=options.size)
    server = TourServer(data / "server")
    server.make()
    server.start()
    try:
        desktop = ["--server", server.url, "--data", str(data / "desktop"), "--size", options.size]
        qt, app = make([*desktop, "--lang", options.lang, "--demo"])
        qt.setQuitOnLastWindowClosed(False)
        phone = StandInPhone()
        day = Day(app=app, hand=Hand(), phone=phone, server=server, ledger=Ledger(server.database, STAFF_NUMBER))
        try:
            walk(day, album, report)
            report.outcomes = day.ledger.fresh()
        finally:
            phone.put_away()
            app.leave()
    finally:
        server.close()
        report.milliseconds = round((time.monotonic() - start) * 1000)
        report.write(options.folder)
    well = sum(step.ok for step in report.steps)
    sys.stdout.write(
        f"{well} of {len(report.steps)} steps well, {len(report.outcomes)} outcomes on the server,"
        f" {report.milliseconds / 1000:.0f} s: {options.folder / 'tour.json'}\n"
    )
    return 0 if report.ok else 1


def _without_display(folder: Path) -> None:
    """Offscreen on a screen of usual size where there is none: Qt's own is 800 by 800, smaller than the window."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        screen = {"name": "tour", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "dpr": 1}
        config = folder / "screen.json"
        config.write_text(json.dumps({"screens": [screen]}), "utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={config}"


def _size(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d{2,4}x[1-9]\d{2,4}", text):
        raise argparse.ArgumentTypeError(f"{text} is no size like 1600x940")
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="desktop.tour", description="A working day through the real windows.")
    parser.add_argument("folder", type=Path, help="pictures and tour.json go here")
    parser.add_argument("--lang", choices=[lang.value for lang in Lang], default=Lang.ZH.value)
    parser.add_argument("--size", type=_size, default="1600x940")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
