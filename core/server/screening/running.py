"""Rules on a snapshot: which of them are held, how many they match, and their tasks, under a guard."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from core.domain.content_reasons import in_chinese
from core.domain.errors import InputError
from core.domain.factor import Library
from core.domain.text import Text
from core.domain.warning_rule import RuleUse, WarningRule
from core.screening.engines import Engine
from core.screening.frame import Frame, opened_frame
from core.screening.holding import all_holding
from core.screening.matching import Preview, looked_up
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Fault, Snapshot
from core.screening.snapshots.scored import RISK
from core.screening.words import factors_of
from core.server.db.engine import Database
from core.server.screening.making import Making, tasks_of
from core.server.screening.rules import rules_in_use
from core.server.screening.taking import library_of
from core.server.screening.tasks import Made

_FEW = 500_000
"""customers whom rules match altogether that an engine keeps at hand"""


class Outcome(Struct, frozen=True, kw_only=True):
    """One rule of a run."""

    rule: WarningRule
    matched: int
    resting: int
    made: int = 0
    busy: int = 0
    gone: int = 0
    held: int = 0
    """whom a campaign under way has drawn, or where the type of task is not switched on"""
    unseen: int = 0
    """customers whom it matches and whom nobody looked at, since the limit was reached before"""
    waits: Text | None = None
    """why nothing was made of it"""


class Desk:
    """A snapshot with its library and the rules, as a command needs them."""

    def __init__(
        self, database: Database, data: Path, *, snapshot_id: str = "", root: Path | None = None,
        engine: Engine | None = None,
    ) -> None:  # fmt: skip
        """Raises InputError where there is no such snapshot, ContentError where a rule is wrong."""
        self._engine = engine
        self.database, self.shelf = database, Shelf(data, database.tenant)
        self.snapshot: Snapshot = self.shelf.find(snapshot_id)
        with database.read() as unit:
            self.library: Library = library_of(unit, root)
            found = rules_in_use(unit, self.library, root)
        self.rules, self._broken, self._broken_rest = found.rules, found.broken, found.broken_rest

    def named(self, names: Sequence[str]) -> list[WarningRule]:
        """Those rules; all of them where none is named. Raises InputError on a name that there is not, ContentError on
        a published version that asks for what there is no more."""
        if wrong := [self._broken[name] for name in names if name in self._broken]:
            raise wrong[0]
        strange = [name for name in names if name not in self.rules]
        if strange:
            raise _no_rule(strange[0], list(self.rules))
        return [self.rules[name] for name in dict.fromkeys(names)] or list(self.rules.values())

    def resting(self) -> list[WarningRule]:
        """The rules that leave customers in peace."""
        return [one for one in self.rules.values() if one.use is RuleUse.REST]

    def unrested(self) -> InputError | None:
        """Why nobody can be called: a rule that leaves customers in peace asks for what there is no more."""
        if not self._broken_rest:
            return None
        name = min(self._broken_rest)
        error = self._broken[name]
        return InputError(
            title=Text("免扰规则已不能用", "A rule of rest cannot be asked"),
            message=Text(
                f"免扰规则“{name}”：{in_chinese(error.reason)}。不知道该让谁免受打扰。",
                f"The rule of rest “{name}”: {error.reason}. Nobody knows whom to leave in peace.",
            ),
            next_step=Text("请改正或停用它；没有派出任何任务。", "Correct it or take it out of use; no task was made."),
        )

    def faults(self, rule: WarningRule) -> list[Fault]:
        """ID-10: what holds the rule on this snapshot."""
        return all_holding(self.shelf, self.snapshot, self.library, factors_of(rule))

    def frame(self, rules: Sequence[WarningRule], *, model: str | None = None) -> Frame:
        """`model`: whose scores count; of the published one by default. Raises InputError where the snapshot does not
        fit the rules."""
        names = frozenset().union(*(factors_of(one) for one in rules))
        return opened_frame(
            self.shelf, self.snapshot, self.library, names | ({RISK} & self.library.factors.keys()),
            engine=self._engine, model=model,
        )  # fmt: skip

    def with_resting(self, rules: Sequence[WarningRule]) -> list[WarningRule]:
        """These rules and those that leave customers in peace, each once."""
        return [*rules, *(one for one in self.resting() if one not in rules)]


def run(
    desk: Desk, rules: Sequence[WarningRule], *, scenario: str, limit: int, confirmed: bool, by: str,
    strict: bool = True,
) -> list[Outcome]:  # fmt: skip
    """Waiting tasks of these rules, the most urgent rule first; `limit` tasks at most, all where it is 0.

    Raises InputError before anything is made where a rule, or one of those of rest, is held by a source, where a rule
    matches more than its stated share and nobody confirmed, and where the snapshot is not what was taken. Where it is
    not `strict` such rules wait, each with why, and the others go on: a rule of rest that is held has all of them wait,
    since nobody would know whom to leave in peace."""
    resting = desk.resting()
    chosen = sorted((one for one in rules if one.use is RuleUse.CALL), key=lambda one: (one.priority, one.id))
    waits = {one.id: why for one in [*chosen, *resting] if (why := _held(desk, one)) is not None}
    unrested = desk.unrested()
    _raise_first({"": unrested} if unrested else waits, strict=strict)
    if resting_held := unrested or next((waits[one.id] for one in resting if one.id in waits), None):
        waits = {one.id: resting_held for one in chosen}
    free = [one for one in chosen if one.id not in waits]
    if not free:
        return [_waiting(one, waits) for one in chosen]
    desk.shelf.check(desk.snapshot)
    frame, counted = looked_up(desk.frame([*free, *resting]), free, resting, most=_FEW)
    if not confirmed:
        waits |= {one.id: why for one in free if (why := _too_many(one, counted)) is not None}
        _raise_first(waits, strict=strict)
    making = Making(
        database=desk.database, shelf=desk.shelf, snapshot=desk.snapshot, library=desk.library, frame=frame,
        resting=resting, by=by,
    )  # fmt: skip
    outcomes, left = [], limit
    for rule in chosen:
        if rule.id in waits:
            outcomes.append(_waiting(rule, waits, counted))
            continue
        made = Made(0, 0, 0)
        if counted.matched[rule.id] and (left or not limit):
            made = tasks_of(making, rule, scenario=scenario or rule.scenario, limit=left)
        left -= made.made if limit else 0
        matched, resting_ = counted.matched[rule.id], counted.resting[rule.id]
        outcomes.append(
            Outcome(rule=rule, matched=matched, resting=resting_, made=made.made, busy=made.busy, gone=made.gone,
                    held=made.held, unseen=max(0, matched - resting_ - sum(made)) if limit and not left else 0)
        )  # fmt: skip
    return outcomes


def _raise_first(waits: Mapping[str, InputError], *, strict: bool) -> None:
    if strict and waits:
        raise next(iter(waits.values()))


def _waiting(rule: WarningRule, waits: Mapping[str, InputError], counted: Preview | None = None) -> Outcome:
    matched = counted.matched.get(rule.id, 0) if counted else 0
    return Outcome(rule=rule, matched=matched, resting=0, waits=waits[rule.id].message)


def _held(desk: Desk, rule: WarningRule) -> InputError | None:
    found = desk.faults(rule)
    if not found:
        return None
    source = desk.library.sources.get(found[0].source)
    named = source.label if source else Text("快照", "The snapshot")
    return InputError(
        title=Text("数据来源有问题，规则暂停", "A source holds the rule"),
        message=Text(
            f"“{rule.name.zh}”用到{named.zh}：{found[0].why.zh}。",
            f"“{rule.name.en}” hangs on {named.en}: {found[0].why.en}.",
        ),
        next_step=Text(
            "来源到齐后再取一次快照即可放行；如果今后就是这样，请运行 snapshot accept。没有派出任何任务。",
            "Take a snapshot anew once it has come; where it is right so from now on, say: snapshot accept. No task was"
            " made.",
        ),
    )  # fmt: skip


def _too_many(rule: WarningRule, counted: Preview) -> InputError | None:
    share = counted.share(rule.id)
    if share <= rule.most_percent:
        return None
    return InputError(
        title=Text("命中过多，没有派单", "Too many match"),
        message=Text(
            f"“{rule.name.zh}”命中 {counted.matched[rule.id]} 位，占全部客户 {share:.1f}%，"
            f"上限是 {rule.most_percent:g}%。",
            f"“{rule.name.en}” matches {counted.matched[rule.id]} customers, {share:.1f}% of all; its bound is"
            f" {rule.most_percent:g}%.",
        ),
        next_step=Text("请核对规则；确实要派请加 --confirm。",
                       "Look at the rule again; to go on all the same add --confirm."),
    )  # fmt: skip


def _no_rule(name: str, known: list[str]) -> InputError:
    return InputError(
        title=Text("没有这条规则", "No such rule"),
        message=Text(f"没有规则“{name}”。", f"There is no rule “{name}”."),
        next_step=Text(f"现有：{'、'.join(known)}。", f"There are: {', '.join(known)}."),
    )
