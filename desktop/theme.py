"""Colours, fonts and the text scale: the tokens of the light and the dark look, and their application to the program.

Painted widgets read `tokens()`, `font()` and `px()` at each paint, so that a change of theme or scale needs no restart.
"""

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from desktop.theme_sheet import sheet
from desktop.tokens import DARK, LIGHT, Tokens

FAMILIES = (
    "Noto Sans CJK SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
"""Named one by one: left to itself fontconfig falls back to the Japanese face."""
MONO_FAMILIES = ("DejaVu Sans Mono", "Consolas", "Menlo", *FAMILIES)
STYLE_ARGUMENTS = ("-style", "fusion")
"""To begin a QApplication with: asking it for its style afterwards costs a start 20 ms, for the enums of QStyle."""
_STYLED = "stayline_styled"
BASE_PX = 14
SCALE_MIN, SCALE_MAX = 0.9, 1.5


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


class _Look(Struct):
    theme: Theme
    tokens: Tokens
    scale: float


# The look belongs to the one QApplication of the process, as Qt's own palette and font do.
_look = _Look(Theme.LIGHT, LIGHT, 1.0)


def apply(app: QApplication, theme: Theme, scale: float = 1.0) -> None:
    """Puts the program into `theme` with texts `scale` times as large (0.9 to 1.5; others are held to that)."""
    _look.theme, _look.tokens = theme, (DARK if theme is Theme.DARK else LIGHT)
    _look.scale = min(max(scale, SCALE_MIN), SCALE_MAX)
    if not app.property(_STYLED):
        app.setStyle("Fusion")
        app.setProperty(_STYLED, True)
    app.setPalette(_palette(_look.tokens))
    app.setFont(font())
    wanted = sheet(_look.tokens, px)
    if app.styleSheet() != wanted:
        # Polishes every widget there is, also where nothing changed.
        app.setStyleSheet(wanted)


def began_with_style(app: QApplication) -> None:
    """STYLE_ARGUMENTS were given: there is no style to set."""
    app.setProperty(_STYLED, True)


def tokens() -> Tokens:
    """The colours now in use."""
    return _look.tokens


def theme() -> Theme:
    return _look.theme


def scale() -> float:
    return _look.scale


def px(size: float) -> int:
    """A length of the sketches (logical pixels at 100 %) at the text scale in use."""
    return round(size * _look.scale)


class Face(QFont):
    """One of the theme's faces, and what was measured in it."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: dict[str, float] = {}
        """the advance of words, logical pixels"""


def font(size: float = BASE_PX, *, bold: bool = False, mono: bool = False) -> Face:
    """The face at `size` logical pixels before scaling. Shared: copy it before changing it."""
    return _font(px(size), bold, mono)


@lru_cache(maxsize=128)
def _font(pixels: int, bold: bool, mono: bool) -> Face:
    face = Face()
    face.setFamilies(list(MONO_FAMILIES if mono else FAMILIES))
    face.setPixelSize(pixels)
    face.setFixedPitch(mono)
    face.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return face


@lru_cache(maxsize=128)
def colour(name: str) -> QColor:
    """The QColor of a token's hex value. Shared: copy it before changing it."""
    return QColor(name)


def _palette(look: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: look.bg,
        role.WindowText: look.ink,
        role.Base: look.card,
        role.AlternateBase: look.quiet,
        role.Text: look.ink,
        role.Button: look.card,
        role.ButtonText: look.ink,
        role.BrightText: look.bad,
        role.ToolTipBase: look.header,
        role.ToolTipText: look.header_ink,
        role.PlaceholderText: look.mut,
        role.Highlight: look.fill,
        role.HighlightedText: look.on_fill,
        role.Link: look.brand,
        role.LinkVisited: look.vip,
        role.Accent: look.fill,
    }
    for key, value in pairs.items():
        palette.setColor(key, colour(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, colour(look.off))
    return palette
