"""Care that is due: for the customers of the desk in words that can be sent and said, never where it may not be."""

from desk_kit import HARD_OF_HEARING, OPTED_OUT, SU, Working, city, document_of

from core.desk.caring import CareDue, care_classes
from core.domain.care_class import CareChannel
from core.domain.text import Lang
from desktop.care import words
from desktop.care.page import CarePage
from desktop.shell.pages import CARE, pages_seen_by


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


# CARE-01 to CARE-23
def test_all_twenty_three_classes_are_known_on_the_desk(desk: Working) -> None:
    classes = care_classes(desk.window.entered.desk)
    assert classes is not None
    assert [one.row for one in classes.classes] == [f"CARE-{number:02d}" for number in range(1, 24)]
    codes = {one.code for one in classes.classes}
    assert {one.care.code for one in caring(desk).due} <= codes


# CARE-25, VIP-09
def test_nobody_is_reached_by_what_they_cannot_use_or_refused(desk: Working) -> None:
    page = caring(desk)
    due: list[CareDue] = page.due
    by_task = {task.id: task.customer_id for task in city()[1].values()}
    hearing, opted_out = document_of(HARD_OF_HEARING).id, document_of(OPTED_OUT).id
    assert opted_out not in [by_task.get(one.task_id) for one in due]
    assert all(one.channel is not CareChannel.CALL for one in due if by_task.get(one.task_id) == hearing)


def test_enter_opens_the_customer_on_the_desk(desk: Working) -> None:
    page = caring(desk)
    desk.press("Down")
    one = page.list.lines.row(page.list.currentIndex().row())
    desk.press("Return")
    desk.until(lambda: desk.open_task == one.task_id)
    assert not page.isVisible()
