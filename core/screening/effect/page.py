"""The effect report as one HTML file: the verdict first, then what it rests on."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from core.domain import effect_words as words
from core.domain.clock import CHINA
from core.domain.text import Lang, Text
from core.screening.effect.pictures import whiskers
from core.screening.model.page import page, sayer
from core.wire.campaign_effect import COMPARED, ArmShare, CampaignEffect, Compared, Group, Looked, Verdict

_HEAD = Text("{title}：{name}", "{title}: {name}")
_DAYS = Text("{days} 天后", "After {days} days")
_FUNNEL = (
    Text("抽中应触达", "Drawn to be reached"), Text("已派", "Dispatched"), Text("拨打过", "Dialled"),
    Text("接通本人", "Owners reached"), Text("同意", "Agreed"), Text("办理", "Ordered"),
)  # fmt: skip
_CAME, _BECAME = Text("做到了哪一步", "How far it came"), Text("后来怎样", "What became of them")
_YOUNG, _FEW = Text("未到期", "Not yet due"), Text("人数少，仅供参考", "few, for orientation only")
_BEFORE_AFTER, _FORECAST = Text("前后对比", "Before and after"), Text("预测与实际", "Forecast against achieved")
_PROBLEMS = Text("遇到的问题", "Problems met")
_PROBLEM, _NOTED = Text("问题", "Problem"), Text("记录里的原话", "In the notes' own words")
_BEFORE, _AFTER = Text("抽组前离网", "Left before"), Text("抽组后离网", "Left after")
_MOVED, _EXPECTED = Text("变化（百分点）", "Change (points)"), Text("预测", "Expected")
_ACHIEVED = Text("实际", "Achieved")
_WITHIN = {True: Text("相符", "in the interval"), False: Text("不符", "outside it"), None: Text("—", "—")}
_GROUP_HEADS = (
    Text("抽中", "Drawn"), Text("已派", "Dispatched"), Text("接通本人", "Reached"), Text("同意", "Agreed"),
    Text("在网", "On net"), Text("对照在网", "Control on net"),
)  # fmt: skip
_CALLS = Text("通话", "Calls")
_MADE = Text(
    "活动 {id}；离网名单到 {known}；{at} 生成。应触达、对照按抽签时计，没接通的也算。",
    "Campaign {id}; who left is known until {known}; made {at}. Arms count as drawn, those never reached included.",
)
_PER_REACHED = Text("每位接通本人的客户", "For each owner reached")
_GROUPS_DRAWN = 12
_SHOWN = 40


def effect_page(found: CampaignEffect, lang: Lang) -> str:
    """The whole file."""
    say = sayer(lang)
    grave = "grave" if found.verdict in (Verdict.HARMED, Verdict.BROKEN, Verdict.NO_CONTROL) else "light"
    parts = [
        f"<h1>{say(_HEAD, title=words.TITLE.of(lang), name=found.name.of(lang))}</h1>",
        f'<p class="{grave}"><b>{say(found.words)}</b></p>',
        *(f'<p class="light">{say(one)}</p>' for one in found.cautions),
        _funnel(found, say), _became(found, say), _forecasts(found, say), _before_after(found, say),
        *(_groups(name, one, say) for name, one in found.groups.items()), _problems(found, say),
    ]  # fmt: skip
    at = f"{found.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    made = say(_MADE, id=found.campaign_id, known=found.known_until or "—", at=at)
    return page(say(words.TITLE), [*parts, f"<p><small>{made}</small></p>"], lang)


def _funnel(found: CampaignEffect, say: Callable[..., str]) -> str:
    counts = (found.treated, found.dispatched, found.called, found.reached, found.agreed, found.ordered)
    rows = []
    told = list(zip(_FUNNEL, counts, strict=True))
    for name, count in told if found.by_call else told[:2]:
        rows.append((say(name), str(count), f"{count / found.treated:.1%}" if found.treated else "—"))
    if found.sent:
        # Of a campaign that texts the calls alone would say that nothing came of it.
        sent = ((words.SENT, found.sent), (words.DELIVERED, found.delivered), (words.ANSWERED, found.answered))
        rows[2:2] = [(say(name), str(count), f"{count / found.treated:.1%}") for name, count in sent]
    rows.append((say(words.CONTROL), str(found.control), ""))
    return f"<h2>{say(_CAME)}</h2>{_table((), rows)}"


def _became(found: CampaignEffect, say: Callable[..., str]) -> str:
    shown = [one for one in found.compared if one.treated.due or one.control.due]
    heads = ["", say(words.TREATED), say(words.CONTROL), say(words.EFFECT), say(words.INTERVAL), say(_YOUNG)]
    rows = [
        (f"{say(words.LOOKED[one.looked])}, {say(_DAYS, days=one.days)}", _share(one.treated), _share(one.control),
         *_interval(one), str(one.not_yet_due))
        for one in shown
    ]  # fmt: skip
    drawn = [
        (say(_DAYS, days=one.days), one.effect, one.few) for one in shown if one.effect and one.looked is Looked.ON_NET
    ]
    picture = whiskers(drawn, label=say(words.EFFECT)) if drawn else ""
    return f"<h2>{say(_BECAME)}</h2>{_table(heads, rows)}{picture}{_per_reached(found, say)}"


def _per_reached(found: CampaignEffect, say: Callable[..., str]) -> str:
    mine = [one for one in found.compared if one.per_reached and one.days == found.days]
    if not mine or found.verdict not in COMPARED:
        return ""
    one = mine[0].per_reached
    told = f"{words.points(one.value)} ({words.points(one.low)} … {words.points(one.high)})" if one else ""
    return f"<p><small>{say(_PER_REACHED)}: {told}. {say(words.PER_REACHED)}</small></p>"


def _forecasts(found: CampaignEffect, say: Callable[..., str]) -> str:
    if not found.forecast:
        return ""
    heads = ["", say(_EXPECTED), say(_ACHIEVED), say(words.INTERVAL), ""]
    sign = words.signed_figure
    rows = []
    for one in found.forecast:
        achieved = "—" if one.achieved is None else sign(f"{one.achieved:.1f}")
        between = "—" if one.low is None or one.high is None else sign(f"{one.low:.1f} … {one.high:.1f}")
        name = say(words.named(words.FORECASTS, one.what))
        rows.append((name, sign(f"{one.expected:g}"), achieved, between, say(_WITHIN[one.within])))
    return f"<h2>{say(_FORECAST)}</h2>{_table(heads, rows)}"


def _before_after(found: CampaignEffect, say: Callable[..., str]) -> str:
    if not found.before_after or found.cannot_show is None:
        return ""
    heads = [say(words.DIMENSIONS["area"]), say(_BEFORE), say(_AFTER), say(_MOVED)]
    rows = [
        (
            say(one.name),
            _share(one.before),
            _share(one.after),
            "—" if one.points is None else words.signed_figure(f"{one.points:+.2f}"),
        )
        for one in found.before_after
    ]
    return f"<h2>{say(_BEFORE_AFTER)}</h2>{_table(heads, rows)}<p><small>{say(found.cannot_show)}</small></p>"


def _groups(dimension: str, found: Sequence[Group], say: Callable[..., str]) -> str:
    title = say(words.named(words.DIMENSIONS, dimension))
    heads = [title, *(say(one) for one in _GROUP_HEADS), say(words.EFFECT), say(words.INTERVAL)]
    rows = [
        (say(one.name) + (f" <small>({say(_FEW)})</small>" if one.few else ""), str(one.drawn or "—"),
         str(one.dispatched), str(one.reached), str(one.agreed), _share(one.on_net),
         _share(one.control_on_net) if one.control_on_net else "—", *_interval(one))
        for one in found[:_SHOWN]
    ]  # fmt: skip
    drawn = [(say(one.name), one.effect, one.few) for one in found[:_GROUPS_DRAWN] if one.effect]
    picture = whiskers(drawn, label=f"{title}: {say(words.EFFECT)}") if drawn else ""
    note = f"<p><small>{say(words.ONLY_DESCRIBED)}</small></p>" if dimension in words.DESCRIBED else ""
    return f"<h2>{title}</h2>{_table(heads, rows)}{picture}{note}"


def _problems(found: CampaignEffect, say: Callable[..., str]) -> str:
    if not found.problems:
        return ""
    rows = [(say(one.name), escape(" ".join(one.words)), str(one.calls)) for one in found.problems]
    return f"<h2>{say(_PROBLEMS)}</h2>{_table([say(_PROBLEM), say(_NOTED), say(_CALLS)], rows)}"


def _interval(one: Compared | Group) -> tuple[str, str]:
    if one.effect is None:
        return "—", "—"
    return words.points(one.effect.value), f"{words.points(one.effect.low)} … {words.points(one.effect.high)}"


def _share(one: ArmShare) -> str:
    return f"{one.met / one.due:.1%} ({one.met}/{one.due})" if one.due else "—"


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are safe for HTML already."""
    told = "".join(f"<th>{one}</th>" for one in heads)
    body = "".join(
        f"<tr><td>{row[0]}</td>{''.join(f'<td class=n>{cell}</td>' for cell in row[1:])}</tr>" for row in rows
    )
    return f"<table>{f'<tr>{told}</tr>' if told else ''}{body}</table>"
