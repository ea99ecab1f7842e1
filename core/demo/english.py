"""English of what the invented city has Chinese names for: brands, handsets, districts, rivals. Persons keep theirs."""

from collections.abc import Iterable

HANDSET_BRANDS = {
    "云帆": "Yunfan",
    "长青": "Evergreen",
    "星河": "Galaxy River",
    "木槿": "Hibiscus",
    "远山": "Far Hills",
}
_WORDS = {
    # brands of the operator
    "乐聊": "Chat",
    "畅听": "Listen",
    "飞享": "Flying",
    "畅享": "Enjoy",
    # who else offers broadband
    "联信宽带": "Lianxin Broadband",
    "江城广电": "Jiangcheng Cable",
    "移通家宽": "Yitong Home Broadband",
    # districts
    "临江区": "Linjiang District",
    "东岭区": "Dongling District",
    "南浦区": "Nanpu District",
    "西河区": "Xihe District",
    "北港区": "Beigang District",
    # dealers and sources of numbers
    "江畔通讯": "Riverside Communications",
    "学府路代理点": "Xuefu Road Agency",
    "新潮数码": "New Wave Digital",
    "惠民手机城": "Huimin Phone City",
    "东站合作厅": "East Station Partner Store",
    "客户提供": "from the customer",
}
_TOWNS = {
    "渡口": "Ferry",
    "长堤": "Long Dyke",
    "钟楼": "Bell Tower",
    "梅岭": "Plum Ridge",
    "学府": "College",
    "东站": "East Station",
    "南浦": "Nanpu",
    "荷塘": "Lotus Pond",
    "开发区": "Development Zone",
    "西河": "Xihe",
    "纺城": "Mill Town",
    "花园": "Garden",
    "北港": "Beigang",
    "船厂": "Shipyard",
    "新村": "New Village",
}
_SIDES = {"东网格": "East Grid", "西网格": "West Grid"}


def english_of(names: Iterable[str]) -> dict[str, str]:
    """By the Chinese words; raises KeyError where a name of the city has no English yet."""
    return {name: _english(name) for name in names if name and not name.isascii()}


def _english(name: str) -> str:
    if name.endswith("支局"):
        return f"{_TOWNS[name.removesuffix('支局')]} Branch"
    if name[-3:] in _SIDES:
        return f"{_TOWNS[name[:-3]]} {_SIDES[name[-3:]]}"
    brand, _, model = name.partition(" ")
    if brand in HANDSET_BRANDS:
        return f"{HANDSET_BRANDS[brand]} {model.replace('老人机', 'Senior')}".strip()
    return _WORDS[name]
