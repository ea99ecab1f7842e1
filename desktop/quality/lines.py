"""How entries stand in the lists and in the card: what they are called, their facts and their story."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from core.domain.quality.inspection import ScoreState, holder
from core.domain.quality.sampling import Risk
from core.wire.inspecting import QualityItem, said_of
from desktop import theme
from desktop.quality import saying, words
from desktop.quality.presenter import Entry, QualityPresenter
from desktop.tongue import Tongue
from desktop.widgets.painted import draw_words, height_of, ink, width_of
from desktop.widgets.values import Row, Tone


class EntryLines:
    def __init__(self, tongue: Tongue, presenter: QualityPresenter) -> None:
        self._tongue, self._presenter = tongue, presenter

    def title(self, entry: Entry) -> str:
        say = self._tongue
        if entry.note is not None:
            return f"{entry.note.agent_name} · {entry.note.note.words}"
        if entry.case is not None:
            return f"{entry.case.agent_name} · {say(entry.case.said) or say(entry.case.scenario_label)}"
        assert entry.call is not None
        return f"{entry.call.agent_name} · {say(saying.of_subject(entry.call))}"

    def right(self, entry: Entry) -> tuple[str, Tone]:
        """What stands at the right of the first line."""
        say = self._tongue
        if entry.case is not None:
            _, tone = saying.points(entry.case.result)
            return f"{entry.case.result.points}" if entry.case.counts else say(words.VOID), tone
        if entry.note is not None:
            told, tone = saying.note_state(entry.note, self._now())
            return say(told), tone
        assert entry.call is not None
        return saying.moment(entry.call.at), Tone.MUTED

    def below(self, entry: Entry) -> tuple[str, Tone]:
        say, seen = self._tongue, self._presenter.seen
        unsent = seen is not None and entry.case is not None and entry.case.score.id in seen.unsent
        late = f" · {say(words.UNSENT)}" if unsent else ""
        if entry.case is not None:
            own = entry.case.agent == self._presenter.me
            told, tone = saying.state(entry.case, own=own)
            waits = entry.case.state is ScoreState.DISPUTED
            return f"{say(told)} · {saying.moment(entry.case.called_at)}{late}", tone if waits or own else Tone.MUTED
        if entry.note is not None:
            return say(words.BY).format(name=entry.note.by_name, day=saying.day(entry.note.note.at)), Tone.MUTED
        assert entry.call is not None
        call = entry.call
        by = holder(call.claimed, self._now())
        why = say(words.AND).join(say(saying.why(one)) for one in call.why)
        if by:
            told, tone = saying.claimed(call, self._presenter.me, self._now())
            return say(told), tone
        return why, Tone.MUTED if all(one.risk is Risk.CHANCE for one in call.why) else Tone.WARN

    def facts(self, entry: Entry) -> list[Row]:
        say, p = self._tongue, self._presenter
        if entry.case is not None:
            return saying.case_rows(say, entry.case, own=entry.case.agent == p.me)
        if entry.note is not None:
            return saying.note_rows(say, entry.note, now=self._now())
        if entry.call is not None:
            return saying.call_rows(say, entry.call, me=p.me, now=self._now())
        return []

    def story(self, entry: Entry) -> str:
        """What was said of it; what the server would not take of it."""
        say, seen = self._tongue, self._presenter.seen
        told = saying.note_story(say, entry.note) if entry.note is not None else ""
        if entry.case is not None:
            told = saying.story(say, entry.case)
        refused = [one for one in seen.refused if _is_about(one.item, entry)] if seen is not None else []
        lines = [told, *(say(words.REFUSED).format(why=say(one.message)) for one in refused[-1:])]
        return "\n".join(line for line in lines if line)

    def spoken(self, entry: Entry) -> str:
        return " · ".join((self.title(entry), self.right(entry)[0], self.below(entry)[0]))

    def tall(self, _entry: Entry, _width: float) -> float:
        return height_of(theme.font(14)) + height_of(theme.font(12)) + theme.px(10)

    def draw(self, painter: QPainter, rect: QRectF, entry: Entry) -> None:
        edge, small = theme.px(8), theme.font(12)
        above = QRectF(rect.left() + edge, rect.top() + theme.px(2), rect.width() - 2 * edge, rect.height() / 2)
        told, tone = self.right(entry)
        face = theme.font(14, bold=True) if entry.case is not None else small
        room = width_of(told, face) + theme.px(8)
        draw_words(painter, above.adjusted(0, 0, -room, 0), self.title(entry), theme.font(14), ink(Tone.NEUTRAL))
        draw_words(painter, above, told, face, ink(tone), Qt.AlignmentFlag.AlignRight)
        below, its = self.below(entry)
        draw_words(painter, above.translated(0, rect.height() / 2 - theme.px(3)), below, small, ink(its))

    def _now(self) -> datetime:
        seen = self._presenter.seen
        assert seen is not None
        return seen.now


def _is_about(item: QualityItem, entry: Entry) -> bool:
    said = said_of(item)
    return any(getattr(said, name, None) == entry.id for name in ("call", "score", "note"))
