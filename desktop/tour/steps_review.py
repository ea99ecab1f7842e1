"""The lead's review: pulled in the background, then without a network the weakest of the team and the calls behind;
what was scored and taken away meanwhile reaches the server once it is back."""

from desktop.review.page import ReviewPage
from desktop.shell import words as shell_words
from desktop.shell.pages import REVIEW
from desktop.tour.day import Day
from desktop.tour.hand import Key
from desktop.tour.lead import LEAD, lead_leaves, lead_program, leads_window, signed_in, turn_to
from desktop.tour.report import Seen
from desktop.tour.waiting import NotSeen, expect, until

_PULL_S, _SOON_S = 90.0, 40.0


def pulled(day: Day) -> Seen:
    """Ctrl+Shift+2 in the lead's window, while the agent is in a call: the packs have come, and the pictures stand."""
    program = day.lead = lead_program(day, "lead")
    try:
        page = turn_to(day, signed_in(day, program), REVIEW)
        until(lambda: page.look is not None, "the figures are shown", within_s=_PULL_S)
    except NotSeen:
        lead_leaves(day)
        raise
    assert page.loaded is not None
    return {"calls": len(page.loaded.frame.calls), "packs": len(page.loaded.frame.packs)}


def offline(day: Day) -> Seen:
    """The server is gone; figures and filters answer as before."""
    expect(not day.server.pid, "the server runs")
    main = leads_window(day)
    page = turn_to(day, main, REVIEW)
    mark = day.say(shell_words.OFFLINE_NONE).split("{since}")[0].strip()
    main.entered.syncer.retry_now()
    until(lambda: main.footer.sync_text.startswith(mark), "the lead's status line says so", within_s=_SOON_S)
    before = page.look
    page.filters.save.setFocus()
    day.hand.key(Key.Key_Down)
    until(lambda: page.look is not before, "another span of days is reckoned")
    expect(page.look is not None and page.look.save_days == 14, "it is not the span that was chosen")
    return {"status": main.footer.sync_text}


def weakest(day: Day) -> Seen:
    """Of those with enough calls the one who stands lowest within the same mix; a click opens the calls."""
    page = _page(day)
    assert page.look is not None
    mixed = [(row.same_mix.rate, at) for at, row in enumerate(page.look.rows) if row.same_mix and not row.same_mix.few]
    expect(mixed, "nobody has enough calls to be judged")
    rate, at = min(mixed)
    row = page.look.rows[at]
    day.hand.click_row(page.overview.groups, lambda: at)
    until(lambda: page.stack.currentWidget() is page.calls, "the calls behind are listed")
    expect(page.calls.model.rowCount() > 0, "no call is listed")
    return {"agent": row.word, "same_mix": round(rate, 3), "calls": page.calls.model.rowCount()}


def path_of_call(day: Day) -> Seen:
    """Down the list to a call that went through its script: each step with its time, and what was answered."""
    page = _page(day)
    for _ in range(page.calls.model.rowCount()):
        until(lambda: len(page.calls.detail.lines) > 1, "the call is opened")
        if any("→" in line for line in page.calls.detail.lines):
            break
        shown = page.calls.detail.lines
        day.hand.key(Key.Key_Down)
        until(lambda shown=shown: page.calls.detail.lines != shown, "the next call is opened")  # type: ignore[misc]
    expect(any("→" in line for line in page.calls.detail.lines), "no call shows its way through the script")
    return {"lines": len(page.calls.detail.lines)}


def back_to_the_overview(day: Day) -> Seen:
    """Escape, and the figures are there again, still without a network."""
    page = _page(day)
    day.hand.key(Key.Key_Escape)
    until(lambda: page.stack.currentWidget() is page.overview, "Escape leads back to the overview")
    return {"calls": page.look.calls if page.look is not None else 0}


def online_again(day: Day) -> Seen:
    """The server is back: the lead's outbox uploads, and the server's database holds the scores and the export."""
    main = leads_window(day)
    waited = main.entered.store.outbox_state().waiting
    main.entered.syncer.retry_now()
    wanted = day.say(shell_words.ONLINE)
    until(lambda: main.footer.sync_text == wanted, "the lead's desk has uploaded everything", within_s=_SOON_S)
    scores = day.ledger.scores_by(LEAD)
    expect(len(scores) == int(day.kept["scores"]), f"of {day.kept['scores']} scores the server holds {len(scores)}")
    expect(day.ledger.taken_away_by(LEAD) >= 1, "the export is not on record at the server")
    return {
        "status": main.footer.sync_text,
        "waited": waited,
        "scores_on_server": len(scores),
        "exports_on_record": day.ledger.taken_away_by(LEAD),
    }


def _page(day: Day) -> ReviewPage:
    return leads_window(day).stack.page(REVIEW)
