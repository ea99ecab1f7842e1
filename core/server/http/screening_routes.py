"""Planners build rules: the factors there are, whom a rule would match, its versions, and which of them is in use."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.people import Right
from core.server.http.guards import asked_by
from core.server.http.problems import Malformed
from core.server.http.services import Services
from core.server.planner import saving
from core.server.planner.messages import Question
from core.wire.screening import (
    LONGEST_NOTE,
    LONGEST_YAML,
    AskPreview,
    JudgeRule,
    PreviewStopped,
    SavedRule,
    SaveRule,
    UseRule,
)

RuleId = Annotated[str, Parameter(max_length=80)]


def screening_routes(services: Services) -> list[HTTPRouteHandler]:
    return [*_looking(services), *_counting(services), *_changing(services)]


def _looking(services: Services) -> list[HTTPRouteHandler]:
    route = asked_by(services, Right.PLAN)

    @get("/v1/screening/factors", operation_id="factors", **route)
    def factors(request: Request[Any, Any, Any]) -> Response[bytes]:
        """A wire.screening.Factors: all that a rule can ask for."""
        return _json(services.planner.ask(Question.FACTORS, who=request.user.staff_number))

    @get("/v1/screening/rules", operation_id="rules", **route)
    def rules(request: Request[Any, Any, Any]) -> Response[bytes]:
        """A wire.screening.Rules: those in use, drafts, and those taken out of use."""
        return _json(services.planner.ask(Question.RULES, who=request.user.staff_number))

    @get("/v1/screening/counts", operation_id="ruleCounts", **route)
    def counts(request: Request[Any, Any, Any]) -> Response[bytes]:
        """Customers of the newest snapshot whom each rule in use matches, by its id."""
        return _json(services.planner.ask(Question.COUNTS, who=request.user.staff_number))

    @get("/v1/screening/rules/{rule_id:str}/versions", operation_id="ruleVersions", **route)
    def versions(request: Request[Any, Any, Any], rule_id: RuleId) -> Response[bytes]:
        """A wire.screening.RuleHistory, newest first."""
        return _json(services.planner.ask(Question.HISTORY, rule_id.encode(), who=request.user.staff_number))

    return [factors, rules, counts, versions]


def _counting(services: Services) -> list[HTTPRouteHandler]:
    route = asked_by(services, Right.PLAN)

    @post("/v1/screening/preview", operation_id="previewRule", status_code=200, **route)
    def preview(request: Request[Any, Any, Any], data: AskPreview) -> Response[bytes]:
        """A wire.screening.RulePreview; asking again gives up what the same person asked before."""
        body = msgspec.json.encode(data)
        return _json(services.planner.ask(Question.PREVIEW, body, who=request.user.staff_number))

    @post("/v1/screening/preview/stop", operation_id="stopPreview", status_code=200, **route)
    def stop(request: Request[Any, Any, Any]) -> PreviewStopped:
        """Whoever waits for the preview is told that it was given up."""
        return PreviewStopped(stopped=services.planner.stop(request.user.staff_number))

    @post("/v1/screening/rules/judged", operation_id="judgeRule", status_code=200, **route)
    def judged(request: Request[Any, Any, Any], data: JudgeRule) -> Response[bytes]:
        """A wire.screening.JudgedRule: the rule, its file, and what is wrong with it."""
        if (data.rule is None) is not bool(data.yaml) or len(data.yaml) > LONGEST_YAML:
            raise Malformed(f"a rule, or a file of at most {LONGEST_YAML} characters")
        return _json(services.planner.ask(Question.JUDGE, msgspec.json.encode(data), who=request.user.staff_number))

    return [preview, stop, judged]


def _changing(services: Services) -> list[HTTPRouteHandler]:
    route = asked_by(services, Right.PLAN)

    @post("/v1/screening/rules/saved", operation_id="saveRule", status_code=200, **route)
    def save(request: Request[Any, Any, Any], data: SaveRule) -> SavedRule:
        """A new version, for good; published at once where asked."""
        _refuse_long(data.note)
        return saving.save(services.database, services.planner, data, by=request.user.staff_number)

    @post("/v1/screening/rules/{rule_id:str}/use", operation_id="useRule", status_code=200, **route)
    def use(request: Request[Any, Any, Any], rule_id: RuleId, data: UseRule) -> SavedRule:
        """Publish, roll back to an earlier version, or take out of use."""
        _refuse_long(data.note)
        return saving.put_to_use(services.database, services.planner, rule_id, data, by=request.user.staff_number)

    return [save, use]


def _json(body: bytes) -> Response[bytes]:
    return Response(body, media_type="application/json")


def _refuse_long(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise Malformed(f"a note has at most {LONGEST_NOTE} characters")
