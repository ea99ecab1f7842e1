"""A call without a task, from the window: who may open one, what is said, what is dialled."""

import msgspec
import pytest
from desk_kit import Working

from core.desk.finding import FoundPerson
from core.domain.errors import Refused, ServerUnreachable
from core.domain.people import Role
from core.domain.text import Text
from desktop.call import new_call
from desktop.call.new_call import NewCall

WORDS = (Text("题", "Title"), Text("权限不足。", "Not within your rights."), Text("请找班长。", "Ask your lead."))


def dialog(desk: Working) -> NewCall:
    desk.press("Ctrl+N")
    desk.until(lambda: bool(desk.window.findChildren(NewCall)))
    return desk.window.findChildren(NewCall)[0]


# ROLE-01
def test_callback_staff_are_told_who_may_call_without_a_task(desk: Working) -> None:
    desk.entered.desk.agent = msgspec.structs.replace(desk.entered.desk.agent, role=Role.CALLBACK_STAFF)
    desk.press("Ctrl+N")
    assert "外呼代表" in desk.told
    assert desk.window.findChildren(NewCall) == []


# ROLE-01
@pytest.mark.parametrize("refused", [True, False])
def test_a_server_that_says_no_is_quoted_and_silence_is_offline(
    desk: Working, monkeypatch: pytest.MonkeyPatch, refused: bool
) -> None:
    title, message, step = WORDS

    def answer(_ask: object, _text: str) -> list[FoundPerson]:
        if refused:
            raise Refused(code="forbidden", title=title, message=message, next_step=step)
        raise ServerUnreachable(title=title, message=message, next_step=step)

    monkeypatch.setattr(new_call, "find_on_server", answer)
    shown = dialog(desk)
    shown.who.setText("王秀兰")
    desk.until(lambda: ("权限不足" if refused else "离线") in shown.note.text())
    assert ("离线" in shown.note.text()) is not refused
    shown.reject()
