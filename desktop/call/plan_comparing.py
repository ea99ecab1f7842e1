"""Compares plans for the page that shows them: on the store's lane, after the agent's own steps."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from core.desk.desk import Desk
from core.desk.plans import PlanComparison, PlanDesk
from core.domain.customer import Document
from desktop.call.view360 import View360Panel
from desktop.call.view360_parts.plans import PlansState
from desktop.lane import Lane

ASK_AFTER_MS = 40
"""by then the next customer is painted; who goes on at once leaves nothing to compute behind"""
LOOK_MS = 1_000
REST_S = 2.0
"""the agent has rested so long: what all comparisons need is made ready"""


class PlanComparing(QObject):
    """Answers `panel.plans_wanted`; `rested_s` tells how long ago the agent did something."""

    def __init__(
        self,
        desk: Desk,
        panel: View360Panel,
        *,
        lane: Lane,
        rested_s: Callable[[], float],
        show_error: Callable[[Exception], None],
    ) -> None:
        super().__init__(panel)
        self._plans, self._panel, self._lane = PlanDesk(desk), panel, lane
        self._rested_s, self._show_error = rested_s, show_error
        self._wanted: Document | None = None
        self._under_way: Document | None = None
        self._ask, self._rest = QTimer(self), QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(ASK_AFTER_MS)
        self._ask.timeout.connect(self._compare)
        self._rest.setInterval(LOOK_MS)
        self._rest.timeout.connect(self._warm_in_a_rest)
        self._rest.start()
        panel.plans_wanted.connect(self._want)

    def _want(self, document: Document) -> None:
        if document is not self._under_way:
            self._wanted = document
            self._ask.start()

    def _compare(self) -> None:
        document = self._wanted
        if document is None or not self._panel.wants_plans(document):
            return
        self._rest.stop()
        self._under_way = document

        def compared(found: PlanComparison) -> None:
            self._panel.show_plans(document, found)

        def failed(error: Exception) -> None:
            self._panel.show_plans(document, PlansState.FAILED)
            self._show_error(error)

        self._lane(lambda: self._plans.compare(document), compared, failed)

    def _warm_in_a_rest(self) -> None:
        """Once: the first comparison would else wait for numpy to be imported and the catalogue to be read."""
        if self._rested_s() >= REST_S:
            self._rest.stop()
            self._lane(self._plans.warm, None, self._show_error)
