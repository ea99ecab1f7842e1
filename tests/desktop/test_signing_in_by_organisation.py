"""Signing in by an account of one's organisation: the system's browser, and what comes back from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from desk_kit import NOBODY, SU
from provider_kit import CLIENT, PROVIDED, provider, sent_home
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from server_process import ServerProcess
from signing_in_kit import PASSPHRASE, Person, served, somebody

from core.server.db import links
from core.server.db.links import Link
from core.server.organisation import settings
from core.server.organisation.settings import Organisation
from desktop.app import Application
from desktop.shell.words import ONLINE


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    yield from served(tmp_path_factory.mktemp("server"))


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Person]:
    yield from somebody(qtbot, qapp, tmp_path / "data")


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
