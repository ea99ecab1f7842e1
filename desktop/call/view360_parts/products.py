"""What the customer holds: plan, subscriptions, services, contract, broadband, ties (VIEW-05, 06, 10, 13, 14, 17)."""

from collections.abc import Sequence
from datetime import date

from core.domain.customer import Broadband, Contract, Document, Holdings, Identity, Services, Subscription
from core.domain.masking import mask_number
from core.domain.renewal import most_binding_first, running
from core.domain.text import Text
from desktop.call.view360_parts import words
from desktop.call.view360_parts.writing import Writing
from desktop.widgets.values import Cell, Row, TableRow, Tone

SOON_DAYS = 92
"""a contract that ends within so many days is about to"""


def services_of(document: Document) -> Services:
    return document.services or Services()


def holdings_of(document: Document) -> Holdings:
    return document.holdings or Holdings()


def leading_contract(document: Document, today: date) -> Contract | None:
    """The one that binds most, the same that the words of the call and the offers go by; else the last that ended."""
    return next(iter(most_binding_first(services_of(document).contracts, today)), None)


def is_locked(document: Document, today: date) -> bool:
    """Whether a contract that binds today keeps the customer from leaving or changing."""
    return any(one.locked for one in running(services_of(document).contracts, today))


def plan_rows(document: Document, w: Writing) -> list[Row]:
    identity, holdings = document.identity or Identity(), holdings_of(document)
    handset = holdings.handset
    paid = None if identity.prepaid is None else w(words.PREPAID if identity.prepaid else words.POSTPAID)
    return [
        w.row(words.PLAN_NAME, w.text(identity.plan_name) or identity.plan_code),
        w.row(words.PLAN_FEE, w.money(identity.plan_fee_fen)),
        w.row(words.BRAND, w.named(identity.brand, identity.english)),
        w.row(words.PAY_KIND, paid),
        w.row(words.HANDSET, w.named(handset.model, holdings.english) if handset else None),
        w.row(words.HANDSET_4G, w.yes_no(handset.supports_4g if handset else None)),
        w.row(words.HANDSET_SINCE, w.day(handset.since) if handset else None),
    ]


def subscription_table(held: Sequence[Subscription], w: Writing) -> tuple[list[str], list[TableRow]]:
    """VIEW-05 and the roaming plans of VIEW-17."""
    rows = [TableRow((Cell(w(s.label)), _fee_cell(s, w), Cell(_term(s.since, s.until, w)))) for s in held]
    return [w(head) for head in words.SUBSCRIPTION_HEADS], rows


def _fee_cell(subscription: Subscription, w: Writing) -> Cell:
    fee = w.fee(subscription.fee_fen)
    return Cell(fee) if fee else Cell(w.missing, Tone.MUTED)


def _term(since: date | None, until: date | None, w: Writing) -> str:
    if since is None and until is None:
        return w.missing
    return f"{w.day(since) or ''} – {w.day(until) or ''}".strip()


def special_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-06."""
    return [
        Row(w(service.label), w.text(service.use) or w.missing, Tone.NEUTRAL if service.use else Tone.MUTED)
        for service in holdings_of(document).services
    ]


def contract_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-10: kind, expiry, lock, renewal window of every contract, the one that binds most first."""
    services = services_of(document)
    if not services.contracts:
        return [Row(w(words.CONTRACT_KIND), w.absent(services.whole), Tone.MUTED)]
    ordered = most_binding_first(services.contracts, w.today)
    return [row for contract in ordered for row in _contract(contract, w)]


def contract_short_rows(document: Document, w: Writing) -> list[Row]:
    """The contract that binds most, on three lines."""
    contract = leading_contract(document, w.today)
    if contract is None:
        return contract_rows(document, w)
    kind, expiry, lock, renewal = _contract(contract, w)[:4]
    return [Row(kind.value, expiry.value, expiry.tone), lock, renewal]


def _contract(contract: Contract, w: Writing) -> list[Row]:
    locked = contract.locked and not _ended(contract, w)
    rows = [
        w.row(words.CONTRACT_KIND, w(contract.kind)),
        _expiry(words.EXPIRY, contract.ends_on, w),
        w.row(words.LOCK, w(words.LOCKED if locked else words.UNLOCKED), Tone.BAD if locked else Tone.NEUTRAL),
        _renewal(contract, w),
    ]
    if contract.minimum_spend_fen is not None:
        rows.append(w.row(words.MINIMUM, w.money(contract.minimum_spend_fen)))
    return rows


