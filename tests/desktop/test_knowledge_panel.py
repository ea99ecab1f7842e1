"""Knowledge beside the call: one key opens it, it searches as one types, and a tip is written from the call."""

import msgspec
import pytest
from desk_kit import UPGRADE, VIP, Working, put
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from core.desk.knowing import tip_draft
from core.domain import decoding
from core.domain.knowledge import PUBLISHED, TIP, TIP_ANSWER, Article, ArticleKind, LineOfWork, TipAnswer, TipState
from core.domain.text import Lang, Text
from core.store.types import OutboxItem
from core.wire.pull import Change, ContentDocument, Kind
from core.wire.push import Answer, Answers, TipWritten, Verdict
from desktop.knowledge.panel import KnowledgePanel
from desktop.knowledge.reader import ArticleView
from desktop.knowledge.tip_dialog import TipDialog
from desktop.widgets.choice_list import ChoiceList


def opened(desk: Working) -> KnowledgePanel:
    desk.press("F4")
    desk.until(lambda: desk.window.shelf.is_open)
    panel = desk.window.shelf.panel
    assert panel is not None
    desk.until(lambda: panel.list.lines.rowCount() > 0)
    desk.settle()
    return panel


def article_shown(panel: KnowledgePanel) -> str:
    return panel.reader.toPlainText()


def writing(desk: Working) -> TipDialog:
    desk.press("F5")
    desk.until(lambda: any(one.isVisible() for one in desk.window.findChildren(TipDialog)))
    return next(one for one in desk.window.findChildren(TipDialog) if one.isVisible())


def published(article: Article, kind: str = PUBLISHED) -> Change:
    body = msgspec.Raw(msgspec.json.encode(article))
    document = ContentDocument(kind=kind, name=article.id, version=article.version, body=body)
    return put(Kind.CONTENT, f"{kind}/{article.id}", document)


def test_what_belongs_to_the_step_comes_first_and_is_open_at_once(desk: Working) -> None:
    # KB-01, VIP-10
    desk.open(UPGRADE)
    desk.session.conversation.go("doubts")
    panel = opened(desk)
    step = desk.session.conversation.view().step_id
    first = panel.list.lines.row(0)
    assert first.linked
    article = desk.store.article(first.kind, first.name)
    assert article is not None
    assert f"4g-upgrade/{step}" in article.steps
    assert article_shown(panel).startswith(article.title.zh)


def test_it_searches_as_one_types_and_the_arrows_choose(desk: Working) -> None:
    desk.open(VIP)
    panel = opened(desk)
    every = panel.list.lines.rowCount()
    desk.type("myf")
    desk.until(lambda: 0 < panel.list.lines.rowCount() < every)
    desk.settle()
    assert article_shown(panel).startswith("漫游费用怎么算")
    panel.field.setText("漫游")
    desk.settle()
    before = article_shown(panel)
    desk.press("Down")
    desk.settle()
    assert article_shown(panel) != before
    panel.field.setText("没有这个词")
    desk.settle()
    assert "没有找到" in panel.list.empty_words
    assert article_shown(panel) == ""


def test_keys_go_to_the_search_while_it_is_open_and_back_to_the_script(desk: Working) -> None:
    desk.open(VIP)
    panel = opened(desk)
    step = desk.session.conversation.view().step_id
    desk.type("1 q")
    assert (panel.field.text(), desk.session.conversation.view().step_id) == ("1 q", step)
    desk.press("Esc")
    assert not desk.window.shelf.is_open
    desk.press("1")
    assert desk.session.conversation.view().step_id != step
    desk.press("F4")
    assert desk.window.shelf.is_open
    desk.press("F4")
    assert not desk.window.shelf.is_open


def test_it_lies_over_the_view_and_leaves_script_and_outcome_free(desk: Working) -> None:
    desk.open(VIP)
    panel = opened(desk)
    page = desk.window.call_page
    assert page is not None
    assert panel.geometry() == page.view360.geometry()
    desk.window.resize(1600, 940)
    desk.settle()
    assert panel.geometry() == page.view360.geometry()


def test_without_a_customer_everything_is_there(desk: Working) -> None:
    panel = opened(desk)
    assert panel.list.lines.rowCount() >= 25
    assert panel.width() > 300


def test_the_list_follows_the_script(desk: Working) -> None:
    desk.open(VIP)
    panel = opened(desk)
    before = panel.list.words()
    desk.window.presenter.script.go_stage(1)
    desk.until(lambda: panel.list.words() != before)
    assert panel.list.lines.row(0).linked


def test_the_next_customer_is_not_hidden_behind_it(desk: Working) -> None:
    desk.open(VIP)
    panel = opened(desk)
    desk.type("sim")
    assert panel.isVisible()
    desk.open(UPGRADE)
    assert panel.isHidden()
    assert panel.field.text() == "", "nor does the next look-up begin with the last customer's words"


