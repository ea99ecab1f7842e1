"""Names by sound; surnames are read as surnames."""

import pytest

from core.server.pinyin import sound_of


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("吴文静", "wuwenjing", "wwj"),
        ("仇英", "qiuying", "qy"),
        ("单田芳", "shantianfang", "stf"),
        ("解缙", "xiejin", "xj"),
        ("曾国藩", "zengguofan", "zgf"),
        ("查良镛", "zhaliangyong", "zly"),
        ("盖叫天", "gejiaotian", "gjt"),
        ("区志强", "ouzhiqiang", "ozq"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("单于强", "chanyuqiang", "cyq"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("吕布", "lvbu", "lb"),
        ("Alice Wu", "alicewu", "aw"),
        ("李·娜", "lina", "ln"),
        ("", "", ""),
        ("？？", "", ""),
    ],
)
def test_sounds(name: str, pinyin: str, initials: str) -> None:
    sound = sound_of(name)
    assert (sound.pinyin, sound.initials) == (pinyin, initials)
