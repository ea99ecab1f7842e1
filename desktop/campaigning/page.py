"""The planner's page of campaigns: rules, campaigns, effect and lists behind tabs, each made when first wanted."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop import theme
from desktop.campaigning import words
from desktop.campaigning.parts import CampaigningContext
from desktop.keys import PLANNING, Plan, cap
from desktop.planning.parts import PlanningPart
from desktop.shell.later_page import LaterPage
from desktop.shell.page import MadePage


class CampaigningPage(QWidget):
    def __init__(self, context: CampaigningContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.tabs, self.stack = QTabBar(), QStackedWidget()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        makers: tuple[Callable[[], PlanningPart], ...] = (
            partial(_rules, context),
            partial(_campaigns, context),
            partial(_effect, context),
            partial(_lists, context),
        )
        self._places = [LaterPage(partial(self._stood, make)) for make in makers]
        for place in self._places:
            self.tabs.addTab("")
            self.stack.addWidget(place)
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, theme.px(6), edge, edge)
        column.setSpacing(theme.px(6))
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._turn)
        following = QShortcut(QKeySequence(PLANNING[Plan.PART][0]), self, self._next)
        following.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        context.tongue.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def part(self) -> PlanningPart:
        """The part in sight, made the first time that it is asked for."""
        return self._places[self.tabs.currentIndex()].page

    def _stood(self, make: Callable[[], PlanningPart]) -> MadePage[PlanningPart]:
        part = make()
        self._context.tongue.changed.connect(part.retranslate)
        return MadePage(part, part.refresh)

    def refresh(self) -> None:
        self._turn(self.tabs.currentIndex())

    def retranslate(self) -> None:
        say = self._context.tongue
        self.tabs.setAccessibleName(say(words.TITLE))
        for at in range(self.tabs.count()):
            self.tabs.setTabText(at, f"  {say(words.TABS[at])}  ")
        self.tabs.setToolTip(cap(PLANNING[Plan.PART][0]))

    def _next(self) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def _turn(self, at: int) -> None:
        part = self.part
        self.stack.setCurrentIndex(at)
        self.setFocusProxy(part)
        part.refresh()
        if self.isVisible():
            part.setFocus()


def _rules(context: CampaigningContext) -> PlanningPart:
    from desktop.campaigning.rules import RulesPart

    return RulesPart(context)


def _campaigns(context: CampaigningContext) -> PlanningPart:
    from desktop.campaigning.campaigns import CampaignsPart

    return CampaignsPart(context)


def _effect(context: CampaigningContext) -> PlanningPart:
    from desktop.campaigning.effect import EffectPart

    return EffectPart(context)


def _lists(context: CampaigningContext) -> PlanningPart:
    from desktop.campaigning.lists import ListsPart

    return ListsPart(context)
