"""P14's and P15's work, a process of its own: from a closed snapshot to tasks that agents can pull. Prints as JSON the
seconds of each phase and whom tasks were made for.

Arguments: the database's URL, the data folder."""

import json
import sys
import time
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select

from core.server.db.engine import Database, open_engine
from core.server.db.schema import task
from core.server.dispatching import dispatch_waiting
from core.server.screening.running import Desk, run
from core.server.screening.scoring import score_snapshot


def main(url: str, data: Path) -> None:
    database = Database(open_engine(url))
    marks = [time.perf_counter()]
    desk = Desk(database, data, root=data / "content")
    score_snapshot(database, data, desk.snapshot, by="bench", progress=lambda _done, _all: None)
    marks.append(time.perf_counter())
    run(desk, desk.named(()), scenario="", limit=0, confirmed=True, by="bench")
    marks.append(time.perf_counter())
    dispatch_waiting(database, actor="bench")
    marks.append(time.perf_counter())
    with database.read() as unit:
        ids = list(unit.conn.execute(select(task.c.customer_id).order_by(task.c.customer_id)).scalars())
    database.close()
    spent = [after - before for before, after in pairwise(marks)]
    phases = dict(zip(("model", "rules and tasks", "dispatch"), spent, strict=True))
    print(json.dumps({"seconds": marks[-1] - marks[0], "phases": phases, "customers": ids}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
