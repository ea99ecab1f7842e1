"""The server's end of the child that answers planners: started when first asked, asked from any thread, ended."""

import multiprocessing
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from core.domain.errors import Refused
from core.domain.text import Text
from core.server.db.engine import Database
from core.server.planner.child import main
from core.server.planner.messages import Answered, Asked, Place, Question

IDLE_S = 300.0
LONGEST_S = 25.0
"""a question beyond it is given up"""
_GRACE_S = 3.0
"""for the child to give a question up; after that it is ended"""
STOPPED, TOO_LONG, FAILED = "preview_stopped", "preview_too_long", "preview_failed"


class _Waiting:
    def __init__(self, who: str, question: Question) -> None:
        self.who, self.question = who, question
        self.there = threading.Event()
        self.answer: Answered | None = None
        self.pipe: Connection | None = None
        """to the child that was asked"""


class Planner:
    """Answers of the warm child. What the same person asks again gives up what they asked before."""

    def __init__(self, database: Database, data: Path, *, idle_s: float = IDLE_S, longest_s: float = LONGEST_S) -> None:
        url = database.engine.url.render_as_string(hide_password=False)
        self._place = Place(url, database.tenant, str(data))
        self._idle_s, self._longest_s = idle_s, longest_s
        self._lock = threading.Lock()
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._listener: threading.Thread | None = None
        self._waiting: dict[int, _Waiting] = {}
        self._number = 0

    @property
    def warm(self) -> bool:
        child = self._child
        return child is not None and child.is_alive()

    def ask(self, question: Question, body: bytes = b"", *, who: str) -> bytes:
        """Raises Refused with the child's words, or where it was given up, took too long or failed."""
        waiting = _Waiting(who, question)
        with self._lock:
            if question is Question.PREVIEW:
                self._give_up(who)
            self._number += 1
            number = self._number
            self._waiting[number] = waiting
            waiting.pipe = self._send(Asked(number, question, body))
        if not waiting.there.wait(self._longest_s):
            with self._lock:
                self._tell(Asked(number, None))
            if not waiting.there.wait(_GRACE_S):
                self._end_child()
            raise _refused(TOO_LONG)
        return _body_of(waiting.answer)

    def stop(self, who: str) -> int:
        """Give up the preview that this person waits for; how many there were."""
        with self._lock:
            return self._give_up(who)

    def close(self) -> None:
        """End the child; whoever waits is told."""
        self._end_child()

    def _give_up(self, who: str) -> int:
        numbers = [at for at, one in self._waiting.items() if one.who == who and one.question is Question.PREVIEW]
        for number in numbers:
            self._tell(Asked(number, None))
        return len(numbers)

    def _tell(self, asked: Asked) -> None:
        if self._pipe is not None:
            # A child that is gone has nothing to give up.
            with suppress(OSError):
                self._pipe.send(asked)

    def _send(self, asked: Asked) -> Connection:
        """To the child; to a new one where there is none, or it has just ended."""
        if self._pipe is not None and self.warm:
            with suppress(OSError):
                self._pipe.send(asked)
                return self._pipe
        pipe = self._start()
        pipe.send(asked)
        return pipe

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        child = context.Process(target=main, args=(there, self._place, self._idle_s), daemon=True, name="planner")
        child.start()
        there.close()
        self._child, self._pipe = child, here
        self._listener = threading.Thread(target=self._listen, args=(here, child), name="planner", daemon=True)
        self._listener.start()
        return here

    def _listen(self, pipe: Connection, child: BaseProcess) -> None:
        with suppress(EOFError, OSError):
            while True:
                answer: Answered = pipe.recv()
                self._hand_over(answer)
        child.join()
        with self._lock:
            left = [number for number, one in self._waiting.items() if one.pipe is pipe]
            if self._pipe is pipe:
                self._pipe = self._child = None
            pipe.close()
        for number in left:
            self._hand_over(Answered(number, failed="ended"))

    def _hand_over(self, answer: Answered) -> None:
        with self._lock:
            waiting = self._waiting.pop(answer.number, None)
        if waiting is not None:
            waiting.answer = answer
            waiting.there.set()

    def _end_child(self) -> None:
        child, listener = self._child, self._listener
        if child is None or listener is None:
            return
        child.terminate()
        # Who listens puts it away: of two threads that wait for a process one is told that there is none.
        listener.join(_GRACE_S)
        if listener.is_alive():
            child.kill()
            listener.join(_GRACE_S)


def _body_of(answer: Answered | None) -> bytes:
    if answer is None or answer.failed:
        raise _refused(FAILED)
    if answer.stopped:
        raise _refused(STOPPED)
    if answer.trouble is not None:
        title, message, next_step = answer.trouble
        raise Refused(title=title, message=message, next_step=next_step, code="screening")
    return answer.body


_WORDS = {
    STOPPED: Text("已停止计算。", "The count was given up."),
    TOO_LONG: Text("计算时间过长，已停止。", "The count took too long and was ended."),
    FAILED: Text("计算没有完成。", "The count was not finished."),
}


def _refused(code: str) -> Refused:
    return Refused(
        title=Text("没有算出人数", "No figure"),
        message=_WORDS[code],
        next_step=Text("请再试一次，或减少条件。", "Try again, or with fewer conditions."),
        code=code,
    )
