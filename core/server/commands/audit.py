"""`audit`: does every chain hold?"""

import argparse

from core.server.commands.place import opened, place_of
from core.server.commands.say import counted, say


def run(options: argparse.Namespace) -> int:
    from core.server.db import audit

    with opened(options) as database, database.read() as unit:
        breaks, count = audit.verify(unit), audit.count(unit)
    for found in breaks:
        say(f"{found.writer}\t{found.seq}\t{found.why}")
    where = place_of(options).shown
    entries = counted(count, "entry", "entries")
    if breaks:
        say(f"审计链被改动：{where}，共查 {count} 条。 / The audit of {where} was tampered with; {entries} checked.")
        return 1
    say(f"审计链完整：{where}，共查 {count} 条。 / Every chain of {where} holds; {entries} checked.")
    return 0


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=run)
