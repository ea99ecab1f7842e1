"""What one agent learnt in a call is everyone's: written down, approved by the lead, found without the server."""

from core.domain.text import Text
from core.store.knowledge import ArticleHit
from desktop.keys.leading import Judge
from desktop.knowledge import words as knowledge_words
from desktop.knowledge.panel import KnowledgePanel
from desktop.knowledge.tip_dialog import TipDialog
from desktop.shell.pages import TIPS
from desktop.shell.scenario_names import NOT_YET
from desktop.tips import words as tip_words
from desktop.tour.day import Day
from desktop.tour.hand import Key, Mod
from desktop.tour.lead import lead_program, leave, signed_in, turn_to
from desktop.tour.report import Seen
from desktop.tour.waiting import NotSeen, expect, until

TITLE = Text("漫游没信号先换卡槽", "No roaming signal: other slot first")
TEXT = Text(
    "请客户先把卡换到另一个卡槽，再重启两次。多半就有信号了，不用换卡。",
    "Ask for the card to be put into the other slot, then restart twice. It mostly helps, and the card stays.",
)
SOUGHT = Text("换卡槽", "other slot")


def written(day: Day) -> Seen:
    """F5 in the call: a title and a text."""
    day.hand.key(Key.Key_F5)
    until(lambda: _dialog(day) is not None, "the tip can be written")
    dialog = _dialog(day)
    assert dialog is not None
    day.hand.fill(dialog.title, day.say(TITLE))
    day.hand.fill(dialog.text, day.say(TEXT))
    return {"title": day.say(TITLE), "step": day.session.conversation.view().step_id}


def sent(day: Day) -> Seen:
    """Ctrl+Enter; the script stands where it stood."""
    step = day.session.conversation.view().step_id
    day.hand.key(Key.Key_Return, Mod.ControlModifier)
    wanted = day.say(knowledge_words.SENT)
    until(lambda: _dialog(day) is None and day.banner == wanted, f"“{wanted}” is shown")
    day.hand.at(day.main)
    day.until_uploaded()
    expect(day.session.conversation.view().step_id == step, "the script has moved")
    return {"step": step, "said": wanted}


def read_by_lead(day: Day) -> Seen:
    """The lead reads it in a window of their own."""
    title = day.say(TITLE)
    program = day.lead = lead_program(day, "tip-lead")
    try:
        page = turn_to(day, signed_in(day, program), TIPS)
        until(lambda: page.chosen is not None and page.chosen.judged.tip.title == title, "the tip waits", within_s=30)
        raw = page.chosen.judged.tip.scenario if page.chosen else ""
        told = page.reader.toPlainText
        until(lambda: raw not in told() and NOT_YET.zh not in told(), "the scenario is told by its name", within_s=30)
        until(lambda: page.chosen is not None and page.chosen.stage is not None, "the stage is told", within_s=30)
        expect(day.say(TEXT) in page.reader.toPlainText(), "the lead cannot read the tip")
    except NotSeen:
        _leave(day)
        raise
    tip = page.chosen
    assert tip is not None
    return {"author": tip.judged.author, "scenario": tip.judged.tip.scenario, "step": tip.judged.tip.step}


def published(day: Day) -> Seen:
    """A key approves it; the agent's next pull brings it, and F4 finds it."""
    lead = day.lead
    expect(lead is not None and lead.main is not None, "no lead is signed in")
    assert lead is not None
    assert lead.main is not None
    main = lead.main
    try:
        day.hand.key(Key.Key_1, Mod.AltModifier)
        until(lambda: main.banner.message == day.say(tip_words.DONE[Judge.APPROVE]), "the tip is approved")
    finally:
        _leave(day)
    title, store = day.say(TITLE), day.main.entered.store
    day.main.entered.syncer.wake()
    until(lambda: _found(store.articles(day.say(SOUGHT)), title), "the tip has come to the agent", within_s=30)
    return _looked_up(day)


def found_offline(day: Day) -> Seen:
    """The server is away: F4, a word, and the tip is there."""
    expect(not day.server.pid, "the server runs")
    return _looked_up(day)


def _looked_up(day: Day) -> Seen:
    day.hand.key(Key.Key_F4)
    until(lambda: day.main.shelf.is_open, "the knowledge panel opens")
    panel = _panel(day)
    day.hand.fill(panel.field, day.say(SOUGHT))
    title = day.say(TITLE)
    until(lambda: panel.reader.toPlainText().startswith(title), "the tip is found and open")
    return {"found": panel.list.lines.rowCount(), "read": panel.reader.toPlainText().splitlines()[0]}


def put_away(day: Day) -> Seen:
    """Esc, and the keys are the desk's again."""
    day.hand.key(Key.Key_Escape)
    until(lambda: not day.main.shelf.is_open, "the panel is closed")
    return {"open": day.main.shelf.is_open}


def _leave(day: Day) -> None:
    program, day.lead = day.lead, None
    if program is not None:
        leave(day, program)


def _dialog(day: Day) -> TipDialog | None:
    return next((one for one in day.main.findChildren(TipDialog) if one.isVisible()), None)


def _panel(day: Day) -> KnowledgePanel:
    panel = day.main.shelf.panel
    assert panel is not None
    return panel


def _found(hits: list[ArticleHit], title: str) -> bool:
    return any(title in (hit.title.zh, hit.title.en) for hit in hits)
