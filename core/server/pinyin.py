"""Pinyin of Chinese names, for search by sound. Surnames are read as surnames: 仇 is Qiu, 单 is Shan."""

from dataclasses import dataclass
from functools import lru_cache

SURNAMES: dict[str, str] = {
    "仇": "qiu", "单": "shan", "解": "xie", "曾": "zeng", "查": "zha", "盖": "ge", "区": "ou", "任": "ren",
    "朴": "piao", "尹": "yin", "翟": "zhai", "乐": "yue", "繁": "po", "秘": "bi", "折": "she", "黑": "he",
    "缪": "miao", "种": "chong", "晟": "cheng", "盛": "sheng", "牟": "mu", "燕": "yan", "华": "hua", "应": "ying",
    "葛": "ge", "薄": "bo", "柏": "bai", "卜": "bu", "纪": "ji", "隗": "wei", "员": "yun", "召": "shao",
    "洗": "xian", "冼": "xian", "车": "che", "俱": "ju", "逄": "pang", "祭": "zhai", "宁": "ning", "哈": "ha",
    "撒": "sa", "佴": "nai", "郇": "xun", "郗": "chi", "谌": "chen", "么": "yao", "幺": "yao", "覃": "qin",
    "训": "xun", "都": "du", "过": "guo", "能": "nai", "会": "gui", "句": "gou", "长": "chang",
}  # fmt: skip
COMPOUND_SURNAMES: dict[str, tuple[str, str]] = {
    "尉迟": ("yu", "chi"), "长孙": ("zhang", "sun"), "万俟": ("mo", "qi"), "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"), "令狐": ("ling", "hu"), "宰父": ("zai", "fu"), "皇甫": ("huang", "fu"),
    "欧阳": ("ou", "yang"), "司马": ("si", "ma"), "上官": ("shang", "guan"), "诸葛": ("zhu", "ge"),
    "夏侯": ("xia", "hou"), "东方": ("dong", "fang"), "公孙": ("gong", "sun"), "慕容": ("mu", "rong"),
    "司徒": ("si", "tu"), "司空": ("si", "kong"), "宇文": ("yu", "wen"), "鲜于": ("xian", "yu"),
    "闾丘": ("lv", "qiu"), "端木": ("duan", "mu"), "百里": ("bai", "li"), "呼延": ("hu", "yan"),
    "独孤": ("du", "gu"), "南宫": ("nan", "gong"), "亓官": ("qi", "guan"), "濮阳": ("pu", "yang"),
    "乐正": ("yue", "zheng"), "申屠": ("shen", "tu"), "轩辕": ("xuan", "yuan"), "西门": ("xi", "men"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sound:
    """`吴文静` → `wuwenjing`, `wwj`."""

    pinyin: str
    initials: str


def sound_of(name: str) -> Sound:
    """How a name sounds; letters and digits stand for themselves, anything else is dropped."""
    syllables = _syllables(name.strip())
    return Sound("".join(syllables), "".join(syllable[:1] for syllable in syllables))


def _syllables(name: str) -> list[str]:
    if name[:2] in COMPOUND_SURNAMES:
        return [*COMPOUND_SURNAMES[name[:2]], *_given(name[2:])]
    if name[:1] in SURNAMES:
        return [SURNAMES[name[0]], *_given(name[1:])]
    return _given(name)


def _given(text: str) -> list[str]:
    syllables: list[str] = []
    word = ""
    for char in text:
        if char.isascii() and char.isalnum():
            word += char.lower()
            continue
        if word:
            syllables.append(word)
            word = ""
        read = _read(char)
        if read:
            syllables.append(read)
    return [*syllables, word] if word else syllables


@lru_cache(maxsize=8192)
def _read(char: str) -> str:
    """One character's commonest reading, without tones, ü as v; empty for what is no Chinese character."""
    # Its tables take a quarter of a second of every command and start that meet no new name.
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, errors="ignore", v_to_u=False)
    return str(found[0][0]) if found else ""
