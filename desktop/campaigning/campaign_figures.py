"""What starting a campaign would do, or what has come of it: who is ready, held or barred, and why."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.desk.campaign_draft import Unread
from core.domain.campaign import CAMPAIGN_MOVES, CampaignState, Route
from core.domain.money import yuan
from core.domain.outreach import CONTACT_WORDS
from core.domain.running_dry import RateFrom
from core.domain.text import Text, filled
from core.wire.campaigns import CampaignPreview, CampaignTold, MemberCounts
from desktop import theme
from desktop.campaigning import campaign_words as words
from desktop.campaigning.campaigns_presenter import CampaignsPresenter
from desktop.campaigning.parts import within_card
from desktop.tongue import Tongue
from desktop.widgets.kpi_tile import TileRow
from desktop.widgets.label import Label
from desktop.widgets.small_table import SmallTable
from desktop.widgets.values import Cell, TableRow, Tile, Tone

MOST_STRATA = 6


class CampaignFigures(QWidget):
    def __init__(self, tongue: Tongue, presenter: CampaignsPresenter) -> None:
        super().__init__()
        self._tongue, self._presenter = tongue, presenter
        self.rows = [TileRow() for _ in range(3)]
        self.told = Label(size=13, tone=Tone.MUTED, wrap=True)
        self.barriers, self.profits = SmallTable(), SmallTable()
        self._lines = [Label(size=13, wrap=True) for _ in range(10)]
        self._head = Label(size=13, bold=True, tone=Tone.MUTED)
        self._segments = [Label(size=13, wrap=True) for _ in range(4)]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.px(6), 0)
        column.setSpacing(theme.px(6))
        for part in (self.barriers, *self._lines, self.profits, self._head, *self._segments):
            column.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.px(6))
        for above in (*self.rows, self.told):
            outer.addWidget(above)
        outer.addWidget(within_card(inner), 1)

    def show_figures(self) -> None:
        p = self._presenter
        begun = p.told is not None and p.told.state is not CampaignState.DRAFT
        preview = None if begun else p.preview
        members = p.told.members if begun and p.told else preview.members if preview else None
        self._show_tiles(members, p.told if begun else None)
        self._show_barriers(members)
        self._tell()
        self._show_lines(preview, p.told if begun else None)
        self._show_profits(preview)
        self._show_segments()

    def _show_tiles(self, members: MemberCounts | None, told: CampaignTold | None) -> None:
        say, blank = self._tongue, "…" if self._presenter.counting else "—"

        def figure(name: str) -> str:
            return f"{getattr(members, name):,}" if members is not None else blank

        ready, held = Tile(say(words.READY), figure("ready"), Tone.OK), Tile(say(words.HELD), figure("held"))
        if told is not None and members is not None and not CAMPAIGN_MOVES[told.state]:
            # Nobody is ready for what is over: who was still to be reached is not reached any more.
            ready = Tile(say(words.NEVER_SENT), f"{members.ready + members.held:,}")
            held = Tile(say(words.TAKEN_BACK), figure("recalled"))
        self.rows[0].set_tiles(
            [Tile(say(words.CHOSEN), figure("chosen")), ready, Tile(say(words.CONTROLS), figure("control"), Tone.BRAND)]
        )
        self.rows[1].set_tiles(
            [held, Tile(say(words.BLOCKED), figure("blocked")), Tile(say(words.DISPATCHED), figure("dispatched"))]
        )
        self.rows[2].setVisible(told is not None)
        if told is not None:
            done = told.done
            self.rows[2].set_tiles(
                [Tile(say(words.OPEN), f"{done.open:,}"), Tile(say(words.DONE_REACHED), f"{done.reached:,}"),
                 Tile(say(words.DONE_AGREED), f"{done.agreed:,}", Tone.OK)]
            )  # fmt: skip

    def _show_barriers(self, members: MemberCounts | None) -> None:
        say = self._tongue
        rows = [
            TableRow((Cell(say(words.BARRIERS[one.barrier])), Cell(f"{one.members:,}")))
            for one in (members.barriers if members else ())
        ]
        self.barriers.setAccessibleName(say(words.BARRIER_COLUMNS[0]))
        self.barriers.set_table([say(one) for one in words.BARRIER_COLUMNS], rows)
        self.barriers.setVisible(bool(rows))

    def _tell(self) -> None:
        p, say = self._presenter, self._tongue
        if p.unreachable:
            self.told.set_words(say(words.OFFLINE), Tone.WARN)
        elif p.trouble is not None:
            self.told.set_words(say(p.trouble), Tone.BAD)
        elif p.counting:
            self.told.set_words(say(words.COUNTING), Tone.MUTED)
        elif (unread := p.unread) is not None:
            self._tell_unread(unread)
        elif p.told is not None and p.told.why is not None:
            self.told.set_words(say(p.told.why), Tone.WARN)
        else:
            self.told.set_words("")
        self.told.setVisible(bool(self.told.text()))

    def _tell_unread(self, unread: Unread) -> None:
        say, told = self._tongue, []
        for sentence, fields in ((words.WRONG, unread.wrong), (words.MISSING, unread.missing)):
            named = say(words.BETWEEN).join(say(words.FIELDS[one]) for one in fields)
            told += [say(sentence).format(named=named)] if fields else []
        self.told.set_words(" ".join(told), Tone.WARN if unread.wrong else Tone.MUTED)

    def _show_lines(self, preview: CampaignPreview | None, told: CampaignTold | None) -> None:
        say = self._tongue
        lines: list[tuple[str, Tone]] = []
        if preview is not None:
            days = preview.days_of_work
            work = words.NOBODY_CERTIFIED if days is None else filled(
                words.WORK, days=f"{days:.1f}", there=str(preview.days)
            )  # fmt: skip
            late = days is None or days > preview.days
            # Where nobody would be called it is not that no agent may.
            if preview.called != 0:
                lines.append((say(work), Tone.WARN if late else Tone.MUTED))
            if preview.expected_reached is not None:
                agreed = "—" if preview.expected_agreed is None else f"{preview.expected_agreed:,}"
                told_expected = filled(words.EXPECTED, reached=f"{preview.expected_reached:,}", agreed=agreed)
                lines.append((say(told_expected), Tone.NEUTRAL))
            lines += [(say(one), Tone.NEUTRAL) for one in _beside_calls(preview)]
            if preview.profit_fen is not None:
                lines.append((say(filled(words.PROFIT, yuan=yuan(preview.profit_fen))), Tone.NEUTRAL))
            if preview.effect_told is not None:
                lines.append((say(preview.effect_told), Tone.NEUTRAL))
            lines += [(say(one), Tone.WARN) for one in preview.cautions]
        lines += [(one, Tone.NEUTRAL) for one in self._ways(told)]
        dry = told.runs_dry if told else None
        if dry is not None and (dry.dry or dry.likely):
            # Where nothing is expected yet it is warned of only what not even all of them can bring.
            most = dry.expected_high if dry.rate_from is RateFrom.NOTHING else dry.expected
            warning = filled(words.RUNS_DRY, expected=f"{most:,}", target=f"{dry.target:,}")
            lines.append((say(warning), Tone.BAD if dry.dry else Tone.WARN))
        for at, label in enumerate(self._lines):
            label.setVisible(at < len(lines))
            if at < len(lines):
                label.set_words(*lines[at])

    def _show_profits(self, preview: CampaignPreview | None) -> None:
        """The strata of most calls, with what these are expected to bring; in the red where they cost more."""
        say = self._tongue
        told = sorted(
            (one for one in (preview.strata if preview else ()) if one.profit_fen is not None),
            key=lambda one: -one.called,
        )
        rows = []
        for one in told[:MOST_STRATA]:
            fen = one.profit_fen or 0
            name = say(one.name) if one.name else one.stratum
            rows.append(
                TableRow((Cell(name), Cell(f"{one.called:,}"), Cell(yuan(fen), Tone.BAD if fen < 0 else Tone.OK)))
            )
        self.profits.setAccessibleName(say(words.PROFIT_COLUMNS[2]))
        self.profits.set_table([say(one) for one in words.PROFIT_COLUMNS], rows)
        self.profits.setVisible(bool(rows))

    def _ways(self, told: CampaignTold | None) -> list[str]:
        """A line for each way other than calls: how many of its contacts stand how."""
        say = self._tongue
        by_way: dict[Route, list[str]] = {}
        for one in told.contacts if told else ():
            by_way.setdefault(one.route, []).append(f"{say(CONTACT_WORDS[one.state])} {one.contacts:,}")
        return [
            say(words.WAY).format(way=say(words.ROUTES[route]), counts=" · ".join(counts))
            for route, counts in by_way.items()
        ]

    def _show_segments(self) -> None:
        say, told = self._tongue, self._presenter.told
        # What was asked while it ran says nothing once it is over.
        found = self._presenter.segments if told is not None and CAMPAIGN_MOVES[told.state] else None
        segments = found.segments[: len(self._segments)] if found else ()
        self._head.set_words(say(words.NEXT_HEAD))
        self._head.setVisible(bool(segments))
        for at, label in enumerate(self._segments):
            label.setVisible(at < len(segments))
            if at < len(segments):
                one = segments[at]
                agreed = "—" if one.expected_agreed is None else f"{one.expected_agreed:,}"
                name = f"{say(one.name)} · {say(words.SEGMENTS[one.kind])}"
                label.set_words(say(filled(words.SEGMENT, name=name, ready=f"{one.ready:,}", agreed=agreed)))


def _beside_calls(preview: CampaignPreview) -> list[Text]:
    """What is expected of those whom nobody calls, and of all of them together."""
    found = []
    if preview.sent:
        delivered = "—" if preview.expected_delivered is None else f"{preview.expected_delivered:,}"
        found.append(filled(words.EXPECTED_SENT, sent=f"{preview.sent:,}", delivered=delivered))
    if preview.expected_kept is not None:
        by_model = words.KEPT_BY_MODEL if preview.expected_kept >= 0 else words.LOST_BY_MODEL
        by = by_model if preview.effect_model else words.KEPT_BY_FORECAST
        found.append(filled(by, kept=f"{abs(preview.expected_kept):,}"))
    return found
