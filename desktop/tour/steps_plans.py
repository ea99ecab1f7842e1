"""What the bill calculator found, as it is said: a figure and its months, a plan kept, a lock turned into a tier-up."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QCheckBox

from core.desk.call_session import CallSession
from core.desk.plans import PlanComparison
from core.domain.order_state import OrderState
from core.guidance.fact_names import fact_label
from core.offers.advice import Advice
from core.store.types import QueueRow, Section
from desktop.call import words
from desktop.call.view360 import PLANS
from desktop.call.view360_pages.plans import PlansPage
from desktop.call.view360_parts.plan_lines import MonthLine
from desktop.tour import calling
from desktop.tour.day import Day
from desktop.tour.hand import Key, Mod
from desktop.tour.report import Seen
from desktop.tour.talk import AFTER_ORDER, KEEP, TIER_UP
from desktop.tour.waiting import NotSeen, expect, until
from desktop.widgets.say_box import SayBox

SCENARIO = "4g-upgrade"
CRM_PATIENCE_S = 60.0
Fits = Callable[[CallSession, PlanComparison], bool]


def open_first(day: Day, fits: Fits, what: str) -> Seen:
    """The first 4G task whose customer fits and to whom something may be said: no open complaint, no arrears.

    Each is looked at as an agent does: opened, and Alt+B for the plans."""
    for row in _one_by_one(day):
        seen = calling.open_row(day, row)
        facts = day.session.opened.facts
        if facts.get("complaint_open") or facts.get("arrears_fen"):
            continue
        day.hand.key(Key.Key_B, Mod.AltModifier)
        until(lambda: day.session.compared is not None, "the plans are compared")
        found = day.session.compared
        assert found is not None
        if fits(day.session, found):
            return {**seen, "advice": found.advice.value, "page": page_of(day).advice.text()}
    raise NotSeen(f"nobody in the queue {what}")


def _one_by_one(day: Day) -> Iterator[QueueRow]:
    """The list is read as far as it is in sight: more of it comes as one goes down."""
    looked_at: set[str] = set()
    while fresh := next((row for row in upgrade_rows(day) if row.task_id not in looked_at), None):
        looked_at.add(fresh.task_id)
        yield fresh


def upgrade_rows(day: Day) -> list[QueueRow]:
    found = [row for row in day.rows() if row.scenario == SCENARIO and row.section is Section.SCENARIO]
    expect(found, "no such task in the queue")
    return found


def sources(day: Day) -> Seen:
    """Alt+G, figure by figure: the sum stands above the months that make it, and comes out to the fen."""
    opened: dict[str, Seen] = {}
    while (at := _next_source(day)) not in opened:
        opened[at] = _source(day)
    found = day.session.compared
    assert found is not None
    expect("saving_fen" in found.facts, "no saving is said")
    saved = next(one for one in opened if one.startswith(f"{day.say(fact_label('saving_fen'))} "))
    until(lambda: _next_source(day) == saved, "the saving's source is shown")
    here, billed, months = _together(day, found)
    less = (billed - here) // months
    expect(less == found.facts["saving_fen"], f"said {found.facts['saving_fen']}, the months make {less}")
    return {
        "said": spoken(day),
        "saving_said_fen": found.facts["saving_fen"],
        "saving_from_the_months_fen": less,
        "billed_fen": billed,
        "with_the_plan_fen": here,
        "months": months,
        "sources": list(opened.values()),
    }


def told_to_keep(day: Day) -> Seen:
    """Nothing would cost less: the agent says so, and keeping the plan is the result."""
    seen = open_first(day, lambda _, found: found.advice is Advice.KEEP, "has the best plan already")
    _answered(day)
    walked = calling.converse(day, KEEP, stop_at="honest-stay")
    walked += calling.converse(day, KEEP)
    expect(day.session.form.result == "no_change_needed", f"suggested is {day.session.form.result}")
    found = day.session.compared
    expect(found, "the plans are compared no more")
    assert found is not None
    best = [choice.row.plan.code for choice in found.choices if choice.best]
    return {**seen, "walked": walked, "best": best, "result": day.session.form.result}


def keep_saved(day: Day) -> Seen:
    _talked_enough(day)
    return calling.save_online(day)


def lock_refused(day: Day) -> Seen:
    """Under a contract lock another plan is refused, with the reason and the day; a step up is open."""

    def fits(session: CallSession, found: PlanComparison) -> bool:
        return found.contract is not None and found.contract.lock is not None and found.advice is Advice.TIER_UP

    seen = open_first(day, fits, "is under a lock with a tier-up that helps")
    _answered(day)
    walked = calling.converse(day, TIER_UP, stop_at="tier-up")
    found = day.session.compared
    assert found is not None
    assert found.tier_up is not None
    said = spoken(day)
    expect(day.say(found.tier_up.name) in said, f"the tier-up is not named: {said}")
    refused = page_of(day).contract.text()
    expect(found.contract and found.contract.ends_on and found.contract.ends_on.isoformat() in refused, refused)
    return {**seen, "walked": walked, "said": said, "refused": refused}


def tiered_up(day: Day) -> Seen:
    """Agreed to: read back with plan, fee, lock and day, as the calculator and the contract have them."""
    found = day.session.compared
    assert found is not None
    assert found.tier_up is not None
    calling.converse(day, TIER_UP)
    form, said = day.session.form.order, spoken(day)
    expect(form.price_fen == found.tier_up.fee_fen, f"{form.price_fen} fen in the form")
    expect(form.locked is True and form.term_months == 0, "the running contract is not kept")
    expect(day.say(found.tier_up.name) in said, f"not read back: {said}")
    calling.choose_result(day, "order_agreed")
    return {"said": said, "form_fen": form.price_fen, "catalogue_fen": found.tier_up.fee_fen, "locked": form.locked}


def tier_up_saved(day: Day) -> Seen:
    """Consent in so many words, a minute of talk, and the CRM takes it: a higher plan is no breach of the contract."""
    panel = day.page.outcome
    day.hand.click(
        day.hand.where(panel, QCheckBox, lambda box: box.text() == day.say(words.CONSENT), "consent"),
    )
    calling.converse(day, AFTER_ORDER)
    task = day.session.opened.task_id
    _talked_enough(day)
    seen = calling.save_online(day)

    def state() -> str:
        return next((one.order_state for one in day.ledger.fresh() if one.task_id == task), "")

    until(lambda: OrderState.ACCEPTED.value in state(), "the CRM accepts the tier-up", within_s=CRM_PATIENCE_S)
    return {**seen, "order": state()}


def page_of(day: Day) -> PlansPage:
    """The page of plans, which is in sight."""
    expect(day.page.view360.page == PLANS, "the plans are not in sight")
    page = day.page.view360.current()
    assert isinstance(page, PlansPage)
    return page


def spoken(day: Day) -> str:
    return "".join(span.text for span in day.session.conversation.view().spans)


def _next_source(day: Day) -> str:
    """Pressed again where newer data of the customer came in between and were computed anew."""

    def shown() -> bool:
        if day.session.compared is None:
            return False
        day.hand.key(Key.Key_G, Mod.AltModifier)
        return not page_of(day).source.isHidden()

    until(shown, "the source is shown")
    return page_of(day).source.text()


def _source(day: Day) -> Seen:
    page = page_of(day)
    marked = day.page.script.findChildren(SayBox)[0].marked
    return {"figure": marked, "source": page.source.text(), "months_of": page.months_card.title}


def _together(day: Day, found: PlanComparison) -> tuple[int, int, int]:
    """What the page shows of the compared months, added up anew: under the plan, as billed, and how many."""
    lines = page_of(day).months.lines
    rows = [lines.row(at) for at in range(lines.rowCount())]
    counted = [row for row in rows if row.cells[0].text in found.compared]
    here, billed = sum(_fen(row, 1) for row in counted), sum(_fen(row, 2) for row in counted)
    expect((here, billed) == (_fen(rows[0], 1), _fen(rows[0], 2)), "the months do not make the sum above them")
    return here, billed, len(counted)


def _fen(row: MonthLine, column: int) -> int:
    text = row.cells[column].text
    fen = int("".join(char for char in text if char.isdigit()))
    return -fen if text.startswith("−") else fen


def _answered(day: Day) -> None:
    calling.dial(day)
    calling.answered(day)


def _talked_enough(day: Day) -> None:
    result = day.session.result
    assert result is not None
    calling.talk_until(day, result.talk_min_s or 0)
    calling.end(day)
    calling.tick_missing(day)
