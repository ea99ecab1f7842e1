"""The style sheet of Qt's own controls, made from the tokens. Widgets painted by hand need none of it, nor do the
controls that Fusion draws well from the palette (check boxes, combo boxes, spin boxes).

Dynamic properties choose a variant: `kind` on QPushButton (primary, danger, header, plain), `surface` on QWidget
(window, card, header).
"""

from collections.abc import Callable

from desktop.tokens import Tokens


def sheet(t: Tokens, px: Callable[[float], int]) -> str:
    """QSS of the whole program; `px` turns logical pixels into those of the text scale."""
    return "".join((_surfaces(t), _buttons(t, px), _fields(t, px), _lists(t, px), _rest(t, px)))


def _surfaces(t: Tokens) -> str:
    return f"""
QMainWindow, QDialog, QWidget[surface="window"] {{ background: {t.bg}; }}
QWidget[surface="card"] {{ background: {t.card}; }}
QWidget[surface="header"] {{ background: {t.header}; }}
QScrollArea {{ background: transparent; border: 1px solid transparent; border-radius: 6px; }}
QScrollArea:focus {{ border-color: {t.brand}; }}
QLabel {{ background: transparent; }}
"""


def _buttons(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QPushButton {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.edge}; border-radius: {px(6)}px;
  padding: {px(5)}px {px(12)}px; }}
QPushButton:hover {{ background: {t.quiet}; border-color: {t.brand}; }}
QPushButton:pressed, QPushButton:checked {{ background: {t.brand_bg}; border-color: {t.brand}; }}
QPushButton:focus {{ border: 2px solid {t.brand}; padding: {px(5) - 1}px {px(12) - 1}px; }}
QPushButton:disabled {{ color: {t.off}; background: {t.quiet}; border-color: {t.line}; }}
QPushButton[kind="line"] {{ padding: {px(1)}px {px(10)}px; }}
QPushButton[kind="line"]:focus {{ padding: {px(1) - 1}px {px(10) - 1}px; }}
QPushButton[kind="primary"] {{ background: {t.fill}; color: {t.on_fill}; border-color: {t.fill}; font-weight: 600; }}
QPushButton[kind="primary"]:focus {{ border-color: {t.ink}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.track}; color: {t.off}; border-color: {t.track}; }}
QPushButton[kind="danger"] {{ background: {t.bad_fill}; color: #ffffff; border-color: {t.bad_fill};
  font-weight: 600; }}
QPushButton[kind="danger"]:focus {{ border-color: {t.ink}; }}
QPushButton[kind="header"] {{ background: {t.header_btn}; color: {t.header_ink}; border-color: {t.header_edge}; }}
QPushButton[kind="header"]:focus {{ border-color: {t.header_ink}; }}
QPushButton[kind="header"]:disabled {{ color: {t.header_mut}; background: {t.header}; }}
QPushButton[kind="plain"] {{ background: transparent; border-color: transparent; color: {t.brand};
  padding: {px(3)}px {px(6)}px; }}
QPushButton[kind="plain"]:hover, QPushButton[kind="plain"]:checked {{ background: {t.brand_bg}; }}
QPushButton[kind="plain"]:focus {{ border: 2px solid {t.brand}; padding: {px(3) - 1}px {px(6) - 1}px; }}
"""


def _fields(t: Tokens, px: Callable[[float], int]) -> str:
    fields = "QLineEdit, QPlainTextEdit, QTextEdit"
    focus = ", ".join(f"{name.strip()}:focus" for name in fields.split(","))
    off = ", ".join(f"{name.strip()}:disabled" for name in fields.split(","))
    return f"""
{fields} {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.edge}; border-radius: {px(6)}px;
  padding: {px(4)}px {px(7)}px; selection-background-color: {t.fill}; selection-color: {t.on_fill}; }}
{focus} {{ border-color: {t.brand}; }}
{off} {{ color: {t.off}; background: {t.quiet}; }}
QComboBox QAbstractItemView {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.edge};
  selection-background-color: {t.brand_bg}; selection-color: {t.ink}; outline: none; }}
"""


def _lists(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QListView, QTableView, QTreeView {{ background: transparent; alternate-background-color: {t.quiet}; color: {t.ink};
  border: 1px solid transparent; border-radius: {px(4)}px; gridline-color: {t.line};
  selection-background-color: {t.brand_bg}; selection-color: {t.ink}; outline: none; }}
QListView:focus, QTableView:focus, QTreeView:focus {{ border-color: {t.brand}; }}
QHeaderView, QHeaderView::section {{ background: transparent; color: {t.mut}; border: none; }}
QHeaderView::section {{ border-bottom: 1px solid {t.line}; padding: {px(4)}px {px(3)}px; }}
QHeaderView::section:first {{ padding-left: {px(9)}px; }}
QHeaderView::section:last {{ padding-right: {px(9)}px; }}
QTableCornerButton::section {{ background: transparent; border: none; }}
"""


def _rest(t: Tokens, px: Callable[[float], int]) -> str:
    return f"""
QTabBar {{ background: transparent; qproperty-drawBase: 0; font-size: {px(13)}px; }}
QTabBar::tab {{ background: transparent; color: {t.mut}; border: none; border-bottom: 2px solid transparent;
  padding: {px(4)}px {px(2)}px; }}
QTabBar::tab:hover {{ color: {t.ink}; }}
QTabBar::tab:selected {{ color: {t.brand}; border-bottom-color: {t.brand}; }}
QTabBar::tab:selected:focus {{ background: {t.brand_bg}; }}
QScrollBar:vertical {{ background: transparent; width: {px(9)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(9)}px; margin: 0; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: {px(4)}px; min-height: {px(28)}px; min-width: {px(28)}px; }}
QScrollBar::handle:hover {{ background: {t.mut}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {t.header}; color: {t.header_ink}; border: 1px solid {t.header_edge}; padding: {px(4)}px; }}
QMenu {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.edge}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(5)}px {px(18)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {t.brand_bg}; }}
QMenu::item:disabled {{ color: {t.off}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: {px(4)}px; }}
QSplitter::handle {{ background: transparent; }}
QProgressBar {{ background: {t.track}; border: none; border-radius: {px(3)}px; color: {t.ink}; text-align: center; }}
QProgressBar::chunk {{ background: {t.fill}; border-radius: {px(3)}px; }}
"""
