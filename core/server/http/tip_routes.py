"""Team leads read the tips of their team, approve, return or refuse them, and reword or take back what stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.errors import InputError
from core.domain.knowledge import TipState
from core.domain.people import Right
from core.server import standing_tips
from core.server import tips as judging
from core.server.db import people, tips
from core.server.db.tips import StoredTip
from core.server.http.guards import asked_by
from core.server.http.problems import Malformed
from core.server.http.services import Services
from core.wire.tips import JudgedTip, TipDecision, Tips, TipWithdrawal, TipWording

TipId = Annotated[str, Parameter(max_length=36)]


def tip_routes(services: Services) -> list[HTTPRouteHandler]:
    return [*_judging(services), *_standing(services)]


def _judging(services: Services) -> list[HTTPRouteHandler]:
    """What waits for an answer."""
    route = asked_by(services, Right.JUDGE_TIPS)

    @get("/v1/tips", operation_id="tips", **route)
    def listed(request: Request[Any, Any, Any], which: TipState = TipState.WAITING) -> Tips:
        """Those of one's own team, or of all teams for planners and administrators; oldest first."""
        with services.database.read() as unit:
            found = tips.listed(unit, state=which, team=judging.readable(request.user))
            names = {one.agent.staff_number: one.agent.name for one in people.everyone(unit)} if found else {}
        return Tips(tips=tuple(_told(one, names.get(one.tip.agent, "")) for one in found))

    @post("/v1/tips/{tip_id:str}/decision", operation_id="decideTip", status_code=200, **route)
    def decide(request: Request[Any, Any, Any], tip_id: TipId, data: TipDecision) -> JudgedTip:
        """Approved, everyone pulls it; refused or returned, its author pulls the reason."""
        with _told_as_malformed():
            done = judging.decide(
                services.database,
                tip_id,
                approve=data.approve,
                again=data.again,
                reason=data.reason,
                by=request.user.staff_number,
                judge=request.user,
            )
        return _told(done)

    return [listed, decide]


def _standing(services: Services) -> list[HTTPRouteHandler]:
    """What everyone has."""
    route = asked_by(services, Right.JUDGE_TIPS)

    @post("/v1/tips/{tip_id:str}/withdrawal", operation_id="takeTipBack", status_code=200, **route)
    def withdraw(request: Request[Any, Any, Any], tip_id: TipId, data: TipWithdrawal) -> JudgedTip:
        """What everyone has, everyone forgets at the next pull; its author pulls the reason."""
        with _told_as_malformed():
            done = standing_tips.take_back(
                services.database, tip_id, reason=data.reason, by=request.user.staff_number, judge=request.user
            )
        return _told(done)

    @post("/v1/tips/{tip_id:str}/wording", operation_id="rewordTip", status_code=200, **route)
    def reword(request: Request[Any, Any, Any], tip_id: TipId, data: TipWording) -> JudgedTip:
        """What everyone has, everyone has in these words at the next pull."""
        with _told_as_malformed():
            done = standing_tips.reword(
                services.database,
                tip_id,
                title=data.title,
                text=data.text,
                reason=data.reason,
                by=request.user.staff_number,
                judge=request.user,
            )
        return _told(done)

    return [withdraw, reword]


@contextmanager
def _told_as_malformed() -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise Malformed(error.message.en) from error


def _told(one: StoredTip, author: str = "") -> JudgedTip:
    return JudgedTip(
        tip=one.tip,
        state=one.state,
        received_at=one.received_at,
        author=author,
        decided_by=one.decided_by,
        reason=one.reason,
    )
