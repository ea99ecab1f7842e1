"""What a preview found and what a run made, in words."""

from collections.abc import Sequence

from core.domain.money import yuan_short
from core.domain.text import Text
from core.domain.warning_rule import RuleUse, WarningRule
from core.screening.frame import Frame
from core.screening.matching import Preview, matched_customers, preview
from core.screening.past.harm import Harm
from core.screening.past.performance import Hits, Month
from core.screening.snapshots.record import Snapshot
from core.screening.words import condition_words, factors_of, reason_of
from core.server.commands.say import counted, say
from core.server.screening.running import Desk, Outcome

_EXAMPLES = 2
_OVERLAPS = 10


def tell_preview(desk: Desk, rules: Sequence[WarningRule]) -> None:
    """Matches, what holds each rule, examples of reasons, overlaps; rules that are held are counted too."""
    every = desk.with_resting(rules)
    frame = desk.frame(every)
    found = preview(frame, every)
    say(
        f"快照 {desk.snapshot.id}，{found.customers} 位客户。"
        f" / Snapshot {desk.snapshot.id}, {counted(found.customers, 'customer')}."
    )
    for rule in sorted(rules, key=lambda one: (-found.matched[one.id], one.id)):
        _tell_rule(desk, frame, rule, found)
    _tell_overlaps(rules, found)


def _tell_rule(desk: Desk, frame: Frame, rule: WarningRule, found: Preview) -> None:
    matched = found.matched[rule.id]
    say(
        f"{rule.id}\t{rule.name.zh} / {rule.name.en}\t{matched}（{found.share(rule.id):.1f}%）"
        f"\t免扰 resting {found.resting[rule.id]}"
    )
    asked = condition_words(rule.when, desk.library)
    say(f"    {asked.zh}\n    {asked.en}")
    for fault in desk.faults(rule):
        say(f"    ！暂停：{fault.why.zh} / Held: {fault.why.en}")
    if not matched:
        say("    没有客户命中。 / Nobody matches.")
    elif rule.use is RuleUse.CALL and found.share(rule.id) > rule.most_percent:
        say(f"    ！超过上限 {rule.most_percent:g}%，派单要 --confirm。 / Beyond its bound: a run needs --confirm.")
    for match in matched_customers(frame, rule, factors_of(rule), limit=_EXAMPLES) if matched else ():
        why = reason_of(rule, desk.library, match.values)
        say(f"    例 e.g. {why.zh} / {why.en}")


def _tell_overlaps(rules: Sequence[WarningRule], found: Preview) -> None:
    asked = {one.id for one in rules}
    pairs = sorted(
        ((number, pair) for pair, number in found.overlaps.items() if asked.issuperset(pair)), reverse=True
    )  # fmt: skip
    if not pairs:
        return
    say("重叠（两条规则都命中的客户）： / Overlaps (customers whom both match):")
    for number, (first, second) in pairs[:_OVERLAPS]:
        say(f"    {number}\t{first}\t{second}")
    if len(pairs) > _OVERLAPS:
        say(f"    …… 另有 {len(pairs) - _OVERLAPS} 对 / and {counted(len(pairs) - _OVERLAPS, 'pair')} more")


def tell_past(months: Sequence[Month], within_days: int) -> None:
    """A line a rule and snapshot; those who were called count nowhere, since nobody knows what else they had done."""
    for month in months:
        free = month.customers - month.called
        base = f"{100 * month.left / free:.1f}%" if free else "-"
        say(
            f"快照 {month.snapshot_id}：{month.customers} 位在网客户，{month.called} 位之后接过外呼不计，"
            f"其余 {within_days} 天内离网 {month.left} 位（{base}）。"
            f" / Snapshot {month.snapshot_id}: {counted(month.customers, 'customer')} on net, {month.called} called"
            f" since and not counted; of the rest {month.left} left within {counted(within_days, 'day')} ({base})."
        )
        for one in sorted(month.rules, key=lambda hits: (-(hits.lift or 0.0), hits.rule_id)):
            _tell_hits(one)


