"""The chosen case beside the list: where it stands, its checks with a key each, promises, findings, the log."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.desk.casework import CaseRow, LoosePromise
from core.domain.case import DAMAGE_NAMES, Case
from core.domain.promise import Promise
from core.domain.repair import RepairStep
from core.domain.task import TIER_NAMES, Tier
from core.domain.text import filled
from desktop import theme
from desktop.cases import saying, words
from desktop.cases.presenter import CasesPresenter
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.card_scroll import CardScroll
from desktop.widgets.chip import ChipFlow
from desktop.widgets.key_values import KeyValues
from desktop.widgets.label import Label
from desktop.widgets.values import ChipValue, Row, Tone


class RowsCard(Card):
    def __init__(self) -> None:
        super().__init__()
        self.rows = KeyValues()
        # Its width decides its height: by its guess for a narrow column it would be scrolled over empty room.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.rows.setSizePolicy(policy)
        self.add(self.rows)

    def show_rows(self, title: str, rows: Sequence[Row]) -> None:
        self.set_title(title)
        self.rows.setAccessibleName(title)
        self.rows.set_rows(rows)


class OpenedCase(QWidget):
    """Shows a row of the board; takes no keys itself."""

    def __init__(self, tongue: Tongue, presenter: CasesPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue, self._presenter = tongue, presenter
        self.title, self.chips = Label(size=18, bold=True), ChipFlow()
        self.expects = Label(size=13, tone=Tone.MUTED, wrap=True)
        self.checks, self.promises, self.facts, self.log = (RowsCard() for _ in range(4))
        left, right = CardScroll(self.checks), CardScroll(self.promises, self.facts, self.log)
        for scroll in (left, right):
            # The card shows through: it is one surface.
            inner = scroll.widget()
            assert inner is not None
            scroll.viewport().setAutoFillBackground(False)
            inner.setAutoFillBackground(False)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(left, 1)
        row.addWidget(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.title)
        column.addWidget(self.chips)
        column.addWidget(self.expects)
        column.addLayout(row, 1)

    def show_row(self, row: CaseRow | LoosePromise | None) -> None:
        cards = (self.checks, self.promises, self.facts, self.log)
        for card in cards:
            card.setVisible(row is not None)
        self.chips.setVisible(row is not None)
        self.expects.setVisible(False)
        if row is None:
            self.title.set_words(self._tongue(words.NO_CASE))
        elif isinstance(row, LoosePromise):
            self._show_promise(row)
        else:
            self._show_case(row)

    def _show_promise(self, row: LoosePromise) -> None:
        say, promise, now = self._tongue, row.promise, self._presenter.desk.moment().wall
        self.title.set_words(row.name)
        due, tone = saying.due(promise, now)
        self.chips.set_chips([ChipValue(say(due), tone), ChipValue(say(words.OWNER).format(name=promise.owner.name))])
        for card in (self.checks, self.facts, self.log):
            card.setVisible(False)
        self.promises.show_rows(say(words.PROMISES), [self._promise(promise)])

    def _show_case(self, row: CaseRow) -> None:
        say, case, now = self._tongue, row.case, self._presenter.desk.moment().wall
        self.title.set_words(f"{row.name} · {say(case.began.title)}")
        self.chips.set_chips(self._chips(row))
        self.expects.setVisible(bool(case.began.expects))
        self.expects.set_words(say(words.EXPECTS).format(words=case.began.expects))
        self.checks.show_rows(say(words.CHECKS), self._checks(case, self._presenter.steps(row)))
        promises = [self._promise(one) for one in row.promises]
        none = [Row("", say(words.NO_PROMISE), Tone.MUTED)]
        self.promises.show_rows(say(words.PROMISES), promises or none)
        self.facts.show_rows(say(words.FACTS), self._facts(case))
        log = [
            Row(
                f"{saying.hour(one.at, now)} {saying.writer(one, say)}",
                saying.log_line(one, case, say, now),
                Tone.NEUTRAL,
            )
            for one in reversed(case.log)
        ]
        self.log.show_rows(say(words.LOG), log)

    def _chips(self, row: CaseRow) -> list[ChipValue]:
        say, case = self._tongue, row.case
        stands, tone = saying.contact(case, self._presenter.desk.moment().wall)
        chips = [ChipValue(say(stands), tone)]
        if case.began.tier is not Tier.NONE:
            chips.append(ChipValue(say(TIER_NAMES[case.began.tier]), Tone.VIP))
        chips.append(ChipValue(say(DAMAGE_NAMES[case.began.damage]), Tone.WARN))
        chips.append(ChipValue(say(words.OWNER).format(name=case.owner.name)))
        if case.team:
            chips.append(ChipValue(say(filled(words.TEAM, names=words.named([one.name for one in case.team])))))
        if row.unsent:
            chips.append(ChipValue(say(words.UNSENT), Tone.MUTED))
        return chips

    def _checks(self, case: Case, steps: Sequence[RepairStep]) -> list[Row]:
        say = self._tongue
        rows = []
        for at, step in enumerate(steps, start=1):
            found = case.found(step.code)
            left = say(words.TO_DO).format(how=say(step.how)) if case.is_open else say(words.LEFT_OUT)
            value = found.finding if found else left
            rows.append(Row(f"{at}  {say(step.name)}", value, Tone.OK if found else Tone.MUTED))
        known = {step.code for step in steps}
        rows += [Row(say(one.name), one.finding) for one in case.checks if one.step not in known]
        return rows or [Row("", say(words.NO_TEMPLATE), Tone.MUTED)]

    def _promise(self, promise: Promise) -> Row:
        say, now = self._tongue, self._presenter.desk.moment().wall
        tone = Tone.BAD if promise.is_late(now) else saying.PROMISE_TONES[promise.state]
        return Row(saying.hour(promise.due_at, now), saying.promise_words(promise, say, now), tone)

    def _facts(self, case: Case) -> list[Row]:
        say = self._tongue
        none = say(words.NOT_YET)
        granted = "；".join(saying.granted(one, say) for one in case.allowed)
        told = (
            (words.SUSPECTED, "；".join(case.suspicions)),
            (words.CAUSE, case.cause),
            (words.GRANTED, granted),
        )
        return [Row(say(label), value or none, Tone.NEUTRAL if value else Tone.MUTED) for label, value in told]
