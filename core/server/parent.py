"""Ending with the parent: a desktop that is killed leaves no server behind."""

import os
import sys
import threading
from collections.abc import Callable

_POLL_S = 0.5


def when_parent_ends(do: Callable[[], None]) -> None:
    """Call `do` once, from a thread of its own, after the parent process has ended.

    Watched by process, not by PR_SET_PDEATHSIG: that fires already when the thread that started us ends."""
    wait = _windows_wait() if sys.platform == "win32" else _posix_wait()

    def watch() -> None:
        wait()
        do()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _posix_wait() -> Callable[[], None]:
    parent = os.getppid()
    never = threading.Event()

    def wait() -> None:
        while os.getppid() == parent and parent != 1:
            never.wait(_POLL_S)

    return wait


def _windows_wait() -> Callable[[], None]:
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    synchronize, forever = 0x0010_0000, 0xFFFF_FFFF
    handle = kernel.OpenProcess(synchronize, False, os.getppid())

    def wait() -> None:
        kernel.WaitForSingleObject(handle, forever)

    return wait
