"""What the sync's thread tells, brought to the UI thread and told on in parts: content, knowledge, tasks."""

from PySide6.QtCore import QObject, QTimer, Signal

from core.desk.entering import Entered
from core.domain.branch_request import BRANCH_REQUEST
from core.domain.calendar import CALENDAR
from core.domain.data_periods import DATA_PERIODS
from core.domain.knowledge import SEARCHED, TIP_ANSWER
from core.domain.offer_content import OFFER_KINDS
from core.domain.order_state import ORDER_STATE
from core.domain.quality.kinds import QUALITY_KINDS, SAMPLING, SCORECARD
from core.store.types import Applied

TOGETHER_MS = 60
"""pages that come within this are shown as one"""
KNOWLEDGE = SEARCHED | {TIP_ANSWER}
APART = KNOWLEDGE | OFFER_KINDS | {ORDER_STATE, BRANCH_REQUEST} | QUALITY_KINDS | {SCORECARD, SAMPLING, DATA_PERIODS}
"""kinds of content that no script needs: scripts are not read anew for them"""


class SyncNews(QObject):
    """Carries what the sync's thread tells to the UI thread."""

    told = Signal(object)


class PulledNews(QObject):
    scripts_new = Signal()
    knowledge_new = Signal()
    came = Signal(object, object, object)
    """ids of the tasks and of the customers that changed, and why tasks left, at once: the customer in view follows"""
    site_new = Signal()
    """calling hours, caps or calendar have changed; the desk goes by them already"""
    settled = Signal()
    """what came is to be shown in lists: once for many pages, and not in a step of the agent"""

    def __init__(self, entered: Entered, parent: QObject) -> None:
        super().__init__(parent)
        self._entered = entered
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TOGETHER_MS)
        self._soon.timeout.connect(self._settle)

    @property
    def behind(self) -> bool:
        """Something has come that the lists do not show yet."""
        return self._soon.isActive()

    def take(self, applied: Applied) -> None:
        kinds = {kind for kind, _ in applied.content}
        if kinds - APART or applied.indicators:
            self._entered.desk.forget_content()
            self.scripts_new.emit()
        if applied.site is not None or CALENDAR in kinds:
            self.site_new.emit()
        if kinds & KNOWLEDGE:
            self.knowledge_new.emit()
        if applied.anything:
            self.came.emit(applied.task_ids, applied.customer_ids, applied.gone)
            if not self.behind:
                self._soon.start()

    def _settle(self) -> None:
        if self._entered.store.courtesy.at_work:
            self._soon.start()
        else:
            self.settled.emit()
