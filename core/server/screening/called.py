"""EVAL-01, TASK-06: members of campaigns that held out a control group, for a model that learns whom a call helps."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from core.domain.campaign import Arm, Campaign, calls
from core.domain.clock import local_day
from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model.called import Drawn, called_list
from core.screening.model.reading import Listed
from core.screening.snapshots.keeping import Shelf
from core.server.campaigns.refusing import NoCampaign
from core.server.db import campaigns
from core.server.db.campaigns import Member
from core.server.db.engine import Database
from core.server.effect.columns import drawn_members
from core.server.screening.ends import ends_of


def called_in(database: Database, data: Path, names: Sequence[str], *, within_days: int) -> tuple[Listed, int]:
    """Whoever was drawn so many days before the last of which it is known who left, and was on net then; and how many
    of them no snapshot from before the draw holds any more.

    Raises InputError where there is no such campaign, chance did not draw a control group, campaigns held out different
    parts, or nobody was drawn so long ago."""
    left_on, known_until = ends_of(database)
    shelf, groups, passed = Shelf(data, database.tenant), list[Drawn](), 0
    every = shelf.all()
    for one in _campaigns(database, names):
        with database.read() as unit:
            members = list(_due(campaigns.members(unit, one.id), left_on, known_until, within_days))
        by_place: dict[int, list[Member]] = {}
        for member in members:
            by_place.setdefault(bisect_right(every, member.drawn_at, key=lambda each: each.taken_at), []).append(member)
        # Before the first snapshot nothing is known of anybody.
        passed += len(by_place.pop(0, []))
        for place, group in sorted(by_place.items()):
            snapshot = shelf.find(every[place - 1].id)
            shelf.check(snapshot)
            ends = {each.customer_id: _last(each.drawn_at, within_days) for each in group}
            groups.append(
                Drawn(
                    snapshot, shelf.path(snapshot.id), called=_of(group, Arm.TREATED), held_out=_of(group, Arm.CONTROL),
                    left=frozenset(key for key, end in ends.items() if key in left_on and left_on[key] <= end),
                )
            )  # fmt: skip
    if not groups:
        raise _nobody(known_until, within_days, passed)
    # Reports in either language name it.
    listed = called_list(" + ".join(dict.fromkeys(names)), groups)
    members_in_all = sum(len(one.called) + len(one.held_out) for one in groups)
    return listed, passed + (0 if listed.of else members_in_all - len(listed.frame))


def _campaigns(database: Database, names: Sequence[str]) -> list[Campaign]:
    found = []
    for name in dict.fromkeys(names):
        with database.read() as unit:
            kept = campaigns.get(unit, name)
            if kept is None:
                raise NoCampaign(name)
            if not kept.campaign.control_percent or not drawn_members(unit, name, kept.campaign.seed).arms_hold:
                raise _not_by_chance(name)
            if not calls(kept.campaign):
                raise _no_calls(name)
        found.append(kept.campaign)
    if len({one.control_percent for one in found}) > 1:
        raise _uneven(found)
    return found


def _due(
    members: Iterator[Member], left_on: dict[str, date], known_until: date, within_days: int
) -> Iterator[Member]:  # fmt: skip
    for one in members:
        if one.arm is Arm.NOT_DRAWN or _last(one.drawn_at, within_days) > known_until:
            continue
        left = left_on.get(one.customer_id)
        if left is None or left >= local_day(one.drawn_at):
            yield one


def _last(drawn_at: datetime, within_days: int) -> date:
    return local_day(drawn_at) + timedelta(days=within_days)


def _of(members: Collection[Member], arm: Arm) -> frozenset[str]:
    return frozenset(one.customer_id for one in members if one.arm is arm)


def _not_by_chance(name: str) -> InputError:
    return InputError(
        title=Text("没有随机的对照组", "No control group by chance"),
        message=Text(
            f"活动“{name}”没有留对照组，或分组不再是抽签时的样子。",
            f"Campaign “{name}” held out nobody, or its arms are not as chance drew them.",
        ),
        next_step=Text("不说外呼的效果。请用留了对照组的活动。",
                       "No effect of calls is told. Name a campaign with a control group."),
    )  # fmt: skip


def _no_calls(name: str) -> InputError:
    return InputError(
        title=Text("没有外呼", "Nobody was called"),
        message=Text(f"活动“{name}”不打电话。", f"Campaign “{name}” calls nobody."),
        next_step=Text("外呼有没有用要从外呼里学。请用打过电话的活动。",
                       "What a call changes is learnt from calls. Name a campaign that calls."),
    )  # fmt: skip


def _uneven(found: Sequence[Campaign]) -> InputError:
    zh = "、".join(f"{one.id} {one.control_percent:g}%" for one in found)
    en = ", ".join(f"{one.id} {one.control_percent:g}%" for one in found)
    return InputError(
        title=Text("对照比例不同", "The campaigns held out different parts"),
        message=Text(f"{zh}：放在一起，谁被外呼就与活动有关。",
                     f"{en}: together, who was called hangs on the campaign."),
        next_step=Text("请只用对照比例相同的活动。", "Name campaigns alone that held out the same part."),
    )  # fmt: skip


def _nobody(known_until: date, within_days: int, passed: int) -> InputError:
    return InputError(
        title=Text("还没有可学的客户", "Nobody to learn from yet"),
        message=Text(
            f"离网名单到 {known_until} 为止，没有客户在 {within_days} 天以前抽组且留有当时的快照"
            f"（没有快照的 {passed} 位）。",
            f"Who left is known until {known_until}: nobody was drawn {within_days} days before that of whom a snapshot"
            f" of then is kept ({passed} have none).",
        ),
        next_step=Text("请用 on-net 导入更新的离网名单，或缩短 --within。",
                       "Bring a newer list with on-net, or shorten --within."),
    )  # fmt: skip
