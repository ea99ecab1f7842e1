"""The store's key at the sign-in: a passphrase, the system's keyring, a store that is damaged or in use."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from desk_kit import SU
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from server_process import ServerProcess
from signing_in_kit import PASSPHRASE, PASSWORD, Person, served, somebody, whole

from core.store import files, keyring_backend


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    yield from served(tmp_path_factory.mktemp("server"))


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Person]:
    yield from somebody(qtbot, qapp, tmp_path / "data")


def test_a_wrong_password_is_told_and_a_right_one_lets_in_with_another_passphrase(
    person: Person, server: ServerProcess
) -> None:
    program = person.start(server.url)
    said = person.refused(program, password="not this one", passphrase="first thought of")
    assert "工号或密码不对" in said
    assert not person.store.exists(), "an attempt that failed leaves nothing behind"
    assert not person.window(program).passphrase.isVisible(), "who is not let in need not think of a passphrase"
    person.enter(program, passphrase="better thought of")


def test_a_passphrase_is_chosen_once_the_password_is_known_to_be_right(person: Person, server: ServerProcess) -> None:
    program = person.start(server.url)
    window = person.window(program)
    person.fill(window.staff_number, SU.staff_number)
    person.fill(window.password, PASSWORD)
    program.jobs.drain()
    person.qapp.processEvents()
    assert not window.passphrase.isVisible()
    QTest.keyClick(window.password, Qt.Key.Key_Return)
    person.until(window.passphrase.isVisible)
    assert "密码正确" in window._passphrase_note.text()
    assert window.focusWidget() is window.passphrase
    assert not person.store.exists(), "nothing is written before it can be encrypted"
    window._language.click()
    note = window._passphrase_note
    assert "Your password is right" in note.text()
    for label in (note, window._note):
        person.until(partial(whole, label))
    person.choose(program, PASSPHRASE, PASSPHRASE)
    person.until(lambda: program.main is not None)


def test_a_passphrase_that_was_asked_of_one_is_not_asked_of_another(person: Person, server: ServerProcess) -> None:
    program = person.start(server.url)
    person.refused(program, again="slipped on a key")
    window = person.window(program)
    assert window.passphrase.isVisible()
    person.fill(window.staff_number, "2043")
    window.look_for_key()
    program.jobs.drain()
    person.until(lambda: not window.passphrase.isVisible())
    assert "不对" in person.refused(program)


def test_a_damaged_store_is_told_and_left_as_it_is(person: Person, server: ServerProcess) -> None:
    program = person.start(server.url)
    person.enter(program)
    person.end(program)
    work = person.store / files.WORK
    damaged = bytes(byte ^ 0x5A for byte in work.read_bytes())
    work.write_bytes(damaged)
    said = person.refused(person.start(server.url))
    assert "数据文件已损坏" in said
    assert "没有删除任何数据" in said
    assert work.read_bytes() == damaged


def test_a_wrong_passphrase_is_told_and_the_right_one_still_opens(person: Person, server: ServerProcess) -> None:
    first = person.start(server.url)
    person.enter(first)
    person.end(first)
    second = person.start(server.url)
    assert "口令" in person.refused(second, passphrase="something else")
    person.enter(second)


def test_a_passphrase_that_is_being_chosen_is_asked_for_twice_and_compared(
    person: Person, server: ServerProcess
) -> None:
    first = person.start(server.url)
    assert "两次" in person.refused(first, again="slipped on a key")
    for label in (person.window(first)._passphrase_note, person.window(first)._note):
        person.until(partial(whole, label))
    assert not person.store.exists()
    window = person.window(first)
    assert window.again is not None
    assert window.focusWidget() is window.again
    assert window.again.echoMode() is QLineEdit.EchoMode.Password
    person.enter(first)
    person.end(first)
    second = person.start(server.url)
    window = person.window(second)
    second.jobs.drain()
    person.until(window.passphrase.isVisible)
    assert window.again is None, "one that is there already is asked for once"
    person.enter(second)


def test_a_second_program_on_the_same_data_says_that_one_is_open(person: Person, server: ServerProcess) -> None:
    main = person.enter(person.start(server.url))
    second = person.start(server.url)
    assert "已经打开" in person.refused(second)
    person.until(lambda: main.queue.model.rowCount() == 2)


class Ring:
    """A keyring of the system, which can be locked or taken away."""

    viable = True

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise RuntimeError("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise RuntimeError("locked")
        self.kept[service, username] = password


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    ring = Ring()
    monkeypatch.setattr(keyring_backend, "_viable", lambda: ring)
    return ring


def test_with_a_keyring_the_next_start_goes_straight_to_the_queue(
    person: Person, server: ServerProcess, ring: Ring
) -> None:
    first = person.start(server.url)
    person.enter(first)
    person.end(first)
    again = person.start(server.url, resuming=True)
    assert again.signin is None
    main = again.main
    assert main is not None
    person.until(lambda: main.queue.model.rowCount() == 2)


def test_a_locked_keyring_is_told_and_nothing_is_deleted(person: Person, server: ServerProcess, ring: Ring) -> None:
    first = person.start(server.url)
    person.enter(first)
    person.end(first)
    before = (person.store / files.WORK).stat().st_size
    ring.locked = True
    program = person.start(server.url)
    person.until(lambda: "密钥环" in person.told(program))
    assert "没有删除任何数据" in person.told(program)
    assert (person.store / files.WORK).stat().st_size == before
    ring.locked = False
    person.enter(program)


def test_a_keyring_that_is_gone_is_told_and_nothing_is_deleted(
    person: Person, server: ServerProcess, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = person.start(server.url)
    person.enter(first)
    person.end(first)
    monkeypatch.setattr(keyring_backend, "_viable", lambda: None)
    program = person.start(server.url)
    person.until(lambda: "密钥环" in person.told(program))
    assert (person.store / files.WORK).exists()


def test_after_signing_out_one_has_to_sign_in_again(person: Person, server: ServerProcess, ring: Ring) -> None:
    program = person.start(server.url)
    main = person.enter(program)
    main.settings.sign_out.click()
    person.until(lambda: program.signin is not None)
    assert program.main is None
    person.enter(program)


def test_who_has_signed_out_may_change_the_language(person: Person, server: ServerProcess, ring: Ring) -> None:
    # Nothing of the window that was left may still listen to the tongue: pytest-qt tells what a slot throws.
    program = person.start(server.url)
    person.enter(program).settings.sign_out.click()
    person.until(lambda: program.signin is not None)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window = person.window(program)
    for _ in range(2):
        window._language.click()
