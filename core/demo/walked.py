"""How a past call went through its script, and what was offered in it beyond plans: for those who review it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import NamedTuple

from core.content.shipped import scripts
from core.demo.calls import PastDial
from core.demo.people import DISCONNECT, UPGRADE, VIP
from core.domain.offered import OfferMade, Reply
from core.domain.outcome import Contact, PathStep, Ticked, Verification
from core.domain.script import Answer, Script, Step
from core.domain.text import Text

_END = "end"
_MOST_STEPS = 9
_SECONDS_A_STEP = 14
_Offer = tuple[str, str, Text, int]
"""id, kind, name, cost in fen"""
_PRICES_FEN = {"speed-up-pay-later": 2_000, "prepay-credit": 10_000}
"""what the customer pays for it"""
_OFFERS: dict[str, tuple[_Offer, ...]] = {
    DISCONNECT: (
        ("stay-discount", "discount", Text("月费八折三个月", "20 % off the fee for 3 months"), 7_200),
        ("speed-up-pay-later", "pay_later", Text("先提速后付费", "Faster now, paid later"), 1_500),
        ("reinstall-card", "reinstall_card", Text("回装卡", "Reinstall card"), 2_000),
    ),
    UPGRADE: (
        ("free-data", "free_use", Text("赠送流量", "Free data"), 500),
        ("prepay-credit", "prepay", Text("存 100 送 30", "Prepay 100, get 30"), 3_000),
    ),
    VIP: (
        ("priority-channel", "gift", Text("绿色通道", "Priority channel"), 0),
        ("double-points", "points", Text("双倍积分", "Double points"), 800),
    ),
}
_OFFERED = 0.45
_SPOKEN_TO = {
    Contact.OWNER: Verification.OWNER,
    Contact.FAMILY: Verification.FAMILY,
    Contact.THIRD_PARTY: Verification.THIRD_PARTY,
    Contact.NOT_OWNER: Verification.FAILED,
}


def path_of(rng: Random, call: PastDial) -> tuple[PathStep, ...]:
    """A way through the script as it is today, about as long as the talk was; none where nobody answered."""
    if not call.answered:
        return ()
    steps = _steps(call.scenario)
    at, step = call.at + timedelta(seconds=call.ring_s), steps[scripts()[call.scenario].start]
    end = at + timedelta(seconds=call.talk_s)
    walked: list[PathStep] = []
    while len(walked) < _MOST_STEPS and at < end:
        at += timedelta(seconds=round(_SECONDS_A_STEP * (0.5 + 1.4 * rng.random())))
        open_ways = _ways(call, step)
        if not open_ways or at >= end:
            walked.append(PathStep(step=step.id, at=min(at, end), said=0))
            break
        place = open_ways[0] if rng.random() < 0.55 else rng.choice(open_ways)
        walked.append(PathStep(step=step.id, answer=str(place), at=at, said=0))
        to = step.answers[place - 1].to
        if to == _END:
            break
        step = steps[to]
    return tuple(walked)


class _Goal(NamedTuple):
    """Whom the call reached, and what it came to."""

    whom: Verification | None
    result: str
    sold: bool

    def fits(self, answer: Answer) -> bool:
        """Whoever answered says it, and the talk may still come to that result."""
        said = answer.verification in (None, self.whom) and answer.suggests in ("", self.result)
        return said and (self.sold or not answer.orders)


def _ways(call: PastDial, step: Step) -> list[int]:
    """Places of the answers that may have been given, those that lead to how the call ended before all others."""
    goal = _Goal(_SPOKEN_TO.get(call.contact), call.ending.code, call.success)
    there = _leads_there(call.scenario, goal)
    fitting = [(place, one) for place, one in enumerate(step.answers, start=1) if goal.fits(one)]
    return [place for place, one in fitting if one.to in there] or [place for place, _ in fitting]


@cache
def _leads_there(scenario: str, goal: _Goal) -> frozenset[str]:
    """The steps from which the talk can end so, and the end itself."""
    there: frozenset[str] = frozenset({_END})
    while True:
        more = there | {
            step.id
            for step in _steps(scenario).values()
            if any(goal.fits(one) and one.to in there for one in step.answers)
        }
        if more == there:
            return there
        there = more


def ticked_of(path: Sequence[PathStep], scenario: str) -> tuple[Ticked, ...]:
    """What the words of those steps tick."""
    found: dict[str, datetime] = {}
    for walked in path:
        for item in _steps(scenario)[walked.step].ticks:
            found.setdefault(item, walked.at)
    return tuple(Ticked(item=item, at=at) for item, at in found.items())


def offers_of(rng: Random, call: PastDial) -> tuple[OfferMade, ...]:
    """Something is offered in nearly half of the talks with owners, and taken more often where the customer stayed."""
    choice = _OFFERS.get(call.scenario, ())
    if call.contact is not Contact.OWNER or not choice or rng.random() > _OFFERED:
        return ()
    name, kind, words, cost_fen = rng.choice(choice)
    draw = rng.random()
    taken = draw < (0.7 if call.success else 0.12)
    reply = Reply.ACCEPTED if taken else Reply.REFUSED if draw < 0.82 else Reply.MADE
    return (
        OfferMade(
            offer=name, version=1, kind=kind, name=words, reply=reply, cost_fen=cost_fen if taken else 0,
            price_fen=_PRICES_FEN.get(name, 0) if taken else 0, next_bill=taken and kind == "pay_later",
            read_back=taken,
        ),
    )  # fmt: skip


@cache
def _steps(scenario: str) -> dict[str, Step]:
    script: Script = scripts()[scenario]
    return {step.id: step for step in script.steps}
