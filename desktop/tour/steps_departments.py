"""What departments were asked in the calls of the day: worked on, done, and seen in the list and in the week."""

from core.desk import errands
from core.domain.errand import ErrandKind, ErrandState, errand_words
from desktop.followups import words
from desktop.tour import steps_vip
from desktop.tour.day import Day
from desktop.tour.hand import Key, Mod
from desktop.tour.report import Seen
from desktop.tour.waiting import expect, until

PATIENCE_S = 90.0
"""a department that takes its time, and the desk's next pull"""


def done(day: Day) -> Seen:
    """The work order of the repair went to the department and came back done; the list says so."""
    until(lambda: _ended(day), "the department has done the work order of the repair", within_s=PATIENCE_S)
    day.hand.key(Key.Key_2, Mod.ControlModifier)
    page = day.main.follow_ups
    until(lambda: page.isVisible(), "the follow-ups are shown")
    told = _ended(day)[0].told
    shown = day.say(errand_words(told))
    until(lambda: shown in _states(day), f"the work order is shown as “{shown}”", within_s=PATIENCE_S)
    return {"work_order": shown, "steps": [step.state.value for step in told.steps], "reference": told.reference}


def week(day: Day) -> Seen:
    """Alt+W: the same, and all that is due, as a week."""
    page = day.main.follow_ups
    day.hand.key(Key.Key_W, Mod.AltModifier)
    until(lambda: page.week.isVisible() and page.week.grid.chosen is not None, "the week is shown")
    kinds = {day.say(words.ITEM_KINDS[one.item.kind]) for one in page.week.grid.blocks}
    expect(kinds, "nothing is due in the week")
    return {"week": page.week.monday.isoformat(), "blocks": len(page.week.grid.blocks), "kinds": sorted(kinds)}


def _ended(day: Day) -> list[errands.Standing]:
    """The work orders of the customer whose phone failed abroad that are done."""
    found = errands.standing(day.main.entered.desk)
    return [
        one
        for one in found
        if one.told.errand.kind is ErrandKind.WORK_ORDER
        and one.told.state is ErrandState.DONE
        and one.told.customer[:1] == steps_vip.CUSTOMER[:1]
        and one.told.errand.outcome_id is not None
    ]


def _states(day: Day) -> list[str]:
    model = day.main.follow_ups.others.model()
    return [str(model.index(at, model.columnCount() - 1).data()) for at in range(model.rowCount())]
