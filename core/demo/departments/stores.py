"""The invented stores: half hours at their counters, and what they have in stock."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zlib import crc32

import msgspec

from core.domain.clock import CHINA
from core.domain.store import Slot, Stocked, StoreStanding
from core.domain.text import Text

_DAYS, _SHOWN, _HALF_HOUR = 3, 8, timedelta(minutes=30)
_OPEN, _CLOSES = 10, 18
_STORES = (
    StoreStanding(
        code="YYT-01",
        name=Text("钟楼营业厅", "Bell Tower store"),
        address=Text("临江区 沿河路 1 号", "1 Yanhe Road, Linjiang"),
        open_hours="",
        area="临江区",
    ),
    StoreStanding(
        code="YYT-02",
        name=Text("学府营业厅", "Xuefu store"),
        address=Text("东岭区 青年路 20 号", "20 Qingnian Road, Dongling"),
        open_hours="",
        area="东岭区",
    ),
    StoreStanding(
        code="YYT-03",
        name=Text("荷塘营业厅", "Hetang store"),
        address=Text("南浦区 桂花路 88 号", "88 Guihua Road, Nanpu"),
        open_hours="",
        area="南浦区",
    ),
    StoreStanding(
        code="YYT-04",
        name=Text("纺城营业厅", "Fangcheng store"),
        address=Text("西河区 人民路 6 号", "6 Renmin Road, Xihe"),
        open_hours="",
        area="西河区",
    ),
    StoreStanding(
        code="YYT-05",
        name=Text("船厂营业厅", "Shipyard store"),
        address=Text("北港区 迎宾路 15 号", "15 Yingbin Road, Beigang"),
        open_hours="",
        area="北港区",
    ),
)
_STOCK = (
    ("phone-5g-a", Text("星河 20 手机", "Xinghe 20 handset")),
    ("phone-5g-b", Text("星河 20 Pro 手机", "Xinghe 20 Pro handset")),
    ("sim-5g", Text("5G 白卡", "blank 5G SIM")),
    ("loan-phone", Text("备用机", "loan phone")),
    ("router", Text("千兆路由器", "gigabit router")),
)


def standing(
    now: datetime, taken: Collection[tuple[str, datetime]], put_by: Collection[tuple[str, str]], *, area: str
) -> tuple[StoreStanding, ...]:
    """All stores, those of the area first; `taken` are stores with the begin of a booked time, `put_by` with what is
    put by there."""
    found = [
        msgspec.structs.replace(
            one,
            open_hours=f"{_OPEN:02}:00–{_CLOSES:02}:00",
            slots=tuple(_free(one.code, now, taken))[:_SHOWN],
            stock=tuple(_stock(one.code, put_by)),
        )
        for one in _STORES
    ]
    return tuple(sorted(found, key=lambda one: one.area != area))


def has(store: str, what: str, put_by: Collection[tuple[str, str]]) -> bool:
    """Whether a piece is left of what is asked for; nothing asked for is always there."""
    return not what or any(one.what == what and one.pieces > 0 for one in _stock(store, put_by))


def is_free(store: str, slot: Slot, now: datetime, taken: Collection[tuple[str, datetime]]) -> bool:
    return any(one.begins_at == slot.begins_at for one in _free(store, now, taken))


def _free(store: str, now: datetime, taken: Collection[tuple[str, datetime]]) -> list[Slot]:
    begin = now.astimezone(CHINA).replace(hour=_OPEN, minute=0, second=0, microsecond=0)
    found = []
    for day in range(_DAYS + 1):
        at = begin + timedelta(days=day)
        while at.hour < _CLOSES:
            busy = crc32(f"{store}{at:%m%d%H%M}".encode()) % 3 == 0
            if at > now + _HALF_HOUR and not busy and (store, at) not in taken:
                found.append(Slot(begins_at=at))
            at += _HALF_HOUR
    return found


def _stock(store: str, put_by: Collection[tuple[str, str]]) -> list[Stocked]:
    gone = list(put_by)
    return [
        Stocked(what=what, name=name, pieces=max(0, crc32(f"{store}{what}".encode()) % 6 - gone.count((store, what))))
        for what, name in _STOCK
    ]
