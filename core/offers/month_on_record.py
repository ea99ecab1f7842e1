"""One month of a customer's document as the quantities that are billed (`core.offers.months`)."""

from collections.abc import Sequence
from datetime import date

from core.domain.customer import Bill, Document, MemberUse, MonthUse
from core.domain.plan import Pack
from core.offers.bill import Line


def is_known(use: MonthUse | None) -> bool:
    """Whether the use of every SIM of the month is supplied."""
    if use is None:
        return False
    sims = (use,) if use.members is None else (use, use.members)
    return all(value is not None for one in sims for value in (one.data_mb, one.voice_min, one.sms, one.roaming_mb))


def quantities_of(
    document: Document, use: MonthUse | None, bill: Bill | None, month: str, packs: Sequence[Pack]
) -> dict[str, int]:
    """What the document says of `month`, `2026-10`; `packs` are those of the catalogue, in its order."""
    members = use.members if use else None
    return {
        **_used(use),
        **{f"member_{name}": amount for name, amount in _used(members).items()},
        "members": members.sims if members else 0,
        "packs": _packs(document, month, packs),
        **_beside(bill),
        **_contracts(document, month),
    }


def _used(use: MonthUse | MemberUse | None) -> dict[str, int]:
    """What is not supplied of the parts of data and minutes takes no allowance of its own."""
    voice, off_net = (use.voice_min or 0, use.off_net_min) if use else (0, 0)
    off_net = voice if off_net is None else min(off_net, voice)
    data = (use.data_mb or 0) if use else 0
    directed = min((use.directed_mb or 0) if use else 0, data)
    return {
        "data_mb": data,
        "directed_mb": directed,
        "off_peak_mb": min((use.off_peak_mb or 0) if use else 0, data - directed),
        "on_net_min": voice - off_net,
        "off_net_min": off_net,
        "sms": (use.sms or 0) if use else 0,
        "roaming_mb": (use.roaming_mb or 0) if use else 0,
    }


def _beside(bill: Bill | None) -> dict[str, int]:
    """What stands on the bill under any plan."""
    lines = {item.code: item.fen for item in bill.items} if bill else {}
    return {
        "value_added_fen": max(lines.get(Line.VALUE_ADDED, 0), 0),
        "broadband_fen": max(lines.get(Line.BROADBAND, 0), 0),
        "roaming_pack_fen": max(lines.get(Line.ROAMING_PACK, 0), 0),
    }


def _contracts(document: Document, month: str) -> dict[str, int]:
    contracts = document.services.contracts if document.services else []
    running = [one for one in contracts if _runs(one.starts_on, one.ends_on, month)]
    return {
        "bonus_fen": sum(one.monthly_bonus_fen or 0 for one in running),
        "minimum_fen": max((one.minimum_spend_fen or 0 for one in running), default=0),
    }


def _packs(document: Document, month: str, packs: Sequence[Pack]) -> int:
    """A bit for each pack that was held; one that no plan of the catalogue takes has none."""
    owned = document.holdings.packs if document.holdings else []
    codes = {one.code for one in owned if _runs(one.since, one.until, month)}
    return sum(1 << at for at, pack in enumerate(packs) if pack.code in codes) if codes else 0


def _runs(since: date | None, until: date | None, month: str) -> bool:
    """Whether it had begun by the end of that month and not ended before it."""
    if since is None:
        return False
    return since.isoformat()[:7] <= month and (until is None or month <= until.isoformat()[:7])
