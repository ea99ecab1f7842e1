"""Rules as a planner builds them: read, changed, counted, kept by version. No widgets; the server on a worker."""

from collections.abc import Callable
from functools import partial

from msgspec import structs

from core.desk.desk import Desk
from core.desk.factor_find import found_factors
from core.desk.rule_draft import Group, Leaf, condition_of, empty_rule, group_of, leaves_of, new_leaf, own_words
from core.domain.clock import CHINA
from core.domain.condition import Condition
from core.domain.errors import Refused, ServerUnreachable
from core.domain.text import Text
from core.domain.warning_rule import WarningRule
from core.sync.ask import Ask
from core.sync.screening import AskScreening
from core.wire.screening import (
    FactorRow,
    Factors,
    JudgedRule,
    RuleHistory,
    RulePreview,
    RuleRow,
    Rules,
    SavedRule,
    SaveRule,
    SnapshotSeen,
    UseRule,
)
from desktop.lane import Lane

GIVEN_UP = "preview_stopped"


class RulesPresenter:
    """`changed` is told when what stands in the page is another rule or other rows, `counted` when figures came."""

    def __init__(
        self,
        desk: Desk,
        ask: Ask,
        *,
        lane: Lane,
        changed: Callable[[], None],
        counted: Callable[[], None],
        show_error: Callable[[Exception], None],
        saved: Callable[[SavedRule], None],
    ) -> None:
        self._desk, self._ask, self._lane = desk, AskScreening(ask), lane
        self._changed, self._counted, self._show_error, self._saved = changed, counted, show_error, saved
        self.factors: dict[str, FactorRow] = {}
        self.rows: tuple[RuleRow, ...] = ()
        self.counts: dict[str, int] = {}
        self.snapshot: SnapshotSeen | None = None
        self.reading = self.unreachable = False
        self.rule: WarningRule | None = None
        """as it is read or typed; its `when` is that of `tree`"""
        self.tree = Group()
        self.into: Group = self.tree
        """the group that takes the next condition"""
        self.after = 0
        self.dirty = False
        self.history: RuleHistory | None = None
        self.preview: RulePreview | None = None
        self.overlapping: RulePreview | None = None
        self.counting = False
        self.trouble: Text | None = None
        """why nothing was counted"""
        self._ticket = 0

    # Reading

    def load(self) -> None:
        if self.reading:
            return
        self.reading = True
        self._lane(lambda: (self._ask.factors(), self._ask.rules()), self._take, self._failed)
        self._changed()

    def _take(self, found: tuple[Factors, Rules]) -> None:
        factors, rules = found
        self.reading = self.unreachable = False
        self.factors = {one.name: one for one in factors.factors}
        self.rows, self.snapshot = rules.rules, rules.snapshot
        if self.rule is None and self.rows:
            self.open(self.rows[0].rule.id)
        else:
            self._changed()
        self._lane(self._ask.counts, self._take_counts, self._failed)

    def _take_counts(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self._changed()

    def _failed(self, error: Exception) -> None:
        self.reading = False
        self.unreachable = isinstance(error, ServerUnreachable)
        if not self.unreachable:
            self._show_error(error)
        self._changed()

    def row(self, rule_id: str) -> RuleRow | None:
        return next((one for one in self.rows if one.rule.id == rule_id), None)

    # The rule in hand

    def open(self, rule_id: str) -> None:
        """Its newest version in use; what was typed in another one is let go."""
        row = self.row(rule_id)
        if row is not None:
            self._put(row.rule, after=row.newest)

    def begin(self, scenario: str) -> None:
        """A new rule, called by the moment at which it was begun."""
        now = self._desk.moment().wall.astimezone(CHINA)
        self._put(empty_rule(f"own-{now:%Y%m%d-%H%M%S}", scenario), after=0)
        self.dirty = True
        self._changed()

    def copy(self, rule: WarningRule) -> None:
        """Another version, or a file, as the one to change."""
        self._put(rule, after=self.after if self.rule and self.rule.id == rule.id else self._newest(rule.id))
        self.dirty = True
        self._changed()

    def _newest(self, rule_id: str) -> int:
        row = self.row(rule_id)
        return row.newest if row else 0

    def _put(self, rule: WarningRule, *, after: int) -> None:
        self.rule, self.after, self.dirty = rule, after, False
        try:
            self.tree = Group() if rule.when == Condition() else group_of(rule.when, self.factors)
        except KeyError:
            self.tree = Group()
        self.into = self.tree
        self.preview = self.overlapping = self.history = self.trouble = None
        self._changed()
        self.read_history()
        self.count()

    def edit(self, **fields: object) -> None:
        """Another name, reason, population and so on."""
        if self.rule is not None:
            self.rule = structs.replace(self.rule, **fields)
            self.dirty = True

    def restructured(self) -> None:
        """Something of the tree is another."""
        self.dirty = True

    def found(self, asked: str) -> list[FactorRow]:
        return found_factors(tuple(self.factors.values()), asked)

    def add(self, factor: FactorRow) -> Leaf:
        leaf = new_leaf(factor)
        self.into.parts.append(leaf)
        self.restructured()
        return leaf

    @property
    def whole(self) -> WarningRule | None:
        """The rule as it would be saved; None while something of its conditions is missing."""
        when = condition_of(self.tree)
        if self.rule is None or when is None:
            return None
        own, rule = own_words(self.tree), self.rule
        reason = Text(rule.reason.zh or own.zh or rule.name.zh, rule.reason.en or own.en or rule.name.zh)
        name = Text(rule.name.zh, rule.name.en or rule.name.zh)
        asked = {leaf.factor.name for leaf in leaves_of(self.tree)}
        taken = {factor: value for factor, value in rule.missing.taken_as.items() if factor in asked}
        missing = structs.replace(rule.missing, taken_as=taken)
        return structs.replace(rule, when=when, name=name, reason=reason, missing=missing)

    @property
    def can_save(self) -> bool:
        return self.whole is not None and bool(self.whole.name.zh.strip())

    # Counting

    def count(self) -> None:
        """Ask anew; an answer that a later question has overtaken is dropped."""
        self._ticket += 1
        ticket, rule = self._ticket, self.whole
        self.preview = self.overlapping = self.trouble = None
        self.counting = rule is not None and self.snapshot is not None
        self._counted()
        if rule is not None and self.counting:
            self._lane(
                lambda: self._ask.preview(rule),
                lambda found: self._take_preview(ticket, rule, found),
                lambda error: self._not_counted(ticket, error),
            )

    def stop(self) -> None:
        self._ticket += 1
        self.counting = False
        self._lane(self._ask.stop, None, self._show_error)
        self._counted()

    def _take_preview(self, ticket: int, rule: WarningRule, found: RulePreview) -> None:
        if ticket != self._ticket:
            return
        self.preview, self.counting = found, False
        self._counted()
        self._lane(
            lambda: self._ask.preview(rule, overlaps=True, past=True),
            lambda more: self._take_overlaps(ticket, more),
            lambda error: self._not_counted(ticket, error),
        )

    def _take_overlaps(self, ticket: int, found: RulePreview) -> None:
        if ticket == self._ticket:
            self.overlapping = found
            self._counted()

    def _not_counted(self, ticket: int, error: Exception) -> None:
        if ticket != self._ticket or (isinstance(error, Refused) and error.code == GIVEN_UP):
            return
        self.counting = False
        if isinstance(error, Refused):
            self.trouble = error.message
        else:
            self._failed(error)
        self._counted()

    # Versions and files

    def read_history(self) -> None:
        rule, row = self.rule, self.row(self.rule.id) if self.rule else None
        if rule is not None and row is not None:
            self._lane(lambda: self._ask.history(rule.id), partial(self._take_history, rule.id), self._failed)

    def _take_history(self, rule_id: str, found: RuleHistory) -> None:
        if self._is_in_hand(rule_id):
            self.history = found
            self._changed()

    def save(self, note: str, *, publish: bool) -> None:
        rule = self.whole
        if rule is None:
            return
        asked = SaveRule(rule=rule, after=self.after, note=note, publish=publish)
        self._lane(lambda: self._ask.save(asked), lambda saved: self._take_saved(rule, saved), self._show_error)

    def use(self, version: int, note: str) -> None:
        """Publish a version, or take the rule out of use by 0."""
        if self.rule is not None:
            rule_id = self.rule.id
            asked = UseRule(version=version, note=note)
            self._lane(lambda: self._ask.use(rule_id, asked), lambda saved: self._take_used(rule_id, saved),
                       self._show_error)  # fmt: skip

    def _is_in_hand(self, rule_id: str) -> bool:
        """Another one may have been opened while the server answered."""
        return self.rule is not None and self.rule.id == rule_id

    def _take_saved(self, sent: WarningRule, saved: SavedRule) -> None:
        if self.rule is not None and self._is_in_hand(sent.id):
            # What was typed since is not saved yet.
            self.dirty = self.whole != sent
            self.after = saved.version
            self.rule = structs.replace(self.rule, version=saved.version)
        self._again(saved)

    def _take_used(self, rule_id: str, saved: SavedRule) -> None:
        if self._is_in_hand(rule_id):
            self.dirty = False
        self._again(saved, opened=rule_id)

    def _again(self, saved: SavedRule, *, opened: str = "") -> None:
        """`opened`: the rule of which another version is in use, to be looked at if it is still in hand."""
        self._saved(saved)

        def take(rules: Rules) -> None:
            self.rows, self.snapshot = rules.rules, rules.snapshot
            if opened and self._is_in_hand(opened):
                self.open(opened)
            else:
                self._changed()
                self.read_history()
            self._lane(self._ask.counts, self._take_counts, self._failed)

        self._lane(self._ask.rules, take, self._failed)

    def judge(self, yaml: str, done: Callable[[JudgedRule], None]) -> None:
        """Read a file; without one, write the rule in hand as one."""
        rule = self.whole
        if yaml:
            self._lane(lambda: self._ask.judged(yaml=yaml), done, self._show_error)
        elif rule is not None:
            self._lane(
                lambda: self._ask.judged(rule=rule),
                lambda judged: done(judged) if self._is_in_hand(rule.id) else None,
                self._show_error,
            )
