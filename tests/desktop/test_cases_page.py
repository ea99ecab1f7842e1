"""The page of repair cases: what is owed first, a key for each check and act, at once in sight and on its way."""

from datetime import timedelta
from uuid import UUID

from cases_kit import CASE_ID, case_of, checked, promise_of, roster
from desk_kit import DISCONNECT, NOW, SU, UPGRADE, VIP, Working, number_of

from core.desk.casework import LoosePromise
from core.domain import decoding
from core.domain.case import Contacted, Joined, Satisfaction
from core.domain.duty import Shift
from core.domain.promise import PromiseState
from core.wire.casework import CaseLogged, HandedOver, PromiseLogged
from desktop.cases.page import CasesPage
from desktop.shell.pages import CASES, pages_seen_by

LOGGED = decoding.decoder(CaseLogged | PromiseLogged | HandedOver)


def turned(desk: Working) -> CasesPage:
    desk.press(next(key for key, page in pages_seen_by(SU.role).items() if page is CASES))
    page = desk.window.stack.page(CASES)
    desk.until(lambda: page.presenter.read)
    desk.settle()
    return page


def whole(desk: Working) -> CasesPage:
    """Two cases, a promise of one and one of its own, a roster."""
    everyday = (1, 2, 3, 4, 5, 6, 7)
    desk.tells(
        case_of(VIP, Contacted(), checked("swap_test", "换机测试", "换机后仍无服务"), at=NOW - timedelta(minutes=50)),
        case_of(UPGRADE, case=UUID(int=42), at=NOW - timedelta(minutes=30), due_h=4, template=""),
        promise_of(VIP, "回复换卡结果", NOW + timedelta(minutes=20), case=CASE_ID),
        promise_of(DISCONNECT, "查清上月账单", NOW + timedelta(hours=4)),
        roster(Shift(staff_number="1028", days=everyday, from_min=0, until_min=0)),
    )
    return turned(desk)


def sent(desk: Working) -> list[CaseLogged | PromiseLogged | HandedOver]:
    kinds = ("case_event", "promise_event", "hand_over")
    return [LOGGED.decode(one.body) for one in desk.store.pending(100) if one.kind in kinds]


def test_what_is_owed_first_stands_first_and_who_calls_back_is_found_by_any_digits(desk: Working) -> None:
    # VIP-05, VIP-08, VIP-11
    page = whole(desk)
    spoken = page.list.words()
    assert len(spoken) == 3
    assert "首次联系还剩 3 小时 30 分" in spoken[0]
    assert "承诺 10:20" in spoken[1]
    assert "承诺：查清上月账单" in spoken[2]
    seen = desk.read(page)
    assert "现在值班：白予安" in seen
    assert "2 件在办 · 2 个承诺未了" in seen
    desk.clock.pass_(3.6 * 3600)
    page._tick()
    assert "首次联系已超" in page.list.words()[0]
    page.search.setFocus()
    desk.type(number_of(DISCONNECT)[-4:])
    desk.settle()
    (only,) = page.list.words()
    assert "查清上月账单" in only
    page.list.setFocus()
    page.list.begin()
    desk.press("Return")
    desk.until(lambda: desk.open_task == DISCONNECT)
    assert desk.window.stack.currentWidget() is not page


def test_checks_and_notes_have_keys_and_a_number_is_not_kept(desk: Working) -> None:
    # VIP-07, VIP-10, TASK-12
    page = whole(desk)
    page.choose(CASE_ID)
    desk.press("2")
    assert page.composer.line.hasFocus()
    assert "手机设置" in desk.read(page.composer)
    desk.press("Alt+1")
    desk.until(lambda: not page.composer.asking)
    desk.settle()
    (item,) = sent(desk)
    assert isinstance(item, CaseLogged)
    assert getattr(item.case_event.what, "finding", "") == "设置后恢复"
    rows = {row.label: row.value for row in page.opened.checks.rows.rows()}
    assert rows["1  换机测试"] == "换机后仍无服务"
    assert rows["2  手机设置"] == "设置后恢复"
    assert "待做" in rows["3  核查数据"]
    for key, words in (("N", "客户在机场"), ("S", "卡太旧"), ("R", "手机不支持当地频段")):
        desk.press(key)
        page.composer.line.insert(words)
        desk.press("Return")
        desk.until(lambda: not page.composer.asking)
    desk.press("G")
    desk.type("50")
    page.composer.line.setFocus()
    page.composer.line.insert("送漫游包")
    desk.press("Return")
    desk.until(lambda: not page.composer.asking)
    desk.press("T")
    desk.press("Return")
    desk.until(lambda: not page.composer.asking)
    desk.settle()
    seen = desk.read(page.opened)
    for words in ("客户在机场", "卡太旧", "手机不支持当地频段", "送漫游包 ¥50（苏梅 的权限）", "协同 白予安"):
        assert words in seen
    assert len(sent(desk)) == 6
    desk.press("N")
    page.composer.line.insert("另一个号 10000001234")
    desk.press("Return")
    desk.settle()
    assert page.composer.asking
    assert "7 位或更长" in desk.read(page.composer)
    assert len(sent(desk)) == 6
    desk.press("Escape")
    assert page.composer.isHidden()
    assert page.list.hasFocus()


