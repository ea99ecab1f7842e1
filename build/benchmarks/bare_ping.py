"""P7, beneath the reference: ASGI with nothing on it, answering as many bytes. A process; imports nothing of ours."""

import socket
import sys
from typing import Any

import uvicorn


def serve(size: int) -> None:
    """On one worker until killed; prints the port that it listens on."""
    body = b"x" * size
    headers = [(b"content-type", b"application/json"), (b"content-length", str(size).encode())]

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    # Names its protocol, as the product's does: else asyncio holds each body back until its head is acknowledged.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.bind(("127.0.0.1", 0))
    sock.listen(512)
    print(sock.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")).run(sockets=[sock])


if __name__ == "__main__":
    serve(int(sys.argv[1]))
