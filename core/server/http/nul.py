"""No text of a request may hold a NUL: PostgreSQL keeps none, and what SQLite kept could not be moved to it.

Asked here, for all routes at once, before anything of a request is decoded.
"""

import re
from typing import Any

from litestar import Request

from core.server.http.problems import Malformed

EACH_FOR_ITSELF = {"nul_told_apart": True}
"""what a route states as `opt` whose body has parts that are answered one by one: a bad one holds up no other"""
_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})
_IN_JSON = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""the only way in which JSON can write it; after an odd number of backslashes it is those letters themselves"""


async def refuse_nul(request: Request[Any, Any, Any]) -> None:
    """Raises Malformed. Runs once it is settled who asks."""
    if "\0" in request.scope["path"] or b"%00" in request.scope["query_string"]:
        raise Malformed("a NUL in a text")
    if request.method in _WITHOUT_BODY or request.route_handler.opt.get("nul_told_apart"):
        return
    body = await request.body()
    # The search by pattern costs, and next to no body has these letters at all.
    if b"\\u0000" in body and _IN_JSON.search(body):
        raise Malformed("a NUL in a text")
