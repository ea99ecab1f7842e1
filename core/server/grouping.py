"""Group commit: what is asked while a transaction runs is settled together in the next one, by one thread.

A durable commit costs as much for one as for a hundred. Nobody waits for a group to fill: who comes alone is settled
alone, and groups grow by themselves while many ask.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Got = TypeVar("Got")


class Grouped(Generic[Asked, Got]):
    """Settles what is asked in groups of at most `most`, in the order of asking. Safe from any thread.

    `settle` answers each of a group, in their order, once all of it is durable. What it raises is told to the whole
    group where it is one of `shared`, such as a database that is away; else each is settled once more by itself, so
    that one that cannot be settled keeps nobody else from their answer."""

    def __init__(
        self,
        settle: Callable[[Sequence[Asked]], Sequence[Got]],
        *,
        most: int,
        shared: tuple[type[Exception], ...] = (),
    ) -> None:
        self._settle, self._most, self._shared = settle, most, shared
        self._lock = Lock()
        self._waiting: list[tuple[Asked, Future[Got]]] = []
        self._runs = False
        # Its thread begins with the first that is asked, and ends with the process or with this object.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="group-commit")

    def ask(self, asked: Asked) -> Future[Got]:
        """The answer to come; cancelled before its group begins, it is not settled at all."""
        answer: Future[Got] = Future()
        with self._lock:
            self._waiting.append((asked, answer))
            begins, self._runs = not self._runs, True
        if begins:
            self._writer.submit(self._work)
        return answer

    def _work(self) -> None:
        while group := self._next():
            self._answer(group)

    def _next(self) -> list[tuple[Asked, Future[Got]]]:
        """Those who wait, as far as they still want an answer; none ends the run."""
        with self._lock:
            while self._waiting:
                group, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                wanted = [one for one in group if one[1].set_running_or_notify_cancel()]
                if wanted:
                    return wanted
            self._runs = False
            return []

    def _answer(self, group: Sequence[tuple[Asked, Future[Got]]]) -> None:
        try:
            found = self._settle([asked for asked, _answer in group])
        except self._shared as error:
            for _asked, answer in group:
                answer.set_exception(error)
        except Exception as error:
            if len(group) == 1:
                group[0][1].set_exception(error)
                return
            for one in group:
                self._answer([one])
        else:
            for (_asked, answer), got in zip(group, found, strict=True):
                answer.set_result(got)
