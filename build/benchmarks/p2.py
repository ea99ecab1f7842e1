"""P2: exec to the first page of 100k tasks painted and the down key answered, with the key in a real keyring."""

import json
from collections.abc import Iterator

import queue_store
from frame import Plan, Row, alternate, prove_equal, row
from session_keyring import put, session_keyring
from started import environment, start

SERVICE = "stayline-store"
"""under which the product keeps its keys"""


def rows(plan: Plan) -> Iterator[Row]:
    data = queue_store.data_folder(queue_store.size(plan))
    remembered = {"server": queue_store.SERVER, "staff_number": queue_store.AGENT.staff_number}
    (data / "desktop.json").write_text(json.dumps(remembered))
    mirror = str(queue_store.desk_folder(data) / "mirror.db")
    with session_keyring(environment()) as env:
        put(env, SERVICE, queue_store.ENTRY, queue_store.KEY)

        def product() -> float:
            started = start("queue_painted.py", "--data", str(data), env=env)
            seen["product"] = json.loads(started.said)
            return started.seconds

        def reference() -> float:
            started = start("bare_queue_painted.py", mirror, SERVICE, queue_store.ENTRY, env=env)
            seen["reference"] = json.loads(started.said)
            return started.seconds

        seen: dict[str, object] = {}
        product()
        reference()
        prove_equal(seen["product"], seen["reference"], what="the first page and the count")
        pairs = alternate(product, reference, plan)
    yield row(id="P2", what="first page of 100k tasks painted, down key answered", pairs=pairs, goal=3)
