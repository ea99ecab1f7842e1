"""A real Secret Service, unlocked and locked, under a D-Bus of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")), reason="no Secret Service here"
)

PROGRAM = """
import sys
from pathlib import Path
from core.store import keyring_key, keyring_state, open_store
folder = Path(sys.argv[1])
print(keyring_state().value)
key = keyring_key(folder)
open_store(folder, key).close()
print(keyring_key(folder) == key)
"""


def test_the_key_is_kept_by_the_systems_keyring(tmp_path: Path) -> None:
    script = (
        "printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
        f'exec "{sys.executable}" -W error -c "$PROGRAM" "{tmp_path}/store"'
    )
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "PROGRAM": PROGRAM,
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.split() == ["available", "True"], done.stdout + done.stderr
