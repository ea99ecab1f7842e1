"""Whom a campaign's audience names: by rules over a snapshot, by a model, by a list, or met together.

Asks the engine and the model: for a process of its own."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.content.resources import folder
from core.domain.campaign import CampaignTerms
from core.domain.condition import Condition
from core.domain.errors import InputError
from core.domain.factor import Library
from core.domain.routing import CampaignPolicy
from core.domain.text import Text
from core.domain.warning_rule import Missing, Population, RuleUse, Unknown, WarningRule
from core.screening.frame import Frame, opened_frame
from core.screening.known_values import values_of
from core.screening.matching import Preview, matched_customers, preview
from core.screening.snapshots.health import holding
from core.screening.snapshots.keeping import Shelf
from core.screening.snapshots.record import Fault
from core.screening.snapshots.scored import RISK
from core.screening.words import factors_of
from core.server.campaigns.candidates import Candidate, Chosen
from core.server.campaigns.lists_kept import Entry, entries, name_of
from core.server.campaigns.refusing import unusable
from core.server.db.engine import Database
from core.server.screening.running import Desk

if TYPE_CHECKING:
    from core.server.campaigns.models import Model

MODEL_RULE = "model"


class SourceHeld(InputError):
    """ID-10: a source that the campaign hangs on failed or is late."""


class Choice:
    """One choosing: the snapshot with its rules, opened once."""

    def __init__(
        self, database: Database, data: Path, terms: CampaignTerms, policy: CampaignPolicy, asked: frozenset[str], *,
        snapshot_id: str = "", root: Path | None = None,
    ) -> None:  # fmt: skip
        """`asked`: factors wanted of everybody beside those of rules. Raises InputError, ContentError."""
        self._terms, self._policy, self._asked = terms, policy, asked
        self._database, self._root = database, root or folder()
        audience = terms.audience
        self._by_engine = bool(audience.rules or audience.model)
        shelf = Shelf(data, database.tenant)
        self.desk: Desk | None = None
        if self._by_engine or shelf.newest() is not None:
            self.desk = Desk(database, data, snapshot_id=snapshot_id, root=root)
        self.model: Model | None = None
        if audience.model and self.desk is not None:
            # A campaign of rules alone does not wait for all that learns.
            from core.server.campaigns.models import scored_model

            self.model = scored_model(self.desk, data, audience.model)
        self.rules = _callable(self.desk, audience.rules)
        self._resting = self._sound_resting()

    def chosen(self) -> Chosen:
        """Raises SourceHeld, InputError where nobody matches."""
        self._refuse_held()
        frame = self._frame()
        found, counted = {}, None
        if self._by_engine and frame is not None:
            assert self.desk is not None
            self.desk.shelf.check(self.desk.snapshot)
            counted = preview(frame, self._asking())
            found = self._matched(frame, counted)
        with self._database.read() as unit:
            audience = self._terms.audience
            named = entries(unit, audience.list_id) if audience.list_id else []
            more = entries(unit, audience.more_list_id) if audience.more_list_id else []
            list_name = name_of(unit, audience.list_id or audience.more_list_id) or audience.list_id
        candidates = self._met(found, named, more, frame)
        if not candidates:
            raise unusable("没有客户命中。", "Nobody matches.")
        snapshot = self.desk.snapshot if self.desk is not None else None
        return Chosen(
            candidates=candidates,
            resting=self._at_rest(frame, frozenset(one.customer_id for one in candidates)),
            unrested=self._unrested(),
            model_id=self.model.record.id if self.model else "",
            snapshot_id=snapshot.id if snapshot else "",
            snapshot_at=snapshot.taken_at if snapshot else None,
            most_percent=max((counted.share(one.id) for one in self._asking()), default=0.0) if counted else 0.0,
            too_many=_too_many(self._asking(), counted) if counted else None,
            list_name=list_name,
            costs=self.model.record.costs if self.model else None,
            drifted=self._drifted(),
        )

    def _drifted(self) -> Text | None:
        if self.model is None:
            return None
        from core.server.screening.drifted import drifted

        return drifted(self.model.scored)

    @property
    def library(self) -> Library | None:
        return self.desk.library if self.desk is not None else None

    def _asking(self) -> list[WarningRule]:
        """The rules whose matches are asked for; the model is one where no rule is named."""
        return self.rules or ([_model_rule(self._terms, self._policy)] if self.model else [])

    def _frame(self) -> Frame | None:
        if self.desk is None:
            return None
        names = self._asked & self.desk.library.factors.keys()
        names = names.union(*(factors_of(one) for one in [*self._asking(), *self._resting]))
        names |= {RISK} & self.desk.library.factors.keys()
        model = self.model.record.id if self.model else None
        return opened_frame(self.desk.shelf, self.desk.snapshot, self.desk.library, frozenset(names), model=model)

    def _sound_resting(self) -> list[WarningRule]:
        """A list that somebody brought is not held up by a source: rules of rest that cannot be asked are left out."""
        if self.desk is None:
            return []
        return [one for one in self.desk.resting() if self._by_engine or not self.desk.faults(one)]

    def _unrested(self) -> Text | None:
        """A list goes on all the same; whom it calls at a moment of rest, nobody would know."""
        if self.desk is None:
            return Text(
                "没有快照：不知道谁正在免扰时段，名单上没有一位因此被拦下。",
                "There is no snapshot, so nobody knows who is at a moment of rest: none of the list is barred for it.",
            )
        left_out = [one.name for one in self.desk.resting() if one not in self._resting]
        if not left_out:
            return None
        zh, en = "、".join(one.zh for one in left_out), ", ".join(one.en for one in left_out)
        return Text(
            f"免扰规则没有问：{zh}（数据来源有问题），不因此拦下任何人。",
            f"Rules of rest were not asked, since a source of theirs failed or is late: {en}. They bar nobody.",
        )

    def _refuse_held(self) -> None:
        if self.desk is None or not self._by_engine:
            return
        if (unrested := self.desk.unrested()) is not None:
            raise unrested
        for rule in [*self.rules, *self._resting]:
            if found := self.desk.faults(rule):
                raise _held(self.desk, rule.name, found[0])
        if self.model is not None:
            names = frozenset(one.name for one in self.model.record.columns) & self.desk.library.factors.keys()
            if found := holding(self.desk.snapshot, self.desk.library, names):
                raise _held(self.desk, Text("模型", "The model"), found[0])

    def _matched(self, frame: Frame, counted: Preview) -> dict[str, Candidate]:
        """The most urgent rule that matches a customer is the one told of."""
        risk = RISK if RISK in frame.library.factors else ""
        found: dict[str, Candidate] = {}
        for rule in sorted(self._asking(), key=lambda one: (one.priority, one.id)):
            if not counted.matched[rule.id]:
                continue
            values = (factors_of(rule) | self._asked | {risk}) & frame.library.factors.keys()
            for one in matched_customers(frame, rule, frozenset(values), most_first=risk):
                if one.customer_id not in found:
                    found[one.customer_id] = Candidate(
                        customer_id=one.customer_id, rule_id="" if rule.id == MODEL_RULE else rule.id,
                        score=_figure(one.values.get(RISK)), place=rule.priority, values=one.values,
                    )  # fmt: skip
        return found

    def _met(
        self, found: dict[str, Candidate], named: Sequence[Entry], more: Sequence[Entry], frame: Frame | None
    ) -> list[Candidate]:
        audience = self._terms.audience
        if audience.list_id:
            listed = {one.customer_id: one for one in named}
            if self._by_engine:
                found = {key: one for key, one in found.items() if key in listed}
            else:
                found = self._of_list(named, frame)
        if self.model is not None and audience.at_least:
            found = {key: one for key, one in found.items() if (one.score or 0.0) >= audience.at_least}
        found = self._of_list([one for one in more if one.customer_id not in found], frame) | found
        return sorted(
            found.values(),
            key=lambda one: (one.score is None, -(one.score or 0.0), one.place, one.customer_id),
        )  # fmt: skip

    def _of_list(self, listed: Sequence[Entry], frame: Frame | None) -> dict[str, Candidate]:
        names = self._asked & frame.library.factors.keys() if frame is not None else frozenset[str]()
        values = values_of(frame, {one.customer_id for one in listed}, frozenset(names)) if frame is not None else {}
        return {
            one.customer_id: Candidate(
                customer_id=one.customer_id, score=one.score, place=one.place, words=one.reason,
                values=values.get(one.customer_id, {}),
            )
            for one in listed
        }  # fmt: skip

    def _at_rest(self, frame: Frame | None, candidates: frozenset[str]) -> frozenset[str]:
        if frame is None:
            return frozenset()
        none = frozenset[str]()
        return frozenset(
            one.customer_id
            for rule in self._resting
            for one in matched_customers(frame, rule, none)
            if one.customer_id in candidates
        )


def _callable(desk: Desk | None, names: Sequence[str]) -> list[WarningRule]:
    if desk is None or not names:
        return []
    rules = desk.named(names)
    for one in rules:
        if one.use is RuleUse.REST:
            raise unusable(
                f"“{one.name.zh}”是免扰规则，不用来选客户。",
                f"“{one.name.en}” leaves customers in peace: it chooses nobody.",
            )
    return rules


def _model_rule(terms: CampaignTerms, policy: CampaignPolicy) -> WarningRule:
    """The model asked as a rule: whoever it gives at least so much."""
    return WarningRule(
        id=MODEL_RULE,
        version=1,
        name=Text("模型", "The model"),
        code="flagged_by_model",
        population=Population.CHURN_INCLINED,
        scenario=terms.scenario,
        priority=terms.priority,
        most_percent=policy.model_most_percent,
        when=Condition(field=RISK, ge=terms.audience.at_least),
        missing=Missing(rest=Unknown.LEFT_OUT),
        reason=Text(f"模型预测离网概率 {{{RISK}}}", f"The model's chance of leaving: {{{RISK}}}"),
    )


def _too_many(rules: Sequence[WarningRule], counted: Preview) -> Text | None:
    for rule in rules:
        share = counted.share(rule.id)
        if share > rule.most_percent:
            return Text(
                f"“{rule.name.zh}”命中全部客户的 {share:.1f}%，上限是 {rule.most_percent:g}%。",
                f"“{rule.name.en}” matches {share:.1f}% of all customers; its bound is {rule.most_percent:g}%.",
            )
    return None


def _held(desk: Desk, name: Text, fault: Fault) -> SourceHeld:
    source = desk.library.sources.get(fault.source)
    label = source.label if source else Text("快照", "The snapshot")
    return SourceHeld(
        title=Text("数据来源有问题，活动暂缓", "A source holds the campaign"),
        message=Text(
            f"“{name.zh}”用到{label.zh}：{fault.why.zh}。", f"“{name.en}” hangs on {label.en}: {fault.why.en}."
        ),
        next_step=Text("来源到齐、再取一次快照后自动放行；没有客户被联系。",
                       "It goes on with a snapshot taken once the source has come; no customer was contacted."),
    )  # fmt: skip


def _figure(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
