"""The catalogue of plans: resources/plans, one file a family and one of broadband, read whole or not at all."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

from core.content.bare_amounts import bare_amounts
from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, named, read_text
from core.content.mistakes import Mistakes
from core.content.plan_reader import PlanReader
from core.content.plan_rows import BroadbandFile, BroadbandRow, FamilyFile
from core.content.quantities import Kind, amount, price
from core.content.resources import folder
from core.content.yaml_lines import Parsed, parse
from core.domain.errors import ContentError
from core.domain.plan import MOST_PACKS, BroadbandKind, BroadbandPlan, Catalogue, Plan, PlanFamily

BROADBAND = "broadband.yaml"

AlsoPlan = Callable[[Plan], Sequence[str]]
"""a check of a room above: what is wrong with a plan, in words"""


@cache
def catalogue() -> Catalogue:
    """The shipped catalogue. Raises ContentError."""
    return load_catalogue(folder() / "plans")


def load_catalogue(where: Path, *, also: AlsoPlan | None = None) -> Catalogue:
    """Every family of that folder, in order of file names. Raises ContentError with file and line of what is wrong."""
    families: list[PlanFamily] = []
    plans: list[Plan] = []
    homes: dict[str, Path] = {}
    pack_homes: dict[str, Path] = {}
    mistakes = Mistakes()
    for path in sorted(where.glob("*.yaml")):
        if path.name == BROADBAND:
            continue
        read = mistakes.of(partial(_family, path, also))
        if read is None:
            continue
        family, found, parsed = read
        codes = {"plan": [row.code for row in family.plans], "pack": [row.code for row in family.packs]}
        for kind, known in (("plan", homes), ("pack", pack_homes)):
            for at, code in enumerate(codes[kind]):
                if code in known:
                    reason = f"{kind} `{code}` stands in {known[code].name} as well"
                    line = parsed.line((f"{kind}s", at, "code"))
                    mistakes.add(ContentError(file=str(path), line=line, reason=reason))
                known[code] = path
        if len(pack_homes) > MOST_PACKS:
            reason = f"more than {MOST_PACKS} packs in all"
            mistakes.add(ContentError(file=str(path), line=parsed.line(("packs",)), reason=reason))
        families.append(PlanFamily(id=family.id, name=family.name, about=family.about))
        plans += found
    home = mistakes.of(lambda: _broadband(where / BROADBAND))
    mistakes.refuse()
    assert home is not None, "it was refused otherwise"
    version, broadband = home
    return Catalogue(version=version, families=tuple(families), plans=tuple(plans), broadband=broadband)


def _family(path: Path, also: AlsoPlan | None) -> tuple[FamilyFile, tuple[Plan, ...], Parsed]:
    plans: tuple[Plan, ...] = ()

    def check(found: FamilyFile) -> list[Flaw]:
        nonlocal plans
        reader = PlanReader(found)
        plans = reader.plans()
        codes: list[tuple[Where, str]] = [(("plans", at, "code"), row.code) for at, row in enumerate(found.plans)]
        packs: list[tuple[Where, str]] = [(("packs", at, "code"), row.code) for at, row in enumerate(found.packs)]
        further = [
            Flaw(("plans", at), words) for at, plan in enumerate(plans) for words in (also(plan) if also else ())
        ]
        twice = repeated(codes, "plan") + repeated(packs, "pack")
        return named(found.id, "id", path) + missing_words(found) + twice + reader.flaws + further

    file = str(path)
    parsed = parse(read_text(path), file=file)
    found = convert(parsed, FamilyFile, check, file=file, before=bare_amounts)
    return found, plans, parsed


def _broadband(path: Path) -> tuple[int, tuple[BroadbandPlan, ...]]:
    plans: list[BroadbandPlan] = []

    def check(found: BroadbandFile) -> list[Flaw]:
        flaws: list[Flaw] = []
        plans.extend(_broadband_plan(row, ("plans", at), flaws) for at, row in enumerate(found.plans))
        codes: list[tuple[Where, str]] = [(("plans", at, "code"), row.code) for at, row in enumerate(found.plans)]
        return flaws + missing_words(found) + repeated(codes, "plan")

    file = str(path)
    found = convert(parse(read_text(path), file=file), BroadbandFile, check, file=file, before=bare_amounts)
    return found.version, tuple(plans)


def _broadband_plan(row: BroadbandRow, where: Where, flaws: list[Flaw]) -> BroadbandPlan:
    def read(text: str, kind: Kind, key: str) -> int:
        try:
            return amount(text, kind) if text else 0
        except ValueError as error:
            flaws.append(Flaw((*where, key), str(error)))
            return 0

    def read_price(text: str, key: str) -> int:
        try:
            found = price(text, Kind.HOURS)
        except ValueError as error:
            flaws.append(Flaw((*where, key), str(error)))
            return 0
        if found.unit != 1:
            flaws.append(Flaw((*where, key), "broadband is charged by the begun hour"))
        return found.fen

    prepaid = row.kind in (BroadbandKind.YEARLY, BroadbandKind.HOLIDAY)
    if prepaid is not bool(row.term_fee and row.term):
        flaws.append(Flaw(where, "yearly and holiday broadband has `term_fee` and `term`, other kinds have neither"))
    if (row.kind is BroadbandKind.METERED) is not bool(row.monthly_fee):
        flaws.append(Flaw(where, "metered broadband has a `monthly_fee`, other kinds have none"))
    if bool(row.included) is not bool(row.beyond):
        flaws.append(Flaw(where, "a line with `included` hours says what lies `beyond` them, any other says neither"))
    monthly_fen, cap_fen = (
        read(row.monthly_fee, Kind.MONEY, "monthly_fee"),
        read(row.month_cap, Kind.MONEY, "month_cap"),
    )
    if row.month_cap and (not row.beyond or cap_fen < monthly_fen):
        flaws.append(Flaw((*where, "month_cap"), "a cap is for hours beyond, and no less than the monthly fee"))
    if row.on_sale.until is not None and row.on_sale.until < row.on_sale.since:
        flaws.append(Flaw((*where, "on_sale"), "withdrawn before it came on sale"))
    return BroadbandPlan(
        code=row.code,
        kind=row.kind,
        name=row.name,
        speed_mbps=read(row.speed, Kind.SPEED, "speed"),
        term_fen=read(row.term_fee, Kind.MONEY, "term_fee"),
        term_days=read(row.term, Kind.DAYS, "term"),
        monthly_fen=monthly_fen,
        included_hours=read(row.included, Kind.HOURS, "included") if row.included else None,
        beyond_fen=read_price(row.beyond, "beyond") if row.beyond else 0,
        month_cap_fen=cap_fen if row.month_cap else None,
        audience=row.audience,
        advantage=row.advantage,
        on_sale_from=row.on_sale.since,
        on_sale_until=row.on_sale.until,
    )
