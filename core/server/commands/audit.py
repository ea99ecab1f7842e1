"""`audit`: does every chain hold?"""

import argparse

from core.server.commands.place import opened
from core.server.commands.say import say


def run(options: argparse.Namespace) -> int:
    from core.server.db import audit

    with opened(options) as database, database.read() as unit:
        breaks = audit.verify(unit)
    for found in breaks:
        say(f"{found.writer}\t{found.seq}\t{found.why}")
    zh, en = (
        ("审计链完整。", "Every chain holds.") if not breaks else ("审计链被改动。", "The audit was tampered with.")
    )
    say(f"{zh} / {en}")
    return 1 if breaks else 0


def add(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=run)
