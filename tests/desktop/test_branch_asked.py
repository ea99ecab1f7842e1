"""A plan that would help most and is not open to calls: one key asks the branch, and its answer stands beside it."""

from collections.abc import Iterable

import msgspec
import pytest
from desk_kit import DISCONNECT, UPGRADE, Working, put

from core.content.plans import catalogue
from core.desk.branches import WAITS
from core.desk.plans import PlanComparison
from core.domain import decoding
from core.domain.branch_request import BRANCH_REQUEST, BranchRequest, BranchState, branch_words
from core.domain.offer_content import PLANS
from core.domain.plan import Channel, Suitability
from core.domain.text import Lang
from core.wire.pull import Change, ContentDocument, Kind
from core.wire.push import BranchAsked, Item
from desktop.call import words


def content(kind: str, name: str, value: msgspec.Struct) -> Change:
    body = msgspec.Raw(msgspec.json.encode(value))
    return put(Kind.CONTENT, f"{kind}/{name}", ContentDocument(kind=kind, name=name, version=99, body=body))


def closing(codes: Iterable[str]) -> Change:
    """The catalogue with those plans closed to calls."""
    whole = catalogue()
    shut = {Channel.CALL: Suitability.CLOSED}
    plans = tuple(
        msgspec.structs.replace(one, channels=one.channels | shut) if one.code in codes else one for one in whole.plans
    )
    return content(PLANS, PLANS, msgspec.structs.replace(whole, plans=plans))


def shown(desk: Working) -> PlanComparison:
    """The comparison in sight."""
    assert desk.window.call_page is not None
    panel = desk.window.call_page.view360
    desk.press("Alt+B")
    desk.until(lambda: panel._plans is not None and isinstance(panel._plans[1], PlanComparison))
    assert panel._plans is not None
    found = panel._plans[1]
    assert isinstance(found, PlanComparison)
    return found


@pytest.fixture
def closed(desk: Working) -> str:
    """The code of the plan that helps this customer most, now closed to calls."""
    desk.open(UPGRADE)
    free = [one.row for one in shown(desk).choices if not one.current and not one.refusals]
    best = max(free, key=lambda row: row.helps_fen).plan.code
    desk.tells(closing([best]))
    desk.open(DISCONNECT)
    desk.open(UPGRADE)
    return best


def reads(desk: Working) -> str:
    assert desk.window.call_page is not None
    plans = desk.window.call_page.view360.plans_page.plans
    return "\n".join(plans.lines.row(at).spoken for at in range(plans.lines.rowCount()))


def request(desk: Working, plan: str, **changes: object) -> Change:
    identity = desk.session.opened.document.identity
    assert identity is not None
    now = desk.clock.wall
    value = BranchRequest(
        plan_code=plan, branch=identity.branch, asked_at=now, changed_at=now, **changes  # type: ignore[arg-type]
    )  # fmt: skip
    return content(BRANCH_REQUEST, value.name, value)


@pytest.mark.parametrize("lang", list(Lang))
def test_one_key_asks_the_branch_and_the_list_says_so(desk: Working, closed: str, lang: Lang) -> None:
    # 4G-05
    desk.tongue.set_lang(lang)
    # The callback that is due is told first: it must not come in between.
    desk.window.alert.look()
    desk.until(lambda: bool(desk.told))
    found = shown(desk)
    assert found.closed is not None
    assert found.closed.code == closed
    assert found.proposed is None or found.proposed.code != closed
    desk.until(lambda: "Ctrl+B" in reads(desk))
    desk.press("Ctrl+B")
    desk.until(lambda: desk.tongue(WAITS) in reads(desk))
    assert desk.told == desk.tongue(words.BRANCH_ASKED)
    (item,) = [one for one in desk.store.pending(10) if one.kind == "branch_ask"]
    asked = decoding.decode(item.body, Item)
    assert isinstance(asked, BranchAsked)
    identity = desk.session.opened.document.identity
    assert identity is not None
    assert (asked.branch_ask.plan_code, asked.branch_ask.branch) == (closed, identity.branch)


def test_the_answer_stands_beside_the_plan_and_an_open_one_may_be_sold(desk: Working, closed: str) -> None:
    # 4G-05
    desk.tells(request(desk, closed, state=BranchState.ANSWERED, agreed=True, answer="12 月起"))
    assert shown(desk).closed is not None
    assert "支局已同意，待开放：12 月起" in reads(desk)
    desk.tells(request(desk, closed, state=BranchState.ACTIVE, agreed=True))
    desk.open(DISCONNECT)
    desk.open(UPGRADE)
    found = shown(desk)
    assert found.closed is None
    assert closed in [one.row.plan.code for one in found.choices if not one.refusals]
    assert "支局已开放外呼" in reads(desk)


def test_another_branch_opens_nothing_here(desk: Working, closed: str) -> None:
    now = desk.clock.wall
    elsewhere = BranchRequest(
        plan_code=closed, branch="别处支局", asked_at=now, changed_at=now, state=BranchState.ACTIVE, agreed=True
    )
    desk.tells(content(BRANCH_REQUEST, elsewhere.name, elsewhere))
    assert shown(desk).closed is not None
    assert branch_words(elsewhere).zh not in reads(desk)
