"""Signing in: what goes wrong is told plainly with what to do, and nothing on the machine is lost."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest
import requests
from desk_kit import NOBODY, SU, UPGRADE, city, document_of
from provider_kit import CLIENT, PROVIDED, provider, sent_home
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from reading import reading
from server_process import ServerProcess

from core.desk.entering import folder_of
from core.domain.errors import ServerUnreachable
from core.domain.text import Lang, Text
from core.server.db import links
from core.server.db.links import Link
from core.server.organisation import settings
from core.server.organisation.settings import Organisation
from core.store import files, keyring_backend
from core.store.types import QueueRow
from desktop.app import Application, options
from desktop.main_window import MainWindow
from desktop.shell.words import ONLINE, SYNCING
from desktop.signin import words
from desktop.signin.window import SignInWindow

PASSWORD, PASSPHRASE = "stayline-demo", "correct horse"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path_factory.mktemp("server")) as running:
        running.add_user(SU, PASSWORD)
        running.publish_content()
        running.load([(document_of(UPGRADE), city()[1][UPGRADE])])
        yield running


class Person:
    """Somebody at a computer who starts the program and fills in the sign-in window."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, data: Path) -> None:
        self.qtbot, self.qapp, self.data = qtbot, qapp, data
        self.programs: list[Application] = []

    def start(self, server: str, *, lang: str = "zh_CN", resuming: bool = False) -> Application:
        given = options(["--server", server, "--data", str(self.data), "--lang", lang])
        program = Application(self.qapp, given)
        self.programs.append(program)
        program.start()
        self.until(lambda: (program.main if resuming else program.signin) is not None)
        return program

    def sign_in(
        self, program: Application, *, password: str = PASSWORD, passphrase: str = PASSPHRASE, again: str | None = None
    ) -> None:
        window = self.window(program)
        if not window.staff_number.text():
            self.fill(window.staff_number, SU.staff_number)
            window.look_for_key()
        program.jobs.drain()
        self.qapp.processEvents()
        self.fill(window.password, password)
        if window.passphrase.isVisible():
            self.fill(window.passphrase, passphrase)
        if window.again is not None and window.again.isVisible():
            self.fill(window.again, passphrase if again is None else again)
        QTest.mouseClick(window.button, Qt.MouseButton.LeftButton)
        if not window.passphrase.isVisible():
            self.until(lambda: self.answered(program) or window.passphrase.isVisible())
            if not self.answered(program):
                self.choose(program, passphrase, passphrase if again is None else again)

    def choose(self, program: Application, passphrase: str, again: str) -> None:
        """Sets the passphrase that was asked for after the password."""
        window = self.window(program)
        assert window.again is not None
        self.fill(window.passphrase, passphrase)
        self.fill(window.again, again)
        QTest.mouseClick(window.button, Qt.MouseButton.LeftButton)

    def answered(self, program: Application) -> bool:
        return program.main is not None or bool(self.told(program))

    def enter(self, program: Application, **given: str) -> MainWindow:
        self.sign_in(program, **given)
        self.until(lambda: self.answered(program))
        assert program.main is not None, self.told(program)
        return program.main

    def refused(self, program: Application, **given: str) -> str:
        """Signs in, and gives what the window says instead of letting in."""
        self.window(program).banner.clear()
        self.sign_in(program, **given)
        self.until(lambda: bool(self.told(program)) and self.window(program).button.isEnabled())
        assert program.main is None
        return self.told(program)

    @staticmethod
    def window(program: Application) -> SignInWindow:
        assert program.signin is not None
        return program.signin

    @staticmethod
    def told(program: Application) -> str:
        return program.signin.banner.message if program.signin is not None else ""

    @staticmethod
    def fill(field: QLineEdit, text: str) -> None:
        field.clear()
        QTest.keyClicks(field, text)

    def until(self, seen: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(seen, timeout=20_000)

    def end(self, program: Application) -> None:
        """Closes the program."""
        self.programs.remove(program)
        program.leave()
        for window in (program.main, program.signin):
            if window is not None:
                window.hide()
                window.deleteLater()
        program.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def store(self) -> Path:
        return folder_of(self.data, NOBODY, SU.staff_number)


def whole(label: QWidget) -> bool:
    return label.height() >= label.heightForWidth(label.width())


def cannot() -> None:
    raise ServerUnreachable(
        title=Text("连不上", "Not reached"), message=Text("没有回应", "No answer"), next_step=Text("", "")
    )


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Person]:
    qapp.setQuitOnLastWindowClosed(False)
    someone = Person(qtbot, qapp, tmp_path / "data")
    yield someone
    for program in list(someone.programs):
        someone.end(program)