def _ended(contract: Contract, w: Writing) -> bool:
    return contract.ends_on is not None and contract.ends_on < w.today


def _expiry(label: Text, ends_on: date | None, w: Writing) -> Row:
    if ends_on is None:
        return w.row(label, None)
    left = (ends_on - w.today).days
    if left < 0:
        return w.row(label, w(words.UNTIL_PAST, day=ends_on.isoformat()), Tone.BAD)
    said = w(words.UNTIL, day=ends_on.isoformat(), left=w.left_until(ends_on))
    return w.row(label, said, Tone.WARN if left <= SOON_DAYS else Tone.NEUTRAL)


def _renewal(contract: Contract, w: Writing) -> Row:
    start = contract.renewal_from
    if start is None:
        return w.row(words.RENEWAL, None)
    if _ended(contract, w):
        return w.row(words.RENEWAL, w(words.EXPIRED), Tone.BAD)
    if start <= w.today:
        return w.row(words.RENEWAL, w(words.RENEWAL_OPEN, day=start.isoformat()), Tone.OK)
    return w.row(words.RENEWAL, w(words.RENEWAL_FROM, day=start.isoformat()))


def broadband_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-14."""
    services = services_of(document)
    line = services.broadband
    if line is None:
        return [Row(w(words.BROADBAND), w.absent(services.whole), Tone.MUTED)]
    return [
        w.row(words.BROADBAND_ACCOUNT, line.account),
        w.row(words.SPEED, None if line.speed_mbps is None else f"{line.speed_mbps} Mbps"),
        w.row(words.BROADBAND_PLAN, w.text(line.plan_name)),
        w.row(words.YEARLY_FEE, w.money(line.yearly_fee_fen)),
        w.row(words.BROADBAND_BALANCE, w.money(line.balance_fen)),
        _expiry(words.EXPIRY, line.ends_on, w),
        w.row(words.INSTALLED, w.day(line.installed_on)),
        w.row(words.INSTALL_ADDRESS, line.address),
        *_at_risk(line, services, w),
    ]


def _at_risk(line: Broadband, services: Services, w: Writing) -> list[Row]:
    """What may end the line: rivals, a move, a demolition, faults."""
    faults = line.faults_90d
    rivals = w.listed(w.named(rival, services.english) for rival in line.rivals)
    return [
        w.row_or_none(words.RIVALS, rivals, services.whole, Tone.WARN),
        w.row(words.MOVING, w.yes_no(line.moving), Tone.WARN if line.moving else Tone.NEUTRAL),
        w.row(words.DEMOLITION, w.yes_no(line.demolition), Tone.WARN if line.demolition else Tone.NEUTRAL),
        w.row(
            words.FAULTS,
            None if faults is None else w(words.TIMES, n=faults),
            Tone.WARN if faults and faults > 1 else Tone.NEUTRAL,
        ),
    ]


def home_rows(document: Document, w: Writing) -> list[Row]:
    """The short form for the first page: broadband, its end, rivals, who else is with us."""
    services = services_of(document)
    line, ties = services.broadband, services.ties
    speed = None if line is None or line.speed_mbps is None else f"{line.speed_mbps} Mbps"
    rows = [w.row_or_none(words.BROADBAND, speed or (line.account if line else None), services.whole and not line)]
    if line is not None:
        tone = _expiry(words.EXPIRY, line.ends_on, w).tone
        rows.append(w.row(words.EXPIRY, w.day(line.ends_on), tone))
        rows.append(_at_risk(line, services, w)[0])
    tied = w.listed(dict.fromkeys(w(tie.kind) for tie in ties))
    said = f"{tied} {len(ties)}" if ties else None
    rows.append(w.row_or_none(words.TIES, said, services.whole))
    return rows


def tie_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-13."""
    services = services_of(document)
    if not services.ties:
        return [Row(w(words.TIES), w.absent(services.whole), Tone.MUTED)]
    return [Row(w(tie.kind), f"{tie.label} {_masked(tie.number_masked)}".strip()) for tie in services.ties]


def _masked(number: str) -> str:
    """A tie's number comes masked; should one come in full, it is masked here."""
    return number if "*" in number else mask_number(number)
