"""Who may grant what, resources/rules/authority.yaml, read whole or not at all."""

from functools import cache
from pathlib import Path

from msgspec import Struct

from core.content.flaws import Flaw, Where, repeated
from core.content.load import convert, read_text
from core.content.quantities import Kind, amount
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.granting import GrantRow, GrantRules
from core.domain.offer_kind import OfferKind
from core.domain.people import Role

AUTHORITY = Path("rules/authority.yaml")


class _Row(Struct, kw_only=True):
    role: Role
    kinds: tuple[OfferKind, ...]
    most: str
    """`60 yuan`"""
    beyond_budget: bool = False
    answers: bool = False


class _File(Struct, kw_only=True):
    version: int
    rows: tuple[_Row, ...]


@cache
def grant_rules() -> GrantRules:
    """The shipped rules. Raises ContentError."""
    return load_grant_rules(folder() / AUTHORITY)


def load_grant_rules(path: Path) -> GrantRules:
    """The rules in that file. Raises ContentError with file, line and reason."""
    rows: list[GrantRow] = []

    def check(found: _File) -> list[Flaw]:
        roles: list[tuple[Where, str]] = [(("rows", at, "role"), row.role) for at, row in enumerate(found.rows)]
        flaws = repeated(roles, "role")
        if found.version < 1:
            flaws.append(Flaw(("version",), "versions begin at 1"))
        for at, row in enumerate(found.rows):
            flaws += _row(row, ("rows", at), rows)
        return flaws

    file = str(path)
    found = convert(parse(read_text(path), file=file), _File, check, file=file)
    return GrantRules(version=found.version, rows=tuple(rows))


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
