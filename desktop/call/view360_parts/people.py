"""Who this is and how to reach them: standing, special needs, contact and verification (VIEW-12, 15, 16, 18)."""

from core.domain.customer import Contacting, Document, Identity, Number
from core.domain.masking import mask_number
from core.domain.task import TIER_NAMES, Tier
from core.domain.tenure import tenure_months
from desktop.call.view360_parts import words
from desktop.call.view360_parts.writing import Writing
from desktop.widgets.values import ChipValue, Row, Tone


def identity_of(document: Document) -> Identity:
    return document.identity or Identity()


def contact_of(document: Document) -> Contacting:
    return document.contact or Contacting()


def tenure_words(document: Document, w: Writing) -> str | None:
    """From the date where it is known, else as a list stated it."""
    months = tenure_months(identity_of(document), w.today)
    return None if months is None else w.span_months(months)


def standing_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-12."""
    identity = identity_of(document)
    tier = w(TIER_NAMES[identity.tier]) if document.identity else None
    return [
        w.row(words.TIER, tier, Tone.NEUTRAL if identity.tier is Tier.NONE else Tone.VIP),
        w.row(words.VALUE, w.text(words.VALUES[identity.value]) if identity.value else None),
        w.row(words.STAGE, w.text(words.STAGES[identity.life_stage]) if identity.life_stage else None),
        w.row(words.POINTS, None if identity.points is None else f"{identity.points:,}"),
        _expiring(identity, w),
        _tenure(document, w),
        w.row(words.CREDIT, None if identity.credit_score is None else str(identity.credit_score)),
        _manager(identity, w),
        w.row(words.GENDER, w.text(words.GENDERS[identity.gender]) if identity.gender else None),
        w.row(words.BIRTHDAY, w.day(identity.birthday) or identity.born_in or None),
        w.row(words.AREA, w.named(identity.area, identity.english)),
        w.row(words.GRID, w.named(identity.grid, identity.english)),
        w.row(words.BRANCH, w.named(identity.branch, identity.english)),
    ]


def _expiring(identity: Identity, w: Writing) -> Row:
    points, day = identity.points_expiring, identity.points_expire_on
    if points is None:
        return w.row(words.POINTS_EXPIRING, None)
    said = f"{points:,}" if day is None else w(words.POINTS_ON, n=f"{points:,}", day=day.isoformat())
    return w.row(words.POINTS_EXPIRING, said, Tone.WARN if points else Tone.NEUTRAL)


def _tenure(document: Document, w: Writing) -> Row:
    said, since = tenure_words(document, w), identity_of(document).on_net_since
    if said is not None and since is not None:
        said = w(words.SINCE, words=said, day=since.isoformat())
    return w.row(words.ON_NET, said)


def _manager(identity: Identity, w: Writing) -> Row:
    if identity.manager and identity.manager_staff_number:
        return w.row(words.MANAGER, w(words.STAFF, name=identity.manager, number=identity.manager_staff_number))
    return w.row(words.MANAGER, identity.manager or identity.manager_staff_number)


def need_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-15: the need, and the form of service that goes with it."""
    needs = contact_of(document).special_needs
    if not needs:
        return [w.row(words.NEEDS, None)]
    return [Row(w(need.label), w(need.service), Tone.BAD) for need in needs]


def need_chips(document: Document, w: Writing) -> list[ChipValue]:
    return [
        ChipValue(f"{w(need.label)}{w.colon}{w(need.service)}", Tone.BAD) for need in contact_of(document).special_needs
    ]


def contact_rows(document: Document, w: Writing) -> list[Row]:
    """VIEW-16: whether this is the true owner, numbers (masked), address, acquiring dealer."""
    contact = contact_of(document)
    return [
        w.row(words.TRUE_OWNER, w.yes_no(contact.true_owner), Tone.BAD if contact.true_owner is False else Tone.OK),
        w.row(words.VERIFIED, w.day(contact.verified_on)),
        *([_number(number, contact, w) for number in contact.numbers] or [w.row(words.NUMBER, None)]),
        w.row(words.ADDRESS, contact.address),
        w.row(words.BEST_TIME, w.text(contact.best_time)),
        w.row(words.DEALER, w.named(contact.acquiring_dealer, contact.english)),
    ]


def _number(number: Number, contact: Contacting, w: Writing) -> Row:
    parts = [mask_number(number.number), w.named(number.source, contact.english), w.day(number.since) or ""]
    if number.bad:
        parts.append(w(words.BAD_NUMBER))
    label = words.MAIN_NUMBER if number.main else words.NUMBER
    return w.row(label, " · ".join(part for part in parts if part), Tone.BAD if number.bad else Tone.NEUTRAL)


def to_complete(document: Document, w: Writing) -> list[ChipValue]:
    """VIEW-18: a prompt that names the core fields that are missing."""
    known = words.MISSING_FIELDS
    names = [w(known[name]) if name in known else name for name in contact_of(document).missing]
    return [ChipValue(w(words.COMPLETE, field=w.listed(names)), Tone.BRAND)] if names else []
