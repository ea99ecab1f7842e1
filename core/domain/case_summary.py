"""What is handed over with a case: a summary written from its record, in both languages."""

from collections.abc import Sequence
from datetime import datetime

from core.domain.case import DAMAGE_NAMES, Case
from core.domain.clock import CHINA
from core.domain.money import yuan_short
from core.domain.promise import Promise
from core.domain.text import Text


def summary_of(case: Case, promises: Sequence[Promise], words: str = "") -> Text:
    """What was damaged, what was checked and found, what is suspected, granted and promised; then `words`."""
    lines = [_damage(case), *_work(case), _allowed(case), *_promised(promises)]
    told = [line for line in lines if line is not None]
    zh, en = "；".join(line.zh for line in told) + "。", "; ".join(line.en for line in told) + "."
    return Text(f"{zh}{words}", f"{en} {words}".rstrip()) if words else Text(zh, en)


def _damage(case: Case) -> Text:
    title, damage = case.began.title, DAMAGE_NAMES[case.began.damage]
    met = case.contacted_at
    zh = f"{met.astimezone(CHINA):%m-%d %H:%M} 首次联系" if met else "还没有联系上客户"
    en = f"first contact {_when(met)}" if met else "the customer has not been reached"
    return Text(f"{title.zh}（{damage.zh}），{zh}", f"{title.en} ({damage.en.lower()}), {en}")


def _work(case: Case) -> list[Text | None]:
    checks = [Text(f"{c.name.zh}：{c.finding}", f"{c.name.en}: {c.finding}") for c in case.checks]
    done = Text("已查 " + "、".join(c.zh for c in checks), "checked " + ", ".join(c.en for c in checks))
    suspected = Text("、".join(case.suspicions), ", ".join(case.suspicions))
    return [
        done if checks else Text("还没有检查", "nothing checked yet"),
        Text(f"怀疑 {suspected.zh}", f"suspected: {suspected.en}") if case.suspicions else None,
        Text(f"根因 {case.cause}", f"root cause: {case.cause}") if case.cause else None,
    ]


def _allowed(case: Case) -> Text | None:
    if not case.allowed:
        return None
    zh = "、".join(f"{a.what.zh} ¥{yuan_short(a.fen)}（{a.by_name}）" for a in case.allowed)
    en = ", ".join(f"{a.what.en} ¥{yuan_short(a.fen)} ({a.by_name})" for a in case.allowed)
    return Text(f"已给 {zh}", f"granted {en}")


def _promised(promises: Sequence[Promise]) -> list[Text]:
    owed = sorted((one for one in promises if one.is_owed), key=lambda one: one.due_at)
    return [
        Text(f"已答应 {_when(one.due_at)} 前{one.made.words}", f"promised by {_when(one.due_at)}: {one.made.words}")
        for one in owed
    ]


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%m-%d %H:%M}"
