"""`oidc set|show|off`: signing in by accounts of the organisation (OpenID Connect), beside passwords.

The provider has to know this server as a client whose redirect address is http://127.0.0.1/signed-in, any port: a
native application (RFC 8252). The secret, where there is one, is kept in the data folder of the machine that serves.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from core.domain.errors import InputError
from core.domain.text import Text
from core.server.commands.place import actor, folder_of, opened
from core.server.commands.say import say

_LONGEST = 255


def run_set(options: argparse.Namespace) -> None:
    """The provider is asked first; raises InputError where it does not answer as one, and nothing is changed."""
    from core.server.db import audit
    from core.server.db.audit import Action
    from core.server.organisation import settings
    from core.server.organisation.settings import Organisation

    secret = _secret_of(options.client_secret_file)
    known = Organisation(issuer=_issuer_of(options.issuer), client_id=options.client_id, claim=options.claim)
    folder = folder_of(options)
    with opened(options) as database:
        settings.put_secret(folder, secret)
        with database.write() as unit:
            settings.put(unit, known)
            audit.write(unit, writer=actor(), action=Action.ORGANISATION_SET, object_=known.issuer, claim=known.claim)
    say(
        f"已开通单位账号登录：{known.issuer}。用 user link 逐个关联工号。 / "
        f"Signing in by {known.issuer} is offered; link each user with: user link."
    )


def run_show(options: argparse.Namespace) -> None:
    from core.server.db import links
    from core.server.organisation import settings

    with opened(options) as database, database.read() as unit:
        known, linked = settings.read(unit), links.everyone(unit)
    if known is None:
        say("没有开通单位账号登录。 / Signing in by accounts of the organisation is not offered.")
        return
    secret = Text("有", "kept here") if settings.secret_in(folder_of(options)) else Text("无", "none")
    say(f"提供方 / issuer     {known.issuer}")
    say(f"客户端 / client id  {known.client_id}")
    say(f"密钥 / secret       {secret.zh} {secret.en}")
    say(f"标识 / claim        {known.claim}")
    for one in linked:
        held = one.link.issuer == known.issuer and one.link.claim == known.claim
        say(f"{one.staff_number}\t{one.link.subject}" + ("" if held else "\t不再有效 no longer good"))


def run_off(options: argparse.Namespace) -> None:
    """Links stay, and hold again once the same provider is set; sessions that were begun so go on."""
    from core.server.db import audit
    from core.server.db.audit import Action
    from core.server.organisation import settings

    with opened(options) as database:
        settings.put_secret(folder_of(options), "")
        with database.write() as unit:
            if settings.read(unit) is not None:
                settings.put(unit, None)
                audit.write(unit, writer=actor(), action=Action.ORGANISATION_OFF)
    say("单位账号登录已关闭，密码登录照旧。 / Signing in by the organisation is off; passwords go on.")


def _issuer_of(address: str) -> str:
    """As the provider writes it of itself."""
    from core.server.organisation.asking import ProviderDown
    from core.server.organisation.provider import discover

    try:
        issuer = discover(address).issuer
    except ProviderDown as error:
        raise InputError(
            title=Text("不能使用这个提供方", "The provider cannot be used"),
            message=Text(
                f"{address} 没有按 OpenID 的规定回应（{error}），未作改动。",
                f"{address} does not answer as an OpenID provider ({error}); nothing was changed.",
            ),
            next_step=Text(
                "请核对地址：它后面接 /.well-known/openid-configuration 应能打开，且须是 https。",
                "Check it: followed by /.well-known/openid-configuration it opens, and it is https.",
            ),
        ) from error
    if len(issuer) > _LONGEST:
        raise InputError(
            title=Text("不能使用这个提供方", "The provider cannot be used"),
            message=Text("地址过长。", "Its address is too long."),
            next_step=Text(f"最多 {_LONGEST} 个字符。", f"At most {_LONGEST} letters."),
        )
    return issuer


def _secret_of(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        secret = file.read_text("utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise _no_secret(file, Text("读不出来", "cannot be read")) from error
    if not secret:
        raise _no_secret(file, Text("是空的", "is empty"))
    return secret


def _no_secret(file: Path, why: Text) -> InputError:
    return InputError(
        title=Text("密钥文件不可用", "The secret's file cannot be used"),
        message=Text(f"{file} {why.zh}，未作改动。", f"{file} {why.en}; nothing was changed."),
        next_step=Text("请给出只含密钥的文本文件。", "Name a text file that holds the secret alone."),
    )


def add(parser: argparse.ArgumentParser, add_place: Callable[[argparse.ArgumentParser], None]) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="set|show|off")
    setting = verbs.add_parser("set", help="offer it, by this provider; it is asked at once whether it is one")
    setting.add_argument("--issuer", required=True, metavar="URL", help="the provider's address, https")
    setting.add_argument("--client-id", required=True, metavar="ID", help="what the provider calls this server")
    setting.add_argument(
        "--client-secret-file", type=Path, metavar="FILE", help="holds the secret; copied into the data folder"
    )
    setting.add_argument(
        "--claim",
        default="sub",
        help="what names a person: sub (default, never given twice), email (verified alone), or another",
    )
    setting.set_defaults(run=run_set)
    shown = verbs.add_parser("show", help="which provider, and who is linked")
    shown.set_defaults(run=run_show)
    off = verbs.add_parser("off", help="offer it no more; links stay")
    off.set_defaults(run=run_off)
    for verb in (setting, shown, off):
        add_place(verb)
