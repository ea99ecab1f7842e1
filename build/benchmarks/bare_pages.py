"""P6, reference: hands out pages from memory, packed as they are asked for. A process; imports nothing of ours."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import zstandard


def serve(folder: Path) -> None:
    """Pages by number until standard input ends with the parent; prints the port that it listens on."""
    pages = [path.read_bytes() for path in sorted(folder.iterdir())]

    class Pages(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            packed = zstandard.ZstdCompressor(level=3).compress(pages[int(self.path[1:])])
            self.send_response(200)
            self.send_header("Content-Length", str(len(packed)))
            self.end_headers()
            self.wfile.write(packed)

        def log_message(self, format: str, *args: object) -> None:
            return None

    server = HTTPServer(("127.0.0.1", 0), Pages)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
