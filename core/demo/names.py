"""Invented names of customers and numbers that cannot be dialled."""

from random import Random

from core.domain.customer import Gender

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_RARE = ("欧阳", "上官", "诸葛", "司马", "尉迟", "仇", "单", "解", "查", "盖", "区")
_FEMALE = (
    "静",
    "丽",
    "敏",
    "娟",
    "艳",
    "芳",
    "霞",
    "燕",
    "玲",
    "婷",
    "雪",
    "慧",
    "琳",
    "倩",
    "颖",
    "莉",
    "兰",
    "梅",
    "洁",
    "萍",
    "秀英",
    "秀兰",
    "桂英",
    "文静",
    "晓燕",
    "雅琴",
    "海燕",
    "玉兰",
    "思琪",
    "雨欣",
    "佳怡",
    "梦瑶",
    "子涵",
    "欣怡",
    "诗雨",
    "美玲",
)
_MALE = (
    "伟",
    "强",
    "磊",
    "军",
    "勇",
    "杰",
    "涛",
    "超",
    "明",
    "刚",
    "平",
    "辉",
    "鹏",
    "斌",
    "波",
    "浩",
    "俊",
    "凯",
    "建",
    "亮",
    "建国",
    "建华",
    "志强",
    "国强",
    "卫东",
    "海涛",
    "文博",
    "一鸣",
    "浩然",
    "宇轩",
    "子轩",
    "俊杰",
    "德明",
    "振华",
    "永福",
    "家豪",
)

_MULTIPLIER = 61_803_399
"""odd and no multiple of five, so that multiplying permutes the eight-digit numbers"""


def person(rng: Random, gender: Gender) -> str:
    """A surname (one in fifty rare or of two characters) and a given name."""
    surname = rng.choice(_RARE) if rng.random() < 0.02 else rng.choice(_SURNAMES)
    return surname + rng.choice(_FEMALE if gender is Gender.FEMALE else _MALE)


def number(seed: int, index: int, *, second: bool = False) -> str:
    """Eleven digits that begin with 100: unique in a world of up to 50 million customers, in no numbering plan."""
    place = ((2 * index + second) * _MULTIPLIER + seed * 7_919 + 12_345_678) % 100_000_000
    return f"100{place:08d}"


def stranger(rng: Random) -> str:
    """The number of someone who is no customer."""
    return f"100{rng.randrange(100_000_000):08d}"
