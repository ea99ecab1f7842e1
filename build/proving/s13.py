"""S13: guessing a password is slowed, nobody gets in by a forged token of the organisation, no desk speaks to a server
that is not its own, and no cell of any export is a formula.

Quick: 12 guesses one by one, and more once the server was started anew, 12 all at once and 400 cells, full: 500, 200
and 100,000: at the real server over HTTP, and through every way by which rows leave as CSV or XLSX. Same at both
scales: forged tokens, codes of a real provider brought to the real server, and a server with another key from the
issuer that the desk trusts.
The control has no throttle, neither one by one nor at once, believes what a token says whoever signed it, keeps no
server's key, speaks in clear to any, and writes cells as they are by every way out: each has to fail by itself.
"""

import random
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cheap_passwords
import requests
import sheets_out
import ways_in
from desk_process import agent
from proof import Figure, Proof, Scale, Side
from server_process import ServerProcess

from core.server.organisation.id_token import subject_of

_TRIES = 5
"""that a forgetful person has"""
UNTHROTTLED = (
    "-c",
    "import sys; from core.server.access import throttle;"
    "throttle.Throttle.wait_s = throttle.Throttle._wait_for_others = lambda *_: 0;"
    "import base64, json; from core.server.organisation import provider;"
    "said = lambda token: base64.urlsafe_b64decode(token.split('.')[1] + '==');"
    "provider.subject_of = lambda token, *_: json.loads(said(token))['sub'];"
    "from core.server.cli import main; sys.exit(main(sys.argv[1:]))",
)
"""and it asks no token of the organisation for what sign-in it is"""


def prove(scale: Scale, folder: Path) -> Proof:
    with ServerProcess(folder / "server") as server:
        at_once = guessed(server, 1, scale.of(quick=12, full=200), hands=12)
        # How long a password is looked at matters to those alone that come at the same time.
        cheap_passwords.be_quick()
        one_by_one = guessed(server, 0, scale.of(quick=12, full=500))
        server.stop()
        server.start()
        one_by_one += heard(server, 0, 4)
        entered, wrongly = ways_in.at_provider(server)
    with ServerProcess(folder / "open", program=UNTHROTTLED) as server:
        without = Heard(guessed(server, 0, 8), guessed(server, 1, 8, hands=8))
        _entered, let_in = ways_in.at_provider(server)
    given = starting(scale.of(quick=400, full=100_000))
    live = sheets_out.live(folder / "with", given)
    with sheets_out.as_they_are():
        live_without = sheets_out.live(folder / "without", given[:400])
    tried, believed = ways_in.forged(subject_of)
    reached = ways_in.heard_by_another(folder / "pinned", pinned=True)
    clear = ways_in.in_clear(folder / "clear")
    product = _found(Heard(one_by_one, at_once), believed, wrongly, reached, clear, live, len(given))
    figures = {"forged tokens and codes": tried + 5, **product}
    _tried, naive = ways_in.forged(ways_in.by_its_words)
    heard_of = ways_in.heard_by_another(folder / "trusting", pinned=False)
    open_to = ways_in.in_clear(folder / "careless", refused=False)
    control = _found(without, naive, let_in, heard_of, open_to, live_without, 400)
    fails = (
        min(without.one_by_one, without.at_once) > _TRIES, naive == tried, let_in, heard_of, open_to,
        all(live_without.values()),
    )  # fmt: skip
    stopped = max(one_by_one, at_once) <= _TRIES and not (believed or wrongly or reached or clear or any(live.values()))
    return Proof(
        what="guesses, forged sign-ins, foreign servers, formulas in exports",
        product=Side(holds=stopped and entered, figures=figures),
        control=Side(holds=not all(fails), figures=control),
    )


@dataclass(frozen=True)
class Heard:
    """Wrong passwords that were looked at."""

    one_by_one: int
    at_once: int


def _found(
    heard: Heard, believed: int, let_in: int, reached: int, clear: int, live: Mapping[str, int], cells: int
) -> dict[str, Figure]:
    return {
        "guesses heard one by one": heard.one_by_one,
        "heard of many at once": heard.at_once,
        "forgeries believed": believed,
        "codes of others taken": let_in,
        "requests to a foreign server": reached,
        "addresses asked in clear": clear,
        "ways out": len(live),
        "cells": cells * len(live),
        "live formulas": sum(live.values()),
        "ways out with any": sum(bool(found) for found in live.values()),
    }


def guessed(server: ServerProcess, number: int, guesses: int, *, hands: int = 1) -> int:
    """How many wrong passwords of an agent were looked at, sent from so many hands."""
    server.add_user(agent(number))
    return heard(server, number, guesses, hands=hands)


def heard(server: ServerProcess, number: int, guesses: int, *, hands: int = 1) -> int:
    """The same of an agent who is there already."""

    def one(guess: int) -> bool:
        body = {"staff_number": agent(number).staff_number, "password": f"guess-{guess}"}
        return requests.post(server.url + "/v1/session", json=body, timeout=60).status_code == 401

    with ThreadPoolExecutor(hands) as pool:
        return sum(pool.map(one, range(guesses)))


def starting(cells: int) -> list[str]:
    """Texts that a spreadsheet would run."""
    rng = random.Random(13)
    starts = ("=", "+", "-", "@", "\t=", "\r=", " =", "＝", "\n=", "＋", "＠")
    tails = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "SUM(A1:A9)", "A1")
    return [rng.choice(starts) + rng.choice(tails) for _ in range(cells)]
