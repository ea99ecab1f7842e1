"""Agents ask what stores have free and in stock, book a time for a customer, and cancel it (CHANNEL-02, INTEG-05)."""

from typing import Annotated, Any
from uuid import UUID

import structlog
from litestar import Request, delete, get, put
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.errors import Refused
from core.domain.people import Right
from core.domain.text import Text
from core.server.access.caller import may_open, may_record
from core.server.access.opening import refuse_other_teams
from core.server.db import customers
from core.server.departments import store_times
from core.server.departments.port import StorePort
from core.server.http.guards import asked_by
from core.server.http.problems import Malformed
from core.server.http.services import Services
from core.server.outside.down import PortDown
from core.wire.departments import SlotAnswer, SlotAsk, Stores

STORES_SILENT = "stores_silent"
_log = structlog.get_logger("stayline.stores")


def store_routes(services: Services) -> list[HTTPRouteHandler]:
    return [*_looking(services), *_booking(services)]


def _looking(services: Services) -> list[HTTPRouteHandler]:
    @get("/v1/stores", operation_id="stores", **asked_by(services, Right.CALL))
    def listed(
        area: Annotated[str, Parameter(max_length=80)] = "", what: Annotated[str, Parameter(max_length=80)] = ""
    ) -> Stores:
        """As the stores say it now, those of the area first."""
        try:
            return _port(services).stores(area=area, what=what)
        except PortDown as error:
            raise _silent(error) from error

    return [listed]


def _booking(services: Services) -> list[HTTPRouteHandler]:
    """Times for customers of one's own."""
    route = asked_by(services, Right.CALL)

    @put("/v1/slots/{slot_id:uuid}", operation_id="bookSlot", status_code=200, **route)
    def book(request: Request[Any, Any, Any], slot_id: UUID, data: SlotAsk) -> SlotAnswer:
        """A time at a store for a customer of one's own, or of no other team; the same id again books nothing more."""
        caller = request.user
        _check(data)
        with services.database.read() as unit:
            # Whoever speaks with them, or did, books what was agreed, whose customer they have become meanwhile.
            if not may_record(unit, caller, data.customer_id, said_at=unit.now):
                head = customers.head(unit, data.customer_id)
                if head is None or not may_open(unit, caller, data.customer_id, head.area):
                    raise NotFoundException
                refuse_other_teams(unit, caller, data.customer_id)
        try:
            return store_times.book(services.database, _port(services), caller, slot_id, data)
        except PortDown as error:
            raise _silent(error) from error

    @delete("/v1/slots/{slot_id:uuid}", operation_id="cancelSlot", status_code=204, **route)
    def cancel(request: Request[Any, Any, Any], slot_id: UUID) -> None:
        """A booking of one's own, or of one's team: the time is free again at the store."""
        try:
            found = store_times.cancel(services.database, _port(services), request.user, slot_id)
        except PortDown as error:
            raise _silent(error) from error
        if not found:
            raise NotFoundException

    return [book, cancel]


def _check(data: SlotAsk) -> None:
    """Raises Malformed."""
    named = [one for text in (data.store_name, data.what_name) if text for one in (text.zh, text.en)]
    texts = (data.store, data.what, data.customer_id, data.scenario, *named)
    if any(len(text) > 80 for text in texts):
        raise Malformed("a text that is too long")
    if data.slot.begins_at.tzinfo is None:
        raise Malformed("a time without its zone")


def _port(services: Services) -> StorePort:
    if services.stores is None:
        raise PortDown("no stores are connected")
    return services.stores


def _silent(error: PortDown) -> Refused:
    _log.warning("stores do not answer", why=str(error))
    return Refused(
        code=STORES_SILENT,
        title=Text("门店系统没有回应", "The stores do not answer"),
        message=Text("现在查不到空闲时段和库存。", "What they have free and in stock is not known now."),
        next_step=Text(
            "先别答应客户时间；可以派一张工单给营业厅，由他们回电。",
            "Promise the customer no time yet; send the store a work order, and they will call.",
        ),
    )
