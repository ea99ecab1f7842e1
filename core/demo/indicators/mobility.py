"""Places and travel."""

from core.demo.cast import Repair
from core.demo.indicators.facts import Facts, Values
from core.demo.profile import Segment


def values(f: Facts) -> Values:
    return {
        "commute_distance": round(1 + 16 * f.r(), 1),
        "commute_share": f.percent(14, 8),
        "home_work_same_grid": f.yes(0.3),
        "estate_kind": f.pick("商品房", "老旧小区", "单位宿舍", "城中村", "校园"),
        "districts_visited": 1 + f.count(2),
        "cities_visited": f.count(9 if f.who.traveller else 2),
        "days_away_month": f.count(6 if f.who.traveller else 1),
        "days_away_holiday": f.count(12 if f.who.segment is Segment.MIGRANT else 3),
        "weekend_away_share": f.percent(20, 14),
        "roaming_months_year": sum(bool(u.roaming_mb) for u in f.life.uses[-12:]),
        "roaming_data_year": sum(u.roaming_mb or 0 for u in f.life.uses[-12:]),
        "roaming_now": f.who.repair is Repair.ROAMING,
        "roaming_pack_active": bool(f.care.roaming),
        "high_speed_rail_trips": f.count(2) if f.who.traveller else 0,
        "night_place_stable": f.yes(0.85),
    }
