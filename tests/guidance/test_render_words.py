"""Words filled in: only what scripts may say, never a hole, never without bound."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.text import Lang, Text
from core.guidance.render import MAX_LENGTH, BadTemplate, MissingFigure, Span, needs, plain, render


def both(words: str) -> Text:
    return Text(words, words)


def test_figures_are_spans_of_their_own() -> None:
    text = Text("{{ vocative }}每月 {{ saving_fen | yuan }}。", "{{ vocative }}save {{ saving_fen | yuan }}.")
    facts = {"vocative": Text("吴女士，", "Ms Wu, "), "saving_fen": 2160}
    assert render(text, facts, Lang.ZH) == (
        Span("吴女士", True, "vocative"),
        Span("，每月 ", False),
        Span("21.60 元", True, "saving_fen"),
        Span("。", False),
    )
    assert plain(text, facts, Lang.EN) == "Ms Wu, save 21.60 yuan."
    assert plain(text, {**facts, "vocative": Text("", "")}, Lang.EN) == "Save 21.60 yuan."


def test_each_figure_says_which_fact_it_is_also_behind_a_condition() -> None:
    # 4G-07
    text = both("{% if zero_usage %}{{ plan }}{% endif %}每月 {{ saving_fen | yuan }}{{ tier }}。")
    facts = {"zero_usage": True, "plan": "x", "saving_fen": 2160, "tier": ""}
    named = [(span.text, span.fact) for span in render(text, facts, Lang.ZH) if span.figure]
    assert named == [("x", "plan"), ("21.60 元", "saving_fen")]
    assert plain(text, facts, Lang.ZH) == "x 每月 21.60 元。"


def test_what_we_say_of_ourselves_is_no_figure_also_inside_a_sentence() -> None:
    text = both("{{ vocative }}{{ greeting | inner }}!")
    facts = {"vocative": Text("吴女士，", "Ms Wu, "), "greeting": Text("下午好", "Good afternoon")}
    assert render(text, facts, Lang.EN) == (Span("Ms Wu", True, "vocative"), Span(", good afternoon!", False))
    assert render(text, facts, Lang.ZH) == (Span("吴女士", True, "vocative"), Span("，下午好!", False))
    assert plain(text, {**facts, "vocative": Text("", "")}, Lang.EN) == "Good afternoon!"


def test_a_missing_figure_is_an_error_and_never_a_hole() -> None:
    with pytest.raises(MissingFigure, match="saving_fen"):
        render(both("{{ saving_fen | yuan }}"), {}, Lang.ZH)
    assert needs(Text("{{ plan }}", "{{ plan_fee_fen | yuan }}")) == {"plan", "plan_fee_fen"}


@pytest.mark.parametrize(
    "words",
    [
        "{{ 'a' * 10**9 }}",
        "{{ plan * 1000000000 }}",
        "{{ plan + plan }}",
        "{{ -points }}",
        "{{ plan ~ plan }}",
        "{% for i in range(100000) %}x{% endfor %}",
        "{% set x = 1 %}",
        "{{ plan.__class__ }}",
        "{{ plan['x'] }}",
        "{{ plan() }}",
        "{{ range(9) }}",
        "{{ points | upper }}",
        "{{ plan is defined }}",
        "{% include 'x' %}",
        "{% macro m() %}{% endmacro %}",
        "{{ plan if points else plan }}",
        "{{ plan",
        "{% if %}",
        "x" * 5000,
        "{{ " + "not " * 3000 + "plan }}",
    ],
)
def test_a_script_states_figures_and_neither_computes_nor_loops(words: str) -> None:
    with pytest.raises(BadTemplate):
        needs(both(words))


@pytest.mark.parametrize(
    ("words", "value"),
    [("{{ points | yuan }}", "x"), ("{{ points | day }}", 5), ("{% if points > 3 %}x{% endif %}", "x")],
)
def test_whatever_a_value_makes_the_words_raise_is_a_bad_template(words: str, value: object) -> None:
    with pytest.raises(BadTemplate, match="cannot be filled in"):
        render(both(words), {"points": value}, Lang.ZH)


def test_a_choice_between_words_is_allowed() -> None:
    words = both("{% if points > 1 and not prepaid %}多{% else %}少{% endif %}")
    assert plain(words, {"points": 2, "prepaid": False}, Lang.ZH) == "多"
    assert plain(words, {"points": 2, "prepaid": True}, Lang.ZH) == "少"


def test_dates_data_and_counts_are_spoken_in_each_language() -> None:
    from datetime import UTC, date, datetime

    text = both("{{ d | day }} {{ m | data }} {{ n | counted('day', 'days') }} {{ k | inner }}")
    facts = {"d": date(2027, 1, 8), "m": 3481, "n": 1, "k": Text("机补", "Handset")}
    assert plain(text, facts, Lang.ZH) == "2027 年 1 月 8 日 3.4 GB 1 day 机补"
    assert plain(text, facts, Lang.EN) == "8 January 2027 3.4 GB 1 day handset"
    late = {**facts, "d": datetime(2027, 1, 7, 17, tzinfo=UTC), "n": 2, "k": "4G"}
    assert plain(text, late, Lang.EN) == "8 January 2027 3.4 GB 2 days 4G"


def test_a_value_from_a_list_cannot_flood_the_window_or_forge_a_mark() -> None:
    words = plain(both("您好 {{ plan }}"), {"plan": "x" * 10_000}, Lang.ZH)
    assert len(words) < 250
    assert render(both("{{ plan }}"), {"plan": "a\x02b\x03\nc"}, Lang.ZH) == (Span("abc", True, "plan"),)
    many = both("{{ plan }}" * 30)
    assert len(plain(many, {"plan": "x" * 190}, Lang.ZH)) <= MAX_LENGTH + 1


def test_chinese_and_latin_stand_apart_whatever_is_filled_in() -> None:
    text = both("换成{{ plan }}，期限 {{ order_term }}，{{ order_lock }}起")
    facts = {"plan": "4G 飞享", "order_term": "不限期", "order_lock": "2026"}
    assert plain(text, facts, Lang.ZH) == "换成 4G 飞享，期限不限期，2026 起"
    assert plain(text, {**facts, "plan": "畅听 58", "order_term": "12 个月"}, Lang.ZH) == (
        "换成畅听 58，期限 12 个月，2026 起"
    )


def test_what_the_agent_says_of_themselves_is_not_marked() -> None:
    spans = render(both("{{ vocative }}我是{{ agent_name }}"), {"vocative": "吴女士，", "agent_name": "何俊"}, Lang.ZH)
    assert spans == (Span("吴女士", True, "vocative"), Span("，我是何俊", False))


@given(st.text(max_size=60))
def test_any_name_is_said_as_it_stands_and_never_taken_for_a_template(name: str) -> None:
    words = "".join(span.text for span in render(both("我是{{ agent_name }}。"), {"agent_name": name}, Lang.ZH))
    assert words.startswith("我是")
    assert words.endswith("。")
    assert "\x02" not in words


def test_jinja_is_imported_with_the_first_words_and_not_before() -> None:
    code = "import sys, core.guidance, core.content; print('jinja2' in sys.modules, 'ruamel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
