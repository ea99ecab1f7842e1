"""Rules and models that an audience names, looked up by their names alone: nothing is asked of an engine."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from core.content.resources import folder
from core.domain import decoding
from core.domain.campaign import Audience, CampaignTerms
from core.domain.text import Text
from core.server.campaigns.refusing import unusable
from core.server.db import campaigns, planned_rules
from core.server.db.engine import Unit
from core.wire.campaigns import ModelTold

PUBLISHED = "published"
"""names the model that counts, whichever it is"""


def refuse_strange_rules(unit: Unit, audience: Audience) -> None:
    """Raises InputError on a rule that neither ships nor was published, or was withdrawn."""
    if not audience.rules:
        return
    last = {rule_id: found[0].version for rule_id, found in planned_rules.uses(unit).items()}
    shipped = {path.stem for path in (folder() / "warnings").glob("*.yaml")}
    known = sorted(rule_id for rule_id in shipped | last.keys() if last.get(rule_id) != 0)
    for one in audience.rules:
        if one not in known:
            raise unusable(
                f"没有规则“{one}”。现有：{'、'.join(known)}。",
                f"There is no rule “{one}”. There are: {', '.join(known)}.",
            )


def refuse_strange_model(unit: Unit, data: Path, terms: CampaignTerms) -> None:
    """Raises InputError on a model that is not kept, and on the published one where none is; not where the campaign
    went by it already, so that its bounds may change when a model is gone."""
    model, before = terms.audience.model, campaigns.get(unit, terms.id)
    if not model or (before is not None and before.campaign.audience.model == model):
        return
    # A server's start does without the room of models.
    from core.screening.model.published import folder_of_models, published_model

    if model == PUBLISHED and not published_model(data, unit.tenant):
        raise none_published()
    if model != PUBLISHED and (folder_of_models(data, unit.tenant) / model / "uplift.json").exists():
        raise unusable(
            f"“{model}”是增益模型：定先后，不选客户。",
            f"“{model}” is an uplift model: it says who comes first, and chooses nobody.",
            next_step=Text("请写离网模型的编号，或 published。", "Name a churn model by its id, or say: published."),
        )  # fmt: skip
    if model != PUBLISHED and model not in _kept(folder_of_models(data, unit.tenant)):
        raise unusable(
            f"没有模型“{model}”。", f"There is no model “{model}”.",
            next_step=Text("用 model list 查看现有模型。", "See those that there are with: model list."),
        )  # fmt: skip


def none_published() -> Exception:
    """What is said where the published model is asked for and none is."""
    return unusable(
        "还没有发布模型；请先运行 model publish，或写明模型编号。",
        "No model is published: run model publish first, or name one by its id.",
    )


class _Head(Struct, frozen=True, kw_only=True):
    """What of a model's record a planner chooses by."""

    id: str
    made_at: datetime
    by: str


def models_told(data: Path, tenant: str) -> tuple[ModelTold, ...]:
    """The churn models that are kept, the newest first; what cannot be read cannot be chosen. Raises InputError where
    what was published cannot be read."""
    from core.screening.model.published import folder_of_models, published_model

    published, found = published_model(data, tenant), list[ModelTold]()
    for path in folder_of_models(data, tenant).glob("[!.]*/model.json"):
        try:
            head = decoding.decode(path.read_bytes(), _Head)
        except (msgspec.DecodeError, OSError):
            continue
        told = ModelTold(id=head.id, made_at=head.made_at, by=head.by, published=head.id == published)
        found.append(told)
    return tuple(sorted(found, key=lambda one: (one.made_at, one.id), reverse=True))


def _kept(models: Path) -> Collection[str]:
    return {path.parent.name for path in models.glob("[!.]*/model.json")}