def test_one_signs_in_and_sees_the_days_tasks(person: Person, server: ServerProcess) -> None:
    main = person.enter(person.start(server.url))
    model = main.queue.model
    person.until(lambda: model.rowCount() == 2)
    rows = [row for row in map(model.at, range(model.rowCount())) if isinstance(row, QueueRow)]
    assert [row.task_id for row in rows] == [UPGRADE], "the other line is its heading"
    person.until(lambda: main.footer.sync_text == ONLINE.zh)
    assert any(SU.name in words for _, words in reading(main.footer))


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


@pytest.mark.parametrize("lang", list(Lang))
def test_an_unreachable_server_and_no_data_here_is_told_with_what_to_do(person: Person, lang: Lang) -> None:
    program = person.start(NOBODY, lang=lang.value)
    said = person.refused(program)
    assert ("服务器" in said) if lang is Lang.ZH else ("server" in said)
    assert len(said) > 20
    assert "继续离线工作" not in said
    assert "goes on offline" not in said, "there is nothing here to go on with"
    assert not person.window(program).passphrase.isVisible()
    assert not person.store.exists()


# peers: not knowing whether one is online
def test_offline_one_signs_in_to_what_is_here_and_the_window_says_offline(
    person: Person, server: ServerProcess
) -> None:
    first = person.start(server.url)
    main = person.enter(first)
    person.until(lambda: main.queue.model.rowCount() == 2)
    person.end(first)
    second = person.start(NOBODY)
    assert "不对" in person.refused(second, password="not this one")
    main = person.enter(second)
    person.until(lambda: main.queue.model.rowCount() == 2)
    person.until(lambda: "离线" in main.footer.sync_text)
    assert main.entered.offline


