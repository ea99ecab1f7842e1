"""A list that nobody here wrote goes through the command line, the server and the sync, and is worked at the desk."""

import csv
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from core.desk import entering, opening
from core.domain.customer import decode_document
from core.store.types import QueueQuery
from core.sync.status import SyncState, SyncStatus
from tests.server_process import ROOT, ServerProcess

LIST = ROOT.parent / "shared" / "data" / "telco_ibm.csv"
CUSTOMERS = 7043


def command(server: ServerProcess, *words: str, stdin: str = "") -> str:
    """What `stayline-server WORDS` prints; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "core.server.cli", *words, "--data", str(server.folder)],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(not LIST.exists(), reason="the public list lies beside the project, not in it")
def test_a_public_list_of_customers_can_be_worked_at_the_desk(tmp_path: Path) -> None:
    # ID-06, TASK-14, VIEW-01, INTEG-01
    with ServerProcess(tmp_path / "server") as server:
        command(server, "init")
        command(
            server, "user", "add", "2051", "--name", "何静", "--role", "outbound_representative", "--team", "north",
            "--skill", "4g-upgrade", "--daily-target", "100", "--password-stdin", stdin="a long password",
        )  # fmt: skip
        said = command(server, "import", str(LIST), "--scenario", "4g-upgrade", "--demo-numbers", "--dispatch")
        assert f"{CUSTOMERS}" in said.replace(",", "")
        again = command(server, "import", str(LIST), "--scenario", "4g-upgrade", "--demo-numbers")
        assert f"{CUSTOMERS}" in again.replace(",", "")

        pulled = threading.Event()

        def told(news: object) -> None:
            if isinstance(news, SyncStatus) and news.state is SyncState.ONLINE:
                pulled.set()

        entered = entering.sign_in(
            tmp_path / "desk", server.url, "2051", "a long password", passphrase="correct horse", listener=told
        )
        try:
            entered.syncer.start()
            assert pulled.wait(60)
            desk = entered.desk
            rows = desk.store.queue(QueueQuery(now=desk.moment().wall), offset=0, limit=50)
            assert rows, "dispatched tasks reach the desk"
            opened = opening.open_task(desk, rows[0].task_id)
            assert opened.numbers
            assert opened.numbers[0].startswith("100"), "a number that cannot be dialled"
            document = decode_document(desk.store.customer(rows[0].customer_id) or b"")
            shown = set(document.indicators or {})
            labels = {one.label.en for one in desk.catalogue.values() if one.name in shown}
            with LIST.open(encoding="utf-8") as file:
                columns = next(csv.reader(file))
            mapped = {"customerID", "gender", "tenure", "MonthlyCharges", "Contract"}
            assert set(columns) - labels <= mapped, "what is no field of a customer is an indicator"
            assert document.identity is not None
            assert document.identity.tenure_months is not None
            assert document.services is not None
            assert document.services.contracts
        finally:
            entered.leave()
