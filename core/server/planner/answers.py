"""The child's answers: factors, rules with their history, files of rules judged, and whom a rule would match."""

from pathlib import Path

import msgspec

from core.content.initials import initials_of
from core.domain import decoding
from core.domain.content_reasons import in_chinese, in_english
from core.domain.errors import ContentError, InputError
from core.domain.factor import Factor, Library
from core.domain.text import Text
from core.domain.warning_rule import WarningRule
from core.screening.holding import all_holding
from core.screening.rule_text import lines_of, named_soundly, read_rule, refuse_unsound, written
from core.screening.snapshots.keeping import Shelf
from core.screening.words import condition_words, factors_of
from core.server.db import people, planned_rules, published
from core.server.db.engine import Database, Unit
from core.server.planner.known import Knowing, Known
from core.server.planner.messages import Question
from core.server.planner.previewing import Previewing
from core.wire.screening import (
    AskPreview,
    FactorRow,
    Factors,
    JudgedRule,
    JudgeRule,
    RuleFlaw,
    RuleHistory,
    RuleRow,
    Rules,
    RuleStanding,
    RuleVersion,
    UseMade,
)

_LONG_ID = Text(
    "规则编号用小写字母、数字和连字符，字母开头", "an id has small letters, digits and hyphens, a letter first"
)


class Answers:
    """Each question in bytes, answered in bytes."""

    def __init__(self, database: Database, data: Path, root: Path | None = None) -> None:
        self._knowing = Knowing(database, data, root)
        self._database, self._data = database, data
        self._previewing = Previewing(database, self._knowing.shelf)
        self._rows: tuple[tuple[object, ...], bytes] | None = None

    def stop(self) -> None:
        """From another thread: what is being counted is given up."""
        self._previewing.stop()

    def of(self, question: Question, body: bytes) -> bytes:
        """Raises StaylineError with what a person should know."""
        if question in (Question.CAMPAIGN, Question.NEXT_SEGMENTS):
            return self._of_campaign(question, body.decode())
        known = self._knowing.now()
        match question:
            case Question.FACTORS:
                return self._factors(known)
            case Question.RULES:
                return msgspec.json.encode(self._rules(known))
            case Question.HISTORY:
                return msgspec.json.encode(self._history(known, body.decode()))
            case Question.JUDGE:
                return msgspec.json.encode(self._judged(known, decoding.decode(body, JudgeRule)))
            case Question.COUNTS:
                return msgspec.json.encode(self._previewing.counts(known))
            case Question.PREVIEW:
                return msgspec.json.encode(self._previewing.preview(known, decoding.decode(body, AskPreview)))

    def _of_campaign(self, question: Question, campaign_id: str) -> bytes:
        # Asked for more seldom than rules, whose planners need not wait for it.
        from core.server.campaigns.apart import Engine

        engine = Engine(self._database, self._data, here=True)
        if question is Question.CAMPAIGN:
            return msgspec.json.encode(engine.preview(campaign_id))
        return msgspec.json.encode(engine.next_segments(campaign_id))

    def _factors(self, known: Known) -> bytes:
        if self._rows is None or self._rows[0] != known.stamp:
            rows = tuple(_row(one, known) for one in known.library.factors.values())
            self._rows = known.stamp, msgspec.json.encode(Factors(factors=rows, snapshot=known.seen))
        return self._rows[1]

    def _rules(self, known: Known) -> Rules:
        with self._database.read() as unit:
            uses, newest = planned_rules.uses(unit), planned_rules.newest(unit)
            names = _names(unit, {one[0].used_by for one in uses.values()})
        found = []
        for rule_id in sorted({*known.rules.shipped, *newest}):
            rule, standing = _standing(rule_id, known, newest)
            used = uses.get(rule_id, [])
            trouble = known.rules.broken.get(rule_id)
            found.append(
                RuleRow(
                    rule=rule,
                    asks=_asks(rule, known.library),
                    standing=standing,
                    newest=max(newest[rule_id].rule.version if rule_id in newest else 0, rule.version),
                    changed_by=names.get(used[0].used_by, used[0].used_by) if used else "",
                    changed_at=used[0].used_at if used else None,
                    held=_held(rule, known, self._knowing.shelf),
                    trouble=Text(in_chinese(trouble.reason), in_english(trouble.reason)) if trouble else None,
                )
            )
        return Rules(rules=tuple(found), snapshot=known.seen)

    def _history(self, known: Known, rule_id: str) -> RuleHistory:
        with self._database.read() as unit:
            saved, uses = planned_rules.versions(unit, rule_id), planned_rules.uses(unit, rule_id).get(rule_id, [])
            names = _names(unit, {one.saved_by for one in saved} | {one.used_by for one in uses})
            shipped = known.rules.shipped.get(rule_id)
            asked = {one.rule.scenario for one in saved} | ({shipped.scenario} if shipped else set())
            scripts = {one: published.scenario_label(unit, one) for one in asked}
        in_use = uses[0].version if uses else None
        versions = [
            RuleVersion(
                rule=one.rule, yaml=written(one.rule),
                lines=lines_of(one.rule, known.library, script=scripts[one.rule.scenario]),
                saved_by=names.get(one.saved_by, one.saved_by), saved_at=one.saved_at, note=one.note,
                in_use=one.rule.version == in_use,
            )
            for one in saved
        ]  # fmt: skip
        if shipped is not None:
            versions.append(
                RuleVersion(
                    rule=shipped, yaml=written(shipped),
                    lines=lines_of(shipped, known.library, script=scripts[shipped.scenario]), shipped=True,
                    in_use=in_use is None or in_use == shipped.version,
                )
            )  # fmt: skip
        if not versions:
            raise _no_rule(rule_id)
        made = [
            UseMade(version=one.version, by=names.get(one.used_by, one.used_by), at=one.used_at, note=one.note)
            for one in uses
        ]
        return RuleHistory(versions=tuple(versions), uses=tuple(made))

    def _judged(self, known: Known, asked: JudgeRule) -> JudgedRule:
        rule = asked.rule
        try:
            if rule is None:
                rule = read_rule(asked.yaml, known.library, self._knowing.root)
            else:
                refuse_unsound(rule, known.library, self._knowing.root)
        except ContentError as error:
            told = ((one.line, Text(in_chinese(one.reason), in_english(one.reason))) for one in error.every)
            flaws = tuple(RuleFlaw(line, reason) for line, reason in told)
            return JudgedRule(rule=rule, yaml=asked.yaml or (written(rule) if rule else ""), flaws=flaws)
        flaws = () if named_soundly(rule.id) else (RuleFlaw(1, _LONG_ID),)
        return JudgedRule(
            rule=rule, yaml=asked.yaml or written(rule), asks=condition_words(rule.when, known.library), flaws=flaws,
            newest=self._newest(known, rule.id),
        )  # fmt: skip

    def _newest(self, known: Known, rule_id: str) -> int:
        with self._database.read() as unit:
            saved = planned_rules.versions(unit, rule_id)
        shipped = known.rules.shipped.get(rule_id)
        return max(saved[0].rule.version if saved else 0, shipped.version if shipped else 0)


