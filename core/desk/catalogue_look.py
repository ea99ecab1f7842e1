"""The published catalogue as planners read it: every plan and line, found by name and family (4G-02, 4G-04)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from core.content.decode_offers import decode_catalogue
from core.desk.desk import Desk
from core.domain.offer_content import PLANS
from core.domain.plan import BroadbandPlan, Catalogue, Plan, PlanFamily
from core.domain.text import Text

BROADBAND = "broadband"
"""stands where a family does"""
BROADBAND_NAME = Text("宽带", "Broadband")


class Sale(StrEnum):
    """Which plans are wanted, by whether they may be sold today."""

    ALL = "all"
    ON_SALE = "on_sale"
    COMING = "coming"
    WITHDRAWN = "withdrawn"


class CatalogueRow(Struct, frozen=True, kw_only=True, eq=False):
    plan: Plan | BroadbandPlan
    family: str
    """its id; `BROADBAND` for all broadband plans"""
    family_name: Text
    sale: Sale
    """as of today; never ALL"""


class CatalogueLook(Struct, frozen=True, kw_only=True, eq=False):
    version: int
    rows: tuple[CatalogueRow, ...]
    """in the order of the files, broadband last"""
    families: tuple[tuple[str, Text], ...]
    """id and name of those that have plans"""
    about: tuple[PlanFamily, ...]
    """what each family is for; broadband is none"""


def published_catalogue(desk: Desk) -> Catalogue:
    """As published; as shipped where nothing has come. Raises ContentError. Reads the store, or files: for a worker."""
    from core.content.plans import catalogue

    body = desk.store.content(PLANS, PLANS)
    return catalogue() if body is None else decode_catalogue(body)


def look(catalogue: Catalogue, today: date) -> CatalogueLook:
    names = {family.id: family.name for family in catalogue.families}
    rows = [
        CatalogueRow(
            plan=plan,
            family=plan.family,
            family_name=names.get(plan.family, Text(plan.family, plan.family)),
            sale=sale_of(plan, today),
        )
        for plan in catalogue.plans
    ]
    rows += [
        CatalogueRow(plan=plan, family=BROADBAND, family_name=BROADBAND_NAME, sale=sale_of(plan, today))
        for plan in catalogue.broadband
    ]
    families = dict.fromkeys((row.family, row.family_name) for row in rows)
    return CatalogueLook(
        version=catalogue.version, rows=tuple(rows), families=tuple(families), about=catalogue.families
    )


def matching(
    rows: Iterable[CatalogueRow], *, text: str = "", family: str = "", sale: Sale = Sale.ALL
) -> list[CatalogueRow]:
    """Those whose name or code holds every word of `text`, of that family, or of any where it is empty."""
    words = text.casefold().split()
    return [
        row
        for row in rows
        if (not family or row.family == family)
        and sale in (Sale.ALL, row.sale)
        and all(word in _searched(row.plan) for word in words)
    ]


def sale_of(plan: Plan | BroadbandPlan, today: date) -> Sale:
    if today < plan.on_sale_from:
        return Sale.COMING
    return Sale.ON_SALE if plan.is_on_sale(today) else Sale.WITHDRAWN


def _searched(plan: Plan | BroadbandPlan) -> str:
    return f"{plan.code} {plan.name.zh} {plan.name.en}".casefold()
