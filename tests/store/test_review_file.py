"""Review packs on this machine: whole or not at all, encrypted, and begun anew where they are damaged."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.store.key import StoreKey
from core.store.opening import open_store
from core.store.review_file import REVIEW, ReviewFile
from core.wire.review import Pack, PackList, PackPart

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
CANARY = b"canary-10012345678"


def part_of(name: str, body: bytes) -> PackPart:
    return PackPart(name=name, digest=hashlib.sha256(body).hexdigest(), size=len(body))


def pack_of(*bodies: bytes, period: str = "2026-11-22", version: int = 1) -> Pack:
    parts = tuple(part_of(f"p{at}", body) for at, body in enumerate(bodies))
    return Pack(team="A", period=period, version=version, calls=1, made_at=NOW, parts=parts)


def list_of(*packs: Pack) -> PackList:
    return PackList(packs=packs, names={"2043": "何俊"}, server_time=NOW)


@pytest.fixture
def kept(tmp_path: Path, key: StoreKey) -> Iterator[ReviewFile]:
    file = ReviewFile(tmp_path, key)
    yield file
    file.close()


def test_a_pack_is_read_once_all_of_it_is_whole(kept: ReviewFile) -> None:
    wanted = list_of(pack_of(b"figures", b"details"))
    first, second = wanted.packs[0].parts
    assert kept.lacking(wanted) == [first, second]
    assert not kept.take(first, 0, b"fig")
    assert kept.received(first.digest) == 3
    assert kept.take(first, 3, b"ures")
    kept.adopt(wanted)
    listed = kept.listed()
    assert listed is not None
    assert listed.packs == ()
    assert kept.take(second, 0, b"details")
    assert kept.adopt(wanted)
    assert kept.listed() == wanted
    assert kept.bodies([first.digest, second.digest]) == {first.digest: b"figures", second.digest: b"details"}
    assert not kept.adopt(wanted)


def test_the_version_before_stays_until_the_next_is_whole(kept: ReviewFile) -> None:
    old = list_of(pack_of(b"old"))
    kept.take(old.packs[0].parts[0], 0, b"old")
    kept.adopt(old)
    new = list_of(pack_of(b"newer", version=2))
    kept.take(new.packs[0].parts[0], 0, b"new")
    kept.adopt(new)
    listed = kept.listed()
    assert listed is not None
    assert listed.packs == old.packs
    assert kept.received(new.packs[0].parts[0].digest) == 3
    kept.take(new.packs[0].parts[0], 3, b"er")
    kept.adopt(new)
    assert kept.listed() == new
    assert kept.bodies([old.packs[0].parts[0].digest]) == {}


def test_pieces_that_come_to_other_bytes_are_dropped(kept: ReviewFile) -> None:
    wanted = list_of(pack_of(b"figures"))
    part = wanted.packs[0].parts[0]
    assert not kept.take(part, 0, b"figurez")
    assert kept.received(part.digest) == 0
    assert kept.lacking(wanted) == [part]


def test_what_no_list_names_is_forgotten(kept: ReviewFile) -> None:
    wanted = list_of(pack_of(b"mine"))
    kept.take(wanted.packs[0].parts[0], 0, b"mine")
    kept.adopt(wanted)
    kept.adopt(list_of())
    assert kept.bodies([wanted.packs[0].parts[0].digest]) == {}


def test_a_damaged_file_is_begun_anew(tmp_path: Path, key: StoreKey) -> None:
    file = ReviewFile(tmp_path, key)
    wanted = list_of(pack_of(b"x" * 50_000))
    file.take(wanted.packs[0].parts[0], 0, b"x" * 50_000)
    file.adopt(wanted)
    file.close()
    path = tmp_path / REVIEW
    body = bytearray(path.read_bytes())
    for at in range(100, len(body), 4096):
        body[at] ^= 1
    path.write_bytes(body)
    again = ReviewFile(tmp_path, key)
    assert again.listed() is None
    assert again.lacking(wanted) == list(wanted.packs[0].parts)
    again.close()


def test_nothing_of_it_lies_in_the_open_and_another_agent_finds_nothing(tmp_path: Path, key: StoreKey) -> None:
    # S4
    store = open_store(tmp_path, key)
    wanted = list_of(pack_of(CANARY))
    store.review.take(wanted.packs[0].parts[0], 0, CANARY)
    store.review.adopt(wanted)
    for file in tmp_path.iterdir():
        assert CANARY not in file.read_bytes()
    assert (tmp_path / REVIEW).stat().st_mode & 0o077 == 0
    store.hand_over()
    assert store.review.listed() is None
    store.close()
