"""Who may grant what, resources/rules/authority.yaml, read whole or not at all."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from msgspec import Struct

from core.content.flaws import NO_LETTER, Flaw, Where, missing_words, repeated
from core.content.load import convert, read_text
from core.content.offer_rows import ThenRow
from core.content.quantities import Kind, amount
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.follow_up import FollowUpKind
from core.domain.granting import Carriage, GrantRow, GrantRules
from core.domain.offer import Consequence
from core.domain.offer_kind import OfferKind
from core.domain.people import Role
from core.domain.text import Text

AUTHORITY = Path("rules/authority.yaml")


class _Row(Struct, kw_only=True):
    role: Role
    kinds: tuple[OfferKind, ...]
    most: str
    """`60 yuan`"""
    beyond_budget: bool = False
    answers: bool = False


class _Carried(Struct, kw_only=True):
    kinds: tuple[OfferKind, ...]
    gives: Text
    order: bool = False
    then: tuple[ThenRow, ...] = ()


class _File(Struct, kw_only=True):
    version: int
    rows: tuple[_Row, ...]
    carried: tuple[_Carried, ...] = ()


@cache
def grant_rules() -> GrantRules:
    """The shipped rules. Raises ContentError."""
    return load_grant_rules(folder() / AUTHORITY)


def load_grant_rules(path: Path, *, also: Callable[[GrantRules], list[Flaw]] | None = None) -> GrantRules:
    """The rules in that file; `also` adds checks of a room above. Raises ContentError with file, line and reason."""
    rows: list[GrantRow] = []
    carried: list[Carriage] = []

    def check(found: _File) -> list[Flaw]:
        roles: list[tuple[Where, str]] = [(("rows", at, "role"), row.role) for at, row in enumerate(found.rows)]
        flaws = repeated(roles, "role")
        if found.version < 1:
            flaws.append(Flaw(("version",), "versions begin at 1"))
        for at, row in enumerate(found.rows):
            flaws += _row(row, ("rows", at), rows)
        flaws += _carried(found, carried)
        return flaws + (also(_rules(found, rows, carried)) if also and not flaws else [])

    file = str(path)
    found = convert(parse(read_text(path), file=file), _File, check, file=file)
    return _rules(found, rows, carried)


def _rules(found: _File, rows: list[GrantRow], carried: list[Carriage]) -> GrantRules:
    return GrantRules(version=found.version, rows=tuple(rows), carried=tuple(carried))


def _row(row: _Row, where: Where, into: list[GrantRow]) -> list[Flaw]:
    flaws = repeated([((*where, "kinds", at), kind) for at, kind in enumerate(row.kinds)], "kind")
    try:
        most_fen = amount(row.most, Kind.MONEY)
    except ValueError as error:
        return [*flaws, Flaw((*where, "most"), str(error))]
    if into and most_fen < into[-1].most_fen:
        flaws.append(Flaw((*where, "most"), "whoever may grant less stands before"))
    into.append(
        GrantRow(
            role=row.role,
            kinds=row.kinds,
            most_fen=most_fen,
            beyond_budget=row.beyond_budget,
            answers=row.answers,
        )
    )
    return flaws


def _carried(found: _File, into: list[Carriage]) -> list[Flaw]:
    """Every kind that somebody who answers may grant is carried out somehow, else the customer is told of nothing."""
    named: list[tuple[Where, str]] = [
        (("carried", at, "kinds", nth), kind)
        for at, one in enumerate(found.carried)
        for nth, kind in enumerate(one.kinds)
    ]
    flaws = repeated(named, "kind") + missing_words(found.carried, ("carried",))
    granted = dict.fromkeys(kind for row in found.rows if row.answers for kind in row.kinds)
    left = [kind for kind in granted if kind not in {name for _, name in named}]
    if found.carried and left:
        flaws.append(Flaw(("carried",), f"nothing carries out what is granted of {', '.join(left)}"))
    for at, one in enumerate(found.carried):
        where: Where = ("carried", at)
        if not one.order and all(row.do is FollowUpKind.SMS for row in one.then):
            flaws.append(Flaw(where, "neither an order nor work: nothing carries it out"))
        then = []
        for nth, row in enumerate(one.then):
            brought, wrong = _consequence(row, (*where, "then", nth))
            then.append(brought)
            flaws += wrong
        into.append(Carriage(kinds=one.kinds, gives=one.gives, order=one.order, then=tuple(then)))
    return flaws


def _consequence(row: ThenRow, where: Where) -> tuple[Consequence, list[Flaw]]:
    sms, days = row.do is FollowUpKind.SMS, 0
    flaws: list[Flaw] = []
    if row.do is FollowUpKind.LETTER:
        flaws.append(Flaw((*where, "do"), NO_LETTER))
    if sms is not bool(row.template) or sms is bool(row.text):
        flaws.append(Flaw(where, "an SMS has a `template`, everything else a `text`"))
    if not sms and not row.after:
        flaws.append(Flaw(where, "says after how many days"))
    if row.do in (FollowUpKind.WORK_ORDER, FollowUpKind.ESCALATION) and not row.department:
        flaws.append(Flaw(where, "a work order names its `department`"))
    if row.after:
        try:
            days = amount(row.after, Kind.DAYS)
        except ValueError as error:
            flaws.append(Flaw((*where, "after"), str(error)))
    brought = Consequence(kind=row.do, in_days=days, text=row.text, template=row.template, department=row.department)
    return brought, flaws
