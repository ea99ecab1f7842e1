"""A process beside the server, an outside system of the demo: serves until it is told to stop."""

import signal
import threading
from http.server import ThreadingHTTPServer


def serve_beside(server: ThreadingHTTPServer, *, die_with_parent: bool) -> None:
    """Announces where it listens; ends at a signal, or with its parent where that is asked."""
    from core.demo.outside import announce
    from core.server.parent import when_parent_ends

    if die_with_parent:
        when_parent_ends(server.shutdown)
    for number in (signal.SIGTERM, signal.SIGINT):
        # Asked from another thread: the one that serves would wait for itself.
        signal.signal(number, lambda _number, _frame: threading.Thread(target=server.shutdown).start())
    announce(server.server_address[1])
    try:
        server.serve_forever(poll_interval=0.1)
    finally:
        server.server_close()
