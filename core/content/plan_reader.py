"""Rows of a family's file into plans; every mistake is noted with its place, none is passed over."""

from collections.abc import Callable
from typing import TypeVar

from core.content.flaws import Flaw, Where
from core.content.plan_rows import BeyondRow, FamilyFile, HoldsRow, PackRow, PlanRow, StepRow, TariffRow
from core.content.quantities import Kind, Price, allowance, amount, price
from core.domain.plan import Allowances, Beyond, ContractEffect, Pack, Plan, Shared, Step, Tariff

T = TypeVar("T")

_NO_CHARGE = Beyond(steps=(Step(above=0, fen=0),))
_KINDS = {"data": Kind.DATA, "on_net": Kind.MINUTES, "off_net": Kind.MINUTES, "sms": Kind.SMS, "roaming": Kind.DATA}
_COMPONENTS = tuple(_KINDS)


class PlanReader:
    """Reads one family; `flaws` holds what was wrong, and the plans are worth nothing where it is not empty."""

    def __init__(self, family: FamilyFile) -> None:
        self.family = family
        self.flaws: list[Flaw] = []
        self._packs = {row.code: self._pack(row, ("packs", at)) for at, row in enumerate(family.packs)}

    def plans(self) -> tuple[Plan, ...]:
        return tuple(self._plan(row, ("plans", at)) for at, row in enumerate(self.family.plans))

    def _plan(self, row: PlanRow, where: Where) -> Plan:
        family = self.family
        self._sound(row, where)
        return Plan(
            code=row.code,
            family=family.id,
            name=row.name,
            brand=row.brand or family.brand,
            generation=row.generation if row.generation is not None else family.generation,
            payment=row.payment or family.payment,
            fee_fen=self._money(row.fee, (*where, "fee")),
            minimum_spend_fen=self._money(row.minimum_spend, (*where, "minimum_spend")),
            allowances=self._holds(row.holds, (*where, "holds")),
            tariff=self._tariff(row.beyond, (*where, "beyond")),
            packs=tuple(self._packs[code] for code in row.packs if code in self._packs),
            shared=self._shared(row, (*where, "shared", "member_fee")),
            broadband_mbps=self._read(amount, row.broadband, Kind.SPEED, (*where, "broadband"), 0),
            audience=row.audience,
            advantage=row.advantage,
            why=row.why,
            places=row.places if row.places is not None else family.places,
            channels=family.channels | (row.channels or {}),
            ease=row.ease,
            on_sale_from=row.on_sale.since,
            on_sale_until=row.on_sale.until,
            takers=row.takers or family.takers,
            contract=self._contract(row, where),
        )

    def _sound(self, row: PlanRow, where: Where) -> None:
        """What needs no amounts."""
        if not 1 <= row.ease <= 5:
            self._note((*where, "ease"), "the ease-to-recommend index goes from 1 to 5")
        if row.generation is not None and not 2 <= row.generation <= 5:
            self._note((*where, "generation"), "generations go from 2 to 5")
        if row.on_sale.until is not None and row.on_sale.until < row.on_sale.since:
            self._note((*where, "on_sale"), "withdrawn before it came on sale")
        for at, code in enumerate(row.packs):
            if code not in self._packs:
                self._note((*where, "packs", at), f"the family has no pack `{code}`")

    def _contract(self, row: PlanRow, where: Where) -> ContractEffect:
        given, at = (row.contract, (*where, "contract")) if row.contract else (self.family.contract, ("contract",))
        return ContractEffect(
            term_months=self._read(amount, given.term, Kind.MONTHS, (*at, "term"), 0),
            monthly_bonus_fen=self._money(given.monthly_bonus, (*at, "monthly_bonus")),
            tier_up=given.tier_up,
        )

    def _shared(self, row: PlanRow, where: Where) -> Shared | None:
        if row.shared is None:
            return None
        if row.shared.members < 1:
            self._note(where, "a shared plan has at least one further SIM")
        return Shared(members=row.shared.members, member_fee_fen=self._money(row.shared.member_fee, where))

    def _pack(self, row: PackRow, where: Where) -> Pack:
        fee, holds = self._money(row.fee, (*where, "fee")), self._holds(row.holds, (*where, "holds"))
        return Pack(code=row.code, name=row.name, fee_fen=fee, holds=holds)

    def _holds(self, row: HoldsRow, where: Where) -> Allowances:
        def read(text: str, kind: Kind, key: str) -> int:
            return self._read(allowance, text, kind, (*where, key), 0)

        return Allowances(
            data_mb=read(row.data, Kind.DATA, "data"),
            directed_mb=read(row.directed, Kind.DATA, "directed"),
            off_peak_mb=read(row.off_peak, Kind.DATA, "off_peak"),
            voice_min=read(row.voice, Kind.MINUTES, "voice"),
            on_net_min=read(row.on_net, Kind.MINUTES, "on_net"),
            sms=read(row.sms, Kind.SMS, "sms"),
            roaming_mb=read(row.roaming, Kind.DATA, "roaming"),
        )

    def _tariff(self, own: TariffRow, where: Where) -> Tariff:
        read = {name: self._component(name, own, where) for name in _COMPONENTS}
        return Tariff(**read)

    def _component(self, name: str, own: TariffRow, where: Where) -> Beyond:
        """The plan's own charge, else its family's; `voice` where neither network is named."""
        tried = (name, "voice") if name in ("on_net", "off_net") else (name,)
        for tariff, at in ((own, where), (self.family.tariff, ("tariff",))):
            for key in tried:
                row: BeyondRow | None = getattr(tariff, key)
                if row is not None:
                    return self._beyond(row, _KINDS[name], (*at, key))
        self._note(("tariff",), f"neither the plan nor its family says what {name} costs beyond the allowance")
        return _NO_CHARGE

    def _beyond(self, row: BeyondRow, kind: Kind, where: Where) -> Beyond:
        if bool(row.price) is bool(row.steps):
            self._note(where, "either one `price` or `steps`")
            return _NO_CHARGE
        if bool(row.block) is not bool(row.block_cap):
            self._note(where, "`block` and `block_cap` stand together")
        steps = (
            self._steps(row.steps, kind, (*where, "steps")) if row.steps else (self._step(0, row.price, kind, where),)
        )
        block = self._read(amount, row.block, kind, (*where, "block"), 0) or None
        if block and block <= steps[-1].above:
            self._note((*where, "block"), "the block ends before its last step begins")
        return Beyond(
            steps=steps,
            block=block,
            block_cap_fen=self._cap(row.block_cap, (*where, "block_cap")),
            month_cap_fen=self._cap(row.month_cap, (*where, "month_cap")),
        )

    def _steps(self, rows: tuple[StepRow, ...], kind: Kind, where: Where) -> tuple[Step, ...]:
        """Steps that follow one another without gap or overlap, the last one open."""
        out, expected = [], 0
        for at, row in enumerate(rows):
            begins = self._read(amount, row.above, kind, (*where, at, "above"), 0)
            ends = self._read(amount, row.to, kind, (*where, at, "to"), 0)
            if begins > expected:
                self._note((*where, at), f"a gap: nothing says what lies between {expected} and {begins}")
            if begins < expected:
                self._note((*where, at), f"an overlap: up to {expected} the step before holds")
            if bool(row.to) is (at == len(rows) - 1):
                self._note((*where, at), "the last step is open, every other one says where it ends")
            elif row.to and ends <= begins:
                self._note((*where, at), "a step that ends where it begins")
            out.append(self._step(begins, row.price, kind, (*where, at)))
            expected = ends
        return tuple(out)

    def _step(self, above: int, text: str, kind: Kind, where: Where) -> Step:
        found = self._read(price, text, kind, (*where, "price"), Price(0, 1))
        return Step(above=above, unit=found.unit, fen=found.fen)

    def _cap(self, text: str, where: Where) -> int | None:
        """None without one; a cap of nothing would give away all use beyond the allowance."""
        known = len(self.flaws)
        fen = self._money(text, where)
        if text and not fen and len(self.flaws) == known:
            self._note(where, f"`{text}` makes everything beyond the allowance free; what is free has a price of 0")
        return fen if text else None

    def _money(self, text: str, where: Where) -> int:
        return self._read(amount, text, Kind.MONEY, where, 0)

    def _read(self, how: Callable[[str, Kind], T], text: str, kind: Kind, where: Where, missing: T) -> T:
        """What `how` makes of the text; `missing` where nothing is written or a flaw was noted."""
        if not text:
            return missing
        try:
            return how(text, kind)
        except ValueError as error:
            self._note(where, str(error))
            return missing

    def _note(self, where: Where, reason: str) -> None:
        self.flaws.append(Flaw(where, reason))
