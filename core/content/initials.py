"""The initials by which a Chinese title is found: 补换卡流程 is bhklc, also when typed without an input method."""


def initials_of(title: str) -> str:
    """First letters of the pinyin, read as words; letters and digits stand for themselves, signs are dropped."""
    # Its tables take a tenth of a second, and only who publishes needs them.
    from pypinyin import Style, lazy_pinyin

    parts = lazy_pinyin(title, style=Style.FIRST_LETTER, errors=lambda rest: "".join(c for c in rest if c.isalnum()))
    return "".join(parts).lower()
