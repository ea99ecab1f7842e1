"""`init`: a database with the newest schema and the shipped content."""

import argparse

import msgspec

from core.server.commands.place import opened, place_of, same_place
from core.server.commands.say import counted, say
from core.server.commands.site import check_names


def run(options: argparse.Namespace) -> None:
    from core.content import folder
    from core.guidance.check_folder import check_folder
    from core.offers.check import check_offers
    from core.server.db import people, settings
    from core.server.publishing import publish_shipped

    check_names(options.site_name, options.site_name_en, options.hotline)
    # What does not fit together is refused as a whole: nothing is published half.
    check_folder()
    check_offers(folder())
    with opened(options, make=True) as database:
        keys = publish_shipped(database)
        named = _named(options)
        if named:
            with database.write() as unit:
                settings.put_site(unit, msgspec.structs.replace(settings.site(unit), **named))
        with database.read() as unit:
            staffed = bool(people.everyone(unit))
    where = place_of(options).shown
    say(
        f"数据库已就绪：{where}，发布内容 {len(keys)} 项。"
        f" / The database is ready: {where}; {counted(len(keys), 'piece')} of content published."
    )
    _tell_next(same_place(options), staffed=staffed)


def _named(options: argparse.Namespace) -> dict[str, str]:
    """A centre that is named in Chinese alone is called so in both languages."""
    given = {
        "name_zh": options.site_name,
        "name_en": options.site_name_en or options.site_name,
        "official_hotline": options.hotline,
    }
    return {name: value for name, value in given.items() if value is not None}


def _tell_next(place: str, *, staffed: bool) -> None:
    serve = f"stayline-server serve{place}"
    if staffed:
        say(f"下一步：{serve} / Next: {serve}")
        return
    user = f"stayline-server user add …{place}"
    say(f"下一步：用 {user} 添加工号，再运行 {serve} / Next: add people with {user}, then run {serve}")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site-name", help="what the centre is called, in Chinese")
    parser.add_argument("--site-name-en", help="and in English")
    parser.add_argument("--hotline", help="the operator's official hotline, which agents name when asked")
    parser.set_defaults(run=run)
