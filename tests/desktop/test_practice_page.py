"""Between calls an agent rehearses an objection by keys alone, sees how it is done, and loses nothing to a call."""

import pytest
from desk_kit import Working

from core.desk.practising import practice
from core.domain.drill import Drill
from core.domain.text import Lang
from desktop.practice import words
from desktop.practice.choice import Judged
from desktop.practice.page import PracticePage
from desktop.shell.pages import PRACTICE


def practising(desk: Working, drill_id: str = "bill-600") -> PracticePage:
    """The page by its key, and the drill chosen by the arrows."""
    desk.press("Ctrl+5")
    page = desk.window.stack.page(PRACTICE)
    desk.until(lambda: len(page.presenter.drills) == 5)
    while page.list.lines.row(page.list.currentIndex().row()).id != drill_id:
        desk.press("Down")
    desk.press("Return")
    assert page.presenter.drill is not None
    assert page.presenter.drill.id == drill_id
    return page


def best(drill: Drill, turn: int) -> int:
    return next(at for at, one in enumerate(drill.turns[turn].choices, start=1) if one.right)


# SCRIPT-11, KB-04
def test_a_drill_goes_from_the_customers_words_to_the_model_answer_by_keys(desk: Working) -> None:
    page = practising(desk)
    p = page.presenter
    drill = p.drill
    assert drill is not None
    first = drill.turns[0]
    seen = desk.read(page)
    assert first.customer.zh in seen
    assert first.model.zh not in seen
    assert all(choice.say.zh in seen for choice in first.choices)
    wrong = next(at for at, one in enumerate(first.choices, start=1) if not one.right)
    desk.press(str(wrong))
    seen = desk.read(page)
    assert first.model.zh in seen
    assert first.choices[wrong - 1].why.zh in seen
    assert page.stage.choices[wrong - 1].judged is Judged.WRONG
    assert page.stage.choices[best(drill, 0) - 1].judged is Judged.RIGHT
    desk.press("Return")
    assert drill.turns[1].customer.zh in desk.read(page)
    for turn in (1, 2, 3):
        desk.press(str(best(drill, turn)), "Return")
    seen = desk.read(page)
    assert words.SCORE.zh.format(of=4, right=3) in seen
    assert words.STEPS[first.step].zh in words.MISSED.zh.format(steps=seen)
    assert drill.lesson.zh in seen
    assert first.model.zh in seen
    desk.press("R")
    assert first.customer.zh in desk.read(page)


# KB-04
def test_ones_own_words_are_written_first_and_stand_beside_the_model_answer(desk: Working) -> None:
    page = practising(desk)
    desk.press("Alt+N")
    desk.type("1 I will look into it")
    assert page.presenter.chosen() == 0
    desk.press("Return", "2")
    assert page.presenter.chosen() == 2
    assert "1 I will look into it" in desk.read(page)
    desk.press("Return")
    assert page.stage.own.text() == ""


def test_every_drill_can_be_taken_one_after_the_other(desk: Working) -> None:
    # SCRIPT-11: the five of them
    page = practising(desk)
    met = []
    for _ in range(5):
        drill = page.presenter.drill
        assert drill is not None
        met.append(drill.id)
        for turn in range(len(drill.turns)):
            desk.press(str(best(drill, turn)), "Return")
        assert words.ALL_RIGHT.zh in desk.read(page)
        desk.press("Return")
    assert len(set(met)) == 5
    assert all(page.presenter.rehearsal(drill).best == 4 for drill in page.presenter.drills)


def test_a_due_callback_is_told_over_the_drill_and_the_call_leaves_it_where_it_was(desk: Working) -> None:
    # FOLLOW-01
    page = practising(desk)
    desk.press("2", "Return", "Alt+N")
    desk.type("mine")
    desk.window.alert.look()
    desk.until(lambda: "回拨到时" in desk.told)
    assert page.isVisible()
    desk.window.banner.acted.emit()
    desk.until(lambda: bool(desk.open_task))
    assert not page.isVisible()
    desk.talk(10)
    desk.press("Ctrl+5")
    desk.settle()
    seen = desk.read(page)
    assert words.IN_CALL.zh in seen
    assert page.presenter.drill is not None
    assert page.presenter.drill.turns[1].customer.zh in seen
    assert page.stage.own.text() == "mine"
    assert desk.state == "in_call"


def test_a_rehearsal_goes_on_after_a_crash(desk: Working) -> None:
    page = practising(desk)
    desk.press("1", "Return", "Alt+N")
    desk.type("half a sent")
    page.stage.tell_written()
    desk.settle()
    desk.crash()
    desk.start_again()
    desk.press("Ctrl+5")
    again = desk.window.stack.page(PRACTICE)
    desk.until(lambda: again.presenter.turn() is not None)
    turn = again.presenter.turn()
    assert turn is not None
    assert turn.at == 2
    assert again.stage.own.text() == "half a sent"


def test_digits_in_the_list_answer_and_do_not_search(desk: Working) -> None:
    page = practising(desk)
    page.list.setFocus()
    desk.press("3")
    assert page.presenter.chosen() == 3


@pytest.mark.parametrize("lang", list(Lang))
def test_every_word_is_in_the_language_of_the_window(desk: Working, lang: Lang) -> None:
    page = practising(desk)
    desk.tongue.set_lang(lang)
    desk.press("1")
    other = "示范" if lang is Lang.EN else "Model answer"
    assert other not in desk.read(page)
    assert words.MODEL.of(lang) in desk.read(page)


def test_the_next_person_at_this_machine_finds_no_rehearsal(desk: Working) -> None:
    practising(desk)
    desk.press("1")
    desk.settle()
    assert practice(desk.window.entered.desk).latest == "bill-600"
    desk.store.hand_over()
    assert practice(desk.window.entered.desk).latest == ""


@pytest.mark.parametrize("lang", list(Lang))
def test_it_fits_a_small_screen_in_both_languages(desk: Working, lang: Lang) -> None:
    desk.tongue.set_lang(lang)
    desk.window.resize(1366, 768)
    page = practising(desk)
    for _ in range(4):
        desk.press("1")
        desk.settle()
        least = desk.window.minimumSizeHint()
        assert (least.width() <= 1366, least.height() <= 768) == (True, True)
        assert all(
            choice.height() >= choice.heightForWidth(choice.width())
            for choice in page.stage.choices
            if choice.isVisible()
        )
        desk.press("Return")
