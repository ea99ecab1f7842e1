"""Care begun from a planner's desk, a page of customers at a time."""

from collections import Counter

from sqlalchemy import select

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.access.bookmark import Bookmarks
from core.server.care_notices import LEFT_WORDS, WAYS, Left, areas, start_care
from core.server.customer_list import customers_of
from core.server.db.engine import Database, Unit
from core.server.db.schema import customer
from core.wire.care import AT_ONCE, BeginCare, CareArea, CareAreas, CareBegun, LeftOut


def care_areas(database: Database) -> CareAreas:
    return CareAreas(areas=tuple(CareArea(area=area, customers=count) for area, count in areas(database)))


def begin_page(database: Database, code: str, asked: BeginCare, *, by: str) -> CareBegun:
    """Raises InputError where there is no such class, or it is not said for whom; BadBookmark."""
    if bool(asked.area) is bool(asked.customers) or len(asked.customers) > AT_ONCE:
        raise _for_whom()
    unknown, following = 0, ""
    if asked.area:
        with database.write() as unit:
            bookmarks = Bookmarks.of(unit)
        with database.read() as unit:
            named = _living_in(unit, asked.area, bookmarks.open(asked.after) if asked.after else "")
        if len(named) == AT_ONCE:
            following = bookmarks.seal(named[-1])
    else:
        found = customers_of(database, asked.customers)
        named = list(dict.fromkeys(found[one] for one in asked.customers if one in found))
        unknown = sum(one not in found for one in asked.customers)
    ways = tuple(way for way in WAYS if way in asked.ways) or WAYS
    started = start_care(database, code, named, by=by, ways=ways, plan_only=asked.look)
    counts = Counter(why for _, why in started.left) + Counter({Left.UNKNOWN: unknown})
    return CareBegun(
        texted=len(started.texted),
        written=len(started.written),
        called=len(started.called),
        left=tuple(LeftOut(why=why.value, words=LEFT_WORDS[why], customers=counts[why]) for why in Left if counts[why]),
        next=following,
    )


def _living_in(unit: Unit, area: str, after: str) -> list[str]:
    mine = select(customer.c.id).where(
        customer.c.tenant_id == unit.tenant, customer.c.area == area, customer.c.id > after
    )
    return list(unit.conn.execute(mine.order_by(customer.c.id).limit(AT_ONCE)).scalars())


def _for_whom() -> InputError:
    return InputError(
        title=Text("说不清是给谁", "Nobody knows for whom"),
        message=Text(f"要么给地区，要么给名单，一次最多 {AT_ONCE} 户。", f"Give an area or a list, {AT_ONCE} at most."),
        next_step=Text("请选一个。", "Choose one of them."),
    )