def test_links_lead_from_article_to_article_and_nowhere_else(desk: Working) -> None:
    panel = opened(desk)
    panel.reader.anchorClicked.emit(QUrl("kb:sim-swap"))
    desk.settle()
    assert article_shown(panel).startswith("补换 SIM 卡")
    for address in ("http://example.com/x", "file:///etc/passwd", "kb:no-such"):
        panel.reader.anchorClicked.emit(QUrl(address))
        desk.settle()
    assert article_shown(panel).startswith("补换 SIM 卡")


def test_a_text_is_shown_as_markdown_with_nothing_fetched(desk: Working) -> None:
    body = Text("**粗** <b>x</b> ![图](http://127.0.0.1:1/y.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "x")
    article = Article(id="z", version=1, kind=ArticleKind.ARTICLE, title=Text("*星* <i>", "y"), body=body,
                      line=LineOfWork.MOBILE, initials="zzz")  # fmt: skip
    desk.tells(published(article))
    panel = opened(desk)
    panel.field.setText("zzz")
    desk.settle()
    shown = article_shown(panel)
    assert shown.startswith("*星* <i>")
    assert "粗" in shown
    assert "**" not in shown
    assert panel.reader.loadResource(2, QUrl("http://127.0.0.1:1/y.png")) is None


def test_in_english_it_is_english(desk: Working) -> None:
    desk.tongue.set_lang(Lang.EN)
    panel = opened(desk)
    panel.field.setText("sim swap")
    desk.settle()
    panel.field.setText("replacing a sim")
    desk.settle()
    assert article_shown(panel).startswith("Replacing a SIM")
    desk.tongue.set_lang(Lang.ZH)
    assert article_shown(panel).startswith("补换 SIM 卡")


# KB-02, VIP-10


def tips_waiting(desk: Working) -> list[OutboxItem]:
    return [item for item in desk.store.pending(9) if item.kind == "tip"]


def test_a_tip_is_written_from_the_call_and_waits_to_be_uploaded(desk: Working) -> None:
    desk.open(VIP)
    dialog = writing(desk)
    desk.type("SIM")
    dialog.title.setText("先擦" + dialog.title.text())
    dialog.text.setPlainText("取出卡擦一擦再试。")
    desk.press("Ctrl+Return")
    desk.until(lambda: bool(tips_waiting(desk)))
    (item,) = tips_waiting(desk)
    tip = decoding.decode(item.body, TipWritten).tip
    assert (tip.title, tip.text, tip.agent) == ("先擦SIM", "取出卡擦一擦再试。", "1027")
    assert (tip.scenario, tip.step) == ("vip-care", desk.session.conversation.view().step_id)
    desk.until(lambda: "经验已提交" in desk.told)
    assert tip_draft(desk.entered.desk).empty


def test_escape_right_behind_the_sending_makes_no_draft_of_what_went(desk: Working) -> None:
    # No outcome twice: neither is a tip
    desk.open(VIP)
    dialog = writing(desk)
    dialog.title.setText("先擦卡")
    dialog.text.setPlainText("取出卡擦一擦再试。")
    dialog._send()
    dialog.reject()
    desk.until(lambda: "经验已提交" in desk.told)
    desk.settle()
    assert len(tips_waiting(desk)) == 1
    assert tip_draft(desk.entered.desk).empty


def test_escape_right_behind_the_sending_still_hears_what_is_wrong(desk: Working) -> None:
    desk.open(VIP)
    dialog = writing(desk)
    dialog._send()
    dialog.reject()
    desk.until(lambda: "还没有标题" in dialog.wrong)
    dialog.reject()


def test_somebodys_number_is_told_while_it_is_typed_and_never_sent(desk: Working) -> None:
    desk.open(VIP)
    dialog = writing(desk)
    dialog.text.setPlainText("打 100 0000 0417 就行")
    assert "7 位" in dialog.wrong
    desk.press("Ctrl+Return")
    desk.settle()
    assert tips_waiting(desk) == []
    dialog.text.setPlainText("打官方热线 10000 就行")
    assert dialog.wrong == ""
    desk.press("Ctrl+Return")
    desk.settle()
    assert "还没有标题" in dialog.wrong
    dialog.reject()


def test_whoever_reads_a_long_text_stays_where_they_are_while_the_list_is_read_anew(qtbot: QtBot) -> None:
    view = ArticleView()
    qtbot.addWidget(view)
    view.resize(300, 120)
    view.show()
    view.show_markdown("漫游", "今天", "一段话。\n\n" * 60)
    view.verticalScrollBar().setValue(400)
    view.show_markdown("漫游", "刚才", "一段话。\n\n" * 60)
    assert view.verticalScrollBar().value() == 400
    view.show_markdown("携号", "今天", "另一段。\n\n" * 60)
    assert view.verticalScrollBar().value() == 0


def test_a_list_tells_once_at_each_reading_which_row_is_in_view(qtbot: QtBot) -> None:
    told: list[str | None] = []
    rows: ChoiceList[str] = ChoiceList(
        draw=lambda *_: None,
        spoken=str,
        hint=str,
        tall=lambda _row, _width: 20.0,
        key=lambda row: row,
        opened=told.append,
    )
    qtbot.addWidget(rows)
    rows.set_rows(["a", "b"])
    rows.set_rows(["c", "a", "b"])
    assert told == ["a", "a"]
    assert rows.chosen == "a"


def test_a_tip_begun_is_there_again_after_a_crash(desk: Working) -> None:
    # Nothing an agent typed is ever lost
    desk.open(VIP)
    dialog = writing(desk)
    dialog.title.setText("写了一半")
    dialog.text.setPlainText("还没写完")
    dialog.reject()
    desk.settle()
    desk.crash()
    desk.start_again()
    dialog = writing(desk)
    assert (dialog.title.text(), dialog.text.toPlainText()) == ("写了一半", "还没写完")
    assert dialog.draft.scenario == "vip-care"
    dialog.reject()


def test_an_approved_tip_comes_with_the_next_pull_and_no_script_is_read_anew(
    desk: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = opened(desk)
    forgotten: list[bool] = []
    monkeypatch.setattr(desk.entered.desk, "forget_content", lambda: forgotten.append(True))
    tip = Article(id="t-1", version=1, kind=ArticleKind.TIP, title=Text("光猫先断电", ""), body=Text("真的。", ""),
                  line=LineOfWork.BROADBAND, author="2043", initials="gmxddyfz")  # fmt: skip
    desk.tells(published(tip, TIP))
    panel.field.setText("光猫先断电")
    desk.settle()
    assert [hit.name for hit in (panel.list.lines.row(0),)] == ["t-1"]
    assert "工号 2043" in article_shown(panel)
    assert forgotten == []


def test_a_tip_that_the_server_would_not_take_is_told(desk: Working) -> None:
    desk.open(VIP)
    dialog = writing(desk)
    dialog.title.setText("一条经验")
    dialog.text.setPlainText("很有用。")
    desk.press("Ctrl+Return")
    desk.until(lambda: bool(tips_waiting(desk)))
    answer = Answer(id=tips_waiting(desk)[0].id, verdict=Verdict.REJECTED, message_zh="请改写。", message_en="Again.")
    desk.store.settle(Answers(answers=(answer,), server_time=desk.clock.wall))
    desk.back()
    assert "服务器未接收：请改写。" in desk.read(opened(desk))


def test_the_author_reads_what_became_of_a_tip(desk: Working) -> None:
    from uuid import UUID

    answer = TipAnswer(id=UUID(int=1), title="先重启", state=TipState.REFUSED, reason="已有同样的", at=desk.clock.wall)
    body = msgspec.Raw(msgspec.json.encode(answer))
    document = ContentDocument(kind=TIP_ANSWER, name=str(answer.id), version=1, body=body)
    desk.tells(put(Kind.CONTENT, f"{TIP_ANSWER}/{answer.id}", document))
    panel = opened(desk)
    assert "先重启：未采纳。已有同样的" in desk.read(panel)


# KB-02
def test_a_tip_that_came_back_is_taken_up_with_its_words_and_the_leads_sentence(desk: Working) -> None:
    from uuid import UUID

    answer = TipAnswer(
        id=UUID(int=2), title="先换卡槽", state=TipState.REFUSED, reason="写上试过几款", at=desk.clock.wall,
        again=True, text="换到另一个卡槽。", scenario="vip-care", step="swap-test",
    )  # fmt: skip
    body = msgspec.Raw(msgspec.json.encode(answer))
    document = ContentDocument(kind=TIP_ANSWER, name=str(answer.id), version=1, body=body)
    desk.tells(put(Kind.CONTENT, f"{TIP_ANSWER}/{answer.id}", document))
    panel = opened(desk)
    assert "先换卡槽：请改后再交。写上试过几款" in desk.read(panel)
    panel.rework.setFocus()
    desk.press("Space")
    desk.until(lambda: any(one.isVisible() for one in desk.window.findChildren(TipDialog)))
    dialog = next(one for one in desk.window.findChildren(TipDialog) if one.isVisible())
    assert (dialog.title.text(), dialog.text.toPlainText()) == ("先换卡槽", "换到另一个卡槽。")
    assert "写上试过几款" in desk.read(dialog)
    dialog.text.setPlainText("换到另一个卡槽，试过三款都行。")
    desk.press("Ctrl+Return")
    desk.until(lambda: bool(tips_waiting(desk)))
    sent = decoding.decode(tips_waiting(desk)[0].body, TipWritten)
    assert (sent.tip.after, sent.tip.scenario, sent.tip.step) == (answer.id, "vip-care", "swap-test")
