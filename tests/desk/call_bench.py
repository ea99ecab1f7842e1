"""The call's presenter over a real store, on a lane that is run by hand."""

from presenter_kit import HandLane, Phone
from store_kit import NOW, a_document, a_page, a_task, put

from core.desk.desk import Desk
from core.domain.text import Lang, Text
from desktop.call.part import Part
from desktop.call.presenter import CallPresenter
from desktop.widgets.values import Tone


class Bench:
    """A presenter with what it told."""

    def __init__(self, desk: Desk) -> None:
        self.lane, self.phone = HandLane(), Phone()
        self.changed: list[Part] = []
        self.moved: list[str] = []
        self.said: list[Text] = []
        self.errors: list[Exception] = []
        self.woken: list[None] = []
        self.presenter = CallPresenter(
            desk,
            lane=self.lane,
            patient_lane=self.lane,
            dialler=self.phone,
            lang=Lang.ZH,
            changed=self.changed.append,
            say=self._say,
            lacks=self._lacks,
            show_error=self.errors.append,
            moved=self.moved.append,
            logged=lambda: self.woken.append(None),
        )

    def _say(self, text: Text, _tone: Tone) -> None:
        self.said.append(text)

    def _lacks(self, text: Text | None) -> None:
        if text is not None:
            self.said.append(text)

    def open(self, task_id: str) -> None:
        self.presenter.in_view.open_task(task_id)
        self.lane.run()

    def choose(self, code: str) -> None:
        self.presenter.change(lambda session: session.choose(code))

    def save_unanswered(self) -> None:
        self.presenter.call.dial_or_answered()
        self.lane.run()
        self.choose("unanswered")
        self.presenter.save()
        self.lane.run()


def with_two_customers(desk: Desk) -> Bench:
    tasks = [a_task(n) for n in (1, 2)]
    customers = [a_document(n, numbers=(f"100{n:08d}",)) for n in (1, 2)]
    desk.store.apply(a_page(*map(put, customers), *map(put, tasks), cursor="2"), now=NOW)
    return Bench(desk)


def at_the_save(bench: Bench) -> None:
    """Nobody answered the first of two, and who comes after is known."""
    bench.open("T0001")
    bench.presenter.call.dial_or_answered()
    bench.lane.run()
    bench.choose("unanswered")
    bench.lane.run()
    bench.changed.clear()
