"""What is shipped may be shipped: no copyleft, and nothing whose licence nobody knows."""

from pathlib import Path

import licences
import pytest


# Supply: the licence list is checked
def test_everything_that_is_shipped_has_a_licence_that_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    assert licences.main([]) == 0
    listed = capsys.readouterr().out
    assert "pyside6-essentials" in listed
    assert "litestar" in listed
    assert "unknown" not in listed


@pytest.mark.parametrize(
    "expression",
    [
        "MIT",
        "LGPL-3.0-only OR GPL-2.0-only",
        "(BSD-2-Clause OR GPL-3.0-only) AND Zlib",
        "Apache-2.0 WITH LLVM-exception",
    ],
)
def test_a_choice_of_what_is_allowed_is_enough(expression: str) -> None:
    assert licences.allowed(expression)


@pytest.mark.parametrize(
    "expression",
    [
        "", "GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "(MIT OR Zlib) AND AGPL-3.0-only",
        "Proprietary", "GPL-2.0-only WITH Classpath-exception-2.0", "(MIT", "MIT OR", "MIT MIT",
        "License :: OSI Approved :: GNU GPL",
    ],
)  # fmt: skip
def test_copyleft_the_unknown_and_the_unreadable_are_refused(expression: str) -> None:
    assert not licences.allowed(expression)


def test_a_package_that_nobody_answers_for_fails_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(licences, "REQUIREMENTS", tmp_path)
    (tmp_path / "app.txt").write_text("no-such-package==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    (tmp_path / "licences.toml").write_text("")
    assert licences.main(["app"]) == 1
    assert "no-such-package 1.0: unknown" in capsys.readouterr().err
    (tmp_path / "licences.toml").write_text('[no-such-package]\nlicence = "AGPL-3.0-only"\n')
    assert licences.main(["app"]) == 1
    (tmp_path / "licences.toml").write_text('[no-such-package]\nlicence = "ISC"\n')
    assert licences.main(["app"]) == 0
