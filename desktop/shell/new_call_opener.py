"""A call without a task, from the window that finds the customer to the customer on the desk."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.desk.entering import Entered
from core.desk.rights import may_call_without_task
from core.domain.errors import Refused
from core.domain.text import Text
from desktop.call.presenter import CallPresenter
from desktop.lane import Lane
from desktop.shell import words
from desktop.shell.scenario_names import ScenarioNames
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

if TYPE_CHECKING:
    from desktop.call.new_call import Chosen


class NewCallOpener(QObject):
    def __init__(
        self,
        entered: Entered,
        presenter: CallPresenter,
        names: ScenarioNames,
        tongue: Tongue,
        *,
        store_lane: Lane,
        network_lane: Lane,
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._entered, self._presenter, self._names, self._tongue = entered, presenter, names, tongue
        self._store_lane, self._network_lane = store_lane, network_lane
        self._say, self._show_error = say, show_error
        self._over = parent

    def ask(self) -> None:
        """The window that finds a customer; refused with the reason where the role has no right to it."""
        try:
            may_call_without_task(self._entered.desk.agent)
        except Refused as error:
            self._show_error(error)
            return
        from desktop.call.new_call import NewCall

        dialog = NewCall(
            self._entered,
            self._tongue,
            store_lane=self._store_lane,
            network_lane=self._network_lane,
            scenario_name=self._names,
            scenarios=self._names.scenarios,
            show_error=self._show_error,
            parent=self._over,
        )
        dialog.chosen.connect(self._open)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open(self, chosen: "Chosen") -> None:
        """From this machine; whom it does not have is asked of the server, which may take seconds: an agent who went on
        meanwhile is not taken away from what they do."""
        before = self._doing()

        def known(body: bytes | None) -> None:
            if body is not None:
                show(None)
            else:
                ask = self._entered.ask
                self._network_lane(lambda: ask.open_customer(chosen.customer_id), fetched, self._show_error)

        def fetched(body: bytes) -> None:
            if self._doing() == before:
                show(body)
            else:
                self._say(words.FOUND_LATE, Tone.NEUTRAL)

        def show(body: bytes | None) -> None:
            self._presenter.in_view.open_customer(
                chosen.customer_id, chosen.scenario, chosen.inbound_number, body, typed_number=chosen.typed_number
            )

        store = self._entered.store
        self._store_lane(lambda: store.customer(chosen.customer_id), known, self._show_error)

    def _doing(self) -> tuple[int, str, bool]:
        """Whom the agent asked for, who is in view, and whether a call has begun with them."""
        session = self._presenter.session
        key, begun = (session.opened.key, session.flow.begun) if session is not None else ("", False)
        return self._presenter.in_view.asked, key, begun
