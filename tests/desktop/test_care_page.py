"""Care that is due: for the customers of the desk in words that can be sent and said, never where it may not be."""

from datetime import date

import pytest
from desk_kit import HARD_OF_HEARING, OPTED_OUT, SU, VIP, Working, document_of, put_customer
from msgspec import structs

from core.content import folder
from core.content.care_classes import CARE as FILE
from core.content.care_classes import load_care_classes
from core.desk.caring import CareLook, care_classes
from core.domain.care_class import CareChannel
from core.domain.customer import Care
from core.domain.task import Tier
from core.domain.text import Lang
from desktop.care import words
from desktop.care.page import CarePage
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


# CARE-01 to CARE-24
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
        assert ("上次是哪天这里不知道" in seen) is not bool(one.scenario)
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
