"""`certificate code|announce|list|withdraw`: the server's certificate, as desks keep it and hear of its change.

Desks keep the key of the certificate at their first sign-in and refuse another. One that is announced before the change
reaches every desk with its next pull; who was away meanwhile is read the check code.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import msgspec

from core.server.commands.place import actor, opened
from core.server.commands.say import say


def run_code(options: argparse.Namespace) -> None:
    """Needs no database: what an administrator reads to an agent, and the key in full."""
    from core.server.tls import key_in
    from core.wire.server_key import code_of

    key = key_in(options.file)
    say(f"核对码 / check code  {code_of(key)}")
    say(f"SHA-256             {key}")


def run_announce(options: argparse.Namespace) -> None:
    """Added to what is announced already; raises InputError where the file holds no certificate."""
    from core.server.tls import key_in
    from core.wire.server_key import code_of

    key = key_in(options.file)
    _put(options, lambda keys: tuple(dict.fromkeys((*keys, key))))
    code = code_of(key)
    say(
        f"已预告 {code}。在线的坐席下次同步就认得它；等大家都同步过，再换证书。 / "
        f"Announced {code}. Desks know it from their next pull on; change the certificate once they have pulled."
    )


def run_withdraw(options: argparse.Namespace) -> None:
    """Once the change is done nothing needs to be announced any more."""
    _put(options, lambda _keys: ())
    say("不再预告任何证书。 / No certificate is announced any more.")


def run_list(options: argparse.Namespace) -> None:
    from core.server.db import settings
    from core.wire.server_key import code_of

    with opened(options) as database, database.read() as unit:
        keys = settings.site(unit).server_keys
    for key in keys:
        say(f"{code_of(key)}\t{key}")
    if not keys:
        say("没有预告证书。 / No certificate is announced.")


def _put(options: argparse.Namespace, changed: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
    from core.server.db import audit, settings
    from core.server.db.audit import Action

    with opened(options) as database, database.write() as unit:
        site = settings.site(unit)
        keys = changed(site.server_keys)
        if keys != site.server_keys:
            settings.put_site(unit, msgspec.structs.replace(site, server_keys=keys))
            audit.write(unit, writer=actor(), action=Action.CERTIFICATE_ANNOUNCED, keys=",".join(keys))


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="code|announce|list|withdraw")
    code = verbs.add_parser("code", help="the check code of a certificate file, to be read to who asks")
    announce = verbs.add_parser("announce", help="tell desks of the certificate that will follow, before the change")
    for verb, run in ((code, run_code), (announce, run_announce)):
        verb.add_argument("file", type=Path, help="the server's certificate (PEM)")
        verb.set_defaults(run=run)
    listing = verbs.add_parser("list", help="what is announced")
    listing.set_defaults(run=run_list)
    withdraw = verbs.add_parser("withdraw", help="announce nothing any more")
    withdraw.set_defaults(run=run_withdraw)
    for verb in (code, announce, listing, withdraw):
        add_place(verb)
