"""What a team answers for and what comes of it: the package, its pay, points, and the contests' boards."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.desk.reviewing import Asked
from core.desk.rewarding import PackageView, Rewards
from core.domain.incentive import CONTEST_MEASURE_NAMES, Side
from core.domain.text import Text, filled
from core.review.pay.contests import Board
from desktop import theme
from desktop.review import reward_words as words
from desktop.review.reward_asked import (
    indicator_asked,
    is_on_net,
    owner_asked,
    owners_shown,
    pay_asked,
    place_asked,
    points_asked,
)
from desktop.review.reward_rows import (
    contest_rows,
    goal_of,
    indicator_rows,
    owner_rows,
    pay_rows,
    percent,
    point_rows,
    points_rule,
    score,
)
from desktop.tongue import Tongue
from desktop.widgets.card import Card
from desktop.widgets.card_scroll import CardScroll
from desktop.widgets.choice_box import ChoiceBox
from desktop.widgets.label import Label
from desktop.widgets.progress_line import ProgressLine
from desktop.widgets.small_table import SmallTable
from desktop.widgets.values import Tone

Name = Callable[[str, str], str]
"""of a dimension (agent, team) and a word, as people read it"""


class RewardsView(QWidget):
    asked = Signal(object, str)
    """a question for the calls behind a row, and what it is called"""

    def __init__(self, tongue: Tongue, name: Name, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue, self._name = tongue, name
        self._rewards: Rewards | None = None
        self.package, self.contest = ChoiceBox(), ChoiceBox()
        self.passed, self.progress = Label(size=12, tone=Tone.MUTED, wrap=True), ProgressLine()
        self.indicators, self.pay, self.owners = SmallTable(), SmallTable(), SmallTable(most=8)
        self.points, self.board = SmallTable(most=14), SmallTable(most=14)
        self.rule, self.prizes = Label(size=12, tone=Tone.MUTED, wrap=True), Label(size=12, tone=Tone.MUTED, wrap=True)
        self.cards = [Card() for _ in range(5)]
        self._lay_out()
        self.package.activated.connect(lambda _: self._show_package())
        self.contest.activated.connect(lambda _: self._show_contest())
        self._connect()
        self.setFocusProxy(self.package)
        self.retranslate()

    def _lay_out(self) -> None:
        package, pay, owners, points, contest = self.cards
        for card, parts in (
            (package, (self.package, self.passed, self.progress, self.indicators)),
            (pay, (self.pay,)),
            (owners, (self.owners,)),
            (points, (self.rule, self.points)),
            (contest, (self.contest, self.prizes, self.board)),
        ):
            for part in parts:
                card.add(part)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        for stretch, cards in ((7, (package, pay, owners)), (6, (points, contest))):
            column = QVBoxLayout()
            column.setSpacing(theme.px(10))
            for card in cards:
                card.stand_by_content()
                column.addWidget(card)
            column.addStretch(1)
            row.addLayout(column, stretch)
        inner = QWidget()
        inner.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(CardScroll(inner))

    def _connect(self) -> None:
        """Enter or a click opens the calls behind."""
        for table, ask in (
            (self.indicators, self._ask_indicator),
            (self.pay, self._ask_pay),
            (self.owners, self._ask_owner),
            (self.points, self._ask_points),
            (self.board, self._ask_place),
        ):
            table.activated.connect(ask)
            table.clicked.connect(ask)

    def _ask_indicator(self, index: QModelIndex) -> None:
        if (view := self.chosen_package) is not None:
            shown = view.figures.indicators[index.row()].indicator
            self._ask(indicator_asked(view, index.row()), filled(words.CALLS_OF[shown.measure], figure=shown.label))

    def _ask_pay(self, index: QModelIndex) -> None:
        if (view := self.chosen_package) is not None:
            own = index.row() < len(view.today)
            self._ask(pay_asked(view, index.row()), view.today[index.row()].rule.label if own else words.PAY)

    def _ask_owner(self, index: QModelIndex) -> None:
        if (view := self.chosen_package) is not None:
            owner = owners_shown(view)[index.row()].staff_number
            name = self._agent(owner) if owner else self._tongue(words.NOBODYS)
            told = words.LOST_OF if is_on_net(index.column()) else words.OWN_OF
            self._ask(owner_asked(view, index.row(), index.column()), filled(told, name=name))

    def _ask_points(self, index: QModelIndex) -> None:
        if self._rewards is not None and self._rewards.points:
            view = self._rewards.points[0]
            name = self._agent(view.accounts[index.row()].agent)
            head = words.POINT_HEADS[index.column()]
            told = Text(f"{name} · {head.zh}", f"{name} · {head.en}") if index.column() else Text(name, name)
            self._ask(points_asked(view, index.row(), index.column()), told)

    def _ask_place(self, index: QModelIndex) -> None:
        if (board := self.chosen_board) is not None:
            name = self._name(self._side(board), board.places[index.row()].side)
            self._ask(
                place_asked(board, index.row()),
                Text(f"{board.contest.title.zh} · {name}", f"{board.contest.title.en} · {name}"),
            )

    def _ask(self, question: Asked, what: Text) -> None:
        self.asked.emit(question, self._tongue(what))

    @property
    def chosen_board(self) -> Board | None:
        found = self._rewards.boards if self._rewards else ()
        return found[max(self.contest.currentIndex(), 0)] if found else None

    @staticmethod
    def _side(board: Board) -> str:
        return "agent" if board.contest.between is Side.AGENT else "team"

    def show_rewards(self, rewards: Rewards) -> None:
        """New figures in place; what was chosen stays chosen."""
        self._rewards = rewards
        say = self._tongue
        _fill(
            self.package,
            [
                f"{say(one.figures.package.title)} · {self._name('team', one.figures.standing.team)}"
                for one in rewards.packages
            ],
        )
        _fill(self.contest, [say(one.contest.title) for one in rewards.boards])
        self._show_package()
        self._show_points()
        self._show_contest()

    @property
    def chosen_package(self) -> PackageView | None:
        found = self._rewards.packages if self._rewards else ()
        return found[max(self.package.currentIndex(), 0)] if found else None

    def _show_package(self) -> None:
        say, view = self._tongue, self.chosen_package
        for part in (self.package, self.progress, self.indicators, self.cards[1], self.cards[2]):
            part.setVisible(view is not None)
        if view is None:
            self.passed.set_words(say(words.NO_PACKAGE))
            self.cards[0].set_note("")
            return
        made, standing = view.figures, view.figures.standing
        told = filled(
            words.PASSED, begins=str(made.package.begins), ends=str(made.package.ends), share=percent(made.passed, 0),
            n=f"{standing.customers:,}", as_of=str(standing.as_of),
        )  # fmt: skip
        self.passed.set_words(say(told) if standing.left_known else say(words.ON_NET_UNKNOWN))
        self.progress.set_progress(float(made.passed), 1.0, spoken=percent(made.passed, 0))
        self.cards[0].set_note(say(filled(words.TOTAL, now=score(made.total), ahead=score(made.total_forecast))))
        self.indicators.set_table(_heads(words.INDICATOR_HEADS, say), indicator_rows(view, say))
        self.pay.set_table(_heads(words.PAY_HEADS, say), pay_rows(view, say))
        self.owners.set_table(_heads(words.OWNER_HEADS, say), owner_rows(view, self._agent, say))

    def _show_points(self) -> None:
        say = self._tongue
        found = self._rewards.points if self._rewards else ()
        view = found[0] if found else None
        self.cards[3].setVisible(view is not None)
        if view is not None:
            self.cards[3].set_title(say(view.incentive.title))
            self.cards[3].set_note(f"{view.first} — {view.last}")
            self.rule.set_words(points_rule(view, say) if view.accounts else say(words.NO_POINTS))
            self.points.set_table(_heads(words.POINT_HEADS, say), point_rows(view, self._agent))
            self.points.setVisible(bool(view.accounts))

    def _show_contest(self) -> None:
        say = self._tongue
        boards = self._rewards.boards if self._rewards else ()
        self.contest.setVisible(len(boards) > 1)
        self.board.setVisible(bool(boards))
        board = self.chosen_board
        if board is None:
            self.prizes.set_words(say(words.NO_CONTEST))
            self.cards[4].set_note("")
            return
        told = words.CONTEST_OVER if board.over else words.CONTEST_DAY
        self.cards[4].set_note(say(filled(told, day=str(board.day), days=str(board.days), goal=goal_of(board))))
        self.cards[4].set_title(f"{say(words.CONTEST)} · {say(CONTEST_MEASURE_NAMES[board.contest.measure])}")
        joined = Text("、", ", ")
        prizes = say(joined).join(say(one) for one in board.contest.prizes)
        self.prizes.set_words(say(filled(words.PRIZES, prizes=prizes)) if prizes else "")
        side = self._side(board)
        self.board.set_table(
            _heads(words.CONTEST_HEADS, say), contest_rows(board, lambda word: self._name(side, word), say)
        )

    def _agent(self, staff_number: str) -> str:
        return self._name("agent", staff_number)

    def retranslate(self) -> None:
        say = self._tongue
        titles = (words.PACKAGE, words.PAY, words.OWNERS, words.POINTS, words.CONTEST)
        tables = (self.indicators, self.pay, self.owners, self.points, self.board)
        for card, table, title in zip(self.cards, tables, titles, strict=True):
            card.set_title(say(title))
            table.setAccessibleName(say(title))
        self.package.setAccessibleName(say(words.CHOOSE_PACKAGE))
        self.contest.setAccessibleName(say(words.CHOOSE_CONTEST))
        if self._rewards is not None:
            self.show_rewards(self._rewards)
        else:
            self._show_package()
            self._show_points()
            self._show_contest()


def _heads(heads: tuple[Text, ...], say: Tongue) -> list[str]:
    return [say(head) for head in heads]


def _fill(box: ChoiceBox, names: list[str]) -> None:
    with QSignalBlocker(box):
        at = max(box.currentIndex(), 0)
        box.clear()
        box.addItems(names)
        box.setCurrentIndex(min(at, len(names) - 1))
    box.setVisible(len(names) > 1)
