"""The campaigns by name and state, one of them in hand."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from core.domain.campaign import CampaignState
from core.domain.text import Text
from core.wire.campaigns import CampaignTold
from desktop import theme
from desktop.campaigning import campaign_words as words
from desktop.tongue import Tongue
from desktop.widgets.line_list import LineList
from desktop.widgets.painted import draw_words, ink, width_of
from desktop.widgets.values import Tone

GAP = 8
STATE_TONES = {
    CampaignState.DRAFT: Tone.MUTED, CampaignState.RUNNING: Tone.OK, CampaignState.PAUSED: Tone.WARN,
    CampaignState.STOPPED: Tone.BAD, CampaignState.ENDED: Tone.MUTED,
}  # fmt: skip


class CampaignList(LineList[CampaignTold]):
    chosen = Signal(str)
    """id, chosen by hand"""

    def __init__(self, tongue: Tongue) -> None:
        super().__init__(draw=self._draw, spoken=self._spoken, hint=self._spoken)
        self._tongue = tongue
        self.selectionModel().currentChanged.connect(lambda now, _: self._choose(now.row()))

    def show_campaigns(self, rows: Sequence[CampaignTold], campaign_id: str, *, empty: Text) -> None:
        """With the one of that id in hand, if it is there; `chosen` keeps silent."""
        model = self.selectionModel()
        model.blockSignals(True)
        self.set_rows(rows, empty=self._tongue(empty))
        at = next((at for at, one in enumerate(rows) if one.id == campaign_id), -1)
        self.setCurrentIndex(self.lines.index(at))
        model.blockSignals(False)

    def _choose(self, row: int) -> None:
        if 0 <= row < self.lines.rowCount():
            self.chosen.emit(self.lines.row(row).id)

    def _spoken(self, one: CampaignTold) -> str:
        return f"{self._tongue(one.name)} · {self._tongue(words.STATES[one.state])}"

    def _draw(self, painter: QPainter, rect: QRectF, one: CampaignTold) -> None:
        state, small = self._tongue(words.STATES[one.state]), theme.font(12)
        room = width_of(state, small) + theme.px(GAP)
        face = theme.font(13, bold=one.state is CampaignState.RUNNING)
        draw_words(painter, rect.adjusted(0, 0, -room, 0), self._tongue(one.name), face, ink(Tone.NEUTRAL))
        draw_words(painter, rect, state, small, ink(STATE_TONES[one.state]), Qt.AlignmentFlag.AlignRight)
