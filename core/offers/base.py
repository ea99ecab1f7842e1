"""The base as planners look at it: who is on 4G and who could be (4G-06), and from which plan and use to which plan
(4G-07). Each customer is weighed as in a call; nothing here says who somebody is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from core.domain.customer import Document
from core.domain.plan import Payment
from core.domain.text import Text
from core.offers.advice import Advice, Recommendation
from core.offers.recommend import PlanContent, recommend_each

MODERN = 4
"""the generation from which a plan counts as 4G"""
_BANDS_MB = (500, 2_000, 10_000, 30_000)


class UseBand(StrEnum):
    """Data a month, the mean of the months known: below 500 MB, 2, 10, 30 GB, and beyond."""

    LEAST = "least"
    LITTLE = "little"
    MIDDLE = "middle"
    MUCH = "much"
    MOST = "most"
    UNKNOWN = "unknown"


class Place(Struct, frozen=True, kw_only=True):
    """A place on the map, where any number of customers may stand."""

    plan: str
    """code of the present plan; empty where it is not known"""
    generation: int
    """of the present plan; 0 where it is not in the catalogue"""
    area: Text
    brand: Text
    prepaid: bool | None
    band: UseBand
    advice: Advice
    target: str = ""
    """code of the plan proposed, now or later; the present one where it is best; empty where nothing can be said"""
    target_generation: int = 0

    @property
    def is_modern(self) -> bool:
        return self.generation >= MODERN

    @property
    def is_target(self) -> bool:
        """Not on 4G, and a 4G plan may be taken now that helps."""
        return not self.is_modern and self.target_generation >= MODERN and self.advice in _NOW

    @property
    def is_waiting(self) -> bool:
        """Not on 4G, and a 4G plan would help once what stands in the way has ended."""
        return not self.is_modern and self.target_generation >= MODERN and self.advice is Advice.LATER


_NOW = (Advice.CHANGE, Advice.TIER_UP)


class Lot(Struct, frozen=True, kw_only=True):
    """Customers in one place: a base of any size comes to a few thousand of these."""

    place: Place
    customers: int
    helps_fen: int
    """what they would gain a month with the target, all together"""


class Share(Struct, frozen=True, kw_only=True):
    """A group of customers."""

    label: Text
    customers: int
    modern: int
    targets: int
    waiting: int


class MigrationPath(Struct, frozen=True, kw_only=True):
    """From one plan and band of use to one plan."""

    plan: str
    band: UseBand
    advice: Advice
    target: str
    customers: int
    helps_fen: int
    """a month, the mean of these customers, rounded down"""


def placed(documents: Sequence[Document], content: PlanContent, today: date) -> list[Lot]:
    """Weighs each customer, as a call would; the calculator is called for all of them at once."""
    found = recommend_each(documents, content, today)
    return [_lot(document, one, content) for document, one in zip(documents, found, strict=True)]


def _lot(document: Document, found: Recommendation, content: PlanContent) -> Lot:
    identity = document.identity
    plan = content.catalogue.plan(identity.plan_code) if identity else None
    target, helps_fen = _target(found)
    there = content.catalogue.plan(target) if target else None
    prepaid = identity.prepaid if identity else None
    if prepaid is None and plan is not None:
        prepaid = plan.payment is Payment.PREPAID
    place = Place(
        plan=identity.plan_code if identity else "",
        generation=plan.generation if plan else 0,
        area=Text(identity.area, identity.english.get(identity.area, "")) if identity else Text("", ""),
        brand=plan.brand if plan else Text("", ""),
        prepaid=prepaid,
        band=band_of(document),
        advice=found.advice,
        target=target,
        target_generation=there.generation if there else 0,
    )
    return Lot(place=place, customers=1, helps_fen=helps_fen)


def gathered(lots: Iterable[Lot]) -> list[Lot]:
    """Those of one place as one."""
    sums: dict[Place, tuple[int, int]] = {}
    for lot in lots:
        customers, helps_fen = sums.get(lot.place, (0, 0))
        sums[lot.place] = customers + lot.customers, helps_fen + lot.helps_fen
    return [Lot(place=place, customers=count, helps_fen=helps) for place, (count, helps) in sums.items()]


def _target(found: Recommendation) -> tuple[str, int]:
    if found.proposed is not None:
        return found.proposed.plan.code, found.proposed.helps_fen
    if found.later is not None:
        return found.later.row.plan.code, found.later.row.helps_fen
    keeps = found.advice is Advice.KEEP and found.current is not None
    return (found.current.plan.code, 0) if keeps and found.current is not None else ("", 0)


def band_of(document: Document) -> UseBand:
    known = [use.data_mb for use in document.usage.months if use.data_mb is not None] if document.usage else []
    if not known:
        return UseBand.UNKNOWN
    mean_mb = sum(known) // len(known)
    return list(UseBand)[sum(mean_mb >= edge for edge in _BANDS_MB)]


def shares(lots: Iterable[Lot], label: Callable[[Place], Text]) -> list[Share]:
    """The groups by that label, the largest first."""
    groups: dict[Text, list[Lot]] = {}
    for lot in lots:
        groups.setdefault(label(lot.place), []).append(lot)
    found = [
        Share(
            label=text,
            customers=sum(lot.customers for lot in group),
            modern=sum(lot.customers for lot in group if lot.place.is_modern),
            targets=sum(lot.customers for lot in group if lot.place.is_target),
            waiting=sum(lot.customers for lot in group if lot.place.is_waiting),
        )
        for text, group in groups.items()
    ]
    return sorted(found, key=lambda one: (-one.customers, one.label.zh))


def ways(lots: Iterable[Lot]) -> list[MigrationPath]:
    """The migration map: every way that somebody should take, the most travelled first."""
    counts: Counter[tuple[str, UseBand, Advice, str]] = Counter()
    helps: Counter[tuple[str, UseBand, Advice, str]] = Counter()
    for lot in lots:
        key = (lot.place.plan, lot.place.band, lot.place.advice, lot.place.target)
        counts[key] += lot.customers
        helps[key] += lot.helps_fen
    found = [
        MigrationPath(
            plan=key[0], band=key[1], advice=key[2], target=key[3], customers=count, helps_fen=helps[key] // count
        )
        for key, count in counts.items()
    ]
    order = list(UseBand)
    return sorted(found, key=lambda way: (-way.customers, way.plan, order.index(way.band), way.target))
