"""TASK-06: what a call is expected to change of each customer: by the published uplift model where there is one and it
fits, else by the planner's forecast, which is alike for everybody. Which of the two it is, and why, is told."""

from collections.abc import Sequence
from pathlib import Path

from core.domain.campaign import Campaign, calls
from core.domain.errors import InputError
from core.domain.text import Text
from core.screening.model.published import ModelKind, Publication, counting, folder_of_models
from core.screening.snapshots.health import holding
from core.server.campaigns.candidates import Expected
from core.server.db import campaigns
from core.server.db.engine import Database
from core.server.screening.running import Desk


def expected_of(
    database: Database, data: Path, campaign: Campaign, desk: Desk | None, customers: Sequence[str]
) -> Expected:
    """`desk`: none where there is no snapshot. Raises InputError where what was published cannot be read."""
    points = campaign.forecast.effect_points
    forecast = Expected(forecast=None if points is None else points / 100)
    made = counting(folder_of_models(data, database.tenant), ModelKind.UPLIFT)
    if made is None or not calls(campaign):
        # What it learnt is what a call changes: of texts it knows nothing.
        return forecast
    try:
        return _by_model(made, data, desk, campaign, customers, forecast)
    except InputError as error:
        # Whatever is wrong with it, the campaign is what the planner made it.
        return _unused(made, error.message, forecast)


def _by_model(
    made: Publication, data: Path, desk: Desk | None, campaign: Campaign, customers: Sequence[str], forecast: Expected
) -> Expected:  # fmt: skip
    if desk is None:
        why = Text("没有快照。", "there is no snapshot.")
        return _unused(made, why, forecast)
    # A campaign without such a model does not wait for all that learns.
    from core.screening.model.cautioning import in_one
    from core.screening.model.uplift_applying import effects_of
    from core.screening.model.uplift_keeping import Uplifts

    uplifts = Uplifts(data, desk.database.tenant)
    record = uplifts.find(made.model)
    if (held := _held(desk, [one.name for one in record.columns])) is not None:
        return _unused(made, held, forecast)
    desk.shelf.check(desk.snapshot)
    path = desk.shelf.path(desk.snapshot.id)
    found = effects_of(record, uplifts.learner(record), path, desk.snapshot, customers)
    # What was accepted as it was published is said to whoever goes by it.
    model = Text(f"增益模型 {record.id}", f"Uplift model {record.id}")
    cautions = [in_one(model, record.grave)] if record.grave else []
    if found.cautions:
        cautions.append(in_one(_of_others(model), found.cautions))
    if (other := _other_scenario(desk, campaign, record.source.campaigns)) is not None:
        cautions.append(other)
    return Expected(
        model=record.id, since=made.at, learnt_from=", ".join(record.source.campaigns) or record.source.file,
        by_customer=found.by_customer, forecast=forecast.forecast, cautions=tuple(cautions),
    )  # fmt: skip


def _other_scenario(desk: Desk, campaign: Campaign, names: Sequence[str]) -> Text | None:
    """Whom a call about one thing helps need not be whom a call about another does."""
    with desk.database.read() as unit:
        kept = [campaigns.get(unit, one) for one in names]
    scenarios = sorted({one.campaign.scenario for one in kept if one is not None})
    if not scenarios or campaign.scenario in scenarios:
        return None
    return Text(
        f"增益模型学自场景 {'、'.join(scenarios)} 的活动，本活动是 {campaign.scenario}：对谁有用可能不同。",
        f"The uplift model learnt from campaigns of {', '.join(scenarios)}, and this one is of {campaign.scenario}:"
        " whom a call helps may differ.",
    )


def _held(desk: Desk, names: Sequence[str]) -> Text | None:
    """ID-10: what of a source the model hangs on is wrong."""
    asked = frozenset(names) & desk.library.factors.keys()
    faults = holding(desk.snapshot, desk.library, asked)
    if not faults:
        return None
    source, why = desk.library.sources.get(faults[0].source), faults[0].why
    label = source.label if source else Text("快照", "the snapshot")
    return Text(f"{label.zh}：{why.zh}。", f"{label.en}: {why.en}.")


def _of_others(model: Text) -> Text:
    return Text(
        f"{model.zh}：本活动选的客户与它学过的客户不同，对他们说得不那么准",
        f"{model.en} learnt from other customers than this campaign chose, and is less sure of these",
    )


def _unused(made: Publication, why: Text, forecast: Expected) -> Expected:
    if forecast.forecast is None:
        instead = Text("活动也没有写预计效果", "and the campaign states no effect")
    else:
        instead = Text("改用活动的预测", "the campaign's forecast is")
    told = Text(
        f"已发布的增益模型 {made.model} 没有用上，{instead.zh}：{why.zh}",
        f"The published uplift model {made.model} is not used, {instead.en}: {why.en}",
    )
    return Expected(unused=made.model, forecast=forecast.forecast, cautions=(told,))
