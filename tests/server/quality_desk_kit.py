"""A small centre whose calls are inspected: agents, two leads, callback staff, and what they push."""

from functools import cache
from typing import Any
from uuid import UUID, uuid4

import msgspec
from server_kit import StillClock, add_agent, agent, document, had, number_of, outcome, read_page, send, verdicts
from sqlalchemy import select

from core.content.resources import folder
from core.content.scorecards import load_scorecards
from core.content.shipped import shipped
from core.domain import decoding
from core.domain.call import CallRecord, Direction
from core.domain.outcome import CaseResult, Outcome
from core.domain.people import Role
from core.domain.quality.inspection import (
    Claim,
    Decision,
    Dispute,
    Ruling,
    SampledCall,
    Score,
    ScoreCase,
    Signature,
)
from core.domain.quality.kinds import SAMPLED, SAMPLING, SCORECARD, SCORED
from core.domain.quality.sampling import Risk, Why
from core.domain.quality.save_check import SCENARIO
from core.domain.quality.scorecard import Scorecard, Subject
from core.domain.quality.scoring import Mark, Marked
from core.server.access.caller import Caller
from core.server.db import records
from core.server.db.engine import Database
from core.server.db.publications import Source, publish
from core.server.db.quality import StoredCall, add_calls
from core.server.db.schema import audit
from core.server.loading import load
from core.server.quality.telling import tell_call
from core.server.sync.pull import pull
from core.wire.inspecting import CallClaimed, CallScored, DisputeDecided, ScoreDisputed, ScoreSigned
from core.wire.pull import ContentDocument, Kind
from core.wire.push import Item, Saved

CARD: Scorecard = next(card for card in load_scorecards(folder()) if card.id == "retention-call")
SAVE = "broadband-disconnect"


@cache
def pieces() -> tuple[ContentDocument, ...]:
    """As much of the content as inspection asks for: publishing all of it takes longer than a test."""
    names = {(kind, scenario) for kind in ("script", "dispositions") for scenario in (SAVE, SCENARIO)}
    return tuple(
        ContentDocument(kind=p.kind, name=p.name, version=p.version, body=msgspec.Raw(p.body))
        for p in shipped()
        if p.kind in (SCORECARD, SAMPLING) or (p.kind, p.name) in names
    )


