"""A customer as planning needs one: what is used, paid, held and open, and nothing that says who it is.

Of the birthday the day of the year stays, and of the age only what decides what somebody may take."""

from datetime import date, timedelta

from msgspec import structs

from core.domain.clock import day_start, local_day
from core.domain.customer import Billing, Broadband, Care, Contacting, Document, Identity, Payment, Services
from core.domain.text import Text
from core.guidance.facts_happened import FLAGGED
from core.server.coarse_age import coarse_birthday

Value = float | int | str | bool | None
_NOWHERE = Text("", "")


def nameless(document: Document, number: int, *, ages: tuple[int, ...], today: date) -> Document:
    """The document without name, numbers, address, accounts, ties, notes and handset marks; `number` is its id.

    `ages` are those that rules tell apart (`coarse_age.first_ages`)."""
    return Document(
        id=str(number),
        identity=_identity(document.identity, ages, today),
        contact=_contact(document.contact),
        billing=_billing(document.billing, today),
        usage=structs.replace(document.usage, days=[]) if document.usage else None,
        holdings=structs.replace(document.holdings, english={}) if document.holdings else None,
        services=_services(document.services),
        care=_care(document.care),
        indicators=_flagged(document.indicators),
    )


def _identity(found: Identity | None, ages: tuple[int, ...], today: date) -> Identity | None:
    if found is None:
        return None
    return structs.replace(
        found,
        name="",
        birthday=coarse_birthday(found.birthday, ages, today) if found.birthday else None,
        born_in="",
        credit_score=None,
        manager="",
        manager_staff_number="",
        grid="",
        branch="",
        english={name: word for name, word in found.english.items() if name == found.area},
    )


def _contact(found: Contacting | None) -> Contacting | None:
    """The special needs alone: they choose the channel."""
    return Contacting(special_needs=found.special_needs) if found and found.special_needs else None


def _billing(found: Billing | None, today: date) -> Billing | None:
    """Of the payments what care asks: that one was booked since yesterday; not how much, when of the day, or where."""
    if found is None:
        return None
    days = {local_day(one.at) for one in found.payments} & {today, today - timedelta(days=1)}
    told = [Payment(at=day_start(day), fen=0, channel=_NOWHERE) for day in sorted(days)[-1:]]
    return structs.replace(found, payments=told)


def _flagged(found: dict[str, Value] | None) -> dict[str, Value] | None:
    """Of the indicators those that set off care."""
    kept = {name: found[name] for name in FLAGGED if name in found} if found else {}
    return kept or None


def _services(found: Services | None) -> Services | None:
    if found is None:
        return None
    line = found.broadband
    bare: Broadband | None = structs.replace(line, account="", address="") if line else None
    return structs.replace(found, broadband=bare, ties=[], english={})


def _care(found: Care | None) -> Care | None:
    """What is open and what was offered; not who called, no note, nothing that leads to the record of a call."""
    if found is None:
        return None
    tickets = [structs.replace(one, id="") for one in found.tickets]
    offers = [structs.replace(one, card="", outcome_id="") for one in found.offers]
    return structs.replace(
        found, tickets=tickets, offers=offers, calls=[], given=[], warnings=[], orders=[], cases=[], dials=[]
    )
