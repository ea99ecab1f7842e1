"""Whom a rule would match on the newest snapshot: counted, beside the other rules, with reasons as agents read them."""

import threading
import time
from collections.abc import Sequence

from core.domain.content_reasons import in_chinese
from core.domain.errors import InputError
from core.domain.text import Text
from core.domain.warning_rule import RuleUse, WarningRule
from core.rules.form import fields_of
from core.screening.frame import Frame, opened_frame
from core.screening.holding import all_holding
from core.screening.matching import Preview, matched_customers, preview
from core.screening.rule_files import flaws_in_asking
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Snapshot
from core.screening.stopping import stop
from core.screening.words import factors_of, reason_of
from core.server.db.engine import Database
from core.server.planner.known import Known
from core.server.planner.past import past_months
from core.wire.screening import MOST_EXAMPLES, PAST_DAYS, AskPreview, Overlap, RulePreview, UnknownOf


class Previewing:
    """Keeps the frame of the last question: the next one, over the same factors, begins at once."""

    def __init__(self, database: Database, shelf: Shelf) -> None:
        self._database, self._shelf = database, shelf
        self._working: Frame | None = None
        """a frame of an earlier snapshot that is asked at the moment"""
        self._frame: Frame | None = None
        self._of: tuple[tuple[object, ...], frozenset[str]] | None = None
        self._counts: tuple[tuple[object, ...], dict[str, int]] | None = None
        self._others: tuple[tuple[object, ...], int] | None = None
        self._lock = threading.Lock()

    def stop(self) -> None:
        """From another thread."""
        with self._lock:
            frames = self._frame, self._working
        for frame in frames:
            if frame is not None:
                stop(frame)

    def _work_on(self, frame: Frame) -> None:
        with self._lock:
            self._working = frame

    def counts(self, known: Known) -> dict[str, int]:
        """Customers whom each rule in use matches; kept until something changes."""
        if known.snapshot is None:
            return {}
        if self._counts is None or self._counts[0] != known.stamp:
            rules = list(known.rules.rules.values())
            self._counts = known.stamp, preview(self._opened(known, known.snapshot, rules), rules).matched
        return self._counts[1]

    def preview(self, known: Known, asked: AskPreview) -> RulePreview:
        """Raises InputError where there is no snapshot, or it does not fit the rule."""
        snapshot, seen, rule, began = known.snapshot, known.seen, asked.rule, time.perf_counter()
        if snapshot is None or seen is None:
            raise _no_snapshot()
        if flaws := flaws_in_asking(rule, known.library):
            raise _unsound([one.reason for one in flaws])
        others = [one for one in known.rules.rules.values() if one.id != rule.id]
        resting = [one for one in others if one.use is RuleUse.REST]
        beside = others if asked.overlaps else resting
        frame = self._opened(known, snapshot, [rule, *beside])
        found = preview(frame, [rule, *beside])
        examples = [] if asked.overlaps or not found.matched[rule.id] else self._examples(frame, rule, known)
        return RulePreview(
            snapshot=seen,
            matched=found.matched[rule.id],
            resting=found.resting[rule.id],
            alone=self._alone(frame, rule, others, found, known) if asked.overlaps else None,
            overlaps=_overlaps(rule, others, found) if asked.overlaps else (),
            examples=tuple(examples),
            unknown=_unknown(rule, known, snapshot),
            held=tuple(one.why for one in all_holding(self._shelf, snapshot, known.library, factors_of(rule))),
            past=past_months(self._database, self._shelf, known, rule, self._work_on) if asked.past else (),
            past_days=PAST_DAYS if asked.past else 0,
            took_ms=round((time.perf_counter() - began) * 1000),
        )

    def _alone(
        self, frame: Frame, rule: WarningRule, others: Sequence[WarningRule], found: Preview, known: Known
    ) -> int | None:
        if rule.use is RuleUse.REST:
            return None
        return found.any_rule - self._without(frame, others, (*known.stamp, rule.id))

    def _without(self, frame: Frame, others: Sequence[WarningRule], stamp: tuple[object, ...]) -> int:
        """Customers whom at least one of the other rules matches; kept, since only the rule in hand changes."""
        if self._others is None or self._others[0] != stamp:
            self._others = stamp, preview(frame, others).any_rule
        return self._others[1]

    def _examples(self, frame: Frame, rule: WarningRule, known: Known) -> list[Text]:
        matches = matched_customers(frame, rule, factors_of(rule), limit=MOST_EXAMPLES)
        return list(dict.fromkeys(reason_of(rule, known.library, one.values) for one in matches))

    def _opened(self, known: Known, snapshot: Snapshot, rules: Sequence[WarningRule]) -> Frame:
        names = frozenset[str]().union(*(factors_of(one) for one in rules))
        same = self._of is not None and self._of[0] == known.stamp and names <= self._of[1]
        if self._frame is None or not same:
            usual = [factors_of(one) for one in known.rules.rules.values() if not holding_shape(known, snapshot, one)]
            names = names.union(*usual)
            frame = opened_frame(self._shelf, snapshot, known.library, names)
            with self._lock:
                self._frame, self._of = frame, (known.stamp, names)
        assert self._frame is not None
        return self._frame


def holding_shape(known: Known, snapshot: Snapshot, rule: WarningRule) -> bool:
    """The snapshot lacks a column that the rule asks for: it was taken before that factor was there."""
    base = known.library.asked_by(factors_of(rule))
    return any(known.library.factors[one].working is None and one not in snapshot.columns for one in base)


def _overlaps(rule: WarningRule, others: Sequence[WarningRule], found: Preview) -> tuple[Overlap, ...]:
    pairs = ((one, found.overlaps.get(_pair(rule.id, one.id), 0)) for one in others if one.use is RuleUse.CALL)
    shared = [
        Overlap(rule_id=one.id, name=one.name, both=both, other=found.matched[one.id]) for one, both in pairs if both
    ]
    return tuple(sorted(shared, key=lambda one: (-one.both, one.rule_id)))


def _pair(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)


def _unknown(rule: WarningRule, known: Known, snapshot: Snapshot) -> tuple[UnknownOf, ...]:
    """Of what came with the snapshot; what is worked out of it is unknown where that is."""
    asked = [known.library.factors[name] for name in sorted(known.library.asked_by(fields_of(rule.when)))]
    seen = [(one, snapshot.columns[one.name]) for one in asked if one.name in snapshot.columns]
    return tuple(UnknownOf(one.label, snapshot.rows - column.filled) for one, column in seen)


def _unsound(reasons: Sequence[str]) -> InputError:
    return InputError(
        title=Text("规则还不能用", "The rule is not sound yet"),
        message=Text("；".join(map(in_chinese, reasons)) + "。", "; ".join(reasons) + "."),
        next_step=Text("改正后即可计数。", "Correct it to have it counted."),
    )


def _no_snapshot() -> InputError:
    return InputError(
        title=Text("还没有快照", "No snapshot yet"),
        message=Text("还没有取过快照，算不出人数。", "No snapshot was taken, so nobody can be counted."),
        next_step=Text("请先运行 stayline-server snapshot take。", "Run stayline-server snapshot take first."),
    )
