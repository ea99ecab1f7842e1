"""Care that is due: for the customers of the desk in words that can be sent and said, never where it may not be."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from desk_kit import HARD_OF_HEARING, NOW, OPTED_OUT, SU, VIP, Working, document_of, put_customer
from msgspec import structs
from store_kit import an_outcome

from core.content import folder
from core.content.care_classes import CARE as FILE
from core.content.care_classes import load_care_classes
from core.desk.caring import CareLook, care_classes
from core.domain.care_class import CareChannel
from core.domain.customer import Care
from core.domain.task import Tier
from core.domain.text import Lang
from core.wire.push import Saved
from desktop.care import words
from desktop.care.page import CarePage
from desktop.keys.following import CARING, Caring
from desktop.shell.pages import CARE, DESK, pages_seen_by


def caring(desk: Working) -> CarePage:
    desk.press(next(key for key, page in pages_seen_by(SU.role).items() if page is CARE))
    page = desk.window.stack.page(CARE)
    desk.until(lambda: bool(page.due))
    desk.settle()
    return page


# CARE-24, CARE-26
def test_what_is_due_stands_with_its_channel_message_and_call(desk: Working) -> None:
    page = caring(desk)
    seen = desk.read(page)
    first = page.list.lines.row(0)
    assert first.care.label.zh in seen
    assert words.CHANNELS[first.channel].zh in seen
    assert page.detail.message.words == first.message(Lang.ZH)
    assert first.care.definition.zh in seen
    for one in page.due:
        for lang in Lang:
            for line in (one.message(lang), *one.call(lang)):
                assert "{{" not in line
                assert "None" not in line


# CARE-24
def test_each_of_the_twenty_three_classes_reaches_the_desk_whole_and_is_shown_with_its_parts(desk: Working) -> None:
    classes = care_classes(desk.window.entered.desk)
    assert classes == load_care_classes(folder() / FILE)
    assert classes is not None
    assert [one.row for one in classes.classes] == [f"CARE-{number:02d}" for number in range(1, 24)]
    detail = caring(desk).detail
    for one in classes.classes:
        detail.show_care(one, channel=None, message=one.message.zh, call=[line.zh for line in one.call])
        seen = desk.read(detail)
        for part in (one.label, one.definition, one.trigger, one.plan, one.monitoring, one.evaluation):
            assert part.zh in seen, one.code
        assert f"两次至少隔 {one.rest_days} 天" in seen
        assert ("不会自动列出客户" in seen) is (one.when is None)
        assert detail.message.words == one.message.zh
        assert (words.NO_CALL.zh in detail.call.words) is not bool(one.call)


# CARE-25, VIP-09
def test_nobody_is_reached_by_what_they_cannot_use_or_refused(desk: Working) -> None:
    """All three have a birthday in two days, for which a VIP is called."""
    for task_id in (HARD_OF_HEARING, OPTED_OUT, VIP):
        document = document_of(task_id)
        assert document.identity is not None
        soon = structs.replace(document.identity, tier=Tier.GOLD, birthday=date(1980, 11, 22))
        care = Care(opted_out=task_id == OPTED_OUT)
        desk.tells(put_customer(structs.replace(document, identity=soon, care=care)))
    gifts = {one.task_id: one.channel for one in caring(desk).due if one.care.code == "birthday_gift"}
    assert gifts[VIP] is CareChannel.CALL
    assert gifts[HARD_OF_HEARING] is CareChannel.SMS
    assert OPTED_OUT not in gifts


def test_a_page_that_was_left_looks_no_further(desk: Working, monkeypatch: pytest.MonkeyPatch) -> None:
    page = caring(desk)
    looked: list[int] = []

    def slow(_desk: object, _classes: object, start: int) -> CareLook:
        looked.append(start)
        return CareLook(due=[], more=True)

    monkeypatch.setattr("desktop.care.page.care_due", slow)
    page.refresh()
    desk.until(lambda: len(looked) > 1)
    desk.press(next(key for key, one in pages_seen_by(SU.role).items() if one is DESK))
    desk.settle()
    after = len(looked)
    desk.settle()
    assert len(looked) == after


def test_enter_opens_the_customer_on_the_desk(desk: Working) -> None:
    page = caring(desk)
    desk.press("Down")
    one = page.list.lines.row(page.list.currentIndex().row())
    desk.press("Return")
    desk.until(lambda: desk.open_task == one.task_id)
    assert not page.isVisible()


# CARE-24, CARE-26
def test_what_is_given_by_key_leaves_the_list_and_waits_to_be_uploaded(desk: Working) -> None:
    page = caring(desk)
    store = desk.window.entered.store
    waiting = store.outbox_state().waiting
    texted = next(at for at, one in enumerate(page.due) if one.can_be_texted)
    page.list.setCurrentIndex(page.list.lines.index(texted))
    one, before = page.due[texted], len(page.due)
    assert not page.acts[Caring.CALLED].isEnabled(), "nobody has spoken with them today"
    desk.press(CARING[Caring.TEXT][0])
    desk.until(lambda: len(page.due) == before - 1)
    assert (one.customer_id, one.care.code) not in {(other.customer_id, other.care.code) for other in page.due}
    assert store.outbox_state().waiting == waiting + 1
    desk.until(lambda: "今天做了：短信 1" in desk.read(page))
    page.refresh()
    desk.settle()
    desk.until(lambda: len(page.due) == before - 1)


# CARE-24
def test_a_call_is_noted_once_it_was_taken_and_not_before(desk: Working) -> None:
    page = caring(desk)
    row = next(at for at, one in enumerate(page.due) if one.can_be_called)
    one = page.due[row]
    outcome = an_outcome(None, customer_id=one.customer_id, scenario="vip-care", recorded_at=NOW)
    desk.window.entered.store.save(Saved(outcome=outcome, follow_ups=()))
    page.refresh()
    desk.until(lambda: any(other.spoke == outcome.id for other in page.due))
    at = next(at for at, other in enumerate(page.due) if (other.customer_id, other.care) == (one.customer_id, one.care))
    page.list.setCurrentIndex(page.list.lines.index(at))
    desk.press(CARING[Caring.CALLED][0])
    desk.until(lambda: (one.customer_id, one.care) not in {(other.customer_id, other.care) for other in page.due})
    desk.until(lambda: "电话 1" in desk.read(page))


# CARE-24
def test_who_was_texted_while_the_page_looks_on_is_not_found_due_again(
    desk: Working, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, asked = caring(desk), list[tuple[Callable[[], Any], Callable[[Any], None]]]()
    page.list.setCurrentIndex(page.list.lines.index(next(at for at, due in enumerate(page.due) if due.can_be_texted)))
    one = page.list.lines.row(page.list.currentIndex().row())

    def found(_desk: object, _classes: object, start: int) -> CareLook:
        return CareLook(due=[one] if start == 0 else [], more=start == 0)

    def answer() -> None:
        work, done = asked.pop(0)
        done(work())

    monkeypatch.setattr("desktop.care.page.care_due", found)
    monkeypatch.setattr(page, "_lane", lambda work, done, failed=None: asked.append((work, done)))
    page.refresh()
    answer()
    answer()
    look, looked = asked.pop(0)
    first = look()
    page.give(Caring.TEXT)
    looked(first)
    while asked:
        answer()
    assert page.due == []
