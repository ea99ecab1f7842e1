"""P7: the product's application on one worker, as `serve` runs it, with the ping that is its reference beside it.

The ping is signed in like a claim and passes through the same middleware; it answers a claim's bytes and does nothing.
"""

import asyncio
import sys
from pathlib import Path

import uvicorn
from litestar import post

from core.domain import decoding
from core.domain.people import Right
from core.server.db.engine import Database, open_engine
from core.server.http.app import build_app
from core.server.http.guards import asked_by
from core.server.http.services import Services
from core.server.serving import bind
from core.wire.claiming import Claimed


def serve(url: str, folder: Path) -> None:
    """Until killed; prints the port that it listens on. `folder` has the key and, in `claimed.json`, an answer."""
    services = Services.of(Database(open_engine(url)), folder)
    sample = decoding.decode((folder / "claimed.json").read_bytes(), Claimed)

    @post("/v1/ping", operation_id="ping", status_code=200, **asked_by(services, Right.CALL, waits=True))
    async def ping() -> Claimed:
        """What a claim answers."""
        return sample

    sock = bind("127.0.0.1", 0)
    config = uvicorn.Config(
        build_app(services, ping),  # type: ignore[arg-type]
        log_config=None, access_log=False, lifespan="off", server_header=False,
    )  # fmt: skip
    print(sock.getsockname()[1], flush=True)
    asyncio.run(uvicorn.Server(config).serve(sockets=[sock]))


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]))
