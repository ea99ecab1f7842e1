"""A call without a task: an agent finds a customer within their rights and opens the document."""

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.masking import mask_number
from core.domain.people import Right
from core.domain.task import Tier
from core.server.access.caller import Caller, may_open
from core.server.access.opening import NotOpened, open_customer
from core.server.db import audit, customers
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.http.guards import asked_by
from core.server.http.problems import Malformed
from core.server.http.services import Services
from core.wire.search import CustomerQuery, FoundCustomer, FoundCustomers

MOST_FOUND = 20
_LOOKED_AT = 200


def customer_routes(services: Services) -> list[HTTPRouteHandler]:
    route = asked_by(services, Right.CALL_WITHOUT_TASK)

    @post("/v1/customers/search", operation_id="searchCustomers", status_code=200, **route)
    def search(request: Request[Any, Any, Any], data: CustomerQuery) -> FoundCustomers:
        """At most 20 customers of one's own areas, or on one's own desk."""
        number = "".join(char for char in data.number if char.isascii() and char.isdigit())
        text = data.text.strip()[:60]
        if len(number) < 5 and len(text) < 2:
            raise Malformed("number: 5 digits at least, or text: 2 characters at least")
        with services.database.write() as unit:
            found = _search(unit, request.user, number, text)
            audit.write(
                unit, writer=request.user.staff_number, action=Action.CUSTOMER_SEARCHED,
                number=mask_number(number), by_text=not number, found=len(found),
                shown=tuple(one.customer_id for one in found),
            )  # fmt: skip
        return FoundCustomers(customers=tuple(found))

    @get("/v1/customers/{customer_id:str}", operation_id="openCustomer", **route)
    def open_(
        request: Request[Any, Any, Any], customer_id: Annotated[str, Parameter(max_length=80)]
    ) -> Response[bytes]:
        """The document with the sections that one may see; it is pulled as well for a day."""
        try:
            with services.database.write() as unit:
                body = open_customer(unit, request.user, customer_id)
        except NotOpened as error:
            _record(services.database, request.user, customer_id, error)
            raise
        if body is None:
            raise NotFoundException
        return Response(body, media_type="application/json")

    return [search, open_]


def _search(unit: Unit, caller: Caller, number: str, text: str) -> list[FoundCustomer]:
    rows = customers.find(unit, number=number, text=text, limit=_LOOKED_AT)
    allowed = [row for row in rows if may_open(unit, caller, row.id, row.area)][:MOST_FOUND]
    return [
        FoundCustomer(
            customer_id=row.id,
            name=row.name,
            tier=Tier(row.tier),
            area=row.area,
            number_masked=mask_number(row.main_number),
        )
        for row in allowed
    ]


def _record(database: Database, caller: Caller, customer_id: str, error: NotOpened) -> None:
    """Whom somebody wanted and did not get is on record as well: who reads in bulk shows by it."""
    with database.write() as unit:
        audit.write(
            unit, writer=caller.staff_number, action=Action.CUSTOMER_NOT_OPENED, object_=customer_id, why=error.code
        )
