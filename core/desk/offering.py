"""Offers beyond plans in a call: what may be made, what the customer said to it, and what accepting brings. No I/O."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from msgspec import structs

from core.desk.form import Form, Planned
from core.desk.offer_errors import (
    need_grant,
    not_offered,
    not_put_together,
    not_read_back,
    not_the_owner,
    not_told_yet,
    selling_closed,
)
from core.desk.offers import OfferGround
from core.desk.opened import Opened
from core.domain.authority import AuthorityCase
from core.domain.card_number import card_number
from core.domain.charge import Charge, charge_said
from core.domain.clock import CHINA, local_day
from core.domain.follow_up import FollowUpKind
from core.domain.money import yuan_short
from core.domain.offer import Consequence, Offer, Pays, Starts
from core.domain.offered import OfferMade, Reply
from core.domain.order import ChosenStep, Order
from core.domain.order_state import REPLY_ASKED
from core.domain.outcome import Verification
from core.domain.renewal import months_after
from core.domain.text import Lang, Text, filled
from core.guidance.render import plain
from core.guidance.wording import spoken_day
from core.offers.advice import PackAdded
from core.offers.book import Choice, OfferBook, OfferCase, OfferContent, Standing, offer_book
from core.offers.granted import granted_offer
from core.offers.pack_offer import pack_offer, pack_offer_id

_DUE_AT = time(10)
_NO_CHARGE = Text("不收费", "nothing")
_ON_NEXT_BILL = Text("{amount} 元，记在下个月账单", "{amount} yuan, on next month's bill")
_NOW = Text("{amount} 元", "{amount} yuan")
_MONTHLY = Text("每月 {amount} 元", "{amount} yuan a month")
_AMOUNTS = {Pays.NOW: _NOW, Pays.NEXT_BILL: _ON_NEXT_BILL, Pays.MONTHLY: _MONTHLY}
_AS_CHOSEN = Text("按所选档位按月计费", "by the month, as chosen")
_ONCE = Text("一次有效", "once")
_UNTIL_CHANGED = Text("用到您再改为止", "until you change it")


class Offering:
    """The offers of one call; `ground` comes when it has been read, and nothing may be said before."""

    def __init__(
        self,
        opened: Opened,
        form: Form,
        *,
        verification: Callable[[], Verification],
        closed: Callable[[], Text | None],
        lang: Callable[[], Lang],
        now: Callable[[], datetime],
    ) -> None:
        self._opened, self._form = opened, form
        self._verification, self._closed, self._lang, self._now = verification, closed, lang, now
        self._ground: OfferGround | None = None
        self._book: OfferBook | None = None
        self._pack: PackAdded | None = None
        self._granted: dict[UUID, AuthorityCase] = {}
        """what a lead granted of a kind for this case, by its request"""

    @property
    def made(self) -> tuple[OfferMade, ...]:
        return tuple(self._form.offers)

    @property
    def book(self) -> OfferBook | None:
        """All offers weighed for this customer as things stand in the call; None until they have been read."""
        if self._book is None and self._ground is not None:
            self._book = offer_book(self._case(self._ground), self._content(self._ground))
        return self._book

    def open_among(self, ids: Sequence[str]) -> tuple[Choice, ...]:
        """Those of them that may be made and were not answered yet, in that order; none before they have been read."""
        book = self.book if ids else None
        found = [book.choice(one) for one in ids] if book else []
        return tuple(c for c in found if c is not None and c.standing is not Standing.REFUSED and c.said is None)

    def read(self, ground: OfferGround) -> None:
        self._ground, self._book = ground, None

    def renew(self) -> None:
        """Newer data of the customer came."""
        self._book = None

    def grant(self, offer_id: str, fen: int, *, by: str) -> None:
        """Somebody else granted this offer up to `fen` for this call (VIP-07)."""
        self._form.offer_grants[offer_id] = fen
        self._form.offer_granters[offer_id] = by
        self._book = None

    def add_granted(self, case: AuthorityCase) -> None:
        """So much of a kind was granted: it stands among the offers of this case."""
        self._granted[case.request.id] = case
        self._book = None

    def take_pack(self, added: PackAdded | None) -> None:
        """The pack that would lower the customer's bills under the present plan; one that was answered stays."""
        said = {one.offer for one in self._form.offers}
        if added is None and self._pack is not None and pack_offer_id(self._pack.pack) in said:
            return
        self._pack, self._book = added, None

    @property
    def pack(self) -> str:
        """Id of the offer of that pack; empty where there is none."""
        return pack_offer_id(self._pack.pack) if self._pack is not None else ""

    def reply(self, offer_id: str, reply: Reply | None, *, read_back: bool = False) -> None:
        """Note what the customer said; None takes it back.

        Raises Refused where the offer may not be made, for it costs and selling is closed say, or not be accepted so:
        somebody else than the owner is on the line, it must be granted first, or was not read back."""
        book = self.book
        choice = book.choice(offer_id) if book else None
        if choice is None:
            raise not_told_yet()
        if choice.said is not None and choice.said.reply is reply:
            # Said twice is said once: a card that was given keeps its number.
            return
        if reply is not None:
            self._check(choice, reply, read_back=read_back)
        self._forget(offer_id)
        if reply is not None:
            made = self._said(choice, reply, read_back=read_back)
            self._form.offers = [*self._form.offers, made]
            if reply is Reply.ACCEPTED:
                self._form.offer_planned = [*self._form.offer_planned, *self._planned(choice.offer, made)]
        self._book = None

    def choose(self, offer_id: str, group: str, code: str) -> None:
        """The customer wants so much of it (OFFER-12). What was said to the offer as it stood before is taken back.

        Raises ValueError where the offer has no such step."""
        book = self.book
        choice = book.choice(offer_id) if book else None
        groups = choice.offer.choose if choice else ()
        if not any(one.id == group and any(step.code == code for step in one.steps) for one in groups):
            raise ValueError(f"no step {code!r} of {group!r}")
        steps = self._form.offer_steps
        self._form.offer_steps = {**steps, offer_id: {**steps.get(offer_id, {}), group: code}}
        self._forget(offer_id)
        self._book = None

    def chosen(self, offer_id: str) -> Mapping[str, str]:
        """Group → code of what was chosen so far."""
        return self._form.offer_steps.get(offer_id, {})

    def _put_together(self, offer: Offer) -> Offer:
        """With what this customer chose and its price, once every group is chosen."""
        codes = self._form.offer_steps.get(offer.id, {})
        steps = tuple(step for group in offer.choose for step in group.steps if codes.get(group.id) == step.code)
        if not offer.choose or len(steps) < len(offer.choose):
            return offer
        gives = Text(
            f"{offer.gives.zh}选的是：{steps_text(steps).zh}。", f"{offer.gives.en} Chosen: {steps_text(steps).en}."
        )
        return structs.replace(offer, chosen=steps, price_fen=sum(step.price_fen for step in steps), gives=gives)

    def _forget(self, offer_id: str) -> None:
        form, prefix = self._form, _preset(offer_id)
        form.offers = [one for one in form.offers if one.offer != offer_id]
        form.offer_planned = [one for one in form.offer_planned if not one.preset.startswith(prefix)]

    def _content(self, ground: OfferGround) -> OfferContent:
        content, scenario = ground.content, self._opened.script.id
        here = [granted_offer(case, content.granting, scenario=scenario) for case in self._granted.values()]
        if self._pack is not None:
            here.append(pack_offer(self._pack, scenario=scenario, rest_days=content.offering.pack_rest_days))
        every = (*(self._put_together(one) for one in content.offers), *here)
        return structs.replace(content, offers=every)

    def _case(self, ground: OfferGround) -> OfferCase:
        opened = self._opened
        return OfferCase(
            document=opened.document,
            role=opened.agent.role,
            scenario=opened.script.id,
            today=self._today(),
            history=ground.history,
            here=self.made,
            granted=self._form.offer_grants,
        )

    def _check(self, choice: Choice, reply: Reply, *, read_back: bool) -> None:
        if choice.standing is Standing.REFUSED:
            raise not_offered(choice.refusals[0])
        sells = choice.offer.as_chosen or choice.offer.pays is not Pays.NOTHING
        why = self._closed() if sells and reply is not Reply.REFUSED else None
        if why is not None:
            raise selling_closed(why)
        if reply is not Reply.ACCEPTED:
            return
        if self._verification() is not Verification.OWNER:
            raise not_the_owner()
        if choice.standing is Standing.ASK and choice.grant is not None:
            raise need_grant(choice.grant)
        missing = self._to_choose(choice.offer)
        if missing is not None:
            raise not_put_together(missing)
        if choice.offer.confirm and not read_back:
            raise not_read_back()

    def _to_choose(self, offer: Offer) -> Text | None:
        names = [group.name for group in offer.choose if group.id not in self.chosen(offer.id)]
        return Text("、".join(one.zh for one in names), ", ".join(one.en for one in names)) if names else None

    def _said(self, choice: Choice, reply: Reply, *, read_back: bool) -> OfferMade:
        offer = choice.offer
        made = OfferMade(
            offer=offer.id,
            version=offer.version,
            kind=offer.kind,
            name=offer.name,
            reply=reply,
            benefit=offer.benefit,
        )
        if reply is Reply.REFUSED:
            return structs.replace(made, rests_until=self._today() + timedelta(days=offer.rest_days))
        if reply is Reply.MADE:
            return made
        return structs.replace(
            made,
            cost_fen=choice.cost_fen or 0,
            price_fen=offer.price_fen,
            next_bill=offer.pays is Pays.NEXT_BILL,
            until=choice.until,
            card=card_number(uuid4()) if offer.card else "",
            read_back=read_back,
            granted_by=self._form.offer_granters.get(offer.id, ""),
            order=self._order(choice) if offer.confirm else None,
        )

    def _order(self, choice: Choice) -> Order:
        """As it was read back; the CRM and the customer's SMS know Chinese names."""
        offer, today = choice.offer, self._today()
        by_the_month = offer.pays is Pays.MONTHLY or offer.as_chosen
        return Order(
            product=offer.name.zh,
            price_fen=offer.price_fen,
            term_months=0,
            locked=offer.binds,
            starts_on=months_after(today.replace(day=1), 1) if offer.starts is Starts.NEXT_MONTH else today,
            read_back=True,
            consent=True,
            until=None if offer.until_changed else choice.until,
            monthly=by_the_month,
            next_bill=offer.pays is Pays.NEXT_BILL,
            charge=Charge.MONTH if by_the_month else Charge.ONCE,
            code=offer.id,
            version=offer.version,
            name=offer.name,
            chosen=offer.chosen,
        )

    def _planned(self, offer: Offer, made: OfferMade) -> list[Planned]:
        return [
            Planned(
                preset=f"{_preset(offer.id)}{nth}",
                kind=then.kind,
                due_at=self._due(then.in_days),
                template=then.template,
                text=self._text(offer, made, then),
                department=then.department,
                # Accepting a visit at home is the consent to it (FOLLOW-04).
                consent=then.kind is FollowUpKind.HOME_VISIT,
                offer=offer.id,
            )
            for nth, then in enumerate(offer.then)
        ]

    def _text(self, offer: Offer, made: OfferMade, then: Consequence) -> str:
        """An SMS is in the customer's language, Chinese; what colleagues are to do in the agent's."""
        if then.text is not None:
            lang = self._lang()
            told = f"{offer.name.of(lang)}{'：' if lang is Lang.ZH else ': '}{then.text.of(lang)}"
            return f"{told} {steps_text(offer.chosen).of(lang)}" if offer.chosen else told
        template = self._ground.texts.get(then.template) if self._ground else None
        told = offer.gives.zh
        if template is not None:
            told = plain(template.text, {**self._opened.facts, **offer_texts(offer, made)}, Lang.ZH)
        # Whatever a site's own text says: without being asked to reply, no customer does.
        return told + REPLY_ASKED.zh if offer.confirm else told

    def _due(self, in_days: int) -> datetime | None:
        if not in_days:
            return None
        return datetime.combine(self._today() + timedelta(days=in_days), _DUE_AT, tzinfo=CHINA)

    def _today(self) -> date:
        return local_day(self._now())


