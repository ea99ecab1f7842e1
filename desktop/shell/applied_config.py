"""What the settings change at once: look and language, and how numbers are handed to the phone."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from core.calling import UriDialler
from core.desk.desk import Desk
from desktop import theme
from desktop.config import Config
from desktop.tongue import Tongue


def apply_look(config: Config, tongue: Tongue) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, config.theme, config.scale)
    tongue.set_lang(config.lang)


def dialler_of(config: Config, desk: Desk) -> UriDialler:
    """The site says which number customers are to see; what it says is new at any sync."""
    return UriDialler(
        config.phone.value, _hand_over, prefix=config.phone_prefix, sip_domain=config.sip_domain,
        caller=lambda: desk.site.caller_number,
    )  # fmt: skip


def _hand_over(address: str) -> bool:
    return QDesktopServices.openUrl(QUrl(address))
