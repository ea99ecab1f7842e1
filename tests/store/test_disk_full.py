"""A disk that is full: a plain error, everything acknowledged is there, reading goes on."""

import resource
import subprocess
import sys
import textwrap
from pathlib import Path
from uuid import UUID

import pytest
from store_kit import NOW, a_page, a_task, asking, put, saved

from core.domain.errors import StoreFull
from core.store.key import StoreKey
from core.store.opening import open_store

TESTS = Path(__file__).parent.parent

FILLER = """
import resource, sys
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from store_kit import NOW, a_page, a_task, asking, put, saved
from core.domain.errors import StoreFull
from core.store.key import StoreKey
from core.store.opening import open_store

store = open_store(Path({folder!r}), StoreKey("5a" * 32))
store.apply(a_page(put(a_task(1))), now=NOW)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_040_000, resource.RLIM_INFINITY))
told = 0
for n in range(10_000):
    kept = saved(None, note="n" * 400)
    try:
        store.save(kept)
    except StoreFull:
        told += 1
        if told == 3:
            break
        continue
    print(kept.id, flush=True)
assert told == 3, told
assert store.counts(asking()).total == 1
print("read on", flush=True)
"""


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path: Path, key: StoreKey) -> None:
    # Reliability R9
    program = FILLER.format(root=str(TESTS.parent), tests=str(TESTS), folder=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    *acknowledged, last = done.stdout.split("\n")[:-1]
    assert last == "read on"
    assert len(acknowledged) > 10
    store = open_store(tmp_path, key)
    assert all(store.saved(UUID(outcome_id)) for outcome_id in acknowledged)
    assert store.outbox_state().waiting == len(acknowledged)
    store.save(saved(None))
    store.close()


def test_the_words_say_what_is_safe_and_what_to_do(tmp_path: Path, key: StoreKey) -> None:
    store = open_store(tmp_path, key)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        with pytest.raises(StoreFull) as caught:
            store.apply(a_page(*(put(a_task(n)) for n in range(50))), now=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "清理磁盘" in caught.value.next_step.zh
    assert store.counts(asking()).total == 0
    store.apply(a_page(*(put(a_task(n)) for n in range(50))), now=NOW)
    assert store.counts(asking()).total == 50
    store.close()
