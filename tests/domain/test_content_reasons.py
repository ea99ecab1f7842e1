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
        ("step: `a` stands here twice", "`a` 写了两次"),
        ("`prepaid` is true or false, never `3`", "`prepaid` 只能是 true 或 false，不会等于 `3`"),
        ("`plan` is a word, so `ge` never holds", "`plan` 是文字，`ge` 永远不成立"),
        ("unknown key `{a}`; known are b, c", "不认识的键 `{a}`；可用的有 b, c"),
        ("something that nobody translated", "something that nobody translated"),
    ],
)
def test_the_usual_reasons_are_in_both_languages(reason: str, zh: str) -> None:
    # SCRIPT-01
    error = ContentError(file="a.yaml", line=3, reason=reason)
    assert f"a.yaml:3: {zh}" in error.spoken(Lang.ZH)
    assert f"a.yaml:3: {reason}" in error.spoken(Lang.EN)
