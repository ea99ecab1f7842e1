"""What is begun is kept at each change and comes back."""

from functools import partial

from desk_kit import UPGRADE, VIP, Working

from core.desk.queueing import page
from core.store.types import QueueQuery, Section


def in_view(desk: Working, customer_id: str) -> bool:
    return bool(desk.open_task) and desk.session.opened.customer_id == customer_id


def kept(desk: Working) -> bool:
    return desk.window.presenter.draft_kept_at is not None


def test_a_customer_who_was_only_looked_at_leaves_no_draft(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.open(VIP)
    desk.settle()
    assert desk.store.drafts() == []


# peers: notes lost in a crash
def test_after_a_crash_form_note_script_place_and_talk_time_are_back(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.talk(40)
    desk.press("1", "1", "Alt+2", "X", "A")
    step = desk.session.conversation.view().step_id
    desk.press("Alt+N", "Ctrl+A")
    desk.type("Wants it in writing")
    desk.press("Escape", "F8")
    desk.settle()
    assert kept(desk)
    before = desk.session.form
    desk.crash()

    desk.clock.pass_(120)
    desk.start_again()
    unfinished = [row for row in desk.rows() if row.section is Section.UNFINISHED]
    assert [row.task_id for row in unfinished] == [UPGRADE]
    desk.open(UPGRADE)
    assert desk.session.form == before
    assert desk.note == "Wants it in writing"
    assert desk.session.conversation.view().step_id == step
    assert desk.session.talk_s() == 40
    assert desk.state == "wrap_up"
    desk.press("Ctrl+Return")
    desk.until(lambda: desk.open_task not in ("", UPGRADE))
    assert desk.saved()[0].talk_time_s == 40
    assert desk.store.drafts() == []


def test_each_single_change_is_in_the_store_before_the_next(desk: Working) -> None:
    from core.desk.draft import decode_draft

    desk.open(UPGRADE)

    def stored() -> str:
        desk.settle()
        draft = desk.store.draft(UPGRADE)
        return repr(decode_draft(draft.body)) if draft else ""

    seen = [stored()]
    desk.press("F7")
    desk.until(lambda: desk.state == "dialling")
    seen.append(stored())
    for key in ("F7", "1", "Alt+2", "X", "A", "F6", "Alt+Q", "F8", "F9"):
        desk.clock.pass_(1)
        desk.press(key)
        seen.append(stored())
    desk.press("Alt+N")
    for letter in "abc":
        desk.type(letter)
        seen.append(stored())
    assert seen[0] == ""
    assert len(set(seen)) == len(seen), "some change did not reach the store"


def test_a_call_that_ran_when_the_program_died_goes_on(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.talk(90)
    desk.press("1")
    desk.settle()
    desk.crash()
    desk.clock.pass_(20)
    desk.start_again()
    desk.open(UPGRADE)
    assert desk.state == "in_call"
    assert desk.session.talk_s() == 110


# peers: several unfinished calls kept in a list that is never lost
def test_two_calls_left_open_both_stand_under_unfinished_and_one_is_told(desk: Working) -> None:
    for task in (UPGRADE, VIP):
        desk.open(task)
        desk.talk(5)
    desk.open("Q0000005")
    assert "还没有结果" in desk.told
    desk.until(lambda: len([row for row in desk.rows() if row.section is Section.UNFINISHED]) == 2)


def test_closing_the_window_keeps_what_is_typed_at_that_moment(desk: Working) -> None:
    desk.open(UPGRADE)
    desk.press("Alt+N")
    desk.type("half a word")
    desk.window.close()
    desk.crash()
    desk.start_again()
    desk.open(UPGRADE)
    assert "half a word" in desk.note


def test_a_call_without_a_task_is_kept_and_can_be_taken_up_again(desk: Working) -> None:
    desk.window.presenter.in_view.open_customer("JC0000034", "4g-upgrade", "10000000001")
    desk.until(lambda: desk.open_task.startswith("call:"))
    key = desk.open_task
    desk.clock.pass_(30)
    desk.press("1", "Alt+N")
    desk.type("called in")
    desk.settle()
    desk.crash()
    desk.start_again()
    desk.until(lambda: any(row.task_id == key for row in desk.rows()))
    desk.open(key)
    assert "called in" in desk.note
    desk.press("Escape", "Alt+3", "Z", "F8")
    desk.clock.pass_(1)
    desk.press("Ctrl+Return")
    desk.until(lambda: desk.open_task != key)
    desk.settle()
    assert desk.store.drafts() == [], "the draft of a saved call is gone"
    assert [row.task_id for row in desk.saved()] == [None]


def test_calls_without_a_task_stand_between_callbacks_and_vip_on_every_page_of_the_queue(desk: Working) -> None:
    for number in (34, 35, 36):
        desk.window.presenter.in_view.open_customer(f"JC{number:07d}", "4g-upgrade", "10000000001")
        desk.until(partial(in_view, desk, f"JC{number:07d}"))
        desk.clock.pass_(1)
        desk.press("1")
        desk.settle()
    inner, query = desk.entered.desk, QueueQuery(now=desk.clock.wall)
    whole = page(inner, query, offset=0, limit=500)
    sections = [row.section for row in whole.rows]
    assert sections == sorted(sections, key=list(Section).index)
    assert sections.count(Section.UNFINISHED) == 3
    assert sum(group.rows for group in whole.groups) == len(whole.rows)
    for limit in (1, 2, 7):
        pieces = [page(inner, query, offset=at, limit=limit).rows for at in range(0, len(whole.rows), limit)]
        assert [row for piece in pieces for row in piece] == whole.rows