class Centre:
    """Team A with a representative and two leads, team B with a lead; content is published."""

    def __init__(self, database: Database, clock: StillClock) -> None:
        self.database, self.clock = database, clock
        with database.write() as unit:
            publish(unit, pieces(), source=Source.FOLDER, by="test")
        self.agent = add_agent(database, agent("2043", skills=(SAVE,)))
        self.lead = add_agent(database, agent("3001", role=Role.TEAM_LEAD))
        self.second = add_agent(database, agent("3002", role=Role.TEAM_LEAD))
        self.stranger = add_agent(database, agent("3009", role=Role.TEAM_LEAD, team="B", team_name="二班"))
        self._cursors: dict[str, str] = {}

    # What people do

    def push(self, who: Caller, *items: Item) -> list[str]:
        return verdicts(send(self.database, who, *items))

    def codes(self, who: Caller, *items: Item) -> list[str]:
        return [answer.code for answer in send(self.database, who, *items).answers]

    def call(self, index: int = 1, *, talk_s: int = 90, **changes: Any) -> Outcome:
        """A save that the agent recorded, without a task of the server's."""
        load(self.database, [(document(index), None)])
        had(self.database, self.agent, f"C{index}")
        values: dict[str, Any] = {
            "scenario": SAVE,
            "result": "retained",
            "success": True,
            "case_result": CaseResult.RETAINED,
            "call": CallRecord(
                direction=Direction.OUTBOUND, number=number_of(index), dialled_at=self.clock.now, talk_time_s=talk_s
            ),
            "recorded_at": self.clock.now,
        }
        value = outcome(None, self.agent.staff_number, customer_id=f"C{index}", **(values | changes))
        assert self.push(self.agent, Saved(outcome=value)) == ["accepted"]
        return value

    def correct(self, before: Outcome, **changes: Any) -> Outcome:
        value = msgspec.structs.replace(before, id=uuid4(), corrects=before.id, **changes)
        assert self.push(self.agent, Saved(outcome=value)) == ["accepted"]
        return value

    def sampled(self, index: int = 1) -> Outcome:
        """A call in the queue."""
        value = self.call(index)
        with self.database.write() as unit:
            stored = StoredCall(
                id=str(value.id), subject=Subject.CALL, outcome_id=str(value.id), team="A",
                staff_number=value.agent, customer_id=value.customer_id, scenario=value.scenario, at=self.clock.now,
                sampled_at=self.clock.now, why=(Why(risk=Risk.CHANCE),),
            )  # fmt: skip
            add_calls(unit, [stored])
            tell_call(unit, stored)
        return value

    def claim(self, who: Caller, call: UUID, **changes: Any) -> CallClaimed:
        return CallClaimed(
            quality_claim=Claim(id=uuid4(), call=call, by=who.staff_number, at=self.clock.now, **changes)
        )

    def score(
        self, who: Caller, call: Outcome, *, remark: str = "", fails: tuple[str, ...] = (), **marks: Mark
    ) -> CallScored:
        value = Score(
            id=uuid4(), call=call.corrects or call.id, outcome=call.id, card=CARD.id, card_version=CARD.version,
            marks=marked(**marks), fails=fails, remark=remark, by=who.staff_number, at=self.clock.now,
        )  # fmt: skip
        return CallScored(quality_score=value)

    def scored(self, index: int = 1, **marks: Mark) -> CallScored:
        """A call that a lead has scored."""
        item = self.score(self.lead, self.sampled(index), remark="先核身。" if marks else "", **marks)
        assert self.push(self.lead, item) == ["accepted"]
        return item

    def sign(self, who: Caller, score: UUID) -> ScoreSigned:
        value = Signature(id=uuid4(), score=score, agent=who.staff_number, at=self.clock.now)
        return ScoreSigned(score_signature=value)

    def dispute(self, who: Caller, score: UUID, reason: str = "客户说了生日，录音里有。") -> ScoreDisputed:
        value = Dispute(id=uuid4(), score=score, agent=who.staff_number, reason=reason, at=self.clock.now)
        return ScoreDisputed(score_dispute=value)

    def decide(self, who: Caller, score: UUID, ruling: Ruling, **marks: Mark) -> DisputeDecided:
        value = Decision(
            id=uuid4(), score=score, ruling=ruling, words="听过录音了。", by=who.staff_number, at=self.clock.now,
            marks=marked(**marks) if ruling is Ruling.AMENDED else (),
        )  # fmt: skip
        return DisputeDecided(score_decision=value)

    # What desks see

    def on_desk(self, who: Caller, kind: str) -> dict[str, bytes]:
        """Documents of that kind that a desk which pulls from the start has."""
        page = read_page(
            pull(self.database, staff_number=who.staff_number, rights=who.rights, cursor="", limit=2000).body
        )
        found = {}
        for change in page.changes:
            if change.kind is Kind.CONTENT and not change.deleted:
                document = decoding.decode(change.body, ContentDocument)
                if document.kind == kind:
                    found[document.name] = bytes(document.body)
        return found

    def queue(self, who: Caller) -> dict[str, SampledCall]:
        return {name: decoding.decode(body, SampledCall) for name, body in self.on_desk(who, SAMPLED).items()}

    def scores(self, who: Caller) -> dict[str, ScoreCase]:
        return {name: decoding.decode(body, ScoreCase) for name, body in self.on_desk(who, SCORED).items()}

    def case(self, who: Caller, item: CallScored) -> ScoreCase:
        return self.scores(who)[str(item.id)]

    def on_record(self) -> list[str]:
        with self.database.read() as unit:
            return list(unit.conn.execute(select(audit.c.action).order_by(audit.c.at, audit.c.seq)).scalars())

    def kept(self, outcome_id: UUID) -> Outcome:
        with self.database.read() as unit:
            found = records.get_outcome(unit, str(outcome_id))
        assert found is not None
        return found


def marked(**others: Mark) -> tuple[Marked, ...]:
    """Everything done, but for what is named."""
    return tuple(Marked(item=item.id, mark=others.get(item.id, Mark.DONE)) for item in CARD.items)
