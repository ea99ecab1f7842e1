"""Members chosen, drawn and kept: as a campaign starts, and anew with each snapshot where it is a daily one.

Asks the engine and the model: for a process of its own."""

from datetime import datetime
from pathlib import Path

import msgspec
import structlog

from core.domain.campaign import Arm, Barrier, Campaign, CampaignState
from core.domain.clock import local_day
from core.domain.errors import ContentError, InputError
from core.domain.text import Text
from core.screening.snapshots.keeping import Shelf
from core.server.campaigns.candidates import Laid
from core.server.campaigns.counting import counts_of
from core.server.campaigns.drafting import found, refuse_choosing, refuse_other_than
from core.server.campaigns.laying import FIRST, lay_out, refuse_too_many
from core.server.campaigns.life import move
from core.server.campaigns.refusing import Interrupted
from core.server.campaigns.renewing import take_off
from core.server.campaigns.taking_in import drop_unnamed, let_go, take_in
from core.server.campaigns.terms import check_terms
from core.server.db import audit, campaigns
from core.server.db.audit import Action
from core.server.db.campaigns import UNDER_WAY, Kept
from core.server.db.engine import Database, Unit

_log = structlog.get_logger("stayline.campaigns")
_HELD = (InputError, ContentError)
"""what keeps members from being chosen until somebody mends it: a source, the terms, a rule that asks for what there is
no more"""


def start(
    database: Database, data: Path, campaign_id: str, *, by: str, confirmed: bool = False, root: Path | None = None
) -> Kept:
    """A draft begins: whom it names is chosen and drawn; where its first day is yet to come, on that day.

    Raises InputError before anybody is kept where the terms cannot be meant, a source holds it, nobody matches, or too
    many do and nobody confirmed."""
    kept, since = _claim(database, campaign_id, CampaignState.DRAFT)
    later = kept.campaign.starts_on > local_day(database.clock())
    try:
        _check(database, kept.campaign)
        laid = lay_out(database, data, kept.campaign, root=root, words=not later)
        refuse_too_many(laid.chosen, confirmed=confirmed)
        if not later:
            with database.write() as unit:
                campaigns.drop_members(unit, campaign_id)
            laid = _keep(database, campaign_id, laid, CampaignState.DRAFT, since)
        with database.write() as unit:
            now = found(unit, campaign_id, lock=True)
            standing = msgspec.structs.replace(now.standing, confirmed=confirmed, choosing_since=None)
            if later:
                campaigns.set_standing(unit, campaign_id, standing)
            else:
                standing = msgspec.structs.replace(standing, lists_chosen=kept.standing.lists_brought)
                _note(unit, now._replace(standing=standing), laid, laid.chosen.snapshot_id, batch=FIRST, by=by)
                _as_brought(unit, kept, now)
            move(unit, now, CampaignState.RUNNING, by=by)
            return found(unit, campaign_id)
    except BaseException:
        let_go(database, campaign_id, since)
        raise


def choose_again(database: Database, data: Path, campaign_id: str, *, root: Path | None = None) -> int:
    """Of a running campaign: who is new by the newest snapshot is chosen and drawn; never anybody a second time.

    Gives how many more are to be called. Where a source holds it, nobody matches, or the terms can be met no more, it
    notes so and waits for the next snapshot, or day. What a pause cuts short is chosen once it goes on. What nobody
    foresaw leaves its mark, so that a choosing that ends badly is not begun every minute."""
    kept, since = _claim(database, campaign_id, CampaignState.RUNNING)
    newest = Shelf(data, database.tenant).newest()
    snapshot_id = newest.id if newest is not None else ""
    with database.read() as unit:
        batch = unit.now.isoformat() if campaigns.member_arms(unit, campaign_id) else FIRST
    laid: Laid | None = None
    why: Text | None = None
    try:
        _check(database, kept.campaign)
        laid = lay_out(database, data, kept.campaign, batch=batch, root=root)
        refuse_too_many(laid.chosen, confirmed=kept.standing.confirmed)
        laid = _keep(database, campaign_id, laid, CampaignState.RUNNING, since)
        drop_unnamed(database, campaign_id, {one.customer_id for one in laid.members})
    except Interrupted:
        let_go(database, campaign_id, since)
        return 0
    except _HELD as error:
        laid, why = None, error.message
    with database.write() as unit:
        now = found(unit, campaign_id, lock=True)
        if now.standing.choosing_since != since or now.state not in UNDER_WAY:
            return 0
        standing = msgspec.structs.replace(
            now.standing, choosing_since=None, why=why, lists_chosen=kept.standing.lists_brought
        )  # fmt: skip
        _note(unit, now._replace(standing=standing), laid, snapshot_id, batch=batch, by="server")
        _as_brought(unit, kept, now)
    return 0 if laid is None else counts_of(laid.members).ready


