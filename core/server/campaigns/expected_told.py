"""What is told of the effect that is expected of a campaign: one figure, who says so, and whom calls would harm."""

from core.domain.campaign import CALLS, Arm, Campaign
from core.domain.clock import CHINA
from core.domain.text import Text
from core.server.campaigns.candidates import Expected, Laid
from core.server.campaigns.laying import calls_of


def expected_kept(laid: Laid, campaign: Campaign) -> int | None:
    """How many customers more are expected on net: by the uplift model, where one counts, of those whom agents would
    call, else by the planner's forecast of all who would be reached. None where neither says anything."""
    if laid.expected.model:
        return round(sum(_known(laid)))
    points = campaign.forecast.effect_points
    treated = sum(one.arm is Arm.TREATED for one in laid.members)
    return None if points is None else round(treated * points / 100)


def cautions_of(laid: Laid) -> list[Text]:
    """Of those who would be called: whom a call is thought to drive away, and of whom the model knows nothing."""
    if not laid.expected.model:
        return []
    called, known, found = len(_called(laid)), _known(laid), list[Text]()
    if harmed := [one for one in known if one < 0]:
        rest, points = called - len(harmed), -100 * sum(harmed) / len(harmed)
        found.append(
            Text(
                f"按增益模型，要拨打的 {called} 位里有 {len(harmed)} 位打了反而更易离网（平均多 {points:.1f}"
                f" 个百分点）：排在最后；不想打给他们，请设配额（不打他们还剩 {rest} 位）。",
                f"By the uplift model calls drive away {len(harmed)} of the {called} to be called ({points:.1f} points"
                f" more leave on the average): they come last. So that nobody calls them, set a quota; {rest} are left"
                " without them.",
            )
        )
    if unknown := called - len(known):
        found.append(
            Text(
                f"要拨打的 {called} 位里有 {unknown} 位增益模型不认识（快照里没有）：排在有用的之后，"
                "预计效果里不算他们。",
                f"Of the {called} to be called the uplift model knows nothing of {unknown}, whom the snapshot does not"
                " hold: they come after those whom a call helps, and no effect is expected of them.",
            )
        )
    return found


def _called(laid: Laid) -> list[str]:
    """Who would be called, were it started now."""
    return calls_of(laid, sorted(CALLS))


def _known(laid: Laid) -> list[float]:
    """Of those who would be called, the effects that the model expects."""
    known = laid.expected.by_customer
    return [known[one] for one in _called(laid) if one in known]


def effect_told(laid: Laid) -> Text:
    """By what the expected effect goes, since when, and how much it is of those who would be called."""
    expected = laid.expected
    if not expected.model or expected.since is None:
        return _by_forecast(expected)
    known = _known(laid)
    points = f"{100 * sum(known) / len(known):.1f}" if known else "—"
    when = f"{expected.since.astimezone(CHINA):%Y-%m-%d %H:%M}"
    return Text(
        f"先后按增益模型 {expected.model}（学自 {expected.learnt_from}，{when} 发布）：外呼最有用的先拨；"
        f"{len(known)} 位要拨打的客户预计平均少离网 {points} 个百分点。",
        f"Those whom a call helps most come first, by uplift model {expected.model}, learnt from {expected.learnt_from}"
        f" and published {when}: of {len(known)} who would be called {points} points fewer are expected to leave on"
        " the average.",
    )


def _by_forecast(expected: Expected) -> Text:
    forecast = expected.forecast
    if forecast is None:
        why = Text("没有增益模型", "There is no uplift model")
        if expected.unused:
            why = Text(f"增益模型 {expected.unused} 没有用上", f"Uplift model {expected.unused} is not used")
        return Text(
            f"{why.zh}，活动也没有写预计效果：先后按离网概率。",
            f"{why.en}, and the campaign states no effect: the likeliest to leave come first.",
        )
    return Text(
        f"预计效果按活动的预测，人人相同（少离网 {100 * forecast:g} 个百分点）：先后按离网概率。",
        f"The expected effect is the campaign's forecast, alike for all ({100 * forecast:g} points fewer leave): the"
        " likeliest to leave come first.",
    )
