"""New content while somebody talks: the call goes on with the words that it began with, the next one has the new."""

import msgspec
from desk_kit import UPGRADE, VIP, Working, put

from core.content.shipped import dispositions, scripts
from core.domain.text import Text
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
