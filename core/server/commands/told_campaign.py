"""Campaigns in words: what starting one would do, how one stands, and what runs dry."""

from collections.abc import Sequence

from core.domain.campaign import CAMPAIGN_MOVES, MemberState
from core.domain.money import yuan
from core.domain.outreach import CONTACT_WORDS
from core.domain.running_dry import RateFrom
from core.domain.text import Text
from core.server.campaigns.words import (
    BARRIER_WORDS,
    FLAW_WORDS,
    MEMBER_STATE_NAMES,
    ROLE_WORDS,
    ROUTE_NAMES,
    STATE_NAMES,
)
from core.server.commands.say import counted, say
from core.wire.campaigns import (
    CampaignPreview,
    CampaignTold,
    ListFlaw,
    ListReport,
    ListTold,
    MemberCounts,
    NextSegments,
    RunsDry,
    SegmentKind,
)
from core.wire.list_files import ListColumn

_STRATA_SHOWN, _ROWS_SHOWN = 8, 10
_NO_SCORE = Text("概率不可用，按没有算（要 0 到 1，或百分数）", "no usable score (0 to 1, or percent), taken as none")
_NOT_YET = Text("还说不准够不够", "whether the list suffices cannot be told yet")
_FULL_TODAY = Text("活动今天的量已满，明天接着派", "its bound for today is reached; they follow from tomorrow")
_NO_ROOM = Text(
    "地区、技能合适的坐席没有空位（别的坐席空着也不派给他们），空出来就派",
    "the desks certified for them, in their areas, have no room, whatever others have; they follow as there is some",
)
_NEVER_SENT = Text("没有派出，也不再派", "Not dispatched, and will not be")
_SEGMENT_WORDS = {
    SegmentKind.RESERVE: Text("后备", "reserve"),
    SegmentKind.MODEL: Text("模型", "model"),
    SegmentKind.RULE: Text("规则", "rule"),
}


def tell_list(found: Sequence[CampaignTold]) -> None:
    for one in found:
        state = STATE_NAMES[one.state]
        say(
            f"{one.id}\t{state.zh} / {state.en}\t{one.name.zh} / {one.name.en}\t{one.starts_on}…{one.ends_on}"
            f"\t{one.members.dispatched}/{one.members.treated}"
        )
    if not found:
        say("还没有活动。 / There is no campaign yet.")


def tell_campaign(one: CampaignTold) -> None:
    state, audience = STATE_NAMES[one.state], one.audience
    say(f"{one.id}\t{one.name.zh} / {one.name.en}\t{state.zh} / {state.en}\t{one.starts_on}…{one.ends_on}")
    named = [*audience.rules, audience.model, audience.list_id, audience.more_list_id]
    say(f"    选客户 whom: {' + '.join(each for each in named if each)}    场景 scenario: {one.scenario}")
    if one.why is not None:
        say(f"    ！{one.why.zh} / {one.why.en}")
    tell_counts(one.members, over=not CAMPAIGN_MOVES[one.state])
    done = one.done
    say(
        f"    任务 {done.tasks}，未完 {done.open}，接触本人 {done.reached}，办成 {done.agreed}，过期 {done.expired}。"
        f" / {counted(done.tasks, 'task')}, {done.open} open, {done.reached} reached, {done.agreed} agreed,"
        f" {done.expired} expired."
    )
    for each in one.contacts:
        way, state = ROUTE_NAMES[each.route], CONTACT_WORDS[each.state]
        say(f"    {way.zh}：{state.zh} {each.contacts} / {way.en}: {each.contacts} {state.en}")
    if one.runs_dry is not None:
        tell_dry(one.runs_dry)


def tell_begun(one: CampaignTold) -> None:
    """Right after its start."""
    sent, waiting = one.members.dispatched, one.done.waiting
    zh, en = (f"，其中 {waiting} 位等坐席空位", f", {waiting} of them wait for room at a desk") if waiting else ("", "")
    say(f"活动已开始，派出 {sent} 位{zh}。 / It has begun; {counted(sent, 'customer')} dispatched{en}.")
    if ready := one.members.ready:
        full = bool(one.a_day) and sent >= one.a_day
        why = _FULL_TODAY if full else _NO_ROOM
        say(f"另有 {ready} 位就绪：{why.zh}。 / {ready} more are ready: {why.en}.")