def test_until_the_server_has_answered_one_who_signed_in_with_it_is_not_called_offline(
    person: Person, server: ServerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.main_window.begin_sync_after", lambda *_: None)
    main = person.enter(person.start(server.url))
    assert not main.entered.offline
    assert main.footer.sync_text == SYNCING.zh
    main.entered.syncer.start()
    person.until(lambda: main.footer.sync_text == ONLINE.zh)


def test_a_machine_that_holds_nothing_promises_no_offline_work(person: Person, server: ServerProcess) -> None:
    program = person.start(server.url)
    assert "第一次" in person.window(program)._note.text()
    person.enter(program)
    person.end(program)
    window = person.window(person.start(server.url))
    person.fill(window.staff_number, SU.staff_number)
    window.look_for_key()
    person.until(lambda: window._note.text() == words.OFFLINE_NOTE.zh)
    person.fill(window.staff_number, "2043")
    window.look_for_key()
    person.until(lambda: "第一次" in window._note.text())


def test_an_empty_server_address_is_what_is_asked_for(person: Person) -> None:
    program = person.start("")
    window = person.window(program)
    person.fill(window.staff_number, SU.staff_number)
    person.fill(window.password, PASSWORD)
    window.button.click()
    assert "服务器地址" in person.told(program)
    assert window.focusWidget() is window.server


def test_a_path_after_the_servers_address_is_named(person: Person, server: ServerProcess) -> None:
    said = person.refused(person.start(f"{server.url}/desk/home"))
    assert "/desk/home" in said
    assert "去掉" in said


class Elsewhere(BaseHTTPRequestHandler):
    """Some other program's web page."""

    posted: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.posted.append(self.path)
        self.do_GET()

    def do_GET(self) -> None:
        body = b"<html>It works!</html>"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def foreign() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_some_other_server_is_told_as_such_and_gets_no_password(person: Person, foreign: str) -> None:
    said = person.refused(person.start(foreign))
    assert "不是本系统的服务器" in said
    assert "Stayline 服务器" in said
    assert "登录窗口" in said, "the address can be changed there and nowhere else"
    assert Elsewhere.posted == []


def test_an_address_that_is_none_is_told(person: Person) -> None:
    program = person.start("no such place")
    assert person.refused(program)


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


def test_what_is_missing_is_asked_for_in_the_language_chosen(person: Person) -> None:
    program = person.start(NOBODY)
    window = person.window(program)
    window.button.click()
    assert "请填写工号和密码" in person.told(program)
    window._language.click()
    assert "Enter your staff number" in person.told(program)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    window._language.click()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


# VIEW-02; the whole way: a value changes on the server, the sync brings it, the window shows it
def test_a_customer_changed_on_the_server_is_seen_without_a_restart(person: Person, server: ServerProcess) -> None:
    main = person.enter(person.start(server.url))
    person.until(lambda: main.queue.model.rowCount() == 2)
    main.presenter.in_view.open_task(UPGRADE)
    person.until(lambda: main.presenter.session is not None)
    document = document_of(UPGRADE)
    assert document.identity is not None
    identity = msgspec.structs.replace(document.identity, name="改名客户")
    server.load([(msgspec.structs.replace(document, identity=identity, version=document.version + 1), None)])
    main.entered.syncer.retry_now()
    assert main.call_page is not None
    header = main.call_page.header
    person.until(lambda: header._name.text() == "改名客户")
    server.load([(document, None)])


def test_an_error_that_no_window_asked_for_is_told_by_the_one_that_is_up(person: Person) -> None:
    program = person.start(NOBODY)
    program.jobs.network(program, cannot)
    person.until(lambda: "连不上" in person.told(program))


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with provider() as running:
        yield running


class Page:
    """The system's browser, at the provider's page: its person signs in there at once, or leaves it open."""

    def __init__(self) -> None:
        self.subject, self.opened = "su", 0

    def __call__(self, address: QUrl) -> bool:
        self.opened += 1
        if self.subject:
            home = sent_home(address.toString(QUrl.ComponentFormattingOption.FullyEncoded), self.subject)
            assert requests.get(home, timeout=10).status_code == 200
        return True


@pytest.fixture
def page(server: ServerProcess, issuer: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """The server lets people in by accounts of their organisation; Su is linked."""
    with server.database.write() as unit:
        settings.put(unit, Organisation(issuer=issuer, client_id=CLIENT))
        links.put(unit, SU.staff_number, Link(issuer, "sub", "su"))
    settings.put_secret(server.folder, "s3cret")
    made = Page()
    monkeypatch.setattr(QDesktopServices, "openUrl", made)
    yield made
    with server.database.write() as unit:
        settings.put(unit, None)


def by_organisation(person: Person, program: Application) -> None:
    """Fills in the staff number and takes the way by the organisation, by its key."""
    window = person.window(program)
    if not window.staff_number.text():
        person.fill(window.staff_number, SU.staff_number)
        window.look_for_key()
    person.until(window.organisation.button.isVisible)
    person.until(window.organisation.button.isEnabled)
    QTest.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)


def test_where_the_server_knows_passwords_alone_nothing_else_is_offered(person: Person, server: ServerProcess) -> None:
    program = person.start(server.url)
    window = person.window(program)
    person.refused(program, password="not this one")
    person.until(lambda: window._ways_asked_of == server.url)
    assert not window.organisation.isVisible()


@PROVIDED
def test_one_signs_in_by_an_account_of_the_organisation_and_without_a_password_goes_on_offline(
    person: Person, server: ServerProcess, page: Page
) -> None:
    # Reliability S13: beside local accounts
    program = person.start(server.url)
    by_organisation(person, program)
    window = person.window(program)
    person.until(window.passphrase.isVisible)
    assert "单位账号已确认" in window._passphrase_note.text()
    assert not person.store.exists()
    person.choose(program, PASSPHRASE, PASSPHRASE)
    person.until(lambda: person.answered(program))
    assert program.main is not None, person.told(program)
    assert page.opened == 1, "the passphrase is no reason to sign in twice"
    main = program.main
    person.until(lambda: main.footer.sync_text == ONLINE.zh)
    person.end(program)

    again = person.start(NOBODY)
    person.until(person.window(again).passphrase.isVisible)
    person.fill(person.window(again).passphrase, PASSPHRASE)
    by_organisation(person, again)
    person.until(lambda: person.answered(again))
    assert again.main is not None, person.told(again)
    assert again.main.entered.offline
    assert page.opened == 1, "there is nobody to ask"


@PROVIDED
def test_who_does_not_finish_in_the_browser_gives_up_by_a_key(
    person: Person, server: ServerProcess, page: Page
) -> None:
    page.subject = ""
    program = person.start(server.url)
    window = person.window(program)
    by_organisation(person, program)
    person.until(lambda: page.opened == 1)
    assert "浏览器" in window.organisation._note.text()
    assert window.organisation._note.isVisible()
    assert not window.button.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    person.until(lambda: "取消" in person.told(program))
    assert window.button.isEnabled()
    assert not window.organisation._note.isVisible()
    by_organisation(person, program)
    person.until(lambda: page.opened == 2)
    # Closed meanwhile: the program does not wait for the browser either.


@PROVIDED
def test_an_account_that_nobody_linked_is_named_and_a_machine_without_a_browser_told(
    person: Person, server: ServerProcess, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.subject = "stranger"
    program = person.start(server.url)
    by_organisation(person, program)
    person.until(lambda: "stranger" in person.told(program))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _address: False)
    by_organisation(person, program)
    person.until(lambda: "浏览器" in person.told(program))
    assert not person.store.exists()
