"""Why content was refused is said in Chinese to who reads Chinese."""

import pytest

from core.domain.errors import ContentError
from core.domain.text import Lang


@pytest.mark.parametrize(
    ("reason", "zh"),
    [
        ("there is no step `nowhere`", "没有步骤 `nowhere`"),
        ("there is no SMS template `x`", "没有短信模板 `x`"),
        ("there are no scripts here", "这里没有话术"),
        ("Expected `str`, got `int`", "这里应是文字，写的是整数"),
        ("Expected `int | null`, got `str`", "这里应是整数或空值，写的是文字"),
        ("No such file or directory", "没有这个文件"),
        ("Invalid RFC3339 encoded date", "日期要写成 2026-11-23 这样"),
        ("step: `a` stands here twice", "`a` 写了两次"),
        ("`prepaid` is true or false, never `3`", "`prepaid` 只能是 true 或 false，不会等于 `3`"),
        ("`plan` is a word, so `ge` never holds", "`plan` 是文字，`ge` 永远不成立"),
        ("unknown key `{a}`; known are b, c", "不认识的键 `{a}`；可用的有 b, c"),
        ("`tier` is one of gold, none, never `platin`", "`tier` 只有 gold, none，不会等于 `platin`"),
        ("`8` has no unit; write `8 yuan`", "`8` 没有单位，请写成 `8 yuan`"),
        ("`8 GB` is no amount of money; write it in yuan", "`8 GB` 不对，要用 yuan 作单位"),
        ("`8` has no unit; write 8 yuan or 8 fen", "`8` 没有单位，请写成 8 yuan 或 8 fen"),
        ("not a template for a script: `for` may not stand in a script's words", "话术里不能这样用模板：不能写 `for`"),
        ("a gap: nothing says what lies between 100 MB and 1 GB", "有空档：100 MB 到 1 GB 之间没写"),
        ("every way on from `ask` sells: stuck where selling is closed", "`ask` 的出口全是推销：不能推销时走不下去"),
        ("part `close` needs the exit `done`", "片段 `close` 要写出口 `done`"),
        ("“猫宽” speaks of a competitor: it needs an approval", "“猫宽”提到了对手：要有批准"),
        ("an SMS has a `template`, everything else a `text`", "短信写 `template`，别的写 `text`"),
        ("something that nobody translated", "something that nobody translated"),
    ],
)
def test_the_usual_reasons_are_in_both_languages(reason: str, zh: str) -> None:
    # SCRIPT-01
    error = ContentError(file="a.yaml", line=3, reason=reason)
    assert f"a.yaml:3: {zh}" in error.spoken(Lang.ZH)
    if not reason.startswith("Expected"):
        assert f"a.yaml:3: {reason}" in error.spoken(Lang.EN)


def test_a_value_of_another_type_is_told_without_the_names_of_types() -> None:
    # SCRIPT-01, ID-02
    error = ContentError(file="a.yaml", line=3, reason="Expected `float | null`, got `str`")
    assert "a.yaml:3: a figure or nothing should stand here, not words" in error.spoken(Lang.EN)
