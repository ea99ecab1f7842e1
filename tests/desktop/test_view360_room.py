"""Room and names in the 360° column: nothing is wider than its place, all that takes the focus can be told aloud."""

import pytest
import view360_sample as sample
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from view360_kit import panel_shown, show, text, within

from core.domain.customer import Document, SpecialNeed
from core.domain.text import Lang
from desktop import theme
from desktop.call.view360 import View360Panel
from desktop.widgets.chip import Chip


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> View360Panel:
    return panel_shown(qtbot, qapp)


def test_a_chip_fits_its_words_after_customers_who_had_none(qapp: QApplication, panel: View360Panel) -> None:
    # VIEW-15
    def needing(zh: str) -> Document:
        need = SpecialNeed(code="x", label=text(zh, "Need"), service=text("慢", "slow"))
        return within("contact", special_needs=[need] if zh else [])(sample.customer())

    for zh in ("听力不便", "", "习惯方言可转方言坐席", "", "听力不便"):
        show(panel, needing(zh))
        qapp.processEvents()
        chips = [chip for chip in panel.findChildren(Chip) if chip.isVisible() and chip.words.startswith(zh or "-")]
        assert [chip.width() for chip in chips] == [chip.sizeHint().width() for chip in chips]
        assert bool(chips) == bool(zh)


def test_everything_to_focus_has_a_name(panel: View360Panel) -> None:
    for page in range(8):
        panel.show_page(page)
        show(panel, sample.customer())
        for widget in panel.current().findChildren(QWidget):
            if widget.isVisibleTo(panel) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                named = widget.accessibleName() or widget.objectName().startswith("qt_")
                assert named, (page, widget)


@pytest.mark.parametrize("scale", [1.0, 1.25])
@pytest.mark.parametrize("width", [380, 470])
def test_no_page_is_wider_than_its_room(qapp: QApplication, panel: View360Panel, scale: float, width: int) -> None:
    theme.apply(qapp, theme.Theme.DARK, scale)
    panel._tongue.set_lang(Lang.EN)
    panel.resize(width, 660)
    for index in range(8):
        panel.show_page(index)
        show(panel, sample.customer())
        qapp.processEvents()
        page = panel.current()
        inner = page.widget()
        assert inner is not None
        assert inner.width() <= page.viewport().width()
        assert not page.grab().isNull()
    theme.apply(qapp, theme.Theme.LIGHT)
