"""An offer's file into an offer; every mistake is noted with its place, none is passed over."""

from core.content.flaws import NO_LETTER, Flaw, Where
from core.content.offer_rows import GroupRow, OfferFile, ShareRow, ThenRow
from core.content.quantities import Kind, amount
from core.domain.eligibility import Action, EligibilityRule
from core.domain.follow_up import FollowUpKind
from core.domain.offer import HOME_VISIT, Amount, Card, Consequence, Offer, Pays, StepGroup
from core.domain.offer_kind import OfferKind
from core.domain.order import ChosenStep
from core.domain.plan import Channel

_MOST_PERCENT = 100
_LEAST_STEPS = 2


def own_rule_flaws(rule: EligibilityRule, where: Where) -> list[Flaw]:
    """What is wrong with a rule of offers, whatever it asks for."""
    flaws: list[Flaw] = []
    if rule.actions:
        flaws.append(Flaw((*where, "actions"), "a rule of offers names no actions"))
    if bool(rule.since or rule.until) is rule.lasting:
        flaws.append(Flaw(where, "a rule says since or until when it holds, or that it is `lasting`"))
    return flaws


class OfferReader:
    """Reads one file; `flaws` holds what was wrong, and the offer is worth nothing where it is not empty."""

    def __init__(self, found: OfferFile) -> None:
        self.found = found
        self.flaws: list[Flaw] = []

    def offer(self) -> Offer:
        found = self.found
        self._sound()
        return Offer(
            id=found.id,
            version=found.version,
            kind=found.kind,
            name=found.name,
            audience=found.audience,
            gives=found.gives,
            terms=found.terms,
            cost=self._amount(found.cost, "cost"),
            worth=self._amount(found.worth, "worth"),
            price_fen=self._read(found.price, Kind.MONEY, ("price",)),
            pays=found.pays,
            benefit=found.benefit,
            subscription=found.subscription,
            runs_days=self._read(found.runs, Kind.DAYS, ("runs",)),
            rest_days=self._read(found.rest, Kind.DAYS, ("rest",)),
            groups=found.groups,
            scenarios=found.scenarios,
            channels=found.channels,
            on_sale_from=found.on_sale.since,
            on_sale_until=found.on_sale.until,
            retired=found.retired,
            confirm=found.confirm,
            starts=found.starts,
            binds=found.binds,
            actions=found.actions,
            rules=found.rules,
            then=tuple(self._then(row, ("then", at)) for at, row in enumerate(found.then)),
            card=self._card(),
            approval=found.approval,
            choose=tuple(self._group(row, ("choose", at)) for at, row in enumerate(found.choose)),
        )

    def _group(self, row: GroupRow, where: Where) -> StepGroup:
        """Codes are told apart within the offer: an order names the step by its code alone."""
        codes = [step.code for group in self.found.choose for step in group.steps]
        if len(row.steps) < _LEAST_STEPS:
            self._note((*where, "steps"), "something to choose from has two steps at least")
        for at, step in enumerate(row.steps):
            if codes.count(step.code) > 1:
                self._note((*where, "steps", at, "code"), "each step has a code of its own")
        steps = tuple(
            ChosenStep(
                code=step.code,
                name=step.name,
                price_fen=self._read(step.price, Kind.MONEY, (*where, "steps", at, "price"), needed=True),
            )
            for at, step in enumerate(row.steps)
        )
        return StepGroup(id=row.id, name=row.name, steps=steps)

    def _sound(self) -> None:
        """What needs no amounts."""
        found = self.found
        if found.version < 1:
            self._note(("version",), "versions begin at 1")
        if (found.pays is Pays.NOTHING) is bool(found.price):
            self._note(("pays",), "`price` stands with `pays: now`, `next_bill` or `monthly`, and with none alone")
        if (found.price or found.binds or found.kind is OfferKind.OWN_PLAN) and not found.confirm:
            self._note(("confirm",), "what costs or binds the customer is confirmed: `confirm: true`")
        if not found.benefit.strip():
            self._note(("benefit",), "an offer says what it is of")
        if (found.kind is OfferKind.REINSTALL_CARD) is not bool(found.card):
            self._note(("card",), "a reinstall card has a `card`, no other offer has")
        if (found.benefit == HOME_VISIT) is not (Action.HOME_SERVICE in found.actions):
            self._note(("actions",), f"`home_service` stands with the benefit `{HOME_VISIT}`, and with it alone")
        if (found.kind is OfferKind.OWN_PLAN) is not bool(found.choose):
            self._note(("choose",), "a plan of one's own says what there is to choose, no other offer does")
        self._sale()
        for at, rule in enumerate(found.rules):
            self.flaws += own_rule_flaws(rule, ("rules", at))

    def _sale(self) -> None:
        sale = self.found.on_sale
        if sale.until is not None and sale.until < sale.since:
            self._note(("on_sale",), "withdrawn before it came on sale")
        if bool(self.found.retired) and sale.until is None:
            self._note(("retired",), "an offer without a last day is not withdrawn")
        if missing := sorted(set(Channel) - set(self.found.channels)):
            self._note(("channels",), f"nothing says whether it is open to {', '.join(missing)}")

    def _then(self, row: ThenRow, where: Where) -> Consequence:
        days = self._read(row.after, Kind.DAYS, (*where, "after"))
        sms = row.do is FollowUpKind.SMS
        if row.do is FollowUpKind.LETTER:
            self._note((*where, "do"), NO_LETTER)
        if sms is not bool(row.template) or sms is bool(row.text):
            self._note(where, "an SMS has a `template`, everything else a `text`")
        if not sms and not row.after:
            self._note(where, "says after how many days")
        if row.do in (FollowUpKind.WORK_ORDER, FollowUpKind.ESCALATION) and not row.department:
            self._note(where, "a work order names its `department`")
        runs = self._read(self.found.runs, Kind.DAYS, ("runs",))
        if self.found.kind is OfferKind.TRIAL and row.do is FollowUpKind.CALLBACK and days >= runs:
            self._note(where, "the customer is reminded before the trial ends")
        return Consequence(kind=row.do, in_days=days, text=row.text, template=row.template, department=row.department)

    def _card(self) -> Card | None:
        card = self.found.card
        if card is None:
            return None
        days = self._read(card.valid, Kind.DAYS, ("card", "valid"))
        if not days:
            self._note(("card", "valid"), "a card is valid for some days")
        return Card(valid_days=days)

    def _amount(self, given: str | ShareRow, key: str) -> Amount:
        if isinstance(given, str):
            return Amount(fen=self._read(given, Kind.MONEY, (key,), needed=True))
        if not 0 < given.percent <= _MOST_PERCENT:
            self._note((key, "percent"), "per cent, above 0")
        if not 1 <= given.months <= 24:
            self._note((key, "months"), "from 1 to 24 months")
        most = self._read(given.most, Kind.MONEY, (key, "most")) if given.most else None
        return Amount(percent=given.percent, of=given.of, months=given.months, most_fen=most)

    def _read(self, text: str, kind: Kind, where: Where, *, needed: bool = False) -> int:
        if not text and not needed:
            return 0
        try:
            return amount(text, kind)
        except ValueError as error:
            self._note(where, str(error))
            return 0

    def _note(self, where: Where, reason: str) -> None:
        self.flaws.append(Flaw(where, reason))