def _preset(offer_id: str) -> str:
    return f"offer:{offer_id}:"


def offer_texts(offer: Offer, made: OfferMade) -> Mapping[str, object]:
    """The facts that the texts of an accepted offer name."""
    facts: dict[str, object] = {
        "offer_name": offer.name,
        "offer_gives": offer.gives,
        "offer_price": price_text(offer),
        "offer_term": _UNTIL_CHANGED if offer.until_changed else term_text(made.until),
    }
    if made.card and made.until:
        facts |= {"card_number": made.card, "card_until": made.until}
    return facts


def price_text(offer: Offer) -> Text:
    """What the customer pays, and when."""
    if offer.as_chosen and not offer.chosen:
        return _AS_CHOSEN
    if offer.as_chosen:
        return charge_said(offer.price_fen, Charge.MONTH)
    if offer.pays is Pays.NOTHING:
        return _NO_CHARGE
    return filled(_AMOUNTS[offer.pays], amount=yuan_short(offer.price_fen))


def steps_text(steps: Sequence[ChosenStep]) -> Text:
    """What a plan of one's own consists of, with the part of each in its price."""
    each = [
        Text(f"{one.name.zh} {yuan_short(one.price_fen)} 元", f"{one.name.en} {yuan_short(one.price_fen)} yuan")
        for one in steps
    ]
    return Text("、".join(one.zh for one in each), ", ".join(one.en for one in each))


def term_text(until: date | None) -> Text:
    if until is None:
        return _ONCE
    return Text(f"到 {spoken_day(until, Lang.ZH)}为止", f"until {spoken_day(until, Lang.EN)}")
