"""The keys of the page of a call: each act bound to what does it (`desktop.keys.call` names the keys)."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from core.domain.outcome import Verification
from desktop.call.presenter import CallPresenter
from desktop.call.script_panel import TICK_KEYS
from desktop.keys.call import BOUND, Act

if TYPE_CHECKING:
    from desktop.call.call_page import CallPage

Run = Callable[[], object]
ON_QUEUE = frozenset({Act.SEARCH, Act.QUEUE})
ON_VIEW = frozenset(
    {
        Act.KNOWLEDGE,
        Act.TIMELINE,
        Act.INDICATORS,
        Act.PLANS,
        Act.TAKE_PLAN,
        Act.OFFERS,
        Act.SOURCE,
        Act.VIEW_BACK,
        Act.VIEW_FORWARD,
    }
)
"""what they act on must be in sight first"""


def bind(page: "CallPage", presenter: CallPresenter) -> None:
    for act, run in {**_of_call(presenter), **_of_columns(page), **_of_view(page)}.items():
        if act in ON_QUEUE:
            run = page.columns.over_queue(run)
        elif act in ON_VIEW:
            run = page.columns.over_view(run)
        _bound(page, BOUND[act][0], run)
    _bound(page, "Ctrl+Enter", presenter.save)
    for digit in range(1, 10):
        _bound(page, f"Alt+{digit}", partial(page.outcome.choose_row, digit))
    for index, letter in enumerate(TICK_KEYS):
        _bound(page, f"Alt+{letter}", partial(presenter.script.tick, index))


def _of_call(presenter: CallPresenter) -> dict[Act, Run]:
    script = presenter.script
    return {
        Act.DIAL: presenter.call.dial_or_answered,
        Act.END: presenter.call.end,
        Act.EXTEND: presenter.call.extend,
        Act.SAVE: presenter.save,
        Act.REVEAL: presenter.call.reveal,
        Act.BACK: partial(script.step, True),
        Act.FORWARD: partial(script.step, False),
        Act.OWNER: partial(script.verify, Verification.OWNER),
        Act.FAMILY: partial(script.verify, Verification.FAMILY),
        Act.THIRD_PARTY: partial(script.verify, Verification.THIRD_PARTY),
    }


def _of_columns(page: "CallPage") -> dict[Act, Run]:
    return {
        Act.NOTE: page.outcome.focus_note,
        Act.FIELDS: page.outcome.focus_fields,
        Act.INTENT: page.outcome.next_intent,
        Act.CALLBACK_OWNER: page.toggle_owner,
        Act.QUIET: page.ask_quiet,
        Act.SEARCH: page.queue.focus_search,
        Act.QUEUE: page.queue.focus_list,
        Act.SKIP: page.skip_wanted.emit,
        Act.NEW_CALL: page.new_call_wanted.emit,
        Act.KNOWLEDGE: page.knowledge_wanted.emit,
        Act.TIP: page.tip_wanted.emit,
        Act.ASK_LEAD: page.ask_wanted.emit,
    }


def _of_view(page: "CallPage") -> dict[Act, Run]:
    view, acts = page.view360, page.view_acts
    return {
        Act.TIMELINE: acts.next_timeline,
        Act.INDICATORS: acts.find_indicator,
        Act.PLANS: acts.compare_plans,
        Act.OFFERS: acts.look_at_offers,
        Act.SOURCE: acts.trace_figure,
        Act.ASK_BRANCH: view.ask_branch,
        Act.TAKE_PLAN: view.take_plan,
        Act.VIEW_BACK: view.previous_page,
        Act.VIEW_FORWARD: view.next_page,
    }


def _bound(page: "CallPage", key: str, run: Run) -> None:
    """A key held down acts once: repeated, "dial" would go on to "answered", and "end" take itself back."""
    QShortcut(QKeySequence(key), page, run).setAutoRepeat(False)
