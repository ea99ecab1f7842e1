"""The look: readable in both themes, the text scale, one binding of Qt that keeps its references."""

import sys

import pytest
from msgspec.structs import asdict
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.domain.text import Lang, Text
from desktop import theme
from desktop.tokens import DARK, LIGHT, Tokens
from desktop.tongue import Tongue

PAIRS = [
    ("ink", "card"), ("ink", "bg"), ("ink", "quiet"), ("ink", "brand_bg"), ("ink", "mark"), ("mut", "card"),
    ("mut", "bg"), ("mut", "quiet"), ("mut", "track"), ("off", "quiet"), ("brand", "card"), ("brand", "brand_bg"),
    ("ok", "card"), ("ok", "ok_bg"), ("warn", "card"), ("warn", "warn_bg"), ("bad", "card"), ("bad", "bad_bg"),
    ("vip", "card"), ("vip", "vip_bg"), ("on_fill", "fill"), ("on_fill", "bad_fill"), ("header_ink", "header"),
    ("header_mut", "header"), ("live", "header"), ("header_ink", "header_btn"),
]  # fmt: skip


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_every_ink_is_readable_on_its_ground(look: Tokens, words: str, ground: str) -> None:
    values = asdict(look)
    assert contrast(values[words], values[ground]) >= 4.5


def test_a_theme_reaches_palette_links_and_tokens(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Theme.DARK)
    assert qapp.palette().color(QPalette.ColorRole.Link).name() == DARK.brand
    assert theme.tokens() is DARK
    theme.apply(qapp, theme.Theme.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.bg


@pytest.mark.parametrize(("asked", "given"), [(0.5, 0.9), (1.25, 1.25), (4.0, 1.5)])
def test_text_scale_is_held_to_what_the_windows_bear(qapp: QApplication, asked: float, given: float) -> None:
    theme.apply(qapp, theme.Theme.LIGHT, asked)
    assert theme.scale() == given
    assert theme.font(16).pixelSize() == round(16 * given)
    theme.apply(qapp, theme.Theme.LIGHT)


def test_chinese_is_never_left_to_a_fallback_face(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Theme.LIGHT)
    families = qapp.font().families()
    assert families[0] == "Noto Sans CJK SC"
    assert "Microsoft YaHei" in families
    assert QFontInfo(theme.font()).pixelSize() == 14


def test_the_language_switches_while_running_and_tells_once(qtbot: QtBot) -> None:
    tongue = Tongue()
    greeting = Text("您好", "Hello")
    assert tongue(greeting) == "您好"
    with qtbot.waitSignal(tongue.changed):
        tongue.set_lang(Lang.EN)
    assert tongue(greeting) == "Hello"
    with qtbot.assertNotEmitted(tongue.changed):
        tongue.set_lang(Lang.EN)


def test_void_qt_calls_take_no_reference_of_none(qtbot: QtBot) -> None:
    """The binding of one release aborted the program after some thousand calls."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for i in range(20_000):
        label.setText(str(i % 7))
    assert sys.getrefcount(None) >= before - 100
