"""Signing in: what goes wrong is told plainly with what to do, and nothing on the machine is lost."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest
from desk_kit import NOBODY, SU, UPGRADE, document_of
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reading import reading
from server_process import ServerProcess
from signing_in_kit import PASSWORD, Person, cannot, served, somebody

from core.domain.text import Lang
from core.store.types import QueueRow
from desktop.shell.words import ONLINE, SYNCING
from desktop.signin import words


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    yield from served(tmp_path_factory.mktemp("server"))


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Person]:
    yield from somebody(qtbot, qapp, tmp_path / "data")


def test_one_signs_in_and_sees_the_days_tasks(person: Person, server: ServerProcess) -> None:
    main = person.enter(person.start(server.url))
    model = main.queue.model
    person.until(lambda: model.rowCount() == 2)
    rows = [row for row in map(model.at, range(model.rowCount())) if isinstance(row, QueueRow)]
    assert [row.task_id for row in rows] == [UPGRADE], "the other line is its heading"
    person.until(lambda: main.footer.sync_text == ONLINE.zh)
    assert any(SU.name in words for _, words in reading(main.footer))


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
