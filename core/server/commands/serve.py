"""`serve`: the HTTP server."""

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.addresses import is_this_machine
from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import folder_of, opened, place_of
from core.server.commands.say import warn

if TYPE_CHECKING:
    from core.server.jobs.running import Where
    from core.server.tls import Tls


def run(options: argparse.Namespace) -> None:
    from core.server import logs
    from core.server.condition import refuse_unwritable
    from core.server.departments.service import departments
    from core.server.holding import held
    from core.server.orders.service import ways
    from core.server.outreach.port import outreach_port
    from core.server.rechecking.port import standing_port
    from core.server.restored import notice
    from core.server.serving import Options, serve

    logs.configure(debug=options.debug)
    tls = _tls(options)
    if tls is None:
        _refuse_open_air(options.host, meant=options.behind_proxy)
    place = place_of(options)
    with ExitStack() as stack:
        if place.file is not None and place.file.is_file() and place.file.stat().st_size:
            stack.enter_context(held(place.file))
        database = stack.enter_context(opened(options))
        refuse_unwritable(database, where=place.shown)
        if notice(database):
            warn(
                "数据库是从备份恢复的：各台座席会重新拉取，并把备份之后的结果再传一次。"
                " / The database was restored from a dump: desks pull anew and send again what came after it."
            )
        serve(
            database,
            folder_of(options),
            Options(
                host=options.host,
                port=options.port,
                announce=options.announce,
                die_with_parent=options.die_with_parent,
                housekeeping_s=options.housekeeping_seconds,
                tls=tls,
                ways=ways(options.crm, options.sms),
                departments=departments(options.departments),
                outreach=outreach_port(options.outreach),
                jobs=_jobs(options, place.url),
                standing=standing_port(options.billing, crm=options.crm),
            ),
        )


def _jobs(options: argparse.Namespace, url: str) -> "Where | None":
    """A server that does nothing by itself runs no jobs either."""
    from core.server.jobs.running import Where

    return Where(folder_of(options), url, options.tenant) if options.housekeeping_seconds > 0 else None


def _tls(options: argparse.Namespace) -> "Tls | None":
    """Raises InputError where one of the two is missing, or they cannot be used."""
    from core.server.tls import Tls

    if not options.certificate and not options.private_key:
        return None
    if not (options.certificate and options.private_key):
        raise InputError(
            title=Text("证书和私钥要一起给", "Certificate and key go together"),
            message=Text("只给了其中一个。", "Only one of the two was named."),
            next_step=Text("请同时写 --certificate 和 --private-key。", "Name both --certificate and --private-key."),
        )
    tls = Tls(options.certificate, options.private_key)
    tls.check()
    return tls


def _refuse_open_air(host: str, *, meant: bool) -> None:
    """Plain HTTP beyond this machine, where passwords and customers' data would travel readable.

    Raises InputError unless it is `meant`: a proxy on another machine, or in another container, has the TLS.
    """
    if is_this_machine(host):
        return
    if not meant:
        raise InputError(
            title=Text("不在网络上用明文 HTTP", "No plain HTTP on the network"),
            message=Text(
                f"在 {host} 上用明文 HTTP 监听，密码和客户资料在网络上可被读取。没有启动。",
                f"Listening on {host} in plain HTTP, passwords and customers' data could be read on the network. "
                "Nothing was started.",
            ),
            next_step=Text(
                "请用 --certificate 和 --private-key 给出证书；TLS 代理在别的机器上时，加 --behind-proxy。",
                "Give a certificate with --certificate and --private-key; where a TLS proxy stands on another machine, "
                "add --behind-proxy.",
            ),
        )
    warn(
        f"警告：服务器在 {host} 上用明文 HTTP 监听，只应有 TLS 代理能连到它。 / "
        f"Warning: listening on {host} in plain HTTP; nothing but the TLS proxy should be able to reach it."
    )


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=_port, default=8300, help="0 takes a free one (default: 8300)")
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="speak TLS with this certificate (PEM)")
    parser.add_argument("--private-key", type=Path, metavar="FILE", help="the private key of the certificate (PEM)")
    parser.add_argument(
        "--behind-proxy",
        action="store_true",
        help="plain HTTP beyond this machine, for a TLS proxy on another one",
    )
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
    parser.add_argument(
        "--billing",
        default="",
        metavar="URL",
        help="who says how a customer stands at this moment, before a call (also STAYLINE_BILLING); without, the CRM is"
        " asked where it is at https://…",
    )
    parser.add_argument(
        "--outreach",
        default="",
        metavar="WHERE",
        help="the gateway of campaigns' texts, automated calls and visits: https://… or a folder for files (also"
        " STAYLINE_OUTREACH); without, they wait",
    )
    parser.add_argument("--debug", action="store_true", help="log more")
    parser.set_defaults(run=run)


def _port(text: str) -> int:
    """A TCP port, or the error that argparse tells in a line."""
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is 0 to 65535, not {text!r}")
    return int(text)
