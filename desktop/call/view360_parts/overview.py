"""The head of the first page: four tiles, what to beware of, what to ask for (VIEW-02, 09, 10, 12, 15, 18)."""

from core.domain.customer import Document, LifeStage, Warning_
from desktop.call.view360_parts import care, money, people, products, words
from desktop.call.view360_parts.writing import Writing
from desktop.widgets.values import ChipValue, Tile, Tone

CHIPS = 6
"""as many are shown; of the rest their number, and they themselves on resting the pointer there"""
POINTS_SOON_DAYS = 60
TOLD_RISK = 0.5
"""from here on a chip names the risk of its warning"""
OVER, HANDSET, POINTS = "data_over_allowance", "handset_ahead_of_plan", "points_expiring"
"""codes of warnings that tell what a habit's chip would: the warning is dated and may carry a risk, so it stands"""


def stage(document: Document, w: Writing) -> tuple[str, Tone]:
    """The life stage and its tone."""
    known = people.identity_of(document).life_stage
    if known is None:
        return "", Tone.MUTED
    return w(words.STAGES[known]), Tone.BAD if known is LifeStage.DECLINE else Tone.MUTED


def tiles(document: Document, w: Writing) -> list[Tile]:
    balance = document.billing.balance_fen if document.billing else None
    return [
        _tile(w(money.mean_label(document)), w.money(money.mean_spend_fen(document)), w),
        _tile(w(words.TILE_TENURE), people.tenure_words(document, w), w),
        _contract_tile(document, w),
        _tile(w(words.TILE_BALANCE), w.money(balance), w, Tone.BAD if balance is not None and balance < 0 else None),
    ]


def _tile(label: str, value: str | None, w: Writing, tone: Tone | None = None) -> Tile:
    if value is None:
        return Tile(label, w.missing, Tone.MUTED)
    return Tile(label, value, tone or Tone.NEUTRAL)


def _contract_tile(document: Document, w: Writing) -> Tile:
    contract, label = products.leading_contract(document, w.today), w(words.TILE_CONTRACT)
    if contract is None:
        return Tile(label, w.absent(products.services_of(document).whole), Tone.MUTED)
    if contract.ends_on is None:
        return Tile(label, w.missing, Tone.MUTED, hint=w(contract.kind))
    left, hint = (contract.ends_on - w.today).days, f"{w(contract.kind)} {contract.ends_on}"
    if left < 0:
        return Tile(label, w(words.EXPIRED), Tone.BAD, hint)
    return Tile(label, w.left_until(contract.ends_on), Tone.WARN if left <= products.SOON_DAYS else Tone.NEUTRAL, hint)


def chips(document: Document, w: Writing) -> list[ChipValue]:
    """What to know before speaking, the gravest first."""
    found = [*_refusals(document, w), *_warnings(document, w), *_habits(document, w)]
    found.sort(key=lambda chip: _GRAVITY[chip.tone])
    shown, rest = found[:CHIPS], found[CHIPS:]
    if rest:
        shown.append(ChipValue(w(words.CHIP_MORE, n=len(rest)), Tone.MUTED, w.listed(chip.text for chip in rest)))
    return shown


_GRAVITY = {Tone.BAD: 0, Tone.WARN: 1, Tone.VIP: 2, Tone.BRAND: 3, Tone.OK: 4, Tone.NEUTRAL: 5, Tone.MUTED: 6}


def _refusals(document: Document, w: Writing) -> list[ChipValue]:
    known, chips = care.care_of(document), []
    if known.opted_out:
        chips.append(ChipValue(w(words.CHIP_OPTED_OUT), Tone.BAD))
    if any(ticket.complaint and ticket.closed_at is None for ticket in known.tickets):
        chips.append(ChipValue(w(words.CHIP_COMPLAINT), Tone.BAD))
    arrears = document.billing.arrears_fen if document.billing else None
    if arrears:
        chips.append(ChipValue(w(words.CHIP_ARREARS, amount=w.money(arrears)), Tone.BAD))
    if people.contact_of(document).true_owner is False:
        chips.append(ChipValue(w(words.CHIP_NOT_OWNER), Tone.BAD))
    return chips


def _warnings(document: Document, w: Writing) -> list[ChipValue]:
    """The newest warning of each kind."""
    warnings = sorted(care.care_of(document).warnings, key=lambda warning: warning.at, reverse=True)
    newest = list({warning.code: warning for warning in reversed(warnings)}.values())
    newest.sort(key=lambda warning: warning.at, reverse=True)
    told: set[float] = set()
    return [ChipValue(_warning_words(each, w, told), care.warning_tone(each), w.moment(each.at)) for each in newest]


def _warning_words(warning: Warning_, w: Writing, told: set[float]) -> str:
    """A slight risk is left to the history; one that several warnings share is told once."""
    if warning.risk is None or warning.risk < TOLD_RISK or warning.risk in told:
        return w(warning.label)
    told.add(warning.risk)
    return care.warning_words(warning, w)


def _habits(document: Document, w: Writing) -> list[ChipValue]:
    chips = []
    warned = {warning.code for warning in care.care_of(document).warnings}
    over = document.usage.months_over_data if document.usage else None
    if over and OVER not in warned:
        chips.append(ChipValue(w(words.CHIP_OVER, n=over), Tone.WARN if over >= 3 else Tone.NEUTRAL))
    if products.is_locked(document, w.today):
        chips.append(ChipValue(w(words.CHIP_LOCKED), Tone.WARN))
    line = products.services_of(document).broadband
    if line and line.moving:
        chips.append(ChipValue(w(words.CHIP_MOVING), Tone.WARN))
    if line and line.demolition:
        chips.append(ChipValue(w(words.CHIP_DEMOLITION), Tone.WARN))
    handset = products.holdings_of(document).handset
    if handset and handset.supports_4g is not None and HANDSET not in warned:
        chips.append(ChipValue(w(words.CHIP_4G if handset.supports_4g else words.CHIP_NO_4G)))
    identity = people.identity_of(document)
    day = identity.points_expire_on
    soon = day is not None and 0 <= (day - w.today).days <= POINTS_SOON_DAYS
    if identity.points_expiring and day and soon and POINTS not in warned:
        points = f"{identity.points_expiring:,}"
        chips.append(ChipValue(w(words.CHIP_POINTS, n=points, day=day.isoformat()), Tone.VIP))
    return chips
