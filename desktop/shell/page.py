"""What a page of the window is: a title, the roles that see it, and how it is made when it is first wanted."""

from collections.abc import Callable
from enum import StrEnum, auto
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from core.desk.entering import Entered
from core.domain.people import Role
from core.domain.text import Text
from desktop.config import Config
from desktop.lane import HeavyLane, Lane
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

if TYPE_CHECKING:
    from desktop.authority.requests_presenter import RequestsPresenter
    from desktop.shell.diagnostics import Diagnostics

EVERYONE = frozenset(Role)
Page = TypeVar("Page", bound=QWidget)


class Tidings(StrEnum):
    """What a page can follow while it is in sight; each is read anew anyway when it is chosen."""

    STATUS = auto()
    """the line on the sync was drawn anew: at each change of it, and every ten seconds"""
    UPLOADS = auto()
    """more or fewer records wait to be uploaded"""
    PULLED = auto()
    """the sync brought something; many pages of it are told once"""
    SCRIPTS = auto()
    """the scripts on this desk have names, or others"""


class MadePage(Struct, Generic[Page], frozen=True):
    widget: Page
    refresh: Callable[[], None]
    """read anew what the page shows"""


class PageContext(Struct, frozen=True):
    """All that a page may be made of."""

    entered: Entered
    config: Config
    tongue: Tongue
    store_lane: Lane
    network_lane: Lane
    heavy_lane: HeavyLane
    """for what takes seconds"""
    scenario_name: Callable[[str], Text]
    scenarios: Callable[[], list[str]]
    """ids of the scripts that this desk knows"""
    say: Callable[[Text, Tone], None]
    show_error: Callable[[Exception], None]
    open_task: Callable[[str], None]
    """shows the desk with the customer of a task"""
    requests: "RequestsPresenter"
    """what agents ask of this lead"""
    online: Callable[[], bool]
    """the server was there when it was last asked"""
    in_call: Callable[[], bool]
    """a call has begun whose outcome is not saved yet"""
    desk: MadePage[QWidget]
    """the first page, which stands from the start"""
    diagnostics: "Diagnostics"
    config_taken: Callable[[], None]
    """something of the config is new: act on it and keep it"""
    sign_out: Callable[[], None]
    show_page: "Callable[[ShellPage[Any]], None]"
    """brings another page of the window into sight"""


class ShellPage(Struct, Generic[Page], frozen=True):
    title: Text
    make: Callable[[PageContext], MadePage[Page]]
    """called once, when the page is first wanted: imports what nobody else needs inside"""
    roles: frozenset[Role] = EVERYONE
    follows: frozenset[Tidings] = frozenset()
    key: str = ""
    """where its place does not say it, for as long as pages before it are missing"""
    keys: tuple[tuple[str, Text], ...] = ()
    """what keys do on this page alone, for the list of all keys"""
