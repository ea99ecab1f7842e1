"""`serve`: the HTTP server."""

import argparse
from contextlib import ExitStack
from ipaddress import ip_address

from core.server.commands.place import folder_of, opened, place_of
from core.server.commands.say import warn


def run(options: argparse.Namespace) -> None:
    from core.server import logs
    from core.server.condition import refuse_unwritable
    from core.server.departments.service import departments
    from core.server.holding import held
    from core.server.orders.service import ways
    from core.server.serving import Options, serve

    logs.configure(debug=options.debug)
    place = place_of(options)
    with ExitStack() as stack:
        if place.file is not None and place.file.is_file() and place.file.stat().st_size:
            stack.enter_context(held(place.file))
        database = stack.enter_context(opened(options))
        refuse_unwritable(database, where=place.shown)
        _warn_of_open_air(options.host)
        serve(
            database,
            folder_of(options),
            Options(
                host=options.host,
                port=options.port,
                announce=options.announce,
                die_with_parent=options.die_with_parent,
                housekeeping_s=options.housekeeping_seconds,
                ways=ways(options.crm, options.sms),
                departments=departments(options.departments),
            ),
        )


def _warn_of_open_air(host: str) -> None:
    """The server speaks plain HTTP: beyond this machine, passwords and customers' data would travel readable."""
    if _is_this_machine(host):
        return
    warn(
        f"警告：服务器在 {host} 上用明文 HTTP 监听，密码和客户资料在网络上可被读取。"
        "请在前面放 TLS 代理，并让服务器只监听 127.0.0.1。 / "
        f"Warning: listening on {host} in plain HTTP; passwords and customers' data can be read on the network. "
        "Put a TLS proxy in front and let the server listen on 127.0.0.1 alone."
    )


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=_port, default=8300, help="0 takes a free one (default: 8300)")
    parser.add_argument("--announce", action="store_true", help="print {url, pid} as one JSON line once listening")
    parser.add_argument("--die-with-parent", action="store_true", help="stop when the parent process ends")
    parser.add_argument(
        "--housekeeping-seconds",
        type=float,
        default=60.0,
        metavar="S",
        help="between two runs that give out and take back tasks; 0 for none",
    )
    parser.add_argument(
        "--crm",
        default="",
        metavar="WHERE",
        help="where confirmed orders go: https://… or a folder for files (also STAYLINE_CRM); without, they wait",
    )
    parser.add_argument(
        "--sms",
        default="",
        metavar="URL",
        help="the gateway that asks customers to confirm an order (also STAYLINE_SMS); without, `orders confirm` does",
    )
    parser.add_argument(
        "--departments",
        default="",
        metavar="WHERE",
        help="where work orders, visits and feedback go, and stores are asked: https://… or a folder for files"
        " (also STAYLINE_DEPARTMENTS); without, they wait and are exported",
    )
    parser.add_argument("--debug", action="store_true", help="log more")
    parser.set_defaults(run=run)


def _port(text: str) -> int:
    """A TCP port, or the error that argparse tells in a line."""
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is 0 to 65535, not {text!r}")
    return int(text)
