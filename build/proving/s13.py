"""S13: guessing a password is slowed, nobody gets in by a forged token of the organisation, no desk speaks to a server
that is not its own, and no cell of any export is a formula.

Quick: 12 guesses one by one, 12 all at once and 400 cells, full: 500, 200 and 100,000: at the real server over HTTP,
and through the writer of exports, as CSV and as XLSX. Same at both scales: forged tokens, codes of a real provider
brought to the real server, and a server with another key from the issuer that the desk trusts.
The control has no throttle, believes what is signed, keeps no server's key, and writes cells as they are.
"""

import csv
import random
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import requests
import ways_in
from desk_process import agent
from proof import Proof, Scale, Side
from server_process import ServerProcess

from core.server import sheets
from core.server.organisation.id_token import subject_of
from core.server.sheets import write_sheet

_TRIES = 5
"""that a forgetful person has"""
UNTHROTTLED = (
    "-c",
    "import sys; from core.server.access import throttle;"
    "throttle.Throttle.wait_s = throttle.Throttle._wait_for_others = lambda *_: 0;"
    "from core.server.cli import main; sys.exit(main(sys.argv[1:]))",
)


def prove(scale: Scale, folder: Path) -> Proof:
    with ServerProcess(folder / "server") as server:
        one_by_one = guessed(server, 0, scale.of(quick=12, full=500))
        at_once = guessed(server, 1, scale.of(quick=12, full=200), hands=12)
        entered, wrongly = ways_in.at_provider(server)
    with ServerProcess(folder / "open", program=UNTHROTTLED) as server:
        without = Heard(guessed(server, 0, 8), guessed(server, 1, 8, hands=8))
    live = formulas(folder / "with", cells := scale.of(quick=400, full=100_000))
    with patch.object(sheets, "neutral", lambda value: value):
        live_without = formulas(folder / "without", 400)
    tried, believed = ways_in.forged(subject_of)
    reached = ways_in.heard_by_another(folder / "pinned", pinned=True)
    clear = ways_in.in_clear(folder / "clear")
    product = _side(Heard(one_by_one, at_once), believed + wrongly, reached + clear, live, cells)
    _tried, naive = ways_in.forged(ways_in.by_signature_alone)
    control = _side(without, naive, ways_in.heard_by_another(folder / "trusting", pinned=False), live_without, 400)
    shown = Side(holds=product.holds and entered, figures={"forged tokens and codes": tried + 5, **product.figures})
    return Proof(what="guesses, forged sign-ins, foreign servers, formulas in exports", product=shown, control=control)


@dataclass(frozen=True)
class Heard:
    """Wrong passwords that were looked at."""

    one_by_one: int
    at_once: int


def _side(heard: Heard, believed: int, reached: int, live: int, cells: int) -> Side:
    return Side(
        holds=max(heard.one_by_one, heard.at_once) <= _TRIES and not (believed or reached or live),
        figures={
            "guesses heard one by one": heard.one_by_one,
            "heard of many at once": heard.at_once,
            "forgeries believed": believed,
            "requests to a foreign server": reached,
            "cells": cells * 2,
            "live formulas": live,
        },
    )


def guessed(server: ServerProcess, number: int, guesses: int, *, hands: int = 1) -> int:
    """How many wrong passwords of an agent were looked at, sent from so many hands."""
    server.add_user(agent(number))

    def one(guess: int) -> bool:
        body = {"staff_number": agent(number).staff_number, "password": f"guess-{guess}"}
        return requests.post(server.url + "/v1/session", json=body, timeout=60).status_code == 401

    with ThreadPoolExecutor(hands) as pool:
        return sum(pool.map(one, range(guesses)))


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