def tell_counts(members: MemberCounts, *, over: bool = False) -> None:
    """`over`: of a campaign that reaches nobody any more."""
    say(
        f"    选出 {members.chosen}：联系组 {members.treated}，对照组 {members.control}，未抽 {members.not_drawn}。"
        f" / {members.chosen} chosen: {members.treated} to be contacted, {members.control} held out,"
        f" {members.not_drawn} not drawn."
    )
    for words, number in _states(members, over=over):
        if number:
            say(f"        {words.zh} / {words.en}\t{number}")
    for barrier in members.barriers:
        words = BARRIER_WORDS[barrier.barrier]
        say(f"        · {words.zh} / {words.en}\t{barrier.members}")
    for route in members.routes:
        words = ROUTE_NAMES[route.route]
        say(f"        → {words.zh} / {words.en}\t{route.members}")


def _states(members: MemberCounts, *, over: bool) -> list[tuple[Text, int]]:
    still = {MemberState.READY: members.ready, MemberState.HELD: members.held}
    past = {
        MemberState.BLOCKED: members.blocked,
        MemberState.DISPATCHED: members.dispatched,
        MemberState.RECALLED: members.recalled,
    }
    told = past if over else still | past
    left = [(_NEVER_SENT, sum(still.values()))] if over else []
    return left + [(MEMBER_STATE_NAMES[one], number) for one, number in told.items()]


def tell_preview(found: CampaignPreview) -> None:
    if found.snapshot_id:
        say(f"快照 {found.snapshot_id}。 / Snapshot {found.snapshot_id}.")
    tell_counts(found.members)
    _tell_strata(found)
    if found.called == 0:
        say("    现在没有客户要打电话，无从算空位和天数。 / Nobody would be called now: no room or days are told.")
    else:
        _tell_room(found)
    if found.expected_reached is not None:
        agreed = "—" if found.expected_agreed is None else str(found.expected_agreed)
        say(
            f"    预计接触 {found.expected_reached}，办成 {agreed}。"
            f" / By its forecast {found.expected_reached} reached, {agreed} agreed."
        )
    if found.sent:
        came = "—" if found.expected_delivered is None else str(found.expected_delivered)
        say(
            f"    短信、语音、上门 {found.sent} 位，预计送达 {came}；同意与否只从通话里数。"
            f" / {counted(found.sent, 'customer')} by text, voice or visit, {came} delivered by its forecast;"
            " agreements are counted of calls alone."
        )
    if found.expected_kept is not None:
        _tell_kept(found.expected_kept, by_model=bool(found.effect_model))
    if found.profit_fen is not None:
        told = yuan(found.profit_fen)
        say(f"    按模型的成本，打这些电话预期收益 {told} 元。 / By the model's costs calling them brings {told} yuan.")
    if found.effect_told is not None:
        say(f"    {found.effect_told.zh} / {found.effect_told.en}")
    for caution in found.cautions:
        say(f"    ！{caution.zh} / {caution.en}")


def _tell_kept(kept: int, *, by_model: bool) -> None:
    whose = Text("增益模型", "the uplift model") if by_model else Text("活动预测", "its forecast")
    more = (
        Text("多留住", f"{kept} more stay on net") if kept >= 0 else Text("反而多离网", f"calls lose {-kept} customers")
    )
    say(f"    按{whose.zh}{more.zh} {abs(kept)} 位。 / By {whose.en} {more.en}.")


def _tell_strata(found: CampaignPreview) -> None:
    shown = found.strata[:_STRATA_SHOWN]
    for one in shown:
        named = one.name or Text(one.stratum, one.stratum)
        told = named.zh if named.zh == named.en else f"{named.zh} / {named.en}"
        brings = "" if one.profit_fen is None else f"，预期收益 profit {yuan(one.profit_fen)} 元"
        say(f"        {told}\t{one.members}，对照 control {one.control}{brings}")
    members, control = found.members, found.members.control
    rest = members.treated + control - sum(one.members for one in shown)
    if rest > 0:
        held = control - sum(one.control for one in shown)
        say(f"        其余各层 / other strata\t{rest}，对照 control {held}")


def _tell_room(found: CampaignPreview) -> None:
    work = "—" if found.days_of_work is None else f"{max(found.days_of_work, 0.1):.1f}"
    say(
        f"    坐席现有空位 {found.room_now}，每天可接 {found.a_day}，约需 {work} 天，活动共 {found.days} 天。"
        f" / Room at desks now {found.room_now}, {found.a_day} a day; about {work} days of {found.days}."
    )


