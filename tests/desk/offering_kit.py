"""A call in which offers are made: the owner verified, the offers read."""

from collections.abc import Callable
from datetime import date

from store_kit import NOW, a_document, a_page, a_task, put

from core.desk import opening
from core.desk.call_session import CallSession
from core.desk.desk import Desk
from core.desk.offers import OfferDesk
from core.domain.customer import Broadband, Care, Handset, Holdings, Identity, Services, Value
from core.domain.text import Lang
from core.offers.book import Choice
from core.wire.push import Saved

Opener = Callable[..., CallSession]


def opener(desk: Desk) -> Opener:
    """A call with the customer, the owner verified, the offers read."""

    def open_(number: int = 1, *, scenario: str = "broadband-disconnect", verified: bool = True) -> CallSession:
        if desk.store.task(f"T{number:04d}") is None:
            document = a_document(1)
            document.identity = Identity(
                name="张岚", value=Value.MID, on_net_since=date(2020, 1, 1), plan_fee_fen=6_000, points=6_000
            )
            document.services = Services(whole=True, broadband=Broadband(speed_mbps=100, ends_on=date(2027, 2, 1)))
            document.holdings = Holdings(whole=True, handset=Handset(supports_5g=True, since=date(2024, 1, 1)))
            document.care = document.care or Care(whole=True)
            task = a_task(number, customer_id="C0001", scenario=scenario)
            desk.store.apply(a_page(put(document), put(task), cursor=str(number + 1)), now=NOW)
        session = CallSession(opening.open_task(desk, f"T{number:04d}"), lang=Lang.ZH, moment=desk.moment)
        ground = OfferDesk(desk).ground(session.opened.document)
        session.offering.read(ground)
        if verified:
            verify(session)
        return session

    return open_


def verify(session: CallSession) -> None:
    for words in ("方便，你说", "核对一致，是机主"):
        view = session.conversation.view()
        session.conversation.answer(next(one.digit for one in view.answers if one.label.zh == words))


def choice(session: CallSession, offer_id: str) -> Choice:
    assert session.offering.book is not None
    found = session.offering.book.choice(offer_id)
    assert found is not None
    return found


def ended(session: CallSession) -> Saved:
    """What was said to offers is kept whatever the call's result."""
    session.choose("unanswered")
    return session.saved()


def saved(session: CallSession, desk: Desk) -> Saved:
    records = ended(session)
    desk.store.save(records)
    return records


def say(session: CallSession, *answers: str) -> None:
    for words in answers:
        view = session.conversation.view()
        session.conversation.answer(next(one.digit for one in view.answers if one.label.zh == words))
