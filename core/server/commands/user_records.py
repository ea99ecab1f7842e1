"""`user add` and `user change`: a new account, and an account whose unnamed parts stay as they are."""

import argparse

import msgspec

from core.domain.errors import InputError
from core.domain.people import Agent, Role, SkillLevel
from core.domain.text import Text
from core.server.commands.entered import check_number, check_staff_number, check_words
from core.server.commands.passwords import password_of
from core.server.commands.place import actor, opened
from core.server.commands.say import say
from core.server.commands.scenarios import check_scenarios
from core.server.db import audit, people
from core.server.db.audit import Action
from core.server.db.engine import Unit

_HIGHEST_TARGET = 10_000


def run_add(options: argparse.Namespace) -> None:
    """Raises InputError where the staff number is somebody's already, or what was named cannot stand."""
    from core.server.access.passwords import hash_password

    check_staff_number(options.staff_number)
    _check(options)
    check_scenarios(options.skill, options)
    with opened(options) as database:
        with database.read() as unit:
            _refuse_taken(unit, options.staff_number)
        password_hash = hash_password(password_of(options))
        with database.write() as unit:
            _refuse_taken(unit, options.staff_number)
            agent = _new_agent(unit, options)
            people.put(unit, agent, password_hash=password_hash)
            audit.write(unit, writer=actor(), action=Action.USER_ADDED, object_=agent.staff_number, role=agent.role)
    say(f"工号 {agent.staff_number} 已添加。 / User {agent.staff_number} added.")


def run_change(options: argparse.Namespace) -> None:
    """What was named is changed, all else stays; raises InputError for an unknown staff number."""
    _check(options)
    check_scenarios(options.skill or (), options)
    with opened(options) as database, database.write() as unit:
        account = people.require(unit, options.staff_number)
        agent = msgspec.structs.replace(account.agent, **_wanted(unit, options, account.agent))
        changed = [name for name in agent.__struct_fields__ if getattr(agent, name) != getattr(account.agent, name)]
        if changed:
            people.put(unit, agent, password_hash=account.password_hash)
            audit.write(
                unit, writer=actor(), action=Action.USER_CHANGED, object_=agent.staff_number, changed=",".join(changed),
                **_from_to(account.agent, agent, changed),
            )  # fmt: skip
    if changed:
        names = ", ".join(changed)
        say(f"工号 {agent.staff_number} 已修改（{names}）。 / User {agent.staff_number} changed ({names}).")
    else:
        say(f"工号 {agent.staff_number} 没有变化。 / Nothing of user {agent.staff_number} has changed.")


def _from_to(before: Agent, after: Agent, changed: list[str]) -> dict[str, str]:
    """What each part was and is: who raised whose rights, and by how much. Names of persons stay out of the audit."""
    told = (name for name in changed if name != "name")
    return {name: f"{_shown(getattr(before, name))} → {_shown(getattr(after, name))}" for name in told}


def _shown(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _check(options: argparse.Namespace) -> None:
    """Raises InputError on the first part that cannot stand."""
    check_words(options.name, Text("姓名", "name"))
    check_words(options.team, Text("班组编号", "team's id"), longest=40)
    check_words(options.team_name, Text("班组名称", "team's name"))
    for area in options.area or ():
        check_words(area, Text("片区", "area"))
    check_number(options.daily_target, Text("每日目标", "daily target"), least=0, most=_HIGHEST_TARGET)


def _new_agent(unit: Unit, options: argparse.Namespace) -> Agent:
    return Agent(
        staff_number=options.staff_number,
        name=options.name,
        role=Role(options.role),
        team=options.team,
        team_name=_team_name(unit, options, options.team),
        skills=tuple(options.skill),
        level=SkillLevel(options.level),
        daily_target=options.daily_target,
        areas=tuple(options.area),
    )


def _wanted(unit: Unit, options: argparse.Namespace, before: Agent) -> dict[str, object]:
    """The named parts by the names of Agent's fields."""
    team = options.team or before.team
    wanted = {
        "name": options.name,
        "role": Role(options.role) if options.role else None,
        "team": options.team,
        "team_name": _team_name(unit, options, team) if options.team or options.team_name else None,
        "skills": () if options.no_skills else _sorted(options.skill),
        "level": SkillLevel(options.level) if options.level else None,
        "daily_target": options.daily_target,
        "areas": () if options.no_areas else options.area and tuple(options.area),
    }
    return {name: value for name, value in wanted.items() if value is not None}


def _sorted(skills: list[str] | None) -> tuple[str, ...] | None:
    """As the database gives them: an order that was not asked for is no change."""
    return None if skills is None else tuple(sorted(set(skills)))


def _team_name(unit: Unit, options: argparse.Namespace, team: str) -> str:
    """What the team is to be called: as told, else as it is called already, else by its id."""
    return options.team_name or people.team_name(unit, team) or team


def _refuse_taken(unit: Unit, staff_number: str) -> None:
    account = people.get(unit, staff_number)
    if account is None:
        return
    raise InputError(
        title=Text("工号已存在", "Staff number is taken"),
        message=Text(
            f"工号 {staff_number} 已属于{account.agent.name}，未作改动。",
            f"User {staff_number} is {account.agent.name} already; nothing was changed.",
        ),
        next_step=Text(
            "修改请用 user change，重设密码请用 user password。",
            "To change it use user change; to set its password, user password.",
        ),
    )


def add_options(adding: argparse.ArgumentParser, changing: argparse.ArgumentParser) -> None:
    """The same parts for both: `add` has defaults, `change` keeps what is not named."""
    for parser in (adding, changing):
        new = parser is adding
        parser.add_argument("staff_number")
        parser.add_argument("--name", required=new)
        parser.add_argument("--role", required=new, choices=[role.value for role in Role])
        parser.add_argument("--team", required=new, help="id of the team")
        parser.add_argument("--team-name", help="what the team is called")
        parser.add_argument(
            "--skill",
            action="append",
            default=[] if new else None,
            metavar="SCENARIO",
            help="certified for it; may repeat" + ("" if new else "; these replace the present ones"),
        )
        parser.add_argument("--level", default="single" if new else None, choices=[one.value for one in SkillLevel])
        parser.add_argument(
            "--area",
            action="append",
            default=[] if new else None,
            help="may repeat; " + ("none stands for the whole centre" if new else "these replace the present ones"),
        )
        parser.add_argument("--daily-target", type=int, default=80 if new else None)
    changing.add_argument("--no-skills", action="store_true", help="certified for nothing any more")
    changing.add_argument("--no-areas", action="store_true", help="for the whole centre")
    adding.set_defaults(run=run_add)
    changing.set_defaults(run=run_change)
