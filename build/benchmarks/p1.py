"""P1: exec to the end of painting the real first window, beside a minimal table window."""

import tempfile
from collections.abc import Iterator

from frame import Plan, Row, alternate, row
from started import environment, start


def rows(plan: Plan) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="stayline-p1-") as data:
        env = environment()
        # A path and an address as a centre's machine has them; no agent has signed in here yet.
        product = lambda: start("sign_in_painted.py", "--data", data, "--server", "http://127.0.0.1:9", env=env).seconds  # noqa: E731
        reference = lambda: start("bare_table_painted.py", env=env).seconds  # noqa: E731
        pairs = alternate(product, reference, plan)
    yield row(id="P1", what="first window painted, beside a minimal table window", pairs=pairs, goal=1.5)
