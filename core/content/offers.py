"""Offers beyond plans: resources/offers, one file each, read whole or not at all."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

from core.content.flaws import Flaw, Where, missing_words, repeated
from core.content.load import convert, named, read_text
from core.content.mistakes import Mistakes
from core.content.offer_reader import OfferReader, own_rule_flaws
from core.content.offer_rows import OfferFile
from core.content.offer_rules import AlsoRule
from core.content.resources import folder
from core.content.yaml_lines import parse
from core.domain.offer import Offer, OfferingRules

OFFERS, OFFERING = Path("offers"), Path("rules/offering.yaml")

_LONGEST_DAYS = 730

AlsoOffer = Callable[[Offer], Sequence[Flaw]]
"""a check of a room above"""


@cache
def offers_beyond() -> tuple[Offer, ...]:
    """The shipped offers. Raises ContentError."""
    return load_offers(folder())


def load_offers(root: Path, *, also: AlsoOffer | None = None) -> tuple[Offer, ...]:
    """Every offer of a folder laid out as `resources/`, in order of file names; none where it has no such folder.

    Raises ContentError with file, line and reason of what is wrong."""
    mistakes, found = Mistakes(), []
    for path in sorted((root / OFFERS).glob("*.yaml")):
        offer = mistakes.of(partial(load_offer, path, also=also))
        found += [] if offer is None else [offer]
    mistakes.refuse()
    return tuple(found)


@cache
def offering_rules() -> OfferingRules:
    """The shipped rules of every offer. Raises ContentError."""
    return load_offering(folder() / OFFERING)


def load_offering(path: Path, *, also: AlsoRule | None = None) -> OfferingRules:
    """The rules in that file; `also` knows the facts. Raises ContentError."""

    def check(found: OfferingRules) -> list[Flaw]:
        ids: list[tuple[Where, str]] = [(("rules", at, "id"), rule.id) for at, rule in enumerate(found.rules)]
        flaws = missing_words(found) + repeated(ids, "rule") + _times_flaws(found)
        for at, rule in enumerate(found.rules):
            flaws += own_rule_flaws(rule, ("rules", at))
            flaws += [Flaw(("rules", at), reason) for reason in (also(rule) if also else [])]
        return flaws

    file = str(path)
    return convert(parse(read_text(path), file=file), OfferingRules, check, file=file)


def _times_flaws(found: OfferingRules) -> list[Flaw]:
    flaws = [Flaw(("version",), "versions begin at 1")] if found.version < 1 else []
    for name in ("pack_rest_days", "at_risk_days"):
        if not 1 <= getattr(found, name) <= _LONGEST_DAYS:
            flaws.append(Flaw((name,), f"days, from 1 to {_LONGEST_DAYS}"))
    return flaws


def load_offer(path: Path, *, also: AlsoOffer | None = None) -> Offer:
    """The offer in that file. Raises ContentError."""
    made: list[Offer] = []

    def check(found: OfferFile) -> list[Flaw]:
        reader = OfferReader(found)
        offer = reader.offer()
        made.append(offer)
        ids: list[tuple[Where, str]] = [(("rules", at, "id"), rule.id) for at, rule in enumerate(found.rules)]
        flaws = named(found.id, "id", path) + missing_words(found) + repeated(ids, "rule") + reader.flaws
        return flaws or list(also(offer) if also else ())

    file = str(path)
    convert(parse(read_text(path), file=file), OfferFile, check, file=file)
    return made[0]
