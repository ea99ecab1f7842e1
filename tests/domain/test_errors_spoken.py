"""What an error says in one line."""

from core.domain.errors import StaylineError
from core.domain.text import Lang, Text


def test_what_there_is_to_say_is_said_and_nothing_stands_for_what_is_not() -> None:
    title, step = Text("服务器繁忙", "Server is busy"), Text("请稍后重试。", "Try again shortly.")
    whole = StaylineError(title=title, message=Text("正在备份", "A backup runs"), next_step=step)
    assert whole.spoken(Lang.ZH) == "服务器繁忙：正在备份。请稍后重试。"
    assert whole.spoken(Lang.EN) == "Server is busy: A backup runs. Try again shortly."
    short = StaylineError(title=title, message=Text("", ""), next_step=step)
    assert short.spoken(Lang.ZH) == "服务器繁忙：请稍后重试。"
    assert short.spoken(Lang.EN) == "Server is busy: Try again shortly."
