"""The monthly shelf (4G-03) and the four zones (4G-08) as planners read them: from what is published."""

from msgspec import Struct

from core.content.decode_offers import decode_shelf
from core.desk.catalogue_look import published_catalogue
from core.desk.desk import Desk
from core.domain.clock import local_day
from core.domain.offer_content import SHELF
from core.domain.plan import Plan
from core.domain.script import Script, Zone
from core.domain.shelf import Shelf, Window
from core.domain.text import Text


class FeaturedPlan(Struct, frozen=True, kw_only=True, eq=False):
    code: str
    plan: Plan | None
    """None: the catalogue has it no more, and nobody is told of it"""
    on_sale: bool
    """today"""


class ShelfWindow(Struct, frozen=True, kw_only=True, eq=False):
    window: Window
    plans: tuple[FeaturedPlan, ...]
    """in the order in which they are tried"""


class ShelfRow(Struct, frozen=True, kw_only=True, eq=False):
    shelf: Shelf
    windows: tuple[ShelfWindow, ...]


class ShelfLook(Struct, frozen=True, kw_only=True, eq=False):
    today: int
    """day of the month"""
    rows: tuple[ShelfRow, ...]


class ZoneStep(Struct, frozen=True, kw_only=True, eq=False):
    scenario: str
    step: str
    words: Text
    """with their holes"""


class ZoneCell(Struct, frozen=True, kw_only=True, eq=False):
    zone: Zone
    steps: tuple[ZoneStep, ...]
    """whose words lie in it, in the order of their script"""


class ZoneMap(Struct, frozen=True, kw_only=True, eq=False):
    """Four zones, and the scenarios that speak by them."""

    scenarios: tuple[str, ...]
    cells: tuple[ZoneCell, ...]
    without: int
    """steps with words that lie in no zone yet"""

    def cell(self, *, customer_likes: bool, agent_likes: bool) -> ZoneCell | None:
        wanted = (customer_likes, agent_likes)
        return next((one for one in self.cells if (one.zone.customer_likes, one.zone.agent_likes) == wanted), None)


def published_shelves(desk: Desk) -> tuple[Shelf, ...]:
    """As published; as shipped where nothing has come. Raises ContentError. For a worker."""
    bodies = desk.store.contents(SHELF)
    if not bodies:
        from core.content.shelf import shelves

        return shelves()
    return tuple(decode_shelf(body) for body in bodies)


def read_shelf(desk: Desk) -> ShelfLook:
    """Raises ContentError."""
    today = local_day(desk.moment().wall)
    known = {plan.code: plan for plan in published_catalogue(desk).plans}

    def featured(code: str) -> FeaturedPlan:
        plan = known.get(code)
        return FeaturedPlan(code=code, plan=plan, on_sale=plan is not None and plan.is_on_sale(today))

    rows = tuple(
        ShelfRow(
            shelf=shelf,
            windows=tuple(
                ShelfWindow(window=one, plans=tuple(featured(code) for code in one.plans)) for one in shelf.windows
            ),
        )
        for shelf in published_shelves(desk)
    )
    return ShelfLook(today=today.day, rows=rows)


def read_zones(desk: Desk) -> tuple[ZoneMap, ...]:
    """One map for the scenarios that share their zones; none where no script has any."""
    scripts = [desk.script(name) for name in sorted(desk.store.content_names("script"))]
    by_zones: dict[tuple[Zone, ...], list[Script]] = {}
    for script in scripts:
        if script.zones:
            by_zones.setdefault(script.zones, []).append(script)
    return tuple(_map(zones, found) for zones, found in by_zones.items())


def _map(zones: tuple[Zone, ...], scripts: list[Script]) -> ZoneMap:
    said = [(script.id, step) for script in scripts for step in script.steps if step.say]

    def cell(zone: Zone) -> ZoneCell:
        steps = [
            ZoneStep(scenario=scenario, step=step.id, words=step.say[-1].text)
            for scenario, step in said
            if step.zone == zone.id
        ]
        return ZoneCell(zone=zone, steps=tuple(steps))

    return ZoneMap(
        scenarios=tuple(script.id for script in scripts),
        cells=tuple(cell(zone) for zone in zones),
        without=sum(not step.zone for _, step in said),
    )