def _row(one: Factor, known: Known) -> FactorRow:
    library, snapshot = known.library, known.snapshot
    sources = sorted(library.sources_of(frozenset({one.name})))
    column = snapshot.columns.get(one.name) if snapshot else None
    return FactorRow(
        name=one.name, label=one.label, initials=initials_of(one.label.zh), group=one.group, kind=one.kind,
        unit=one.unit, choices=one.choices, sources=tuple(library.sources[name].label for name in sources),
        known=column.filled if column else None,
    )  # fmt: skip


def _standing(
    rule_id: str, known: Known, newest: dict[str, planned_rules.SavedVersion]
) -> tuple[WarningRule, RuleStanding]:
    rules = known.rules
    if rule_id in rules.rules:
        rule = rules.rules[rule_id]
        return rule, RuleStanding.SHIPPED if rule == rules.shipped.get(rule_id) else RuleStanding.OWN
    rule = newest[rule_id].rule if rule_id in newest else rules.shipped[rule_id]
    if rule_id in rules.broken:
        return rule, RuleStanding.BROKEN
    return rule, RuleStanding.WITHDRAWN if rule_id in rules.withdrawn else RuleStanding.DRAFT


def _asks(rule: WarningRule, library: Library) -> Text:
    return condition_words(rule.when, library) if factors_of(rule) <= library.factors.keys() else Text("—", "—")


def _held(rule: WarningRule, known: Known, shelf: Shelf) -> tuple[Text, ...]:
    if known.snapshot is None:
        return ()
    return tuple(one.why for one in all_holding(shelf, known.snapshot, known.library, factors_of(rule)))


def _names(unit: Unit, staff_numbers: set[str]) -> dict[str, str]:
    return {one.agent.staff_number: one.agent.name for one in people.some(unit, staff_numbers)}


def _no_rule(rule_id: str) -> InputError:
    return InputError(
        title=Text("没有这条规则", "No such rule"),
        message=Text(f"没有规则“{rule_id}”。", f"There is no rule “{rule_id}”."),
        next_step=Text("请刷新规则列表。", "Read the list of rules anew."),
    )
