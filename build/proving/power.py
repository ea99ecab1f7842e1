"""A disk that loses what was not synced: a VFS for SQLite that writes down every write and every sync.

`recorded` puts it under the driver that the product uses. `Disk` gives the files as a power cut at a moment may leave
them: all that was synced, and of the rest each sector kept, dropped or torn as the dice say.
"""

import ctypes
import os
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import sqlcipher3

SECTOR = 512
_P, _I, _L = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_XWRITE = ctypes.CFUNCTYPE(_I, _P, _P, _I, _L)
_XTRUNCATE = ctypes.CFUNCTYPE(_I, _P, _L)
_XSYNC = ctypes.CFUNCTYPE(_I, _P, _I)
# The name is handed on as the pointer that it is: SQLite keeps it for as long as the file is open.
_XOPEN = ctypes.CFUNCTYPE(_I, _P, _P, _P, _I, ctypes.POINTER(_I))
_XDELETE = ctypes.CFUNCTYPE(_I, _P, ctypes.c_char_p, _I)


class _Vfs(ctypes.Structure):
    """The head of sqlite3_vfs up to what is replaced here."""

    _fields_ = (
        ("iVersion", _I),
        ("szOsFile", _I),
        ("mxPathname", _I),
        ("pNext", _P),
        ("zName", ctypes.c_char_p),
        ("pAppData", _P),
        ("xOpen", _XOPEN),
        ("xDelete", _XDELETE),
    )


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = (
        ("iVersion", _I),
        ("xClose", _P),
        ("xRead", _P),
        ("xWrite", _XWRITE),
        ("xTruncate", _XTRUNCATE),
        ("xSync", _XSYNC),
        ("rest", _P * 13),
    )


class _File(ctypes.Structure):
    _fields_ = (("pMethods", ctypes.POINTER(_Methods)),)


@dataclass(frozen=True, slots=True)
class Write:
    path: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file made shorter."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    path: str


@dataclass(frozen=True, slots=True)
class Delete:
    path: str


Event = Write | Cut | Sync | Delete


@contextmanager
def recorded() -> Iterator[list[Event]]:
    """All that the driver's files meet from now on, in order; files that were open before are not watched."""
    library = ctypes.CDLL(sqlcipher3._sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None)
    events: list[Event] = []
    watch = _Watch(vfs, events)
    vfs.contents.xOpen, vfs.contents.xDelete = watch.open_, watch.delete
    try:
        yield events
    finally:
        vfs.contents.xOpen, vfs.contents.xDelete = watch.before


class _Watch:
    """Stands before the file's own functions; kept alive with them, since open files go on calling."""

    _kept: list[Any] = []  # noqa: RUF012

    def __init__(self, vfs: Any, events: list[Event]) -> None:
        own = vfs.contents
        self.before = (_XOPEN(ctypes.cast(own.xOpen, _P).value or 0), _XDELETE(ctypes.cast(own.xDelete, _P).value or 0))
        self._events = events
        self._paths: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}
        self.open_, self.delete = _XOPEN(self._open), _XDELETE(self._delete)
        self._kept.append(self)

    def _open(self, vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:
        status = self.before[0](vfs, name, file, flags, out)
        if status == 0 and name:
            self._paths[file] = ctypes.string_at(name).decode()
            opened = ctypes.cast(file, ctypes.POINTER(_File)).contents
            opened.pMethods = ctypes.pointer(self._watched(opened.pMethods))
        return int(status)

    def _delete(self, vfs: int, name: bytes, sync: int) -> int:
        self._events.append(Delete(name.decode()))
        return int(self.before[1](vfs, name, sync))

    def _watched(self, own: Any) -> _Methods:
        """A copy of the methods that writes down; one for each kind of file."""
        address = ctypes.addressof(own.contents)
        if address in {ctypes.addressof(made) for made in self._methods.values()}:
            return next(made for made in self._methods.values() if ctypes.addressof(made) == address)
        if address not in self._methods:
            made = _Methods.from_buffer_copy(own.contents)
            write = _XWRITE(ctypes.cast(own.contents.xWrite, _P).value or 0)
            truncate = _XTRUNCATE(ctypes.cast(own.contents.xTruncate, _P).value or 0)
            sync = _XSYNC(ctypes.cast(own.contents.xSync, _P).value or 0)

            def x_write(file: int, data: int, amount: int, offset: int) -> int:
                self._events.append(Write(self._paths[file], offset, ctypes.string_at(data, amount)))
                return int(write(file, data, amount, offset))

            def x_truncate(file: int, size: int) -> int:
                self._events.append(Cut(self._paths[file], size))
                return int(truncate(file, size))

            def x_sync(file: int, flags: int) -> int:
                status = int(sync(file, flags))
                self._events.append(Sync(self._paths[file]))
                return status

            made.xWrite, made.xTruncate, made.xSync = _XWRITE(x_write), _XTRUNCATE(x_truncate), _XSYNC(x_sync)
            self._methods[address] = made
        return self._methods[address]


class Disk:
    """A disk that goes through what was recorded, once and forward, and can be left at any moment on the way."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events, self._at = events, 0
        self._synced: defaultdict[str, bytearray] = defaultdict(bytearray)
        self._unsynced: defaultdict[str, list[Write | Cut]] = defaultdict(list)

    def left_at(self, moment: int, into: Path, rng: random.Random) -> None:
        """Writes the files into a folder as the power cut at `events[moment]` left them; no moment before the last."""
        for event in islice(self._events, self._at, moment):
            self._meets(event)
        self._at = moment
        into.mkdir(parents=True, exist_ok=True)
        for path in self._synced | self._unsynced:
            torn = [part for one in self._unsynced.get(path, ()) for part in _torn(one, rng)]
            if not path.endswith("-shm") and (torn or path in self._synced):
                _write(into / Path(path).name, self._synced.get(path, b""), torn)

    def _meets(self, event: Event) -> None:
        match event:
            case Sync(path):
                for one in self._unsynced.pop(path, ()):
                    _apply(self._synced[path], one)
            case Delete(path):
                # The name of a deleted file may come back without a sync of its folder; SQLite syncs it.
                self._synced.pop(path, None)
                self._unsynced.pop(path, None)
            case Write() | Cut():
                self._unsynced[event.path].append(event)


def _write(file: Path, synced: bytes | bytearray, torn: Sequence[Write | Cut]) -> None:
    with file.open("wb") as written:
        written.write(synced)
        for one in torn:
            if isinstance(one, Cut):
                written.truncate(min(one.size, written.seek(0, os.SEEK_END)))
            else:
                # Beyond the end of the file: what lies between is zeros, as on a disk.
                written.seek(one.offset)
                written.write(one.data)


def _torn(event: Write | Cut, rng: random.Random) -> Iterator[Write | Cut]:
    """Of an unsynced write the sectors that reached the disk: all, none, or some."""
    fate = rng.random()
    if fate < 0.4:
        return
    if fate < 0.6 or isinstance(event, Cut):
        yield event
        return
    at = 0
    while at < len(event.data):
        end = min(len(event.data), ((event.offset + at) // SECTOR + 1) * SECTOR - event.offset)
        if rng.random() < 0.5:
            yield Write(event.path, event.offset + at, event.data[at:end])
        at = end


def _apply(content: bytearray, event: Write | Cut) -> None:
    if isinstance(event, Cut):
        del content[event.size :]
        return
    if len(content) < event.offset:
        content.extend(bytes(event.offset - len(content)))
    content[event.offset : event.offset + len(event.data)] = event.data
