"""Items of the push that concern departments, standing commitments and moved callbacks, each to what takes it."""

from core.server.access.caller import Caller
from core.server.db.engine import Unit
from core.server.sync.answers import Ruling
from core.server.sync.take_callback_move import take_callback_move
from core.server.sync.take_commitment import take_commitment, take_commitment_end
from core.server.sync.take_errand import take_errand, take_errand_change, take_errand_verdict
from core.wire.errands import (
    CallbackMoved,
    CommitmentEnded,
    CommitmentMade,
    ErrandAnswered,
    ErrandAsked,
    ErrandChanged,
    ErrandItem,
)


def take_errand_item(unit: Unit, caller: Caller, item: ErrandItem) -> Ruling:
    match item:
        case ErrandAsked(errand=value):
            return take_errand(unit, caller, value)
        case ErrandChanged(errand_change=value):
            return take_errand_change(unit, caller, value)
        case ErrandAnswered(errand_verdict=value):
            return take_errand_verdict(unit, caller, value)
        case CommitmentMade(commitment=value):
            return take_commitment(unit, caller, value)
        case CommitmentEnded(commitment_end=value):
            return take_commitment_end(unit, caller, value)
        case CallbackMoved(callback_move=value):
            return take_callback_move(unit, caller, value)
