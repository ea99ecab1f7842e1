"""The server's certificate: what is served with it, what is announced of it, and no plain HTTP on the network."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from certificate_kit import Made, issuer, server
from server_kit import agent
from server_process import ServerProcess

from core.server.cli import main
from core.server.commands import serve
from core.server.db import audit, settings
from core.sync.refusals import TokenRefused
from core.sync.transport import Transport
from core.sync.trust import Trust
from core.wire.server_key import code_of
from core.wire.session import SignIn


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def centre(folder: Path) -> Made:
    return issuer(folder)


@pytest.fixture(scope="module")
def first(folder: Path, centre: Made) -> Made:
    return server(folder, "first", issued_by=centre)


@pytest.fixture(scope="module")
def following(folder: Path, centre: Made) -> Made:
    return server(folder, "following", issued_by=centre)


@pytest.fixture(scope="module")
def real(folder: Path, first: Made) -> Iterator[ServerProcess]:
    """Would speak TLS once it is started; its database is there already."""
    pair = ["--certificate", str(first.file), "--private-key", str(first.key_file)]
    program = ("-c", f"import sys; from core.server.cli import main; sys.exit(main([*sys.argv[1:], *{pair}]))")
    made = ServerProcess(folder / "data", program=program)
    yield made
    made.stop()
    made.database.close()


@pytest.fixture(scope="module")
def data(real: ServerProcess) -> Path:
    """A data folder with a database in it."""
    return real.folder


def run(data: Path, *words: object) -> int:
    return main([*map(str, words), "--data", str(data)])


def served(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What `serve` would begin with, in place of beginning."""
    begun: list[object] = []
    monkeypatch.setattr("core.server.serving.serve", lambda *given: begun.append(given[2]))
    return begun


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "127.0.0.1.example"])
def test_plain_http_is_not_served_to_the_network(
    host: str, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = served(monkeypatch)
    assert run(data, "serve", "--host", host, "--port", 0) == 1
    assert not begun
    said = capsys.readouterr()
    assert "--certificate" in said.err
    assert said.out == "", "what a program reads stays as it is"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_is_served_without_a_word(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    serve._refuse_open_air(host, meant=False)
    assert capsys.readouterr().err == ""


def test_a_proxy_on_another_machine_has_to_be_named(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = served(monkeypatch)
    assert run(data, "serve", "--host", "0.0.0.0", "--port", 0, "--behind-proxy") == 0
    assert begun
    assert "明文 HTTP" in capsys.readouterr().err


def test_a_certificate_lets_the_network_in(
    data: Path, first: Made, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = served(monkeypatch)
    pair = ("--certificate", first.file, "--private-key", first.key_file)
    assert run(data, "serve", "--host", "0.0.0.0", "--port", 0, *pair) == 0
    assert begun
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("which", ["no key", "another's key", "no file", "a passphrase"])
def test_what_cannot_be_served_with_is_told_before_anything_starts(
    which: str,
    data: Path,
    folder: Path,
    first: Made,
    following: Made,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    begun = served(monkeypatch)
    locked = folder / "locked.key"
    if which == "a passphrase":
        command = ["openssl", "pkey", "-in", first.key_file, "-aes256", "-passout", "pass:x", "-out", locked]
        subprocess.run(command, check=True, capture_output=True)
    key = {"another's key": following.key_file, "no file": folder / "none", "a passphrase": locked}.get(which)
    given = ["--certificate", first.file, *(["--private-key", key] if key else [])]
    assert run(data, "serve", "--port", 0, *given) == 1
    assert not begun
    assert "私钥" in capsys.readouterr().err


def test_the_code_is_read_from_the_file_as_desks_know_it(
    data: Path, first: Made, centre: Made, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = folder / "chain.pem"
    chain.write_bytes(first.file.read_bytes() + centre.file.read_bytes())
    for file in (first.file, chain):
        assert run(data, "certificate", "code", file) == 0
        said = capsys.readouterr().out
        assert code_of(first.key) in said
        assert first.key in said
    assert run(data, "certificate", "code", first.key_file) == 1
    assert "里面没有证书" in capsys.readouterr().err


def test_what_is_announced_stands_in_the_audit_until_it_is_withdrawn(
    real: ServerProcess, following: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    data = real.folder
    for _ in range(2):
        assert run(data, "certificate", "announce", following.file) == 0
    assert run(data, "certificate", "list") == 0
    assert f"{code_of(following.key)}\t{following.key}" in capsys.readouterr().out
    database = real.database
    with database.read() as unit:
        assert settings.site(unit).server_keys == (following.key,)
        assert audit.verify(unit) == []
    assert run(data, "site", "set", "--hotline", "10001") == 0
    with database.read() as unit:
        assert settings.site(unit).server_keys == (following.key,), "other settings leave it as it is"
    assert run(data, "certificate", "withdraw") == 0
    with database.read() as unit:
        assert settings.site(unit).server_keys == ()


def test_the_real_server_speaks_tls_tells_of_the_certificate_to_come_and_ends_sessions(
    real: ServerProcess, centre: Made, first: Made, following: Made
) -> None:
    assert real.start().startswith("https://127.0.0.1:")
    real.add_user(agent("1"), "stayline-demo")
    assert run(real.folder, "certificate", "announce", following.file) == 0
    transport = Transport(real.url, trust=Trust(file=centre.file), read_s=10)
    session = transport.sign_in(SignIn(staff_number="1", password="stayline-demo"))
    assert transport.trust.met == first.key
    assert session.site.server_keys == (following.key,)
    transport.access_token = session.access_token
    assert transport.pull("", 10).server_time
    # S5: ended from afar, the very next request is refused, and so is the token that would renew it
    assert run(real.folder, "user", "sign-out", "1") == 0
    with pytest.raises(TokenRefused):
        transport.pull("", 10)
    with pytest.raises(TokenRefused):
        transport.refresh(session.refresh_token)
    transport.close()
