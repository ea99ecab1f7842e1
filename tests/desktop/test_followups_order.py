"""What stands where among the follow-ups that are no callbacks: late, ahead by time, under way, over."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from core.desk.errands import Standing
from core.desk.promises import Promised
from core.domain.clock import CHINA
from core.domain.errand import Errand, ErrandKind, ErrandState, ErrandTold
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.order_state import OrderState, OrderTold
from core.domain.store import Slot, StoreTime
from core.domain.text import Text
from desktop.followups.rows import Rank, other_rows

NOW = datetime(2026, 11, 23, 10, tzinfo=CHINA)
HOUR = timedelta(hours=1)


def errand(text: str, due: timedelta, **changes: Any) -> tuple[Standing, str]:
    asked = Errand(id=uuid4(), kind=ErrandKind.WORK_ORDER, department="maintenance", text=text, agent="1", at=NOW)
    values: dict[str, Any] = {"errand": asked, "state": ErrandState.ACCEPTED, "at": NOW, "answer_by": NOW + due}
    return Standing(told=ErrandTold(**(values | changes))), "吴**"


def order(name: str, state: OrderState, *, starts: date | None = None, ago: timedelta = HOUR) -> tuple[OrderTold, str]:
    told = OrderTold(
        id=uuid4(), first_outcome=uuid4(), customer_id="C1", product=name, price_fen=0, state=state, at=NOW - ago,
        effective_from=starts,
    )  # fmt: skip
    return told, "吴**"


def a_text(words: str) -> tuple[FollowUp, str]:
    made = FollowUp(
        id=uuid4(), outcome_id=UUID(int=0), task_id=None, customer_id="C1", agent="1", kind=FollowUpKind.SMS, text=words
    )
    return made, "吴**"


def at_store(name: str, begins: timedelta) -> tuple[StoreTime, str]:
    slot = Slot(begins_at=NOW + begins)
    return StoreTime(id=uuid4(), store="s", name=Text(name, name), slot=slot, customer_id="C1", agent="1"), "吴**"


def shown(**changes: Any) -> Promised:
    nothing: dict[str, Any] = {name: [] for name in Promised._fields} | {"asked": frozenset(), "fallen": frozenset()}
    return Promised(**(nothing | changes))


def test_what_is_late_leads_and_all_else_goes_by_its_time() -> None:
    # FOLLOW-05, FOLLOW-10, CHANNEL-02, INTEG-07
    rows = other_rows(
        shown(
            errands=[
                errand("later", 5 * HOUR),
                errand("overdue", -2 * HOUR, overdue=True),
                errand("overdue too", -HOUR, overdue=True),
                errand("finished", HOUR, state=ErrandState.DONE, at=NOW - 2 * HOUR),
                errand("soon", HOUR),
            ],
            orders=[
                order("came to nothing", OrderState.FAILED, ago=3 * HOUR),
                order("starts tomorrow", OrderState.ACCEPTED, starts=date(2026, 11, 24)),
                order("under way", OrderState.SUBMITTED),
            ],
            others=[a_text("text")],
            store_times=[at_store("at a store", 2 * HOUR), at_store("been at a store", -HOUR)],
        ),
        lambda text: text.en,
        NOW,
    )
    names = ("overdue", "overdue too", "soon", "at a store", "later", "starts tomorrow", "text", "under way",
             "been at a store", "finished", "came to nothing")  # fmt: skip
    assert [max((name for name in names if name in row.cells[3]), key=len) for row in rows] == list(names)
    over = [row.cells[0] for row in rows if row.rank is Rank.OVER]
    assert over == sorted(over, reverse=True), "what is over says when it ended, and the newest stands first"
