"""Why a customer was chosen, as the agent will read it: the rule's words with the customer's values, the model's, or
those of the list."""

from collections.abc import Sequence

from core.domain.campaign import CampaignTerms
from core.domain.campaign_notes import Why
from core.domain.factor import Library
from core.domain.text import Text
from core.domain.warning_rule import WarningRule
from core.screening.words import reason_of
from core.server.campaigns.candidates import Candidate
from core.server.screening.goes_by import of_model, of_rule

_MODEL_CODE = "flagged_by_model"


def why_of(
    terms: CampaignTerms, one: Candidate, rule: WarningRule | None, library: Library | None, model: Sequence[Text], *,
    list_name: str,
) -> Why:  # fmt: skip
    """`rule` is None of one whom a model or a list named, `model` what the model goes by."""
    goes_by = of_model(model)
    if rule is not None and library is not None:
        used, figure = of_rule(rule, library, one.values)
        return Why(reason=reason_of(rule, library, one.values), figure=figure, in_use=(*used, *goes_by), code=rule.code)
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