def _tell_hits(one: Hits) -> None:
    counts = f"{one.matched - one.called}"
    if one.precision is None:
        say(f"    {one.rule_id}\t命中 {counts} / {counts} matched")
        return
    sure = f"{100 * one.precision:.1f}%（{100 * one.low:.1f}–{100 * one.high:.1f}%）"
    lift = "-" if one.lift is None else f"{one.lift:.2f}"
    found = "-" if one.found is None else f"{100 * one.found:.0f}%"
    say(
        f"    {one.rule_id}\t命中 {counts}，离网 {one.left}，准确率 {sure}，提升 {lift}，覆盖 {found}"
        f" / {counts} matched, {one.left} left, precision {sure}, lift {lift}, found {found}"
    )


def tell_harms(snapshot: Snapshot, found: Sequence[Harm], within_days: int) -> None:
    """A paragraph a cause, what costs most first."""
    say(
        f"快照 {snapshot.id} 之后 {within_days} 天内离网的客户，按原因。一位客户可能有几个原因；"
        "同时出现不等于由它引起。"
        f" / Who left within {counted(within_days, 'day')} of snapshot {snapshot.id}, by cause. Somebody may show"
        " several; seen together is not caused by."
    )
    for one in found:
        cause, lost = one.cause, yuan_short(one.lost_fen)
        beyond, kept = _beyond(one), _kept(one)
        say(f"{cause.name.zh} / {cause.name.en}")
        say(
            f"    有此情形 {one.showing} 户，离网 {one.left} 户，{beyond.zh}，年收入 ¥{lost}"
            f" / {one.showing} show it, {one.left} left, {beyond.en}, ¥{lost} a year"
        )
        say(f"    问题：{cause.problem.zh} / {cause.problem.en}")
        say(
            f"    措施（{cause.answers.zh}）：{cause.measure.zh}；{kept.zh}"
            f" / {cause.measure.en} ({cause.answers.en}); {kept.en}"
        )


def _beyond(one: Harm) -> Text:
    if one.beyond < 0:
        return Text(f"比没有的少 {-one.beyond:.0f} 户", f"{-one.beyond:.0f} fewer than usual")
    return Text(f"比没有的多 {one.beyond:.0f} 户", f"{one.beyond:.0f} beyond the usual")


def _kept(one: Harm) -> Text:
    if one.beyond <= 0:
        return Text("离网不比没有的多，说不出能留住谁", "no more left than usual, so it is not said to keep anybody")
    fen, share = yuan_short(one.kept_fen), one.cause.keeps_percent
    return Text(
        f"按假设可留住多出的 {share:g}%，即 {one.kept:.0f} 户，¥{fen}/年",
        f"by assumption it keeps {share:g}% of those beyond the usual: {one.kept:.0f}, ¥{fen} a year",
    )


def tell_outcomes(outcomes: Sequence[Outcome]) -> None:
    """What became of each rule; one that matches nobody says so."""
    for one in outcomes:
        rule = one.rule
        if one.waits is not None:
            say(f"！{one.waits.zh} / {one.waits.en}")
            continue
        if not one.matched:
            say(f"{rule.id}：没有客户命中，没有派单。 / {rule.id}: nobody matches, no task was made.")
            continue
        if one.unseen and one.unseen == one.matched - one.resting:
            say(
                f"{rule.id}：命中 {one.matched}，免扰 {one.resting}；任务数已到 --limit，没有再看。"
                f" / {rule.id}: {one.matched} match, {one.resting} are left in peace; the limit was reached before, and"
                " nobody was looked at."
            )
            continue
        say(
            f"{rule.id}：命中 {one.matched}，免扰 {one.resting}，已有任务 {one.busy}，新任务 {one.made}。"
            f" / {rule.id}: {one.matched} match, {one.resting} are left in peace, {one.busy} have a task already,"
            f" {counted(one.made, 'new task')}."
        )
        if one.unseen:
            say(
                f"    任务数已到 --limit，其余 {one.unseen} 位没有看。"
                f" / The limit was reached: the other {counted(one.unseen, 'customer')} were not looked at."
            )
        if one.held:
            say(
                f"    {one.held} 位在进行中的活动里，或当地未开通此类任务。"
                f" / {counted(one.held, 'customer')} in a campaign under way, or where such tasks are not switched on."
            )
        if one.gone:
            left = counted(one.gone, "customer")
            say(f"    {one.gone} 位客户已不在库中或已离网。 / {left} no longer there or on net.")
