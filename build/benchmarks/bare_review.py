"""P9, reference: the same packs read and decrypted, imported into DuckDB and grouped; then grouped anew by filter.

Arguments: the store's file, its key, how many filters, the first and the last day. Imports nothing of ours. Prints as
JSON seconds and what was found.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from raw_store import connect

CONNECTED = "('owner', 'family', 'third_party', 'other_number', 'identity_doubted', 'not_owner')"
TABLE = f"""
CREATE TABLE calls AS SELECT agent::VARCHAR AS agent, scenario::VARCHAR AS scenario, reason::VARCHAR AS reason,
 (("at" + 28800) // 86400)::INTEGER AS day, ((("at" + 28800) % 86400) // 3600)::INTEGER AS hour,
 contact IN {CONNECTED} AND flags & 1 = 1 AS connected, contact = 'owner' AS owner, flags & 2 = 2 AS won,
 talk_s, wrap_s, left_day FROM arrow
"""
AGENTS = """
SELECT agent, count(*), count(*) FILTER (connected), count(*) FILTER (owner), count(*) FILTER (won),
 count(*) FILTER (owner AND day + 7 <= $known AND NOT (left_day > 0 AND left_day <= day + 7)),
 sum(talk_s), sum(wrap_s) FROM calls WHERE day BETWEEN $first AND $last AND ($scenario = '' OR scenario = $scenario)
 GROUP BY agent
"""
HOURS = """
SELECT (day + 3) % 7 AS weekday, hour, count(*) FILTER (connected), count(*) FROM calls
 WHERE day BETWEEN $first AND $last AND ($scenario = '' OR scenario = $scenario) GROUP BY 1, 2 ORDER BY 1, 2
"""
REASONS = """
SELECT reason, count(*) FROM calls WHERE day BETWEEN $first AND $last AND ($scenario = '' OR scenario = $scenario)
 AND owner AND NOT won AND reason <> '' GROUP BY 1 ORDER BY 1
"""
TREND = """
SELECT scenario, (day - $first) // 7, count(*) FILTER (owner),
 count(*) FILTER (owner AND NOT (left_day > 0 AND left_day <= day + 7)) FROM calls
 WHERE day BETWEEN $first AND $last AND ($scenario = '' OR scenario = $scenario) GROUP BY 1, 2
"""


def main() -> None:
    path, key, filters = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    first, last, known = (int(one) for one in sys.argv[4:7])
    begin = time.perf_counter()
    import duckdb
    import pyarrow as pa

    store = connect(path, key)
    listed = json.loads(store.execute("SELECT value FROM meta WHERE key = 'list'").fetchone()[0])
    digests = [part["digest"] for pack in listed["packs"] for part in pack["parts"] if part["name"] == "calls"]
    tables = []
    for digest in digests:
        body = store.execute("SELECT body FROM part WHERE digest = ?", (digest,)).fetchone()[0]
        tables.append(pa.ipc.open_file(pa.py_buffer(body)).read_all())
    arrow = pa.concat_tables(tables).unify_dictionaries()
    duck = duckdb.connect()
    duck.register("arrow", arrow)
    duck.execute(TABLE)
    days = {"first": first, "last": last, "known": known}
    found = [grouped(duck, "", days)]
    seconds = [time.perf_counter() - begin]
    for number in range(1, filters + 1):
        begin = time.perf_counter()
        answer = grouped(duck, f"scenario-{number % 6}", days)
        seconds.append(time.perf_counter() - begin)
        found.append(answer)
    print(json.dumps({"seconds": seconds, "shown": found}))


def grouped(duck: Any, scenario: str, days: dict[str, int]) -> dict[str, object]:
    agents = duck.execute(AGENTS, {**days, "scenario": scenario}).fetchall()
    span = {"first": days["first"], "last": days["last"], "scenario": scenario}
    hours = duck.execute(HOURS, span).fetchall()
    reasons = duck.execute(REASONS, span).fetchall()
    duck.execute(TREND, span).fetchall()
    return {
        "agents": {row[0]: list(row[1:6]) for row in agents},
        "hours": [list(row) for row in hours],
        "reasons": [list(row) for row in reasons],
    }


if __name__ == "__main__":
    main()