def tell_dry(found: RunsDry) -> None:
    left = counted(found.days_left, "day")
    if found.rate_from is RateFrom.NOTHING:
        said = Text("名单不够用", "the list runs dry") if found.dry else _NOT_YET
        say(
            f"    {said.zh}：目标 {found.target}，还可联系 {found.left}，尚无一位办结，剩 {found.days_left} 天。"
            f" / {said.en}: target {found.target}, {found.left} left, nobody's task is over, {left} left."
        )
        return
    said = Text("名单不够用", "the list runs dry") if found.dry else Text("可能不够用", "it may run dry")
    if not found.likely:
        said = Text("名单够用", "the list suffices")
    if found.rate_from is RateFrom.FORECAST:
        say(
            f"    {said.zh}（按预测，尚无一位办结）：目标 {found.target}，还可联系 {found.left}，"
            f"办成率 {found.rate:.1%}，预计 {found.expected}，剩 {found.days_left} 天。"
            f" / {said.en}, by its forecast, since nobody's task is over yet: target {found.target}, {found.left} left,"
            f" rate {found.rate:.1%}, {found.expected} expected, {left} left."
        )
        return
    say(
        f"    {said.zh}：目标 {found.target}，已办成 {found.agreed}，还可联系 {found.left}，办成率 {found.rate:.1%}"
        f"（{found.rate_low:.1%}–{found.rate_high:.1%}），预计 {found.expected}"
        f"（{found.expected_low}–{found.expected_high}），剩 {found.days_left} 天。"
        f" / {said.en}: target {found.target}, {found.agreed} agreed, {found.left} left, rate {found.rate:.1%}"
        f" ({found.rate_low:.1%} to {found.rate_high:.1%}), {found.expected} expected"
        f" ({found.expected_low} to {found.expected_high}), {left} left."
    )


def tell_segments(found: NextSegments) -> None:
    if found.runs_dry is not None:
        tell_dry(found.runs_dry)
    else:
        say(
            "    活动没有写目标，或已经结束：名单够不够无从说起；可以接着联系的客户如下。"
            " / It states no target, or is over, so that nothing is told of whether its list suffices; whom to go on"
            " with:"
        )
    for one in found.segments:
        kind = _SEGMENT_WORDS[one.kind]
        agreed = "" if one.expected_agreed is None else f"，约办成 about {one.expected_agreed}"
        say(f"    {kind.zh} {kind.en}\t{one.id or '—'}\t{one.name.zh} / {one.name.en}\t{one.ready}{agreed}")
    if not found.segments:
        say("    没有别的客户可以接着联系。 / There is nobody else to go on with.")


def tell_report(found: ListReport) -> None:
    say(
        f"名单 {found.list_id}：{found.rows} 行，名单上现有 {found.customers} 位客户。"
        f" / List {found.list_id}: {counted(found.rows, 'row')}, {counted(found.customers, 'customer')} on it now."
    )
    if found.campaigns:
        zh, en = "、".join(one.zh for one in found.campaigns), ", ".join(one.en for one in found.campaigns)
        back = counted(found.taken_back, "task")
        say(
            f"    进行中的活动（{zh}）：名单上没有的，收回 {found.taken_back} 件没人打开过的任务，已打开的照常办完；"
            "新来的由服务器在下一轮选入。"
            f" / Campaigns under way ({en}): of whom it leaves out {back} that nobody had opened went back, what is"
            " open is finished; who is new is chosen in the server's next round."
        )
    for flaw in ListFlaw:
        at = [one.row for one in found.flaws if one.flaw is flaw]
        if at:
            _tell_rows(FLAW_WORDS[flaw], at)


def tell_columns(columns: Sequence[ListColumn]) -> None:
    """What each column of the file was taken for."""
    for one in columns:
        words = ROLE_WORDS[one.role]
        say(f"    {one.header}\t{words.zh} / {words.en}")


def tell_no_scores(rows: Sequence[int]) -> None:
    """Rows whose score says nothing; their customers are on the list without one."""
    if rows:
        _tell_rows(_NO_SCORE, rows)


def _tell_rows(words: Text, at: Sequence[int]) -> None:
    shown = ", ".join(map(str, at[:_ROWS_SHOWN])) + (" …" if len(at) > _ROWS_SHOWN else "")
    say(f"    {words.zh} / {words.en}\t{len(at)}\t行 rows: {shown}")


def tell_lists(found: Sequence[ListTold]) -> None:
    for one in found:
        say(f"{one.list_id}\t{one.name}\t{one.customers}\t{one.owner}")
    if not found:
        say("还没有名单。 / There is no list yet.")
