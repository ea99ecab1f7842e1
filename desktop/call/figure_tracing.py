"""One key leads from a figure in the words to say to the months that make it; again: to the next figure."""

from collections.abc import Callable

from core.desk.call_session import CallSession
from core.domain.text import Text
from core.guidance.fact_names import fact_label
from desktop.call import words
from desktop.call.script_panel import ScriptPanel
from desktop.call.view360 import View360Panel
from desktop.tongue import Tongue


class FigureTracing:
    """`hint` tells in a line why nothing can be opened."""

    def __init__(
        self, script: ScriptPanel, view360: View360Panel, tongue: Tongue, *, hint: Callable[[Text], None]
    ) -> None:
        self._script, self._view360, self._tongue, self._hint = script, view360, tongue, hint
        self._opened: tuple[str, str] | None = None
        """the step and the fact that was opened last"""

    def next(self, session: CallSession) -> None:
        """The source of the next figure of the step in view; the keys of the script go on acting."""
        if session.compared is None:
            self._hint(words.NOT_COMPARED_YET)
            return
        view = session.conversation.view()
        places = {span.fact: at for at, span in enumerate(view.spans) if session.source_of(span.fact) is not None}
        facts = list(places)
        if not facts:
            self._hint(words.NO_FIGURE_HERE)
            return
        step, last = self._opened or ("", "")
        at = (facts.index(last) + 1) % len(facts) if step == view.step_id and last in facts else 0
        self._opened = view.step_id, facts[at]
        self._open(session, facts[at], view.spans[places[facts[at]]].text, places[facts[at]])

    def _open(self, session: CallSession, fact: str, said: str, place: int) -> None:
        source = session.source_of(fact)
        if source is None:
            return
        say = self._tongue
        told = say(words.FIGURE_FROM).format(label=say(fact_label(fact)), said=said, how=say(source.how))
        self._view360.show_source(source.plan_code, told)
        self._script.mark_figure(place)
