"""Offers that were noted as accepted: a tick says that the customer did not."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.domain.offered import OfferMade
from desktop.today import words
from desktop.tongue import Tongue


class TakenBack(QWidget):
    """Hidden where there are none."""

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self._offers: tuple[OfferMade, ...] = ()
        self.ticks: list[QCheckBox] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def taken_back(self) -> frozenset[str]:
        """Ids of the offers that are ticked."""
        pairs = zip(self._offers, self.ticks, strict=True)
        return frozenset(offer.offer for offer, tick in pairs if tick.isChecked())

    def show_offers(self, offers: Sequence[OfferMade]) -> None:
        """Of the record that is corrected; shown anew in another language, ticks stay."""
        kept = self.taken_back if tuple(offers) == self._offers else frozenset()
        for tick in self.ticks:
            self._column.removeWidget(tick)
            tick.deleteLater()
        self._offers, self.ticks = tuple(offers), []
        for offer in self._offers:
            told = self._tongue(words.NOT_ACCEPTED).format(offer=self._tongue(offer.name))
            tick = QCheckBox(told)
            tick.setAccessibleName(told)
            tick.setToolTip(self._tongue(words.NOT_ACCEPTED_HINT))
            tick.setChecked(offer.offer in kept)
            self._column.addWidget(tick)
            self.ticks.append(tick)
        self.setVisible(bool(self._offers))