def ask_rested(database: Database, data: Path, campaign_id: str, *, root: Path | None = None) -> int:
    """Of a running campaign: whoever was left in peace as members were chosen is asked for by the newest snapshot, and
    drawn once the rest is over. Nobody new is chosen.

    Gives how many more are to be called. What a source holds waits for the next snapshot, what a pause cuts short
    until it goes on."""
    kept, since = _claim(database, campaign_id, CampaignState.RUNNING)
    newest = Shelf(data, database.tenant).newest()
    with database.read() as unit:
        batch = unit.now.isoformat()
        rested = campaigns.held_by(unit, campaign_id, Barrier.REST)
    laid: Laid | None = None
    try:
        _check(database, kept.campaign)
        laid = lay_out(database, data, kept.campaign, batch=batch, root=root, among=rested)
        laid = _keep(database, campaign_id, laid, CampaignState.RUNNING, since)
        drop_unnamed(database, campaign_id, {one.customer_id for one in laid.members}, among=rested)
    except Interrupted:
        let_go(database, campaign_id, since)
        return 0
    except _HELD as error:
        _log.info("those at rest wait for the next snapshot", campaign=campaign_id, error=str(error))
        laid = None
    with database.write() as unit:
        now = found(unit, campaign_id, lock=True)
        if now.standing.choosing_since != since or now.state not in UNDER_WAY:
            return 0
        asked = newest.id if newest is not None else ""
        campaigns.set_standing(
            unit, campaign_id, msgspec.structs.replace(now.standing, choosing_since=None, rested_by=asked)
        )  # fmt: skip
        if laid is not None:
            _record(unit, kept.campaign, laid, batch=batch, by="server")
        _as_brought(unit, kept, now)
    return 0 if laid is None else counts_of(laid.members).ready


def _as_brought(unit: Unit, chosen: Kept, now: Kept) -> None:
    """A list that came during the choosing found none of those who were kept only after it."""
    if now.standing.lists_brought != chosen.standing.lists_brought:
        take_off(unit, now.campaign)


def _claim(database: Database, campaign_id: str, state: CampaignState) -> tuple[Kept, datetime]:
    """As it was, and from when on nobody else chooses for it. Raises InputError where it is in another state, or
    somebody does."""
    with database.write() as unit:
        kept = found(unit, campaign_id, lock=True)
        refuse_other_than(kept, state)
        refuse_choosing(kept, unit.now)
        claimed = msgspec.structs.replace(kept.standing, choosing_since=unit.now)
        campaigns.set_standing(unit, campaign_id, claimed)
        return kept, unit.now


def _check(database: Database, campaign: Campaign) -> None:
    """Its terms could be meant as it was drafted: an offer, a list or a grid may be gone since. Raises InputError."""
    with database.read() as unit:
        check_terms(unit, campaign)


def _keep(database: Database, campaign_id: str, laid: Laid, state: CampaignState, since: datetime) -> Laid:
    drawn = {one.customer_id for one in laid.members if one.arm is not Arm.NOT_DRAWN}
    members = take_in(database, campaign_id, laid.members, laid.reasons, drawn=drawn, state=state, since=since)
    return msgspec.structs.replace(laid, members=members)


def _note(unit: Unit, kept: Kept, laid: Laid | None, snapshot_id: str, *, batch: str, by: str) -> None:
    """When they were chosen, from what, and on record how chance was asked."""
    standing = msgspec.structs.replace(
        kept.standing, chosen_on=local_day(unit.now), chosen_from=snapshot_id, looked_at=unit.now
    )  # fmt: skip
    campaigns.set_standing(unit, kept.campaign.id, standing)
    if laid is None:
        return
    campaigns.put(unit, msgspec.structs.replace(kept.campaign, snapshot_id=laid.chosen.snapshot_id))
    _record(unit, kept.campaign, laid, batch=batch, by=by)


def _record(unit: Unit, campaign: Campaign, laid: Laid, *, batch: str, by: str) -> None:
    counts = counts_of(laid.members)
    audit.write(
        unit, writer=by, action=Action.CAMPAIGN_DRAWN, object_=campaign.id, seed=campaign.seed, batch=batch,
        snapshot=laid.chosen.snapshot_id, model=laid.chosen.model_id, uplift=laid.expected.model, chosen=counts.chosen,
        treated=counts.treated, control=counts.control,
    )  # fmt: skip
