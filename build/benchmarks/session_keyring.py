"""A real keyring for a benchmark: gnome-keyring on a D-Bus session of its own, with what is put in."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")
_HOST = (
    "printf benchmark | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
    'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'
)
_PUT = (
    "import sys; from keyring.backends.SecretService import Keyring; "
    "Keyring().set_password(sys.argv[1], sys.argv[2], sys.stdin.read())"
)


class NoKeyring(Exception):
    """The machine has no keyring that runs without a screen; the text says what to install."""


@contextmanager
def session_keyring(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """`environment` with the bus of a keyring that lives as long as this; raises NoKeyring."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        raise NoKeyring(f"{' and '.join(missing)} missing: apt-get install dbus gnome-keyring libsecret-1-0")
    with tempfile.TemporaryDirectory(prefix="stayline-keyring-") as home:
        apart = {**environment, "HOME": home, "XDG_DATA_HOME": home, "XDG_RUNTIME_DIR": home}
        Path(home).chmod(0o700)
        host = subprocess.Popen(
            ["dbus-run-session", "--", "sh", "-c", _HOST],
            env=apart, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert host.stdin is not None
        assert host.stdout is not None
        try:
            yield {**apart, "DBUS_SESSION_BUS_ADDRESS": host.stdout.readline().strip()}
        finally:
            # The session ends with the program that it runs, and that one with its input.
            host.stdin.close()
            host.wait(20)
            host.stdout.close()


def put(environment: Mapping[str, str], service: str, entry: str, secret: str) -> None:
    """Keep a secret in the session's keyring."""
    subprocess.run(
        [sys.executable, "-c", _PUT, service, entry], env=dict(environment), input=secret, text=True, check=True
    )
