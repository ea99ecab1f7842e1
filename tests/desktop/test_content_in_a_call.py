"""New content while somebody talks: the call goes on with the words that it began with, the next one has the new."""

import msgspec
from desk_kit import UPGRADE, VIP, Working, put

from core.content.shipped import dispositions, scripts
from core.domain.script import Say
from core.domain.text import Lang, Text
from core.wire.pull import Change, ContentDocument, Kind

SCENARIO = "4g-upgrade"


def newer(scenario: str) -> list[Change]:
    """The next version of a scenario: another title, and its first result is called otherwise."""
    script, results = scripts()[scenario], dispositions()[scenario]
    first = msgspec.structs.replace(results.results[0], label=Text("换了叫法", "Renamed"))
    renamed = msgspec.structs.replace(results, version=results.version + 1, results=(first, *results.results[1:]))
    retitled = msgspec.structs.replace(script, version=script.version + 1, title=Text("新", "New"))
    return [content("script", scenario, retitled), content("dispositions", scenario, renamed)]


def content(kind: str, name: str, value: object) -> Change:
    version = value.version  # type: ignore[attr-defined]
    body = msgspec.Raw(msgspec.json.encode(value))
    return put(Kind.CONTENT, f"{kind}/{name}", ContentDocument(kind=kind, name=name, version=version, body=body))


def test_a_call_keeps_its_version_and_the_next_one_has_the_new(desk: Working) -> None:
    # SCRIPT-01
    began = scripts()[SCENARIO].version
    desk.open(UPGRADE)
    desk.talk(5)
    desk.tells(*newer(SCENARIO))
    desk.settle()
    assert desk.session.opened.script.version == began
    assert desk.session.opened.dispositions.results[0].label != Text("换了叫法", "Renamed")
    desk.open(VIP)
    others = [row.task_id for row in desk.rows() if row.scenario == SCENARIO and row.task_id != UPGRADE]
    desk.open(others[0])
    assert desk.session.opened.script.version == began + 1
    assert desk.session.opened.dispositions.results[0].label == Text("换了叫法", "Renamed")


def spoilt(scenario: str, *, start: bool) -> Change:
    """The next version of a script whose words fail with some customer: at its start, or only after it."""
    script = scripts()[scenario]
    words = Text("{% if greeting > 3 %}好{% endif %}", "{% if greeting > 3 %}x{% endif %}")
    steps = tuple(
        msgspec.structs.replace(step, say=(Say(text=words),)) if (step.id == script.start) is start else step
        for step in script.steps
    )
    objections = tuple(msgspec.structs.replace(one, answer=words) for one in script.objections)
    version = script.version + 1
    return content(
        "script", scenario, msgspec.structs.replace(script, version=version, steps=steps, objections=objections)
    )


def test_a_script_that_cannot_be_said_is_told_and_the_customer_in_view_stays(desk: Working) -> None:
    # SCRIPT-01
    desk.open(VIP)
    desk.tells(spoilt(SCENARIO, start=True))
    desk.settle()
    desk.window.presenter.in_view.open_task(UPGRADE)
    desk.until(lambda: "这句话术显示不出来" in desk.told)
    assert "草稿都在" in desk.told
    assert "告诉班长" in desk.told
    assert desk.open_task == VIP


def test_a_step_that_cannot_be_said_is_told_and_the_call_stays_where_it_was(desk: Working) -> None:
    desk.tells(spoilt(SCENARIO, start=False))
    desk.settle()
    session = desk.open(UPGRADE)
    desk.talk(5)
    before = session.conversation.state()
    desk.press("1")
    assert "这句话术显示不出来" in desk.told
    assert session.conversation.state() == before
    desk.press("Q")
    assert session.conversation.state() == before


def test_also_after_a_crash(desk: Working) -> None:
    began = scripts()[SCENARIO].version
    desk.open(UPGRADE)
    desk.talk(5)
    desk.settle()
    desk.tells(*newer(SCENARIO))
    desk.settle()
    desk.crash()
    desk.start_again()
    session = desk.open(UPGRADE)
    assert session.flow.begun
    assert session.opened.script.version == began
    assert session.opened.dispositions.version == dispositions()[SCENARIO].version
    desk.press("F8", "Alt+4", "Ctrl+Return")
    desk.until(lambda: len(desk.saved()) == 1)
    saved = desk.store.saved(desk.saved()[0].outcome_id)
    assert saved is not None
    assert saved.outcome.script_version == began


def test_words_that_the_other_language_lacks_stay_in_the_one_that_they_are_said_in(desk: Working) -> None:
    # SCRIPT-01
    script = scripts()[SCENARIO]
    words = Text("您好，我是客服。", "{% if greeting > 3 %}x{% endif %}")
    steps = tuple(
        msgspec.structs.replace(step, say=(Say(text=words),)) if step.id == script.start else step
        for step in script.steps
    )
    desk.tells(content("script", SCENARIO, msgspec.structs.replace(script, version=script.version + 1, steps=steps)))
    desk.settle()
    desk.open(UPGRADE)
    desk.talk(5)
    desk.tongue.set_lang(Lang.EN)
    desk.until(lambda: "tell your lead" in desk.told)
    assert "您好，我是客服。" in desk.read(desk.call_page.script)
    assert desk.state == "in_call"
