"""Versions of rules: saved for good under the next number, put to use, rolled back, taken out of use; all on record."""

import hashlib

import msgspec
from msgspec import structs

from core.domain import decoding
from core.domain.errors import Refused
from core.domain.text import Text
from core.domain.warning_rule import WarningRule
from core.server.db import audit, planned_rules
from core.server.db.audit import Action
from core.server.db.engine import Database, Unit
from core.server.planner.messages import Question
from core.server.planner.warm import Planner
from core.wire.screening import JudgedRule, JudgeRule, RuleHistory, SavedRule, SaveRule, UseRule

RULE_WRONG, SAVED_MEANWHILE, NO_VERSION, NO_REASON = "rule_wrong", "saved_meanwhile", "no_version", "no_reason"


def save(database: Database, planner: Planner, asked: SaveRule, *, by: str) -> SavedRule:
    """Raises Refused where the rule is unsound, nothing says why, or somebody else has saved a version meanwhile."""
    note = asked.note.strip()
    if not note:
        raise _no_reason()
    # Of the version only the loader's bound counts here: the next number is given below.
    rule = structs.replace(asked.rule, version=max(asked.after, 0) + 1)
    judged = _judged(planner, rule, by)
    if judged.flaws:
        raise _wrong(judged.flaws[0].why)
    if judged.newest != asked.after:
        raise _meanwhile()
    with database.write() as unit:
        saved = planned_rules.versions(unit, rule.id)
        if saved and saved[0].rule.version >= rule.version:
            raise _meanwhile()
        planned_rules.add_version(unit, rule, by=by, note=note)
        digest = hashlib.sha256(msgspec.json.encode(rule)).hexdigest()
        _record(unit, Action.RULE_SAVED, by, rule.id, rule.version, digest)
        if asked.publish:
            planned_rules.use(unit, rule.id, rule.version, by=by, note=note)
            _record(unit, Action.RULE_USED, by, rule.id, rule.version)
    return SavedRule(version=rule.version, published=asked.publish)


def put_to_use(database: Database, planner: Planner, rule_id: str, asked: UseRule, *, by: str) -> SavedRule:
    """Raises Refused where there is no such version, or nothing says why."""
    note = asked.note.strip()
    if not note:
        raise _no_reason()
    shipped = shipped_version(planner, rule_id, by)
    with database.write() as unit:
        found = {one.rule.version: one.rule for one in planned_rules.versions(unit, rule_id)}
        if asked.version and asked.version not in {*found, shipped}:
            raise _no_version(asked.version)
        if not found and shipped is None:
            raise _no_version(asked.version)
        planned_rules.use(unit, rule_id, asked.version, by=by, note=note)
        _record(unit, Action.RULE_USED, by, rule_id, asked.version)
    return SavedRule(version=asked.version, published=bool(asked.version))


def shipped_version(planner: Planner, rule_id: str, by: str) -> int | None:
    """The version that came with the program; None where none did. Raises Refused where there is no such rule."""
    history = decoding.decode(planner.ask(Question.HISTORY, rule_id.encode(), who=by), RuleHistory)
    return next((one.rule.version for one in history.versions if one.shipped), None)


def _judged(planner: Planner, rule: WarningRule, by: str) -> JudgedRule:
    asked = msgspec.json.encode(JudgeRule(rule=rule))
    return decoding.decode(planner.ask(Question.JUDGE, asked, who=by), JudgedRule)


def _record(unit: Unit, action: Action, by: str, rule_id: str, version: int, digest: str = "") -> None:
    audit.write(unit, writer=by, action=action, object_=rule_id, version=version, digest=digest)


def _wrong(why: Text) -> Refused:
    return Refused(
        code=RULE_WRONG,
        title=Text("规则还不能保存", "The rule cannot be saved yet"),
        message=Text(f"{why.zh}。", f"{why.en}."),
        next_step=Text("请改正后再保存。", "Correct it and save again."),
    )


def _meanwhile() -> Refused:
    return Refused(
        code=SAVED_MEANWHILE,
        title=Text("别人刚保存过这条规则", "Somebody else has just saved this rule"),
        message=Text("你看到的不是最新版本，没有保存。", "What you see is not the newest version; nothing was saved."),
        next_step=Text("请看过新版本后再改。", "Look at the new version, then change it."),
    )


def _no_version(version: int) -> Refused:
    return Refused(
        code=NO_VERSION,
        title=Text("没有这个版本", "No such version"),
        message=Text(f"没有版本 {version}。", f"There is no version {version}."),
        next_step=Text("请刷新历史。", "Read the history anew."),
    )


def _no_reason() -> Refused:
    return Refused(
        code=NO_REASON,
        title=Text("请写明原因", "Say why"),
        message=Text(
            "规则的每次改动都要写明改了什么、为什么。", "Each change of a rule says what was changed and why."
        ),
        next_step=Text("写一句话后再试。", "Write a sentence and try again."),
    )
