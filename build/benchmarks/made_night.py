"""P14, P15: a data folder as it is in the evening: a snapshot, a model that counts, rules; and a database that knows
those whom the rules will find. Made once and kept; what a night writes is cleared before the next."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import msgspec
import numpy as np
import pyarrow.parquet as pq
from bare_night import chances, matched
from bench_cache import kept
from made_rules import SCENARIO, Asked, asked
from made_snapshot import SMOKE_CUSTOMERS, TAKEN, figures, made_shelf
from sqlalchemy import delete, insert

from core.screening.factor_files import shipped_library
from core.screening.model.keeping import Models
from core.screening.model.naming import load_naming
from core.screening.model.preparing import Asked as Named
from core.screening.model.reading import Listed
from core.screening.model.record import Learner
from core.screening.model.training import train
from core.screening.snapshots.scored import FOLDER, RISK
from core.server.db.engine import Database
from core.server.db.schema import contact_number, customer, customer_section, feed, lease, task

SHARE = 0.212
"""of each bound: a rule then finds a customer in five thousand"""
LEARNT, COLUMNS, CALLED = 6_000, 40, 0.0004
HERE = Path(__file__).resolve().parent
_BATCH = 5_000


class NoTrees(Exception):
    """The made customers leave in too simple a way."""


@dataclass(frozen=True, kw_only=True)
class Evening:
    data: Path

    @property
    def snapshot(self) -> Path:
        return self.data / "snapshots" / "made.parquet"

    @property
    def content(self) -> Path:
        return self.data / "content"

    @property
    def rules(self) -> list[Asked]:
        return [Asked(**one) for one in json.loads((self.data / "asked.json").read_text())]

    def clear(self, database: Database) -> None:
        """As before the night."""
        shutil.rmtree(self.data / FOLDER, ignore_errors=True)
        with database.write() as unit:
            for table in (lease, feed, task, customer_section):
                unit.conn.execute(delete(table))

    def fill(self, database: Database) -> None:
        """The centre knows whom the rules find."""
        ids = json.loads((self.data / "found.json").read_text())
        with database.write() as unit:
            for start in range(0, len(ids), _BATCH):
                chunk = ids[start : start + _BATCH]
                unit.conn.execute(insert(customer), [_customer(unit.tenant, one) for one in chunk])
                unit.conn.execute(insert(contact_number), [_number(unit.tenant, one) for one in chunk])


def _customer(tenant: str, customer_id: str) -> dict[str, object]:
    blank = dict.fromkeys(("pinyin", "initials", "main_number", "value", "manager", "grid", "branch"), "")
    named = {"tenant_id": tenant, "id": customer_id, "version": 1, "name": "吴文静", "tier": "none", "area": "东岭区"}
    return {**blank, **named, "changed_at": TAKEN}


def _number(tenant: str, customer_id: str) -> dict[str, object]:
    line = f"100{customer_id[1:]}"
    return {
        "tenant_id": tenant,
        "customer_id": customer_id,
        "number": line,
        "main": True,
        "bad": False,
        "source": "crm",
    }


def evening(customers: int) -> Evening:
    """The folder, made where it is not there yet."""
    shelf, small = made_shelf(customers), made_shelf(SMOKE_CUSTOMERS)
    depends = [HERE / name for name in ("made_night.py", "made_rules.py", "made_snapshot.py", "bare_night.py")]
    model = kept("night-model", depends, lambda folder: _learn(folder, small / "snapshots" / "made.parquet"))
    return Evening(data=kept(f"night-{customers}", depends, lambda folder: _make(folder, shelf, model)))


def _make(folder: Path, shelf: Path, model: Path) -> None:
    (folder / "snapshots").symlink_to(shelf / "snapshots")
    shutil.copytree(model / "models", folder / "models")
    path, library = folder / "snapshots" / "made.parquet", shipped_library()
    rules = asked(library, path, share=SHARE)[:-1]
    rates = chances(folder, path)
    cut = float(np.quantile(rates, 1 - CALLED))
    rules.append(Asked(id="made-model", at_least={RISK: round(cut, 6)}, below={}))
    (folder / "asked.json").write_text(json.dumps([vars(one) for one in rules]))
    (folder / "found.json").write_text(json.dumps(sorted({one for one, _bits in matched(rules, path, rates)})))
    place = folder / "content" / "warnings"
    place.mkdir(parents=True)
    for one in rules:
        # JSON is YAML too.
        (place / f"{one.id}.yaml").write_bytes(msgspec.json.encode(_plain(one)))


def _plain(one: Asked) -> dict[str, object]:
    rule = msgspec.to_builtins(one.rule())
    leaves = [{name: value for name, value in leaf.items() if value is not None} for leaf in rule["when"]["all"]]
    return {**rule, "when": {"all": leaves}, "scenario": SCENARIO}


def _learn(folder: Path, path: Path) -> None:
    """Who leaves hangs on two of the columns, and on chance."""
    there = set(pq.read_schema(path).names)
    names = [one.name for one in figures(shipped_library()) if one.name in there and one.name != RISK][-COLUMNS:]
    listed = ", ".join(f'"{one}"' for one in names)
    with duckdb.connect() as engine:
        frame = engine.execute(f"SELECT {listed} FROM read_parquet('{path}') LIMIT {LEARNT}").df()
    rng = np.random.default_rng(1)
    first, second = (frame[one].fillna(frame[one].median()).rank(pct=True) for one in names[:2])
    frame["left_net"] = np.where(
        rng.random(len(frame)) < 0.03 + 0.5 * ((first > 0.8) == (second < 0.4)) * (first > 0.4), "yes", "no"
    )
    frame["taken_at"] = [f"2026-{1 + at * 8 // len(frame):02d}-01" for at in range(len(frame))]
    made = train(
        Listed(frame.astype(object), "made", "0"), load_naming(), Named(label="left_net"), costs=None, by_segment=(),
        model_id="made", at=TAKEN, by="bench", step=lambda _done, _all: None,
    )  # fmt: skip
    if made.record.used is not Learner.TREES:
        raise NoTrees("the scorecard won: the reference predicts by trees")
    models = Models(folder)
    models.folder.mkdir(parents=True)
    models.keep(made.record, made.trees, {})
    models.publish(made.record, at=TAKEN, by="bench")
