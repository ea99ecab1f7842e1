"""The tour's hand does what a person's does, and cannot do what a person's cannot."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from tour_bench import Bench

from desktop.tour.hand import Hand
from desktop.tour.waiting import NotSeen, until


def test_clicks_reach_buttons_boxes_and_rows(bench: Bench, hand: Hand) -> None:
    hand.click(bench.button)
    hand.click(bench.box)
    hand.click_row(bench.people, lambda: 47)
    assert bench.pressed == ["go"]
    assert bench.box.isChecked()
    assert bench.people.currentRow() == 47


def test_what_lies_deeper_is_scrolled_into_sight(bench: Bench, hand: Hand) -> None:
    assert bench.area.verticalScrollBar().value() == 0
    hand.click(bench.deep)
    assert bench.pressed == ["deep"]
    assert bench.area.verticalScrollBar().value() > 0


def test_what_is_covered_cannot_be_pressed(bench: Bench, hand: Hand) -> None:
    cover = QWidget(bench)
    cover.setGeometry(bench.rect())
    cover.show()
    with pytest.raises(NotSeen, match="covered"):
        hand.click(bench.button)
    assert bench.pressed == []


def test_typing_goes_to_the_field_in_front_ascii_by_keys_and_chinese_by_an_input_method(
    bench: Bench, hand: Hand
) -> None:
    bench.field.setText("old")
    hand.fill(bench.field, "wxl 13:05-")
    hand.type("王秀兰")
    assert bench.field.text() == "wxl 13:05-王秀兰"


def test_keys_are_counted(bench: Bench, hand: Hand) -> None:
    bench.field.setFocus()
    hand.key(Qt.Key.Key_A)
    hand.key(Qt.Key.Key_B, times=2)
    assert bench.field.text() == "abb"
    assert hand.keys_pressed == 3


def test_widgets_are_found_by_the_name_that_a_screen_reader_says(bench: Bench, hand: Hand) -> None:
    assert hand.named(bench, QLineEdit, "field") is bench.field
    bench.field.hide()
    with pytest.raises(NotSeen, match="field"):
        hand.named(bench, QLineEdit, "field")


def test_what_does_not_come_is_said(qapp: object) -> None:
    with pytest.raises(NotSeen, match="a miracle"):
        until(lambda: False, "a miracle", within_s=0.02)
