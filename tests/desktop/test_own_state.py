"""What the agent is doing: it follows from the call, a break is one key, and no step of a call waits for it."""

from desk_kit import VIP, Working
from msgspec.json import decode

from core.wire.push import StateChanged


def doing(desk: Working) -> str:
    return desk.window.doing.attendance.state.value


def kept(desk: Working) -> list[str]:
    """The states that wait to be uploaded, once the sync has had its turn."""
    desk.store.keep_states()
    return [
        decode(one.body, type=StateChanged).state.state.value for one in desk.store.pending(100) if one.kind == "state"
    ]


def test_the_call_itself_says_what_its_agent_does(desk: Working) -> None:
    # KPI-02
    desk.open(VIP)
    desk.talk(30)
    assert doing(desk) == "in_call"
    desk.press("F8")
    assert doing(desk) == "wrap_up"
    desk.press("Alt+1")
    assert kept(desk) == ["ready", "in_call", "wrap_up"]


def test_a_break_begins_and_ends_by_one_key_and_stands_in_the_footer(desk: Working) -> None:
    desk.press("F10")
    assert doing(desk) == "break"
    assert "小休中" in desk.window.footer.who_text
    desk.press("F10")
    assert doing(desk) == "ready"
    assert "工号 1027" in desk.window.footer.who_text
    assert kept(desk) == ["ready", "break", "ready"]


def test_a_break_asked_for_in_a_call_waits_for_its_end_and_a_dial_ends_a_break(desk: Working) -> None:
    desk.open(VIP)
    desk.talk(30)
    desk.press("F10")
    assert doing(desk) == "in_call"
    assert "保存后" in desk.told
    desk.press("F8", "F10")
    assert desk.window.doing.attendance.pause is None
    assert kept(desk) == ["ready", "in_call", "wrap_up"]


def test_what_the_desk_tells_by_itself_is_nothing_to_wait_for(desk: Working) -> None:
    kept(desk)
    assert desk.store.outbox_state().waiting == 0


def test_a_desk_that_is_closed_says_so_at_the_next_sign_in(desk: Working) -> None:
    desk.crash()
    desk.start_again()
    assert kept(desk) == ["ready", "off", "ready"]
