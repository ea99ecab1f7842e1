"""The site's thresholds, cards and tables, as they are published; what came with the program where nothing is."""

import msgspec

from core.domain import decoding
from core.domain.offer_content import OFFER, PLANS
from core.domain.quality.kinds import SAMPLING, SCORECARD
from core.domain.quality.sampling import SamplingRules
from core.domain.quality.scorecard import Scorecard
from core.domain.text import Text
from core.server.db import publications, published
from core.server.db.engine import Unit


class _Named(msgspec.Struct):
    code: str
    name: Text


class _Plans(msgspec.Struct):
    plans: tuple[_Named, ...]
    broadband: tuple[_Named, ...] = ()


def rules(unit: Unit) -> SamplingRules:
    found = published.body(unit, SAMPLING, SAMPLING)
    if found is not None:
        return decoding.decode(found, SamplingRules)
    # Its room reads YAML, which a server need not know to listen.
    from core.content.resources import folder
    from core.content.scorecards import SAMPLING_FILE, load_sampling

    return load_sampling(folder() / SAMPLING_FILE)


def card(unit: Unit, name: str, version: int) -> Scorecard | None:
    """That version of the card, whenever it was published; None where it never was."""
    every = publications.versions_of(unit, SCORECARD, name)
    found = next((one for one in reversed(every) if one.version == version), None)
    return None if found is None else decoding.decode(found.body, Scorecard)


def plans_known(unit: Unit) -> frozenset[str]:
    """Every way in which an order may call a plan of the table: a desk writes its name, in the agent's language."""
    found = published.body(unit, PLANS, PLANS)
    if found is None:
        return frozenset()
    table = decoding.decode(found, _Plans)
    return frozenset(word for one in (*table.plans, *table.broadband) for word in (one.code, one.name.zh, one.name.en))


def offer_ids(unit: Unit) -> frozenset[str]:
    return frozenset(published.names(unit, OFFER))


def labels(unit: Unit, scenario: str, script_version: int, result: str, reason: str) -> tuple[Text, Text]:
    """What result and reason of an outcome are called; their codes where nobody knows."""
    newest = published.dispositions(unit, scenario)
    found = newest
    if newest is None or newest.result(result) is None:
        found = publications.dispositions_beside(unit, scenario, script_version) or newest
    kept = found.result(result) if found else None
    named = next((one.label for one in found.reasons if one.code == reason), None) if found else None
    return kept.label if kept else Text(result, result), named or Text(reason, reason)