def test_promises_move_and_are_kept_and_closing_says_how_the_customer_took_it(desk: Working) -> None:
    # VIP-11, FOLLOW-03
    page = whole(desk)
    page.choose(CASE_ID)
    desk.press("M")
    assert page.composer.when.hasFocus()
    page.composer.line.setFocus()
    desk.press("Return")
    assert "先得到客户同意" in desk.read(page.composer)
    page.composer.agreed.setChecked(True)
    page.composer.line.setFocus()
    desk.press("Return")
    desk.until(lambda: not page.composer.asking)
    desk.settle()
    assert "改过 1 次" in desk.read(page.opened)
    desk.press("K")
    page.composer.line.insert("已换卡")
    desk.press("Return")
    desk.until(lambda: not page.composer.asking)
    desk.settle()
    states = [one.state for one in desk.store.casework().promises if one.made.case == CASE_ID]
    assert states == [PromiseState.KEPT]
    desk.press("P")
    page.composer.line.insert("下午三点再报进展")
    desk.press("Return")
    desk.until(lambda: not page.composer.asking)
    desk.settle()
    assert "下午三点再报进展" in desk.read(page.opened)
    page.choose(CASE_ID)
    desk.press("C")
    page.composer.pick.setCurrentIndex(1)
    desk.press("Return")
    desk.until(lambda: not page.composer.asking)
    desk.settle()
    closed = next(one for one in desk.store.casework().cases if one.id == CASE_ID)
    assert closed.satisfaction is Satisfaction.GRUDGING
    page.choose(CASE_ID)
    assert "已结 · 勉强接受" in desk.read(page.opened)
    desk.press("C")
    desk.press("Return")
    desk.until(lambda: not page.composer.asking)
    assert next(one for one in desk.store.casework().cases if one.id == CASE_ID).is_open
    desk.press("W")
    page.composer.line.insert("客户只在晚上方便")
    desk.press("Return")
    desk.until(lambda: not page.composer.asking)
    desk.settle()
    item = sent(desk)[-1]
    assert isinstance(item, HandedOver)
    assert (item.hand_over.leaves, item.hand_over.to) == ("1027", "1028")
    assert "转交已记下" in desk.read(page)


def test_a_promise_is_released_and_who_helps_leaves_by_a_key(desk: Working) -> None:
    # TASK-12
    desk.tells(
        case_of(VIP, Joined(staff_number=SU.staff_number, name="苏梅"), owner="1028"),
        case_of(UPGRADE, Joined(staff_number="1028", name="白予安"), case=UUID(int=42), template=""),
        promise_of(DISCONNECT, "查清上月账单", NOW - timedelta(hours=4)),
        roster(),
    )
    page = turned(desk)
    loose = next(row for row in page.presenter.rows if isinstance(row, LoosePromise))
    page.choose(loose.promise.id)
    desk.press("X")
    page.composer.line.insert("客户自己查到了")
    desk.press("Return")
    desk.until(lambda: not page.composer.asking)
    desk.settle()
    assert not any(isinstance(row, LoosePromise) for row in page.presenter.rows)
    for case, gone in ((CASE_ID, SU.staff_number), (UUID(int=42), "1028")):
        page.choose(case)
        desk.press("L")
        desk.press("Return")
        desk.until(lambda: not page.composer.asking)
        desk.settle()
        item = sent(desk)[-1]
        assert isinstance(item, CaseLogged)
        assert getattr(item.case_event.what, "staff_number", "") == gone
    assert "白予安 退出" in desk.read(page.opened)
    desk.press("L")
    assert not page.composer.asking
    assert "没有协同的同事" in desk.told


def test_enter_pressed_twice_writes_once(desk: Working) -> None:
    # VIP-08
    page = whole(desk)
    page.list.setFocus()
    page.list.begin()
    before = len(sent(desk))
    desk.press("N")
    page.composer.line.setText("客户在机场")
    page.composer.send()
    page.composer.send()
    desk.until(lambda: not page.composer.asking)
    desk.settle()
    assert len(sent(desk)) == before + 1


def test_what_is_written_of_one_case_goes_into_no_other_that_is_chosen_meanwhile(desk: Working) -> None:
    # VIP-06
    page = whole(desk)
    page.choose(CASE_ID)
    page.list.setFocus()
    desk.press("N")
    page.composer.line.setText("客户在机场")
    page.choose(UUID(int=42))
    page.composer.send()
    desk.until(lambda: not page.composer.asking)
    desk.settle()
    (item,) = [one for one in sent(desk) if isinstance(one, CaseLogged)]
    assert item.case_event.case == CASE_ID
