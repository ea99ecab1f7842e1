"""Whom the rule in hand matches: how many, why in agents' words, beside other rules, and on past months."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.domain.clock import CHINA
from core.domain.text import filled
from core.wire.screening import RulePreview
from desktop import theme
from desktop.campaigning import rule_words as words
from desktop.campaigning.parts import within_card
from desktop.campaigning.rules_presenter import RulesPresenter
from desktop.keys.caps import cap
from desktop.keys.planning import RULING, Ruling
from desktop.tongue import Tongue
from desktop.widgets.kpi_tile import TileRow
from desktop.widgets.label import Label
from desktop.widgets.small_table import SmallTable
from desktop.widgets.values import Cell, TableRow, Tile, Tone

MOST_OVERLAPS, MOST_PAST = 8, 6


class RuleFigures(QWidget):
    def __init__(self, tongue: Tongue, presenter: RulesPresenter) -> None:
        super().__init__()

        self._tongue, self._presenter = tongue, presenter
        self.tiles, self.more = TileRow(), TileRow()
        self.told = Label(size=13, tone=Tone.MUTED, wrap=True)
        self.stop = QPushButton()
        self.stop.setProperty("kind", "plain")
        self.stop.clicked.connect(presenter.stop)
        self._heads = [Label(size=13, bold=True, tone=Tone.MUTED) for _ in range(3)]
        self.examples = Label(size=13, wrap=True)
        self.overlaps, self.past = SmallTable(most=MOST_OVERLAPS), SmallTable(most=MOST_PAST)
        self._no_past = Label(size=13, tone=Tone.MUTED)
        self._unknown = Label(size=12, tone=Tone.MUTED, wrap=True)
        inner = QWidget()

        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, theme.px(6), 0)
        rows.setSpacing(theme.px(6))
        for part in (
            self._heads[0], self.examples, self._heads[1], self.overlaps, self._heads[2], self.past, self._no_past,
            self._unknown,
        ):  # fmt: skip
            rows.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        for above in (self.tiles, self.more, self.told, self.stop):
            column.addWidget(above)
        column.addWidget(within_card(inner), 1)

    def show_figures(self) -> None:
        p, say = self._presenter, self._tongue
        found, more = p.preview, p.overlapping
        self.stop.setVisible(p.counting)
        self.stop.setText(f"{say(words.STOP_COUNT)}  {cap(RULING[Ruling.STOP][0])}")
        blank = "…" if p.counting else "—"
        share = f"{100 * found.matched / max(found.snapshot.customers, 1):.1f}%" if found else blank
        self.tiles.set_tiles(
            [Tile(say(words.MATCHED), f"{found.matched:,}" if found else blank, Tone.BRAND),
             Tile(say(words.SHARE), share)]
        )  # fmt: skip
        alone = f"{more.alone:,}" if more and more.alone is not None else blank
        self.more.set_tiles(
            [Tile(say(words.RESTING), f"{found.resting:,}" if found else blank), Tile(say(words.ALONE), alone)]
        )
        self._tell(found)
        for head, text in zip(self._heads, (words.EXAMPLES, words.OVERLAPS, words.PAST), strict=True):
            head.set_words(say(text))
        self.examples.set_words("\n".join(f"· {say(one)}" for one in found.examples) if found else "")
        self._heads[0].setVisible(bool(found and found.examples))
        self._show_overlaps(more)
        self._show_past(more)
        missing = [f"{say(one.label)} {one.customers:,}" for one in (found.unknown if found else ()) if one.customers]
        self._unknown.set_words(say(filled(words.UNKNOWN_OF, told="、".join(missing))) if missing else "")

    def _tell(self, found: RulePreview | None) -> None:
        p, say = self._presenter, self._tongue
        if p.unreachable:
            self.told.set_words(say(words.OFFLINE), Tone.WARN)
        elif p.trouble is not None:
            self.told.set_words(say(p.trouble), Tone.BAD)
        elif p.snapshot is None:
            self.told.set_words(say(words.NO_SNAPSHOT) if not p.reading else say(words.READING), Tone.WARN)
        elif found is None:
            self.told.set_words(say(words.COUNTING if p.counting else words.NOT_YET), Tone.MUTED)
        else:
            self._tell_found(found)

    def _tell_found(self, found: RulePreview) -> None:
        say, rule = self._tongue, self._presenter.rule
        bound = rule.most_percent if rule else 100.0
        if found.held:
            self.told.set_words(say(filled(words.HELD, why=found.held[0])), Tone.WARN)
        elif not found.matched:
            self.told.set_words(say(words.NOBODY), Tone.WARN)
        elif 100 * found.matched > bound * found.snapshot.customers:
            self.told.set_words(say(filled(words.TOO_MANY, bound=f"{bound:g}")), Tone.WARN)
        else:
            self.told.set_words(say(filled(words.TOOK, ms=f"{found.took_ms:,}")), Tone.MUTED)

    def _show_overlaps(self, more: RulePreview | None) -> None:
        say = self._tongue
        rows = [
            TableRow((Cell(say(one.name)), Cell(f"{one.both:,}"), Cell(f"{one.other:,}", Tone.MUTED)))
            for one in (more.overlaps[:MOST_OVERLAPS] if more else ())
        ]
        if more is not None and not rows:
            rows = [TableRow((Cell(say(words.NO_OVERLAPS), Tone.MUTED), Cell(""), Cell("")))]
        self.overlaps.setAccessibleName(say(words.OVERLAPS))
        self.overlaps.set_table([say(one) for one in words.OVERLAP_COLUMNS], rows)
        self.overlaps.setVisible(bool(rows))
        self._heads[1].setVisible(bool(rows))

    def _show_past(self, more: RulePreview | None) -> None:
        say, past = self._tongue, more.past if more else ()
        rows = [
            TableRow(
                (
                    Cell(f"{one.taken_at.astimezone(CHINA):%Y-%m-%d}"), Cell(f"{one.matched:,}"), Cell(f"{one.left:,}"),
                    Cell("—" if one.precision is None else f"{one.precision:.1f}%"),
                    Cell("—" if one.lift is None else f"×{one.lift:.1f}"),
                )
            )
            for one in past[:MOST_PAST]
        ]  # fmt: skip
        self.past.setAccessibleName(say(words.PAST))
        self.past.set_table([say(one) for one in words.PAST_COLUMNS], rows)
        self.past.setVisible(bool(rows))
        self._no_past.set_words(say(words.NO_PAST))
        self._no_past.setVisible(more is not None and not rows)
        self._heads[2].setVisible(more is not None)
