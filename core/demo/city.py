"""Jiangcheng (江城市): the districts, branch offices, grids and streets of a city that does not exist."""

from random import Random

from msgspec import Struct

CITY = "江城市"


class Place(Struct, frozen=True, kw_only=True):
    area: str
    branch: str
    grid: str
    estate: str
    """the housing estate, with its street"""


_DISTRICTS: dict[str, tuple[str, ...]] = {
    "临江区": ("渡口", "长堤", "钟楼"),
    "东岭区": ("梅岭", "学府", "东站"),
    "南浦区": ("南浦", "荷塘", "开发区"),
    "西河区": ("西河", "纺城", "花园"),
    "北港区": ("北港", "船厂", "新村"),
}
_STREETS = ("沿河", "解放", "人民", "桂花", "团结", "迎宾", "青年", "文昌", "和平", "金桥", "松林", "朝晖")
_ESTATES = (
    "锦绣苑",
    "江畔花园",
    "怡景小区",
    "职工新村",
    "望江名邸",
    "书香里",
    "春晖家园",
    "港湾城",
    "梧桐院",
    "幸福里",
)
_SIDES = ("东", "西")

AREAS = tuple(_DISTRICTS)


def place(rng: Random, areas: tuple[str, ...] = AREAS) -> Place:
    """Somewhere in the city, within `areas`."""
    area = rng.choice(areas)
    town = rng.choice(_DISTRICTS[area])
    side = rng.choice(_SIDES)
    street = rng.choice(_STREETS)
    return Place(
        area=area,
        branch=f"{town}支局",
        grid=f"{town}{side}网格",
        estate=f"{street}路 {rng.randrange(1, 260)} 号{rng.choice(_ESTATES)}",
    )


def address(place: Place, rng: Random) -> str:
    """A postal address at a place."""
    return f"{CITY}{place.area}{place.estate} {rng.randrange(1, 30)} 栋 {rng.randrange(1, 18)}0{rng.randrange(1, 5)} 室"
