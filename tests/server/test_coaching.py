"""Coaching notes: what was agreed, with a day to look again, kept by the server and told to both."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from quality_desk_kit import Centre
from server_kit import StillClock

from core.domain import decoding
from core.domain.quality.inspection import CoachingCase, CoachingNote, LookedAgain
from core.domain.quality.kinds import COACHING
from core.domain.quality.scoring import Mark
from core.server.access.caller import Caller
from core.server.db.engine import Database
from core.wire.inspecting import CoachingLooked, CoachingWritten


@pytest.fixture
def centre(database: Database, clock: StillClock) -> Centre:
    return Centre(database, clock)


def note(
    centre: Centre, who: Caller, *, score: UUID | None = None, at: datetime | None = None, words: str = "先核身。"
) -> CoachingWritten:
    value = CoachingNote(
        id=uuid4(), agent=centre.agent.staff_number, words=words, score=score, by=who.staff_number,
        look_again_at=at or centre.clock.now + timedelta(days=7), at=centre.clock.now,
    )  # fmt: skip
    return CoachingWritten(coaching_note=value)


def looked(centre: Centre, who: Caller, of: UUID, *, better: bool, again: datetime | None = None) -> CoachingLooked:
    value = LookedAgain(id=uuid4(), note=of, better=better, words="开场稳了。", by=who.staff_number,
                        at=centre.clock.now, again_at=again)  # fmt: skip
    return CoachingLooked(coaching_look=value)


def told(centre: Centre, who: Caller, item: CoachingWritten) -> CoachingCase:
    return decoding.decode(centre.on_desk(who, COACHING)[str(item.id)], CoachingCase)


# QA-04
def test_what_was_agreed_is_looked_at_again_until_it_is_better(centre: Centre) -> None:
    scored = centre.scored(identity=Mark.MISSED)
    item = note(centre, centre.lead, score=scored.id)
    assert centre.push(centre.lead, item) == ["accepted"]
    assert told(centre, centre.agent, item).note.words == "先核身。"
    later = centre.clock.now + timedelta(days=14)
    assert centre.push(centre.lead, looked(centre, centre.lead, item.id, better=False, again=later)) == ["accepted"]
    assert told(centre, centre.second, item).look_again_at == later
    assert told(centre, centre.second, item).open
    assert centre.push(centre.lead, looked(centre, centre.lead, item.id, better=True)) == ["accepted"]
    case = told(centre, centre.agent, item)
    assert (case.open, len(case.looks)) == (False, 2)
    assert {"coached", "coaching_looked"} <= set(centre.on_record())


def test_a_note_is_for_ones_own_team_has_a_day_to_come_and_names_nobody(sqlite: Database, clock: StillClock) -> None:
    centre = Centre(sqlite, clock)
    assert centre.codes(centre.stranger, note(centre, centre.stranger)) == ["unknown_colleague"]
    assert centre.codes(centre.agent, note(centre, centre.agent)) == ["unknown_colleague"]
    assert centre.codes(centre.lead, note(centre, centre.lead, at=clock.now)) == ["malformed"]
    assert centre.codes(centre.lead, note(centre, centre.lead, words="号码 10000000417")) == ["number_in_remark"]
    item = note(centre, centre.lead)
    centre.push(centre.lead, item)
    assert centre.codes(centre.stranger, looked(centre, centre.stranger, item.id, better=True)) == ["unknown_note"]
    assert centre.codes(centre.lead, looked(centre, centre.lead, item.id, better=False)) == ["malformed"]
    assert str(item.id) not in centre.on_desk(centre.stranger, COACHING)
