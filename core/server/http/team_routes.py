"""A team lead's day: the board, the tasks of one desk, moving and recalling them, targets."""

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.errors import InputError
from core.domain.people import Right
from core.server.http.guards import asked_by
from core.server.http.problems import Malformed
from core.server.http.services import Services
from core.server.team.board import team_board
from core.server.team.moving import move
from core.server.team.shown import ShownDesks
from core.server.team.targets import set_target
from core.wire.team import TASKS_MOST, DeskTasks, Moved, MoveTasks, SetTarget, TeamBoard


def team_routes(services: Services) -> list[HTTPRouteHandler]:
    sees, assigns = asked_by(services, Right.SEE_TEAM), asked_by(services, Right.SEE_TEAM, Right.ASSIGN)
    shown = ShownDesks()

    @get("/v1/team", operation_id="team", **sees)
    def board(request: Request[Any, Any, Any]) -> TeamBoard:
        """What each agent of one's teams does, and the day's figures."""
        with services.database.read() as unit:
            return team_board(unit, request.user, services.hearing.all())

    @get("/v1/team/{staff_number:str}/tasks", operation_id="deskTasks", **assigns)
    def on_desk(request: Request[Any, Any, Any], staff_number: Annotated[str, Parameter(max_length=40)]) -> DeskTasks:
        """The open tasks of one agent of one's teams; promised callbacks first."""
        _refuse_long(staff_number)
        return shown.desk(services.database, request.user, staff_number)

    @post("/v1/team/moves", operation_id="moveTasks", status_code=200, **assigns)
    def moved(request: Request[Any, Any, Any], data: MoveTasks) -> Moved:
        """Each task to the other desk or the pool, or the reason why it stays; the desks learn of it by pull."""
        _refuse_long(data.holder, data.to, *data.task_ids)
        if len(data.task_ids) > TASKS_MOST:
            raise Malformed(f"at most {TASKS_MOST} tasks")
        return move(services.database, data, by=request.user.staff_number, caller=request.user)

    @post("/v1/team/targets", operation_id="setTarget", status_code=200, **assigns)
    def target(request: Request[Any, Any, Any], data: SetTarget) -> TeamBoard:
        """The board as it stands with the new target."""
        _refuse_long(data.staff_number, data.scenario)
        try:
            set_target(services.database, request.user, data)
        except InputError as error:
            raise Malformed(error.message.en) from error
        with services.database.read() as unit:
            return team_board(unit, request.user, services.hearing.all())

    return [board, on_desk, moved, target]


def _refuse_long(*texts: str) -> None:
    if any(len(text) > 80 for text in texts):
        raise Malformed("a text that is too long")
