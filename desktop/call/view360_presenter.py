"""The 360° view's presenter: a customer's document turned into words, chart points and tones. Knows no Qt.

Each method is asked only when the page that shows it is: opening a customer costs what its first page costs.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from core.desk.plan_found import Found
from core.domain.customer import Document
from core.domain.indicator import Indicator
from core.domain.text import Lang, Text
from desktop.call.view360_parts import care, money, offers, overview, people, plans, products, usage, words
from desktop.call.view360_parts.indicators import IndicatorBook, named_in
from desktop.call.view360_parts.offers import BudgetLine, OfferLine, Offers, OffersState
from desktop.call.view360_parts.plan_lines import MonthLine, PlanLine
from desktop.call.view360_parts.plans import Plans, PlansState
from desktop.call.view360_parts.usage import Curve
from desktop.call.view360_parts.writing import Writing
from desktop.widgets.values import ChipValue, Point, Row, Segment, TableRow, Tile, TimelineEntry, Tone

Words = Text | str
Table = tuple[list[str], list[TableRow]]


class View360:
    """`now` is the present as aware UTC; `figures` are the ones that matter in this call, as label and value."""

    def __init__(
        self,
        document: Document,
        catalogue: Sequence[Indicator],
        now: datetime,
        lang: Lang,
        figures: Sequence[tuple[Words, Words]] = (),
    ) -> None:
        self.document, self.catalogue = document, catalogue
        self.w = Writing(lang, now)
        self._figures = figures
        self.plans: Plans = PlansState.COMPUTING
        self.found: Found | None = None
        """the plans that were looked up; they stand in the place of those that were compared"""
        self.offers: Offers = OffersState.COMPUTING

    # first page

    def figures(self) -> list[Row]:
        """In the given order; one without a value says that it was not supplied."""
        return [self._figure(self._said(label), self._said(value)) for label, value in self._figures]

    def _figure(self, label: str, value: str) -> Row:
        return Row(label, value or self.w.missing, Tone.NEUTRAL if value else Tone.MUTED)

    def _said(self, what: Words) -> str:
        return self.w(what) if isinstance(what, Text) else what

    def stage(self) -> tuple[str, Tone]:
        return overview.stage(self.document, self.w)

    def tiles(self) -> list[Tile]:
        return overview.tiles(self.document, self.w)

    def chips(self) -> list[ChipValue]:
        return overview.chips(self.document, self.w)

    def need_chips(self) -> list[ChipValue]:
        return people.need_chips(self.document, self.w)

    def to_complete(self) -> list[ChipValue]:
        return people.to_complete(self.document, self.w)

    def home_rows(self) -> list[Row]:
        return products.home_rows(self.document, self.w)

    # money

    def bill_points(self) -> list[Point]:
        return money.bill_points(self.document, self.w)

    def bills_note(self) -> str:
        return money.bills_note(self.document, self.w)

    def fee_level(self) -> tuple[float | None, str]:
        """The plan's fee in yuan, and its words for the dashed line."""
        fee = money.plan_fee_fen(self.document)
        if fee is None:
            return None, ""
        return fee / 100, self.w(words.FEE_LINE, fee=self.w.fee(fee))

    def makeup(self, index: int) -> tuple[str, list[Segment]]:
        return money.makeup(self.document, index, self.w)

    def spend_rows(self) -> list[Row]:
        return money.spend_rows(self.document, self.w)

    def account_rows(self) -> list[Row]:
        return money.account_rows(self.document, self.w)

    def payment_table(self) -> Table:
        return money.payment_table(self.document, self.w)

    def payments_absent(self) -> str:
        return money.payments_absent(self.document, self.w)

    # plans, as far as they have been compared

    def plans_absent(self) -> str:
        return plans.absent(self.plans, self.w)

    def plans_advice(self) -> tuple[str, Tone]:
        return plans.advice(self.plans, self.w)

    def plans_compared(self) -> str:
        return plans.compared(self.plans, self.w)

    def plans_left_out(self) -> list[str]:
        return plans.left_out(self.plans, self.w)

    def plans_interest(self) -> str:
        return plans.interest(self.plans, self.w)

    def plans_contract(self) -> list[str]:
        return plans.contract(self.plans, self.w)

    @property
    def plan_choices(self) -> tuple[plans.Shown, ...]:
        """What the list of plans holds, in its order."""
        return plans.shown(self.plans, self.found)

    def plans_note(self) -> str:
        return plans.note(self.plan_choices, self.found, self.w)

    def plan_lines(self) -> list[PlanLine]:
        return plans.lines(self.plan_choices, self.w)

    def plan_months(self, at: int) -> list[MonthLine]:
        choices = self.plan_choices
        return plans.months(self.plans, choices[at], self.document, self.w) if 0 <= at < len(choices) else []

    def plan_details(self, at: int) -> list[str]:
        choices = self.plan_choices
        return plans.details(choices[at], self.w) if 0 <= at < len(choices) else []

    # offers, as far as they have been read

    def offers_absent(self) -> str:
        return offers.absent(self.offers, self.w)

    def offers_note(self) -> str:
        return offers.note(self.offers, self.w)

    def offers_budget(self) -> BudgetLine | None:
        return offers.budget(self.offers, self.w)

    def offer_lines(self) -> list[OfferLine]:
        return offers.lines(self.offers, self.w)

    def offer_note(self, at: int) -> str:
        return offers.costs(self.offers, at, self.w)

    def offer_details(self, at: int) -> list[Row]:
        return offers.details(self.offers, at, self.w)

    # usage

    def usage_title(self) -> str:
        return usage.usage_title(self.document, self.w)

    def usage_rows(self) -> list[Row]:
        return usage.mean_rows(self.document, self.w)

    def usage_more_rows(self) -> list[Row]:
        return usage.more_rows(self.document, self.w)

    def monthly_data(self) -> Curve:
        return usage.monthly_data(self.document, self.w)

    def monthly_voice(self) -> Curve:
        return usage.monthly_voice(self.document, self.w)

    def daily_data(self) -> Curve:
        return usage.daily_data(self.document, self.w)

    def daily_voice(self) -> Curve:
        return usage.daily_voice(self.document, self.w)

    def fit_rows(self) -> list[Row]:
        return usage.fit_rows(self.document, self.w)

    # products

    def plan_rows(self) -> list[Row]:
        return products.plan_rows(self.document, self.w)

    def subscription_table(self) -> Table:
        held = products.holdings_of(self.document)
        return products.subscription_table([*held.packs, *held.subscriptions], self.w)

    def roaming_table(self) -> Table:
        return products.subscription_table(care.care_of(self.document).roaming, self.w)

    def holdings_absent(self) -> str:
        return self.w.absent(products.holdings_of(self.document).whole)

    def care_absent(self) -> str:
        return self.w.absent(care.care_of(self.document).whole)

    def special_rows(self) -> list[Row]:
        found = products.special_rows(self.document, self.w)
        return found or [Row(self.w(words.SPECIAL_SERVICES), self.holdings_absent(), Tone.MUTED)]

    def has_contract(self) -> bool:
        return bool(products.services_of(self.document).contracts)

    def contract_rows(self) -> list[Row]:
        return products.contract_rows(self.document, self.w)

    def contract_short_rows(self) -> list[Row]:
        return products.contract_short_rows(self.document, self.w)

    def broadband_rows(self) -> list[Row]:
        return products.broadband_rows(self.document, self.w)

    def tie_rows(self) -> list[Row]:
        return products.tie_rows(self.document, self.w)

    # service

    def standing_rows(self) -> list[Row]:
        return people.standing_rows(self.document, self.w)

    def need_rows(self) -> list[Row]:
        return people.need_rows(self.document, self.w)

    def contact_rows(self) -> list[Row]:
        return people.contact_rows(self.document, self.w)

    def ticket_rows(self) -> list[Row]:
        return care.ticket_rows(self.document, self.w)

    def call_rows(self) -> list[Row]:
        return care.call_rows(self.document, self.w)

    def warning_rows(self) -> list[Row]:
        return care.warning_rows(self.document, self.w)

    def warning_count(self) -> str:
        return care.warning_count(self.document, self.w)

    def case_rows(self) -> list[Row]:
        return care.case_rows(self.document, self.w)

    def timeline(self) -> list[TimelineEntry]:
        return care.timeline(self.document, self.w)

    def timeline_kinds(self) -> list[tuple[str, str]]:
        return care.kinds(self.w)

    # indicators

    @cached_property
    def indicators(self) -> IndicatorBook:
        """VIEW-01."""
        return IndicatorBook(self.catalogue, self.document.indicators, self.w, named_in(self.document))
