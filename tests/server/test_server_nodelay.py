"""What the server says leaves at once."""

import asyncio
import socket

from core.server.serving import bind


def test_no_part_of_an_answer_waits_for_the_one_before_it_to_be_acknowledged() -> None:
    """A head and a body are two parts: 40 ms more for every request of every desk."""

    async def sends_at_once() -> int:
        found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def connected(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted: socket.socket = writer.get_extra_info("socket")
            found.set_result(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = bind("127.0.0.1", 0)
        async with await asyncio.start_server(connected, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            try:
                return await asyncio.wait_for(found, 10)
            finally:
                writer.close()

    assert asyncio.run(sends_at_once())
