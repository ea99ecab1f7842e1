"""The call loop by key at a real server, watched for stalls: a program of its own, as it needs its own QApplication.

Arguments: how many customers the server has, how many calls, the limit in seconds.
Prints the longest stretches as JSON, in seconds.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append(str(Path(__file__).resolve().parent.parent))

import city_server
from live_desk import LiveDesk, live_desk
from stall_watch import WatchedApplication

NOTE = "客户说下周再看"
TALK_S = 95
LONGEST = 12
FIRST_PULL_MS = 120_000


def main(customers: int, calls: int, limit_s: float) -> None:
    watch = WatchedApplication()
    with (
        tempfile.TemporaryDirectory(prefix="stayline-stall-") as folder,
        city_server.serving(customers) as url,
        live_desk(url, Path(folder)) as desk,
    ):
        desk.open_first()
        desk.until(lambda: desk.window.entered.syncer.status.state.value == "online", FIRST_PULL_MS)
        desk.breathe()
        watch.stretches.clear()
        for _ in range(calls):
            _call(desk, watch)
    longest = sorted(watch.stretches, reverse=True)[:LONGEST]
    over = sum(seconds > limit_s for seconds, _, _ in watch.stretches)
    print(json.dumps({"stretches": len(watch.stretches), "over": over, "longest": longest}))


def _call(desk: LiveDesk, watch: WatchedApplication) -> None:
    watch.doing = "dial"
    desk.dial()
    desk.press("F7")
    desk.breathe()
    for digit in "1111":
        watch.doing = f"answer {digit}"
        desk.press(digit)
        desk.breathe()
    desk.pass_(TALK_S)
    watch.doing = "end"
    desk.press("F8")
    desk.breathe()
    watch.doing = "choose"
    desk.choose_what_can_be_saved()
    watch.doing = "note"
    desk.press("Alt+N")
    for letter in NOTE:
        desk.type(letter)
        desk.breathe()
    watch.doing = "save"
    desk.save()
    watch.doing = "after save"
    desk.rest()
    desk.breathe()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
