"""S13: guessing a password is slowed, and no cell of any export is a formula.

Quick: 12 guesses and 400 cells, full: 500 and 100,000: at the real server over HTTP, and through the writer of exports,
as CSV and as XLSX.
The control has no throttle, and writes cells as they are.
"""

import csv
import random
import zipfile
from pathlib import Path
from unittest.mock import patch

import requests
from desk_process import agent
from proof import Proof, Scale, Side
from server_process import ServerProcess

from core.server import sheets
from core.server.sheets import write_sheet

_TRIES = 5
"""that a forgetful person has"""
UNTHROTTLED = (
    "-c",
    "import sys; from core.server.access import throttle;"
    "throttle.Throttle.wait_s = lambda *_: 0;"
    "from core.server.cli import main; sys.exit(main(sys.argv[1:]))",
)


def prove(scale: Scale, folder: Path) -> Proof:
    guesses, cells = scale.of(quick=12, full=500), scale.of(quick=400, full=100_000)
    with ServerProcess(folder / "server") as server:
        heard = guessed(server, guesses)
    with ServerProcess(folder / "open", program=UNTHROTTLED) as server:
        heard_without = guessed(server, 12)
    live = formulas(folder / "with", cells)
    with patch.object(sheets, "neutral", lambda value: value):
        live_without = formulas(folder / "without", 400)
    return Proof(
        what="guesses of a password, and formulas in exports",
        product=_side(guesses, heard, cells, live),
        control=_side(12, heard_without, 400, live_without),
    )


def _side(guesses: int, heard: int, cells: int, live: int) -> Side:
    return Side(
        holds=heard <= _TRIES and live == 0,
        figures={"guesses": guesses, "of them heard": heard, "cells": cells * 2, "live formulas": live},
    )


def guessed(server: ServerProcess, guesses: int) -> int:
    """How many wrong passwords were looked at."""
    server.add_user(agent(0))
    heard = 0
    with requests.Session() as session:
        for n in range(guesses):
            body = {"staff_number": agent(0).staff_number, "password": f"guess-{n}"}
            status = session.post(server.url + "/v1/session", json=body, timeout=30).status_code
            heard += status == 401
    return heard


def formulas(folder: Path, cells: int) -> int:
    """Cells that a spreadsheet would run, of CSV and XLSX together."""
    folder.mkdir()
    rng = random.Random(13)
    starts = ("=", "+", "-", "@", "\t=", "\r=", " =", "＝", "\n=", "＋", "＠")
    tails = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "SUM(A1:A9)", "10012345678")
    rows = [[rng.choice(starts) + rng.choice(tails)] for _ in range(cells)]
    write_sheet(folder / "out.csv", ["a"], rows)
    write_sheet(folder / "out.xlsx", ["a"], rows)
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        read = [row[0] for row in list(csv.reader(file))[1:]]
    live = sum(cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) for cell in read)
    with zipfile.ZipFile(folder / "out.xlsx") as book:
        live += book.read("xl/worksheets/sheet1.xml").count(b"<f>")
    return live + (len(read) != cells)
