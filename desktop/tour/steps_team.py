"""The lead's day and a manager's customers: the board, a task moved to the agent's desk, a portfolio called from."""

from PySide6.QtGui import QKeySequence

from core.domain.people import Role
from core.domain.presence import STATE_NAMES
from desktop.keys.leading import LEADING, Lead
from desktop.shell.pages import MY_CUSTOMERS, TEAM
from desktop.team.page import TeamPage
from desktop.tour.day import STAFF_NUMBER, Day
from desktop.tour.hand import Key
from desktop.tour.lead import lead_leaves, lead_program, leads_window, signed_in, turn_to
from desktop.tour.report import Seen
from desktop.tour.waiting import NotSeen, expect, until

COLLEAGUE, MANAGER = "1028", "1101"
ENOUGH = 100
"""customers of a portfolio, whom no list of tasks would bring"""


def board(day: Day) -> Seen:
    """Ctrl+Shift+4 in the lead's window: what each agent does, and the day against the targets."""
    page = turn_to(day, leads_window(day), TEAM)
    until(lambda: page.presenter.agents, "the board is read", within_s=30)
    me = next(one for one in page.presenter.agents if one.staff_number == STAFF_NUMBER)
    expect(me.calls > 0, "the agent's calls of today are not on the board")
    expect(me.state is not None, "nobody knows what the agent does")
    _show_agent(day, page, COLLEAGUE)
    state = day.say(STATE_NAMES[me.state]) if me.state else ""
    return {"agents": len(page.presenter.agents), "state": state, "calls": me.calls, "successes": me.successes}


def moved(day: Day) -> Seen:
    """A colleague's task goes to the agent by a key; their next pull brings it."""
    main = leads_window(day)
    page, card = main.stack.page(TEAM), main.stack.page(TEAM).desk_card
    task = next(one for one in page.presenter.tasks or () if one.scenario == "vip-care")
    card.to.setCurrentIndex(card.to.findData(STAFF_NUMBER))
    day.hand.click_row(card.table, lambda: card.place_of(task.task_id))
    _strike(day, LEADING[Lead.MOVE][0])
    until(lambda: "1" in main.banner.message, "the task is moved", within_s=30)
    store = day.main.entered.store
    day.main.entered.syncer.wake()
    until(lambda: store.task(task.task_id) is not None, "the task has come to the agent", within_s=30)
    return {"task": task.task_id, "said": main.banner.message}


def portfolio(day: Day) -> Seen:
    """The phone account manager's own window: the named customers, and one of them opened to call."""
    program = day.lead = lead_program(day, "manager")
    try:
        main = signed_in(day, program, MANAGER)
        page = turn_to(day, main, MY_CUSTOMERS, Role.PHONE_ACCOUNT_MANAGER)
        main.entered.syncer.wake()
        until(lambda: page.model.rowCount() > ENOUGH, "the portfolio has come", within_s=60)
        page.refresh()
        figures = page.figures
        expect(figures is not None and figures.customers > ENOUGH, "the figures are not told")
        assert figures is not None
    except NotSeen:
        lead_leaves(day)
        raise
    return {"customers": figures.customers, "covered": figures.covered, "warned": figures.warned}


def called_from_list(day: Day) -> Seen:
    """Enter on the first one: the desk shows the customer, and says whether they may be called."""
    main = leads_window(day)
    day.hand.key(Key.Key_Return)
    until(lambda: main.presenter.session is not None, "the customer is on the desk", within_s=30)
    session = main.presenter.session
    assert session is not None
    until(lambda: main.call_page.isVisible(), "the call page is shown")
    return {"task": session.opened.key, "may_be_called": session.opened.standing.allowed}


def _show_agent(day: Day, page: TeamPage, staff_number: str) -> None:
    day.hand.click_row(page.table, lambda: page.place_of(staff_number))
    until(lambda: page.presenter.chosen == staff_number and page.presenter.tasks, "the tasks of a desk are read")


def _strike(day: Day, name: str) -> None:
    combination = QKeySequence(name)[0]  # type: ignore[index]  # it is one; the stubs do not say so
    day.hand.key(combination.key(), combination.keyboardModifiers())
