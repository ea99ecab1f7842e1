"""Knowledge beside the call: the panel over the 360° view, made when first wanted, and the window to write a tip."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from core.domain.text import Text
from desktop import theme
from desktop.knowledge import words
from desktop.knowledge.place import Place
from desktop.lane import Lane
from desktop.tongue import Tongue
from desktop.widgets.values import Tone

EDGE = 80
"""above and below, where no customer is open"""

if TYPE_CHECKING:
    from core.desk.desk import Desk
    from core.desk.knowing import TipDraft
    from core.domain.knowledge import TipAnswer
    from desktop.call.presenter import CallPresenter
    from desktop.knowledge.panel import KnowledgePanel
    from desktop.knowledge.presenter import KnowledgePresenter


class KnowledgeShelf(QObject):
    """`over` is the widget whose place the panel takes, `back` gets the keys when it closes."""

    def __init__(
        self,
        desk: "Desk",
        call: "CallPresenter",
        tongue: Tongue,
        *,
        lane: Lane,
        over: QWidget,
        back: QWidget,
        scenario_name: Callable[[str], Text],
        say: Callable[[Text, Tone], None],
        show_error: Callable[[Exception], None],
        logged: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._call, self._tongue, self._lane = desk, call, tongue, lane
        self._over, self._back, self._page = over, back, parent
        self._scenario_name, self._say, self._show_error, self._logged = scenario_name, say, show_error, logged
        self._panel: KnowledgePanel | None = None
        self._presenter: KnowledgePresenter | None = None

    @property
    def panel(self) -> "KnowledgePanel | None":
        return self._panel

    @property
    def is_open(self) -> bool:
        return self._panel is not None and not self._panel.isHidden()

    def toggle(self) -> None:
        """Open it, or bring the keys back to its search field; pressed there, close it."""
        panel, presenter = self._made()
        if self.is_open and panel.field.hasFocus():
            self.close()
            return
        opening = not self.is_open
        self._place()
        panel.show()
        panel.raise_()
        panel.field.setFocus()
        panel.field.selectAll()
        if opening:
            presenter.search(panel.field.text())

    def close(self) -> None:
        if self._panel is not None and self.is_open:
            self._panel.hide()
            self._back.setFocus()

    def follow(self) -> None:
        """The call went on; costs nothing while the panel is closed."""
        if self._presenter is not None and self.is_open:
            self._presenter.follow()

    def customer_left(self) -> None:
        """The next customer's 360° view is not hidden behind what was read for the last one."""
        if self._panel is not None and self.is_open:
            self._panel.hide()
            self._panel.field.clear()

    def news(self) -> None:
        """Knowledge came from the server."""
        if self._presenter is not None and self.is_open:
            self._presenter.again()

    def write_tip(self) -> None:
        """A tip from the present call; what was begun before is there again."""
        from core.desk.knowing import tip_draft

        self._lane(lambda: tip_draft(self._desk), self._open_tip, self._show_error)

    def rework_tip(self, answer: "TipAnswer") -> None:
        """A tip that came back; one that is half written goes first, nothing typed is lost."""
        from core.desk.knowing import anew, tip_draft

        def kept_first(kept: "TipDraft") -> None:
            self._open_tip(anew(answer) if kept.empty else kept)

        self._lane(lambda: tip_draft(self._desk), kept_first, self._show_error)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.is_open:
            self._place()
        return super().eventFilter(watched, event)

    def _made(self) -> "tuple[KnowledgePanel, KnowledgePresenter]":
        if self._panel is None or self._presenter is None:
            from desktop.knowledge.panel import KnowledgePanel
            from desktop.knowledge.presenter import KnowledgePresenter

            panel = KnowledgePanel(self._tongue, self._page)
            panel.hide()
            presenter = KnowledgePresenter(
                self._desk,
                lane=self._lane,
                place=self._where,
                found=panel.show_found,
                opened=panel.show_article,
                show_error=self._show_error,
            )
            panel.searched.connect(presenter.search)
            panel.chosen.connect(presenter.open)
            panel.link_followed.connect(presenter.follow_link)
            panel.write_wanted.connect(self.write_tip)
            panel.rework_wanted.connect(self.rework_tip)
            panel.closed.connect(self.close)
            self._over.installEventFilter(self)
            self._panel, self._presenter = panel, presenter
        return self._panel, self._presenter

    def _where(self) -> Place:
        session = self._call.session
        if session is None:
            return Place()
        return Place(session.opened.script.id, session.conversation.view().step_id)

    def _place(self) -> None:
        """Where the 360° view is; without a customer, which hides that, in the middle."""
        assert self._panel is not None
        if self._over.isVisible():
            self._panel.setGeometry(QRect(self._over.mapTo(self._page, QPoint(0, 0)), self._over.size()))
        else:
            whole, edge = self._page.size(), theme.px(EDGE)
            self._panel.setGeometry(whole.width() // 4, edge, whole.width() // 2, whole.height() - 2 * edge)

    def _open_tip(self, kept: "TipDraft") -> None:
        from core.desk.knowing import TipDraft
        from desktop.knowledge.tip_dialog import TipDialog

        where = self._where()
        draft = TipDraft(scenario=where.scenario, step=where.step) if kept.empty else kept
        dialog = TipDialog(
            self._desk,
            self._tongue,
            lane=self._lane,
            draft=draft,
            scenario_name=lambda scenario: self._tongue(self._scenario_name(scenario)),
            show_error=self._show_error,
            parent=self._page,
        )
        dialog.sent.connect(self._tip_sent)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tip_sent(self) -> None:
        self._logged()
        self._say(words.SENT, Tone.OK)
