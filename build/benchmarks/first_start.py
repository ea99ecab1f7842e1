"""The first start with demo data: the city is made, the server started, an agent signed in, the first tasks painted."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from frame import Plan, Row
from launching.children import Children
from launching.embedded_server import make_demo, start_server
from session_keyring import session_keyring
from started import ROOT, environment, start

LIMIT_S = 20.0
RUNS = 3
SMOKE_CUSTOMERS = 200


def rows(plan: Plan) -> Iterator[Row]:
    with session_keyring(environment()) as env:
        taken = [_first_start(env, SMOKE_CUSTOMERS if plan.smoke else None) for _ in range(1 if plan.smoke else RUNS)]
    longest = max(taken)
    yield Row(
        id="FIRST-START",
        what="first start to the first tasks, packages installed" + (" (200 customers)" if plan.smoke else ""),
        measured=statistics.median(taken),
        limit=LIMIT_S,
        ratio=statistics.median(taken) / LIMIT_S,
        goal=1,
        holds=longest <= LIMIT_S,
        bound=longest / LIMIT_S,
        pairs=len(taken),
    )


def _first_start(env: dict[str, str], customers: int | None) -> float:
    """What `build/run` does where there are no data yet, one step after the other; seconds."""
    with tempfile.TemporaryDirectory(prefix="stayline-first-") as folder, Children(cwd=ROOT) as children:
        server, desk = Path(folder) / "server", Path(folder) / "desktop"
        begin = time.perf_counter()
        server.mkdir(mode=0o700)
        make_demo(children, server, customers=customers)
        url = start_server(children, server, log=Path(folder) / "server.log")
        before = time.perf_counter() - begin
        return before + start("first_desk_painted.py", "--data", str(desk), "--server", url, env=env).seconds
