"""How the invented departments work: what they refuse and why, how far they are after a while, what they found."""

from datetime import date, timedelta
from zlib import crc32

from core.domain.errand import ErrandKind, ErrandState, Stage
from core.domain.text import Text
from core.wire.departments import ErrandAnswer, ErrandOut

_REFUSES_ONE_IN, _SLEEPS_ONE_IN = 9, 13
_FOUND: dict[ErrandKind, Text] = {
    ErrandKind.HOME_VISIT: Text("已上门，客户当面确认", "visited, the customer confirmed it in person"),
    ErrandKind.ESCALATION: Text("已核实并处理", "looked into and dealt with"),
    ErrandKind.FEEDBACK: Text("已查明原因，本月起整改", "cause found, put right from this month on"),
}
_REPAIRS = frozenset({"maintenance", "network"})
"""departments that mend what is there: no bill comes of their work"""
_MENDED = Text("已修好，客户试过正常", "mended; the customer tried it and it works")
_REFUSALS: dict[ErrandKind, Text] = {
    ErrandKind.WORK_ORDER: Text("端口已满，本月内不能施工", "no free port; nothing can be set up this month"),
    ErrandKind.HOME_VISIT: Text("约的时间没有人手，请重新约", "nobody is free at that time; agree on another"),
    ErrandKind.ESCALATION: Text("不归本部门，请转班长", "not ours; pass it to the team lead"),
    ErrandKind.FEEDBACK: Text("材料不足，请补充现象和时间", "too little to go by; say what happened and when"),
}


def refusal(errand: ErrandOut) -> Text | None:
    """Why it is not taken; the same customer is answered the same way on every day."""
    if errand.kind is ErrandKind.HOME_VISIT and not errand.consent:
        return Text("没有客户同意上门的记录", "no record that the customer agreed to a visit")
    if _lot(errand) % _REFUSES_ONE_IN == 5:
        return _REFUSALS[errand.kind]
    return None


def answer(errand: ErrandOut, waited: timedelta, delay: timedelta, today: date) -> ErrandAnswer:
    """How it stands so long after it came in; `delay` is what each step takes."""
    if errand.withdrawn:
        return ErrandAnswer(state=ErrandState.WITHDRAWN)
    steps = int(waited / delay) if delay else 99
    reference = f"BM-{errand.id.hex[:8].upper()}"
    if steps < 1:
        return ErrandAnswer(state=ErrandState.SUBMITTED)
    why = refusal(errand)
    if why is not None:
        return ErrandAnswer(state=ErrandState.REFUSED, reason_zh=why.zh, reason_en=why.en, reference=reference)
    if steps < 2:
        return ErrandAnswer(state=ErrandState.ACCEPTED, reference=reference)
    if steps < 4 or _lot(errand) % _SLEEPS_ONE_IN == 7:
        stage = None
        if errand.kind is ErrandKind.WORK_ORDER:
            stage = Stage.CONTACTED if steps < 3 else Stage.SET_UP
        return ErrandAnswer(state=ErrandState.IN_PROGRESS, stage=stage, reference=reference)
    return _done(errand, reference, today)


def _done(errand: ErrandOut, reference: str, today: date) -> ErrandAnswer:
    if errand.kind is ErrandKind.WORK_ORDER and errand.department in _REPAIRS:
        return ErrandAnswer(
            state=ErrandState.DONE,
            stage=Stage.COMPLETED,
            reference=reference,
            reason_zh=_MENDED.zh,
            reason_en=_MENDED.en,
        )
    if errand.kind is ErrandKind.WORK_ORDER:
        bill = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return ErrandAnswer(state=ErrandState.DONE, stage=Stage.COMPLETED, reference=reference, bill_on=bill)
    found = _FOUND[errand.kind]
    return ErrandAnswer(state=ErrandState.DONE, reason_zh=found.zh, reason_en=found.en, reference=reference)


def _lot(errand: ErrandOut) -> int:
    return crc32((errand.customer_id or errand.text).encode())
