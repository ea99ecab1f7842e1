"""Reasons for which content is refused, in Chinese: those that whoever writes content meets most. Others stay as they
are, since a reason that is read in English is better than none."""

import re

_KINDS = {
    "str": "文字", "int": "整数", "float": "数字", "bool": "true 或 false", "array": "列表", "object": "键和值",
    "null": "空值",
}  # fmt: skip
_KINDS_EN = {
    "str": "words", "int": "a whole number", "float": "a figure", "bool": "true or false", "array": "a list",
    "object": "keys with values", "null": "nothing",
}  # fmt: skip
_EXPECTED = re.compile(r"Expected `(?P<want>[^`]+)`, got `(?P<got>[^`]+)`")
_THINGS = {
    "step": "步骤", "stage": "阶段", "zone": "区域", "objection": "异议", "scenario": "场景", "script": "话术",
    "offer": "优惠", "article": "知识条目", "plan": "套餐", "part": "公用片段", "SMS template": "短信模板",
    "department": "部门",
}  # fmt: skip
_WANTED = {
    "true or false": "只能是 true 或 false", "a number": "是数字", "a word": "是文字",
    "a day, of which only `known` can be asked": "是日期，只能用 `known` 判断",
}  # fmt: skip
_WHOLE = {
    "No such file or directory": "没有这个文件",
    "Is a directory": "这是文件夹，不是文件",
    "Permission denied": "没有读取权限",
    "a letter is of care alone: write to the customer by SMS": "信函只用于关怀，这里请用短信",
    "not UTF-8": "不是 UTF-8 编码",
    "Invalid RFC3339 encoded date": "日期要写成 2026-11-23 这样",
    "Invalid RFC3339 encoded datetime": "时间要写成 2026-11-23T09:00:00+08:00 这样",
    "the file is empty": "文件是空的",
    "versions begin at 1": "版本号从 1 开始",
    "the Chinese words are missing": "缺少中文",
    "the English words are missing": "缺少英文",
    "the English words hold Chinese": "英文里有中文",
    "too long for its button": "文字太长，按钮放不下",
    "there are no scripts here": "这里没有话术",
    "there is no script of this name": "没有同名的话术",
    "a comparison needs a field": "比较要写明 field",
    "a section needs an item": "每一部分至少要有一项",
    "must be above 0": "必须大于 0",
    "must not be below 0": "不能小于 0",
    "asking must not end before it begins": "回访的截止不能早于开始",
    "a department takes at least one kind": "部门至少要办一类事",
    "the last words of a step must have no condition": "一步的最后一句不能带条件",
}
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), zh)
    for pattern, zh in (
        (rf"there is no (?P<thing>{'|'.join(_THINGS)}) `(?P<name>.+)`", "没有{thing} `{name}`"),
        (r"Expected `(?P<want>[^`]+)`, got `(?P<got>[^`]+)`", "这里应是{want}，写的是{got}"),
        (r"Object missing required field `(?P<name>.+)`", "缺少 `{name}`"),
        (r"Invalid enum value '(?P<name>.*)'", "没有 `{name}` 这个值"),
        (r"unknown key `(?P<name>.+)`; known are (?P<rest>.+)", "不认识的键 `{name}`；可用的有 {rest}"),
        (r"unknown field `(?P<name>.+)`", "没有 `{name}` 这个条件项"),
        (r"unknown fact `(?P<name>.+)`", "没有 `{name}` 这项客户信息"),
        (r"`(?P<name>.+)` stands here twice", "`{name}` 写了两次"),
        (r".+ `(?P<name>.+)` stands here twice", "`{name}` 写了两次"),
        (r"`(?P<name>.+)` does not stand in a file of its name", "`{name}` 与文件名不一致"),
        (r"no answer sets `(?P<name>.+)` to `(?P<rest>.+)`", "没有回答会把 `{name}` 设为 `{rest}`"),
        (r"no path leads to step `(?P<name>.+)`", "没有路径通到步骤 `{name}`"),
        (r"no path from step `(?P<name>.+)` comes to an end", "从步骤 `{name}` 走不到结束"),
        (r"step `(?P<name>.+)` says nothing", "步骤 `{name}` 没有要说的话"),
        (r"step `(?P<name>.+)` needs 1 to (?P<rest>\d+) answers", "步骤 `{name}` 要有 1 到 {rest} 个回答"),
        (r"`(?P<name>[^`]+)` is (?P<kind>.+), never `(?P<rest>.*)`", "`{name}` {kind}，不会等于 `{rest}`"),
        (r"`(?P<name>[^`]+)` is (?P<kind>.+), so `(?P<rest>\w+)` never holds", "`{name}` {kind}，`{rest}` 永远不成立"),
        (r"all items together are worth (?P<name>\d+) points, not (?P<rest>\d+)", "各项合计 {name} 分，应为 {rest} 分"),
        (r"an item is worth (?P<name>\d+) to (?P<rest>\d+) points", "每项的分值在 {name} 到 {rest} 之间"),
        (r"a call can establish `faked` or `stonewalled`", "一通电话能认定的只有 faked（虚假）或 stonewalled（推诿）"),
        (r"a pass mark lies between (?P<name>\d+) and (?P<rest>\d+)", "合格分在 {name} 到 {rest} 之间"),
        (r"a share lies between (?P<name>\d+) and (?P<rest>\d+) percent", "比例在 {name} 到 {rest} 之间"),
        (r"hours are (?P<name>\d+) to (?P<rest>\d+)", "小时数在 {name} 到 {rest} 之间"),
        (r"there is no result `(?P<name>.+)`", "没有结果 `{name}`"),
        (
            r"version (?P<name>\d+) was published with other words; raise `version` to (?P<rest>\d+)",
            "第 {name} 版已发布过，内容不同；请把 `version` 改为 {rest}",
        ),
    )
)


def in_chinese(reason: str) -> str:
    """The reason in Chinese; as it is where it is none of the usual ones."""
    if reason in _WHOLE:
        return _WHOLE[reason]
    for pattern, zh in _PATTERNS:
        if (found := pattern.fullmatch(reason)) is not None:
            return zh.format(**{key: _word(key, value) for key, value in found.groupdict().items()})
    # Hundreds of words that most never need.
    from core.domain.content_reasons_rare import rare_in_chinese

    return rare_in_chinese(reason) or reason


def in_english(reason: str) -> str:
    """The reason as it is; of a value of another type in words, where the reader of files names its own types."""
    found = _EXPECTED.fullmatch(reason)
    if found is None:
        return reason
    want, got = (" or ".join(_KINDS_EN.get(one, one) for one in found[key].split(" | ")) for key in ("want", "got"))
    return f"{want} should stand here, not {got}"


def _word(key: str, value: str) -> str:
    if key == "kind" and value.startswith("one of "):
        return f"只有 {value.removeprefix('one of ')}"
    if key in ("want", "got"):
        return "或".join(_KINDS.get(one, one) for one in value.split(" | "))
    return {"thing": _THINGS, "kind": _WANTED}.get(key, {}).get(value, value)
