"""The UI stall: no stretch of work over 16 ms in the call loop, layout and paint excepted."""

import json
import subprocess
import sys
from collections.abc import Iterator

import city_server
from frame import Plan, Row
from started import HERE, ROOT, environment

LIMIT_S = 0.016
CALLS, SMOKE_CALLS = 60, 5
PATIENCE_S = 600


def rows(plan: Plan) -> Iterator[Row]:
    calls = SMOKE_CALLS if plan.smoke else CALLS
    customers = city_server.size(plan)
    done = subprocess.run(
        [sys.executable, str(HERE / "stall_calls.py"), str(customers), str(calls), str(LIMIT_S)],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=PATIENCE_S,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    seen = json.loads(done.stdout)
    longest, on_processor, doing = seen["longest"][0]
    yield Row(
        id="STALL",
        what=f"longest of {seen['stretches']} stretches, {calls} calls: {doing}, {on_processor * 1000:.1f} ms CPU;"
        f" {seen['over']} over 16 ms",
        measured=longest,
        limit=LIMIT_S,
        ratio=longest / LIMIT_S,
        goal=1,
        holds=longest <= LIMIT_S,
        bound=longest / LIMIT_S,
        pairs=1,
    )
