"""Why a customer was chosen, as the agent will read it: the rule's words with the customer's values, the model's, or
those of the list."""

from collections.abc import Mapping, Sequence

from core.domain.campaign import CampaignTerms
from core.domain.campaign_notes import Why
from core.domain.factor import Library
from core.domain.task import InUse
from core.domain.text import Text
from core.domain.warning_rule import WarningRule
from core.rules.form import fields_of
from core.screening.snapshots.scored import RISK
from core.screening.words import factors_in, factors_of, reason_of, said_value
from core.server.campaigns.candidates import Candidate
from core.server.screening.tasks import WHY

_GOES_BY = Text("模型依据", "What the model goes by")
_MODEL_CODE = "flagged_by_model"


def why_of(
    terms: CampaignTerms, one: Candidate, rule: WarningRule | None, library: Library | None, model: Sequence[Text], *,
    list_name: str,
) -> Why:  # fmt: skip
    """`rule` is None of one whom a model or a list named, `model` what the model goes by."""
    goes_by = tuple(InUse(name=f"{WHY}{at}", label=_GOES_BY, value=words) for at, words in enumerate(model, 1))
    if rule is not None and library is not None:
        used = _in_use(rule, library, one.values)
        leading = next((value.value for value in used), None)
        return Why(
            reason=reason_of(rule, library, one.values), figure=leading, in_use=(*used, *goes_by), code=rule.code
        )
    if one.words:
        return Why(reason=Text(one.words, one.words), figure=_chance(one), in_use=goes_by)
    if one.score is not None and not list_name:
        reason = model[0] if model else Text("模型判断可能离网", "The model takes them as likely to leave")
        return Why(reason=reason, figure=_chance(one), in_use=goes_by, code=_MODEL_CODE)
    if list_name:
        return Why(
            reason=Text(f"名单“{list_name}”", f"From the list “{list_name}”"), figure=_chance(one), in_use=goes_by
        )
    return Why(reason=terms.name, figure=_chance(one), in_use=goes_by)


def _chance(one: Candidate) -> Text | None:
    return None if one.score is None else Text(f"风险 {one.score:.2f}", f"risk {one.score:.2f}")


def _in_use(rule: WarningRule, library: Library, values: Mapping[str, object]) -> tuple[InUse, ...]:
    """As the words name them, then those that the rule asks for, then the risk."""
    words = sorted(factors_in(rule.reason), key=lambda name: rule.reason.zh.find(f"{{{name}"))
    names = dict.fromkeys([*words, *sorted(fields_of(rule.when)), *sorted(factors_of(rule)), RISK])
    return tuple(
        InUse(name=name, label=library.factors[name].label, value=said_value(library.factors[name], value))
        for name in names
        if name in library.factors and (value := values.get(name)) is not None
    )
