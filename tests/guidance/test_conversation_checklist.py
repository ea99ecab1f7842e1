"""What must be said or done before a success may be saved."""

import pytest
from guidance_kit import clock, conversation, say

from core.content import dispositions
from core.domain.disposition import Field, Result
from core.domain.outcome import Verification

OWNER = ("方便，你说", "核对一致")


def result(scenario: str, code: str) -> Result:
    found = dispositions()[scenario].result(code)
    assert found is not None
    return found


def test_a_sale_is_blocked_until_everything_was_said() -> None:
    # SCRIPT-22, OUTCOME-12
    talk = conversation("4g-upgrade")
    sale = result("4g-upgrade", "order_agreed")
    assert [item.id for item in talk.missing(sale)] == [
        "staff_number",
        "verify_owner",
        "read_back",
        "second_confirmation",
    ]
    say(talk, *OWNER, "有点高", "想听听建议", "愿意办")
    assert [item.id for item in talk.missing(sale)] == ["read_back", "second_confirmation"]
    say(talk, "同意办理")
    assert talk.missing(sale) == []
    assert talk.suggested_result == "order_agreed"


def test_results_without_a_sale_or_an_order_are_not_blocked() -> None:
    talk = conversation("4g-upgrade")
    for row in dispositions()["4g-upgrade"].results:
        for one in row.choices or (row,):
            assert bool(talk.missing(one)) is (one.success or Field.ORDER in one.needs)


def test_the_agent_ticks_and_unticks_by_hand() -> None:
    talk = conversation("4g-upgrade")
    talk.tick("read_back", True)
    first = talk.ticked()
    talk.tick("read_back", True)
    assert talk.ticked() == first
    assert first[0].at == clock()
    assert [check.item.id for check in talk.checklist() if check.ticked] == ["read_back"]
    talk.tick("read_back", False)
    assert talk.ticked() == ()
    with pytest.raises(ValueError, match="no checklist item"):
        talk.tick("nothing", True)


def test_the_owner_is_ticked_by_the_verification_and_by_nothing_else() -> None:
    # SCRIPT-22
    talk = say(conversation("4g-upgrade"), "方便，你说", "是家人")
    assert "verify_owner" not in {tick.item for tick in talk.ticked()}
    talk.verify(Verification.OWNER)
    assert "verify_owner" in {tick.item for tick in talk.ticked()}
    talk.verify(Verification.FAILED)
    assert "verify_owner" not in {tick.item for tick in talk.ticked()}
    talk.tick("verify_owner", True)
    assert talk.verification is Verification.OWNER


def test_a_disconnect_is_saved_once_its_steps_were_told() -> None:
    # BB-12
    leaving = result("broadband-disconnect", "disconnected")
    talk = say(conversation("broadband-disconnect"), *OWNER, "直接拆")
    assert [item.id for item in talk.missing(leaving)] == ["disconnect_steps"]
    say(talk, "清楚了")
    assert talk.missing(leaving) == []


def test_a_repair_counts_once_apology_time_and_satisfaction_were_spoken_of() -> None:
    # VIP-08
    talk = say(conversation("vip-care", "open complaint"), *OWNER, "在国外用不了", "已经自己好了", "试过，正常")
    assert [item.id for item in talk.missing(result("vip-care", "repaired"))] == ["satisfaction"]
    say(talk, "满意，问题已解决")
    assert talk.missing(result("vip-care", "repaired")) == []
    assert talk.suggested_result == "repaired"
