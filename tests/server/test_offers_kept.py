"""Offers of a call on the server: every desk hears of them, corrections replace what they correct, cards come back."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from authority_kit import YES, asked
from server_kit import NOON, StillClock, add_agent, agent, document, given, read_page, saved, send
from sqlalchemy import select
from sqlalchemy import text as sql

from core.domain import decoding
from core.domain.authority import UsedGrant, granted_offer_id
from core.domain.card_number import card_number
from core.domain.customer import Care, Document
from core.domain.errors import InputError
from core.domain.offer_kind import OfferKind
from core.domain.offered import OfferMade, PastOffer, Reply, past_offer
from core.domain.people import RIGHTS, Role
from core.domain.text import Text
from core.server.access.caller import Caller
from core.server.authority import answer
from core.server.cards import by_month, redeem
from core.server.cli import main
from core.server.db import audit, cards, customers, errands, tasks
from core.server.db.audit import Action
from core.server.db.engine import Database
from core.server.db.schema import audit as entries
from core.server.loading import load
from core.server.publishing import publish_shipped
from core.server.sync.pull import pull
from core.wire.pull import Kind
from core.wire.push import Saved, Verdict

NUMBER = card_number(uuid4())


def misused(database: Database) -> list[str]:
    with database.read() as unit:
        found = unit.conn.execute(select(entries.c.object).where(entries.c.action == Action.AUTHORITY_MISUSED.value))
        return list(found.scalars())


def made(offer: str = "free-data", reply: Reply = Reply.ACCEPTED, **more: Any) -> OfferMade:
    values: dict[str, Any] = {"version": 1, "kind": OfferKind.FREE_USE, "name": Text("优惠", "Offer"), "benefit": "b"}
    return OfferMade(offer=offer, reply=reply, **(values | more))


def a_card(number: str = NUMBER, **more: Any) -> OfferMade:
    values: dict[str, Any] = {
        "offer": "reinstall-card",
        "version": 1,
        "kind": OfferKind.REINSTALL_CARD,
        "name": Text("回装卡", "Reinstall card"),
        "reply": Reply.ACCEPTED,
        "card": number,
        "until": date(2027, 11, 23),
    }
    return OfferMade(**(values | more))


def took(database: Database, who: Caller, index: int, *offers: OfferMade, **more: Any) -> Saved:
    held = given(database, index, to=who.staff_number)
    record = saved(held, who.staff_number, offers=offers, result="not_needed", **more)
    assert send(database, who, record).answers[0].verdict is Verdict.ACCEPTED
    return record


def kept(database: Database, customer_id: str = "C1") -> list[PastOffer]:
    with database.read() as unit:
        care = customers.section(unit, customer_id, "care", Care)
    assert care is not None
    return care.offers


def told(database: Database, who: Caller, customer_id: str = "C1") -> list[PastOffer]:
    """What the desk of `who` hears of the customer."""
    page = read_page(
        pull(database, staff_number=who.staff_number, rights=RIGHTS[who.agent.role], cursor="", limit=500).body
    )
    bodies = [one.body for one in page.changes if one.kind is Kind.CUSTOMER and one.key == customer_id]
    care = decoding.decode(bodies[-1], Document).care
    assert care is not None
    return care.offers


def test_the_desk_that_has_the_customer_next_hears_what_was_made_accepted_and_refused(database: Database) -> None:
    # OFFER-05; DATA-03: offer, outcome
    first, second = add_agent(database, agent()), add_agent(database, agent("2051"))
    rests = date(2026, 12, 23)
    record = took(
        database,
        first,
        1,
        made(cost_fen=1_200, until=date(2027, 2, 1)),
        made("own-plan", Reply.REFUSED, rests_until=rests),
    )
    given(database, 1, to=second.staff_number, id="T9")
    offers = {one.offer: one for one in told(database, second)}
    assert offers["free-data"].cost_fen == 1_200
    assert offers["free-data"].until == date(2027, 2, 1)
    assert offers["own-plan"].rests_until == rests
    assert {one.outcome_id for one in offers.values()} == {str(record.id)}


def test_a_correction_stands_in_the_place_of_what_it_corrects_and_moves_nothing_in_time(database: Database) -> None:
    he = add_agent(database, agent())
    record = took(database, he, 1, made(cost_fen=1_200), made("own-plan", Reply.REFUSED))
    later = msgspec.structs.replace(
        record.outcome,
        id=uuid4(),
        corrects=record.id,
        offers=(made("own-plan", Reply.REFUSED),),
        recorded_at=NOON + timedelta(hours=20),
    )
    assert send(database, he, Saved(outcome=later)).answers[0].verdict is Verdict.ACCEPTED
    (only,) = kept(database)
    assert (only.offer, only.at, only.outcome_id) == ("own-plan", NOON, str(later.id))


def test_a_list_that_is_loaded_again_leaves_the_offers_as_they_are(database: Database) -> None:
    he = add_agent(database, agent())
    took(database, he, 1, made())
    load(database, [(document(1, care=Care(whole=True)), None)])
    assert [one.offer for one in kept(database)] == ["free-data"]


def test_what_no_lead_granted_and_the_role_may_not_is_on_record(sqlite: Database) -> None:
    # VIP-07
    he = add_agent(sqlite, agent())
    publish_shipped(sqlite)
    discount = made("stay-discount", kind=OfferKind.DISCOUNT, cost_fen=3_000)
    took(sqlite, he, 1, made("free-minutes", cost_fen=6_000))
    assert misused(sqlite) == []
    record = took(sqlite, he, 3, discount)
    assert misused(sqlite) == [str(record.id)]


def test_what_was_granted_of_a_kind_may_be_given_up_to_what_was_granted(sqlite: Database) -> None:
    # VIP-07
    he, lead = add_agent(sqlite, agent()), add_agent(sqlite, agent("8", role=Role.TEAM_LEAD))
    publish_shipped(sqlite)
    given(sqlite, 3, to=he.staff_number)
    asking = asked(he.staff_number, 3, cost_fen=45_000)
    send(sqlite, he, asking)
    answer(sqlite, lead, str(asking.authority.id), YES)
    grant = UsedGrant(request=asking.authority.id, fen=45_000, by="8", by_name="员工8")
    special = made(granted_offer_id(asking.authority.id), kind=OfferKind.DISCOUNT, cost_fen=45_000)
    took(sqlite, he, 3, special, grants=(grant,))
    assert misused(sqlite) == []
    claimed = took(sqlite, he, 5, special)
    assert misused(sqlite) == [str(claimed.id)]


def test_a_name_in_the_record_is_no_grant_and_a_leads_grant_covers_its_offer_alone(sqlite: Database) -> None:
    # VIP-07
    he, lead = add_agent(sqlite, agent()), add_agent(sqlite, agent("8", role=Role.TEAM_LEAD))
    publish_shipped(sqlite)
    discount = made("stay-discount", kind=OfferKind.DISCOUNT, cost_fen=3_000, granted_by="何静")
    claimed = took(sqlite, he, 2, discount)
    assert misused(sqlite) == [str(claimed.id)]
    given(sqlite, 3, to=he.staff_number)
    asking = asked(he.staff_number, 3, offer_id="stay-discount", cost_fen=3_000)
    send(sqlite, he, asking)
    answer(sqlite, lead, str(asking.authority.id), YES)
    grant = UsedGrant(request=asking.authority.id, fen=3_000, by="8", by_name="员工8")
    other = msgspec.structs.replace(discount, offer="other-discount")
    took(sqlite, he, 3, discount, grants=(grant,))
    assert misused(sqlite) == [str(claimed.id)]
    given(sqlite, 4, to=he.staff_number)
    more = asked(he.staff_number, 4, offer_id="stay-discount", cost_fen=3_000)
    send(sqlite, he, more)
    answer(sqlite, lead, str(more.authority.id), YES)
    grant = msgspec.structs.replace(grant, request=more.authority.id)
    beyond = took(sqlite, he, 4, discount, other, grants=(grant,))
    assert misused(sqlite) == [str(claimed.id), str(beyond.id)]


def overdrawn(database: Database) -> list[str]:
    with database.read() as unit:
        found = unit.conn.execute(select(entries.c.object).where(entries.c.action == Action.BUDGET_OVERDRAWN.value))
        return list(found.scalars())


def test_two_desks_that_each_kept_within_the_budget_overdraw_it_and_the_lead_is_told(sqlite: Database) -> None:
    # OFFER-09, VIP-07: the second desk was offline while the first gave
    add_agent(sqlite, agent())
    second = add_agent(sqlite, agent("2051"))
    publish_shipped(sqlite)
    given(sqlite, 1, to="2051")
    with sqlite.write() as unit:
        # Of a value that nobody knows: 100 yuan a period.
        given_there = [past_offer(made(cost_fen=4_000), at=NOON, outcome_id=name) for name in ("one", "two")]
        customers.edit_care(unit, "C1", lambda care: care.offers.extend(given_there))
    record = took(sqlite, second, 1, made("free-minutes", cost_fen=6_000))
    assert overdrawn(sqlite) == [str(record.id)]
    assert misused(sqlite) == [], "each was the agent's own to give"
    assert len(kept(sqlite)) == 3, "what the customer was told stands"
    with sqlite.read() as unit:
        (errand,) = errands.of_outcome(unit, str(record.id))
        assert audit.verify(unit) == []
    assert (errand.errand.department, errand.errand.agent) == ("team_lead", "2051")
    assert "挽留额度超支 40 元" in errand.errand.text
    assert "本期额度 100 元，此前已用 80 元" in errand.errand.text


def test_what_a_lead_granted_beyond_the_budget_is_no_overdraft(sqlite: Database) -> None:
    # VIP-07
    he, lead = add_agent(sqlite, agent()), add_agent(sqlite, agent("8", role=Role.TEAM_LEAD))
    publish_shipped(sqlite)
    given(sqlite, 3, to=he.staff_number)
    asking = asked(he.staff_number, 3, cost_fen=45_000)
    send(sqlite, he, asking)
    answer(sqlite, lead, str(asking.authority.id), YES)
    grant = UsedGrant(request=asking.authority.id, fen=45_000, by="8", by_name="员工8")
    took(sqlite, he, 3, made(granted_offer_id(asking.authority.id), cost_fen=45_000), grants=(grant,))
    assert overdrawn(sqlite) == []


def test_an_offer_of_a_kind_that_only_a_later_desk_knows_is_kept_with_its_record(database: Database) -> None:
    he = add_agent(database, agent())
    took(database, he, 1, made("hologram-call", kind="hologram", cost_fen=100))
    assert [(one.offer, one.kind) for one in kept(database)] == [("hologram-call", "hologram")]


def test_a_card_is_redeemed_once_and_the_desk_hears_of_it(database: Database, clock: StillClock) -> None:
    # BB-10, WINBACK-03
    he = add_agent(database, agent())
    took(database, he, 1, a_card())
    redeem(database, NUMBER.lower().replace("-", " "), by="store 3")
    (past,) = kept(database)
    assert (past.card, past.redeemed_on) == (NUMBER, clock.now.date())
    with pytest.raises(InputError, match="was redeemed on"):
        redeem(database, NUMBER, by="store 4")
    with database.read() as unit:
        assert audit.verify(unit) == []


@pytest.mark.postgres
def test_a_card_redeemed_while_the_customer_is_written_loses_neither(
    opener: Callable[[str], Database], postgres_ready: str
) -> None:
    # BB-10
    database = opener(postgres_ready)
    he = add_agent(database, agent())
    took(database, he, 1, a_card())
    other = past_offer(made("winter-speed"), at=NOON, outcome_id="")
    store = threading.Thread(target=redeem, args=(database, NUMBER), kwargs={"by": "store 3"})
    with database.write() as unit:
        tasks.lock_customer(unit, "C1")
        customers.edit_care(unit, "C1", lambda care: care.offers.append(other))
        store.start()
        until_somebody_waits(database)
    store.join()
    assert {one.offer: one.redeemed_on is not None for one in kept(database)} == {
        "reinstall-card": True,
        "winter-speed": False,
    }


def until_somebody_waits(database: Database) -> None:
    waiting = sql("select count(*) from pg_locks where not granted")
    for _ in range(200):
        with database.read() as unit:
            if unit.conn.execute(waiting).scalar_one():
                return
        threading.Event().wait(0.05)
    raise AssertionError("nobody waits for the customer")


def test_what_is_no_card_unknown_or_expired_is_refused_with_the_reason(database: Database, clock: StillClock) -> None:
    # WINBACK-03
    he = add_agent(database, agent())
    took(database, he, 1, a_card(until=date(2026, 12, 1)))
    with pytest.raises(InputError, match="check each letter"):
        redeem(database, NUMBER[:-1] + ("2" if NUMBER[-1] != "2" else "3"), by="x")
    with pytest.raises(InputError, match="No such card"):
        redeem(database, card_number(uuid4()), by="x")
    clock.forward(days=30)
    with pytest.raises(InputError, match="expired on 2026-12-01"):
        redeem(database, NUMBER, by="x")


def test_a_corrected_card_is_taken_back_and_one_that_the_correction_keeps_is_not(database: Database) -> None:
    # BB-10
    he = add_agent(database, agent())
    stays, dropped = card_number(uuid4()), card_number(uuid4())
    record = took(database, he, 1, a_card(stays), a_card(dropped, offer="second-card"))
    later = msgspec.structs.replace(record.outcome, id=uuid4(), corrects=record.id, offers=(a_card(stays),))
    send(database, he, Saved(outcome=later))
    with pytest.raises(InputError, match="taken back"):
        redeem(database, dropped, by="x")
    assert redeem(database, stays, by="x").customer_id == "C1"


def test_a_number_that_is_none_leaves_the_record_and_makes_no_card(database: Database) -> None:
    he = add_agent(database, agent())
    took(database, he, 1, a_card("x" * 500))
    with database.read() as unit:
        assert cards.given_between(unit, NOON - timedelta(days=1), NOON + timedelta(days=1)) == []
    assert [one.offer for one in kept(database)] == ["reinstall-card"]


def test_the_report_counts_by_month_what_was_given_came_back_and_expired(sqlite: Database, clock: StillClock) -> None:
    # WINBACK-03
    he = add_agent(sqlite, agent())
    numbers = [card_number(uuid4()) for _ in range(3)]
    for index, number in enumerate(numbers, start=1):
        took(sqlite, he, index, a_card(number, until=date(2026, 12, 1) if index == 3 else date(2027, 11, 23)))
    redeem(sqlite, numbers[0], by="x")
    with sqlite.read() as unit:
        (month,) = by_month(
            cards.given_between(unit, NOON - timedelta(days=1), NOON + timedelta(days=1)), date(2026, 12, 2)
        )
    assert (month.month, month.given, month.redeemed, month.expired, month.open) == ("2026-11", 3, 1, 1, 1)


def test_the_command_line_redeems_and_reports(
    sqlite: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # WINBACK-03
    place = ["--data", str(tmp_path)]
    assert main(["cards", "report", *place]) == 0
    assert "No card was given" in capsys.readouterr().out
    took(sqlite, add_agent(sqlite, agent()), 1, a_card())
    assert main(["cards", "redeem", NUMBER, *place]) == 0
    assert main(["cards", "redeem", NUMBER, *place]) == 1
    capsys.readouterr()
    assert main(["cards", "list", "--since", "2026-11-01", *place]) == 0
    assert NUMBER in capsys.readouterr().out
    assert main(["cards", "report", *place]) == 0
    assert "2026-11\t1\t1\t0\t0\t100.0 %" in capsys.readouterr().out
