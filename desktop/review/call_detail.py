"""One call: what came of it, its way through the script with answers and times, note, corrections, follow-ups.

Long numbers in what somebody wrote are masked: packs of an earlier server may hold them."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from core.desk.call_path import without_figures
from core.desk.reviewing import ListedCall
from core.domain.clock import CHINA
from core.domain.later_event import LATER_KINDS, LaterKind
from core.domain.masking import mask_text
from core.domain.money import yuan_short
from core.domain.offered import REPLY_NAMES
from core.domain.outcome import PathStep
from core.domain.reviewed import CallDetail
from core.domain.script import Script
from core.domain.text import Text, filled
from core.guidance.state import OBJECTION
from core.review.frame import Frame
from core.review.taking.labels import Labels
from desktop import theme
from desktop.review import words
from desktop.review.call_rows import result_of
from desktop.review.shown import clock
from desktop.tongue import Tongue
from desktop.widgets.label import Label
from desktop.widgets.values import Tone

_SAID = 96
"""letters of a step's words; a Chinese one is as wide as two"""
_WIDE, _CHINESE = 2, 0x2E80


class CallDetailView(QScrollArea):
    """Lines of words in a column that scrolls."""

    def __init__(self, tongue: Tongue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tongue = tongue
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.lines: list[str] = []
        self._inner = QWidget()
        self.setWidget(self._inner)

    def show_nothing(self, told: str) -> None:
        self._fill([(told, Tone.MUTED, False)])

    def show_call(self, frame: Frame, listed: ListedCall, labels: Labels, script: Script | None) -> None:
        say, detail = self._tongue, listed.detail
        rows = self._head(frame, listed, labels)
        rows.append((say(words.PATH), Tone.MUTED, True))
        rows += self._path(detail, script) or [(say(words.NO_PATH), Tone.MUTED, False)]
        rows.append((say(words.NOTE), Tone.MUTED, True))
        note = mask_text(detail.note)
        rows.append((note, Tone.NEUTRAL, False) if note else (say(words.NO_NOTE), Tone.MUTED, False))
        rows += self._earlier(frame, listed, labels) + self._follow_ups(detail) + self._later(detail)
        self._fill(rows)

    def _head(self, frame: Frame, listed: ListedCall, labels: Labels) -> list[tuple[str, Tone, bool]]:
        say, detail, row, calls = self._tongue, listed.detail, listed.row, frame.calls
        at = datetime.fromtimestamp(int(calls["at"][row]), UTC).astimezone(CHINA)
        who = detail.name or detail.customer_id
        success, awaited = bool(calls["success"][row]), bool(calls["awaited"][row])
        result = result_of(frame, row, labels, say)
        if success or awaited:
            result += " · " + say(words.SUCCESS if success else words.AWAITED)
        source = say(words.MEASURED if calls["measured"][row] else words.STATED)
        talk, wrap = clock(int(calls["talk_s"][row])), clock(int(calls["wrap_s"][row]))
        rows: list[tuple[str, Tone, bool]] = [
            (f"{who} {detail.number_masked}".strip() or f"{at:%Y-%m-%d %H:%M}", Tone.NEUTRAL, True),
            (f"{at:%Y-%m-%d %H:%M} · {frame.agent_name(calls.word('agent', row))} · "
             f"{say(labels.of('scenario', calls.word('scenario', row), frame))}", Tone.MUTED, False),
            (result, Tone.OK if success else Tone.WARN if awaited else Tone.NEUTRAL, False),
            (say(filled(words.TALK_WRAP, talk=talk, source=source, wrap=wrap)), Tone.MUTED, False),
        ]  # fmt: skip
        if calls["clock_wrong"][row]:
            rows.append((say(words.CLOCK_WRONG), Tone.WARN, False))
        for made in detail.offers:
            told = f"{say(words.OFFERED)}: {say(made.name)} · {say(REPLY_NAMES[made.reply])}"
            rows.append((told, Tone.NEUTRAL, False))
        return rows

    def _path(self, detail: CallDetail, script: Script | None) -> list[tuple[str, Tone, bool]]:
        """Each step: when it came up, from the answer on, what the customer said, after how long, and its words."""
        begun = detail.answered_at or detail.dialled_at or (detail.path[0].at if detail.path else None)
        before, rows = begun, list[tuple[str, Tone, bool]]()
        for step in detail.path:
            since = round((before - begun).total_seconds()) if begun and before else 0
            took = round((step.at - before).total_seconds()) if before else 0
            before = step.at
            stage, said, answer = self._said(step, script)
            spent = self._tongue(filled(words.ANSWERED_IN, n=str(max(took, 0))))
            parts = (f"{clock(max(since, 0))}  {stage}", f"→ {answer}" if answer else "", f" ·  {spent}")
            rows.append((" ".join(part for part in parts if part), Tone.NEUTRAL, False))
            if said:
                rows.append((said, Tone.MUTED, False))
        return rows

    def _said(self, step: PathStep, script: Script | None) -> tuple[str, str, str]:
        """The step's part of the talk, the beginning of its words, and the answer given; ids where the script is not
        here."""
        say = self._tongue
        if step.step.startswith(OBJECTION):
            name = step.step.removeprefix(OBJECTION)
            found = next((one for one in script.objections if one.id == name), None) if script else None
            return f"{say(words.OBJECTION)}: {say(found.label) if found else name}", "", ""
        found_step = next((one for one in script.steps if one.id == step.step), None) if script else None
        if found_step is None:
            return step.step, "", step.answer
        stood = found_step.words_on_record(step.said)
        stage = next((one.label for one in script.stages if one.id == found_step.stage), None) if script else None
        said = _begun(say(without_figures(stood))) if stood else ""
        place = int(step.answer) if step.answer.isdigit() else 0
        known = 1 <= place <= len(found_step.answers)
        answer = say(found_step.answers[place - 1].label) if known else step.answer
        return say(stage) if stage else step.step, said, answer

    def _earlier(self, frame: Frame, listed: ListedCall, labels: Labels) -> list[tuple[str, Tone, bool]]:
        say, detail = self._tongue, listed.detail
        if not detail.earlier:
            return []
        scenario = frame.calls.word("scenario", listed.row)
        rows: list[tuple[str, Tone, bool]] = [(say(words.EARLIER), Tone.MUTED, True)]
        for one in detail.earlier:
            at = f"{one.recorded_at.astimezone(CHINA):%m-%d %H:%M}"
            parts = (at, say(labels.result(scenario, one.result)), mask_text(one.note))
            rows.append((" · ".join(part for part in parts if part), Tone.NEUTRAL, False))
        if detail.recorded_by:
            told = filled(words.CORRECTED_BY, who=frame.agent_name(detail.recorded_by))
            rows.append((say(told), Tone.MUTED, False))
        return rows

    def _follow_ups(self, detail: CallDetail) -> list[tuple[str, Tone, bool]]:
        rows = [
            (" · ".join(part for part in (_due(one.due_at), mask_text(one.text)) if part), Tone.NEUTRAL, False)
            for one in detail.follow_ups
            if one.due_at is not None or one.text
        ]
        return [(self._tongue(words.NEXT), Tone.MUTED, True), *rows] if rows else []

    def _later(self, detail: CallDetail) -> list[tuple[str, Tone, bool]]:
        """OUTCOME-07: what came of the call days later."""
        say = self._tongue
        rows: list[tuple[str, Tone, bool]] = []
        for one in detail.later:
            kind = LATER_KINDS[LaterKind(one.kind)] if one.kind in set(LaterKind) else Text(one.kind, one.kind)
            what = say(one.name) if one.name else one.what
            when = say(filled(words.DAYS_LATER, day=f"{one.at.astimezone(CHINA):%m-%d}", n=str(one.days)))
            money = say(filled(words.PAID, yuan=yuan_short(one.fen))) if one.fen else ""
            told = " · ".join(part for part in (say(kind), what, money, one.channel, when) if part)
            rows.append((told, Tone.OK, False))
        return [(say(words.LATER), Tone.MUTED, True), *rows] if rows else []

    def _fill(self, rows: list[tuple[str, Tone, bool]]) -> None:
        """A new column each time: a call has few lines."""
        inner = QWidget()
        inner.setProperty("surface", "card")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.px(6), 0)
        column.setSpacing(theme.px(5))
        for text, tone, bold in rows:
            if bold and column.count():
                column.addSpacing(theme.px(8))
            column.addWidget(Label(text, size=13, bold=bold, tone=tone, wrap=True))
        column.addStretch(1)
        self.lines = [text for text, _, _ in rows]
        self.setWidget(inner)
        self.setAccessibleDescription(" / ".join(self.lines))


def _begun(words: str) -> str:
    """As much as two lines hold; nothing is cut inside a word."""
    room = _SAID
    for at, letter in enumerate(words):
        room -= _WIDE if ord(letter) > _CHINESE else 1
        if room < 0:
            ends = words.rfind(" ", at // 2, at + 1)
            return words[: ends if ends > 0 else at].rstrip("…，,、 ") + "…"
    return words


def _due(moment: datetime | None) -> str:
    return f"{moment.astimezone(CHINA):%m-%d %H:%M}" if moment is not None else ""
