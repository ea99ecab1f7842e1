"""Review packs for those who lead or plan: the list, and bytes of a part in pieces that can be resumed."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.people import Right
from core.server.http.guards import asked_by
from core.server.http.services import Services
from core.server.review.handing_out import pack_list, piece
from core.wire.review import LONGEST_PIECE, PackList

_BYTES = "application/octet-stream"
_DIGEST = "^[0-9a-f]{64}$"


def review_routes(services: Services) -> list[HTTPRouteHandler]:
    route = asked_by(services, Right.REVIEW)

    @get("/v1/review/packs", operation_id="reviewPacks", **route)
    def listed(request: Request[Any, Any, Any]) -> PackList:
        """The own team's packs, all for planners. Made as of now as far as a few seconds allow: see `waiting`."""
        return pack_list(services.database, request.user)

    @get("/v1/review/parts/{digest:str}", operation_id="reviewPart", media_type=_BYTES, **route)
    def part(
        request: Request[Any, Any, Any],
        digest: Annotated[str, Parameter(pattern=_DIGEST)],
        offset: Annotated[int, Parameter(ge=0, le=2**40)] = 0,
        length: Annotated[int, Parameter(ge=1, le=LONGEST_PIECE)] = LONGEST_PIECE,
    ) -> Response[bytes]:
        """Bytes of a part from `offset` on; none beyond its end."""
        found = piece(services.database, request.user, digest, offset=offset, length=length)
        if found is None:
            raise NotFoundException
        return Response(found, media_type=_BYTES)

    return [listed, part]
