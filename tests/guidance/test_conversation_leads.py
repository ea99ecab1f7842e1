"""How a conversation moves: answers branch, the way back is kept, closed steps stay closed."""

import msgspec
import pytest
from guidance_kit import CUSTOMERS, NOW, clock, conversation, digit, say, script, words_of

from core.content import dispositions
from core.domain import decoding
from core.domain.outcome import Verification
from core.domain.script import Proposal
from core.domain.text import Lang
from core.guidance import Conversation, ConversationState, StageState

OWNER = ("方便，你说", "核对一致")


def test_the_opening_names_site_and_staff_number_and_offers_the_hotline() -> None:
    # SCRIPT-07
    for name in ("4g-upgrade", "broadband-disconnect", "vip-care"):
        words = words_of(conversation(name))
        assert "江城电信" in words
        assert "2043" in words
        assert "10000" in words
        assert "不收您的费用" not in words
        again = words_of(conversation(name, "promised callback"))
        assert "2043" in again
        assert "10000" in again
        assert "不收您的费用" in words_of(conversation(name, "imported from a list, free line"))


def test_filled_in_figures_are_marked_and_the_rest_is_not() -> None:
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高")
    assert words_of(talk) == (
        "吴女士，我按您近 6 个月的实际用量算过：现在的套餐平均每月 99 元，其中 41 元是套外流量。"
        "换成 4G 飞享 77，同样的用法平均是 77.40 元，每月少 21.60 元。您看合适吗？"
    )
    figures = [span.text for span in talk.view().spans if span.figure]
    assert figures == ["吴女士", "99 元", "41 元", "4G 飞享 77", "77.40 元", "21.60 元"]


def test_bills_stay_closed_until_the_owner_is_verified() -> None:
    # SCRIPT-22
    talk = conversation("4g-upgrade")
    view = talk.go("figures")
    assert view.spans == ()
    assert view.closed is not None
    assert "核实" in view.closed.zh
    assert not any(answer.enabled for answer in view.answers)
    assert talk.verify(Verification.OWNER).closed is None
    assert "99 元" in words_of(talk)


@pytest.mark.parametrize("answer", ["对不上", "是家人", "不是这个人"])
@pytest.mark.parametrize("name", ["4g-upgrade", "broadband-disconnect", "vip-care"])
def test_whoever_is_not_the_owner_gets_the_short_version(name: str, answer: str) -> None:
    # SCRIPT-22
    talk = say(conversation(name), "方便，你说", answer)
    assert talk.view().step_id == "short-version"
    assert not any(span.text.startswith("99") for span in talk.view().spans)
    for stage in talk.script.stages:
        view = talk.go(stage.id)
        step = next(step for step in talk.script.steps if step.id == view.step_id)
        assert (view.closed is not None) is step.discloses


def test_stating_a_third_party_beside_the_script_leads_to_the_short_version() -> None:
    # SCRIPT-22
    talk = conversation("vip-care")
    assert talk.verify(Verification.THIRD_PARTY).step_id == "short-version"
    assert talk.verification is Verification.THIRD_PARTY
    assert talk.verify(Verification.OWNER).step_id == "short-version"
    assert talk.back().step_id == "opening"


def test_nothing_is_sold_while_a_complaint_is_open() -> None:
    # SCRIPT-09
    for name in ("4g-upgrade", "broadband-disconnect", "vip-care"):
        talk = conversation(name, "open complaint")
        talk.verify(Verification.OWNER)
        for step in talk.script.steps:
            if step.sells:
                state = msgspec.structs.replace(
                    talk.state(), trail=(msgspec.structs.replace(talk.state().trail[0], step=step.id),), at=0
                )
                view = Conversation(
                    talk.script, CUSTOMERS["open complaint"], lang=Lang.ZH, clock=clock, state=state
                ).view()
                assert view.spans == ()
                assert view.closed is not None
                assert "投诉" in view.closed.zh
        assert any(step.sells for step in talk.script.steps)


def test_an_open_complaint_is_spoken_of_first() -> None:
    # SCRIPT-09
    talk = say(conversation("4g-upgrade", "open complaint"), *OWNER)
    assert talk.view().step_id == "complaint-first"
    assert "3 天前反映的“出境后无法呼入呼出”" in words_of(talk)
    assert say(conversation("4g-upgrade"), *OWNER).view().step_id == "bill-feeling"


def test_back_and_forward_never_lose_the_path() -> None:
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高", "想听听建议")
    assert talk.view().step_id == "suggest"
    for expected in ("computed", "bill-feeling", "verify", "opening", "opening"):
        assert talk.back().step_id == expected
    assert not talk.view().can_back
    assert talk.view().can_forward
    assert [a.digit for a in talk.view().answers if a.chosen] == [1]
    for expected in ("verify", "bill-feeling", "computed", "suggest", "suggest"):
        assert talk.forward().step_id == expected
    assert not talk.view().can_forward
    assert [step.step for step in talk.path()] == ["opening", "verify", "bill-feeling", "computed", "suggest"]


def test_the_path_keeps_which_of_a_steps_words_stood_there() -> None:
    # QA-02: whoever scores a call must not read words that were never said.
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高", "想听听建议")
    steps = {step.id: step for step in talk.script.steps}
    for walked in talk.path():
        words = steps[walked.step].words_on_record(walked.said)
        assert words is steps[walked.step].say[walked.said].text
    shown = "".join(span.text for span in talk.view().spans)
    before = steps["suggest"].words_on_record(talk.path()[-1].said)
    assert before is not None
    assert shown.startswith(before.zh.partition("{")[0])


def test_the_same_answer_again_keeps_the_way_ahead_and_another_leaves_it_in_the_log() -> None:
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高", "想听听建议")
    talk.back()
    talk.back()
    say(talk, "还行")
    assert talk.view().can_forward
    say(talk, "不需要")
    assert talk.view().step_id == "not-needed"
    assert not talk.view().can_forward
    assert [step.step for step in talk.path()][-3:] == ["bill-feeling", "computed", "not-needed"]
    assert len(talk.path()) == 7


def test_stages_show_what_is_done_and_where_the_call_stands() -> None:
    talk = say(conversation("4g-upgrade"), *OWNER)
    states = [(stage.label.zh, stage.state) for stage in talk.view().stages]
    assert states[:3] == [
        ("工号与核身", StageState.DONE),
        ("了解感受", StageState.CURRENT),
        ("算给客户听", StageState.AHEAD),
    ]
    assert len(states) == 6


def test_a_stage_already_walked_is_gone_back_to_and_the_way_ahead_kept() -> None:
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高")
    assert talk.go("identity").step_id == "verify"
    assert talk.forward().step_id == "bill-feeling"
    with pytest.raises(ValueError, match="no stage"):
        talk.go("nowhere")


def test_only_answers_on_offer_can_be_given() -> None:
    talk = conversation("4g-upgrade")
    for wrong in (0, 5, -1):
        with pytest.raises(ValueError, match="not on offer"):
            talk.answer(wrong)
    assert talk.view().step_id == "opening"
    assert talk.path()[0].answer == ""


def test_a_locked_contract_leads_to_the_tier_up_migration_alone() -> None:
    # CONTRACT-02
    talk = say(conversation("4g-upgrade", "locked contract"), *OWNER, "有点高", "想听听建议")
    assert talk.view().step_id == "tier-up"
    words = words_of(talk)
    assert "机补协议到 2027 年 1 月 8 日到期" in words
    assert "往上提一档" in words
    assert "同一份优惠不重复享受" in words
    say(talk, "再想想")
    assert not any("试" in answer.label.zh for answer in talk.view().answers)


def test_when_the_current_plan_is_best_the_customer_is_told_so() -> None:
    # SCRIPT-13
    talk = say(conversation("4g-upgrade", "current plan is best"), *OWNER, "还行")
    assert "不建议您换" in words_of(talk)
    assert not any("建议" in answer.label.zh for answer in talk.view().answers)
    say(talk, "那就不用换了", "好的")
    assert talk.suggested_result == "no_change_needed"


def test_a_hesitant_customer_is_called_again_today_or_may_try() -> None:
    # SCRIPT-14, FOLLOW-01
    talk = say(conversation("4g-upgrade", "with a trial ordered"), *OWNER, "有点高", "再想想")
    assert "今天晚些时候" in words_of(talk)
    assert "试一两个月" in words_of(talk)
    say(talk, "今天再打给我")
    assert talk.suggested_result == "hesitant"
    talk.back()
    say(talk, "先试", "试两个月")
    assert "试到 2027 年 1 月 31 日" in words_of(talk)
    assert "换回 4G 飞享 58" in words_of(talk)
    say(talk, "同意试用")
    assert talk.suggested_result == "trial_agreed"


def test_nobody_is_told_of_a_trial_from_which_there_is_no_way_back() -> None:
    # SCRIPT-14
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高", "再想想")
    assert "试" not in words_of(talk)
    assert not any("先试" in answer.label.zh for answer in talk.view().answers)


def test_the_call_before_a_trial_ends_lets_the_customer_keep_the_plan_or_go_back_by_an_order() -> None:
    # SCRIPT-14, FOLLOW-07
    talk = say(conversation("4g-upgrade", "on trial, going back"), *OWNER)
    assert "您在试 4G 飞享 77，试到 2027 年 1 月 31 日" in words_of(talk)
    say(talk, "换回原套餐")
    assert talk.ordered is Proposal.BACK
    say(talk, "同意换回")
    assert (talk.suggested_result, talk.promised) == ("trial_returned", ("sms_confirm",))
    talk.back()
    say(talk, "那就接着用吧")
    assert talk.suggested_result == "trial_kept"


def test_the_close_offers_a_support_sms_and_asks_for_a_referral() -> None:
    # SCRIPT-15
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高", "想听听建议", "愿意办", "同意办理")
    assert "服务短信" in words_of(talk)
    assert "家人朋友" in words_of(talk)
    assert "sms_support" in {preset.code for preset in dispositions()["4g-upgrade"].follow_ups}


def test_price_term_lock_and_start_date_are_read_back_with_the_second_confirmation() -> None:
    # OUTCOME-12
    talk = say(conversation("4g-upgrade", "with an order"), *OWNER, "有点高", "想听听建议", "愿意办")
    words = words_of(talk)
    for figure in ("4G 飞享 77", "77 元", "12 个月", "可以随时更改", "2026 年 12 月 1 日", "回复 Y"):
        assert figure in words


def test_a_refusal_of_further_calls_ends_the_selling() -> None:
    # OUTCOME-11
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高", "不需要", "别再打了")
    assert talk.suggested_result == "refused_contact"
    talk.back()
    talk.back()
    closed = next(a for a in talk.view().answers if "想听听建议" in a.label.zh)
    assert not closed.enabled
    assert closed.why_not is not None
    assert "停止营销" in closed.why_not.zh


def test_stop_calling_can_be_said_at_any_step() -> None:
    # OUTCOME-11
    for name in ("4g-upgrade", "broadband-disconnect", "vip-care"):
        talk = conversation(name)
        talk.objection("stop-calling")
        assert talk.suggested_result == "refused_contact"
        assert talk.state().refused


def test_an_objection_is_noted_in_the_path_and_suggests_its_reason() -> None:
    # OUTCOME-02
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高")
    talk.objection("enough")
    talk.objection("enough")
    assert [step.step for step in talk.path()].count("objection:enough") == 1
    assert talk.suggested_reason == "not_enough"
    say(talk, "不需要", "价格")
    assert talk.suggested_reason == "price"
    with pytest.raises(ValueError, match="no objection"):
        talk.objection("nothing")


def test_a_draft_brings_the_conversation_back_to_the_letter() -> None:
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高")
    talk.objection("scam")
    talk.back()
    kept = decoding.decode(msgspec.json.encode(talk.state()), ConversationState)
    again = Conversation(script("4g-upgrade"), CUSTOMERS["everything known"], lang=Lang.ZH, clock=clock, state=kept)
    assert again.view() == talk.view()
    assert again.path() == talk.path()
    assert again.checklist() == talk.checklist()
    assert again.suggested_reason == talk.suggested_reason


def test_a_draft_of_an_older_script_keeps_what_was_done_and_begins_anew() -> None:
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高")
    old = msgspec.structs.replace(talk.state(), version=99)
    again = Conversation(script("4g-upgrade"), CUSTOMERS["everything known"], lang=Lang.ZH, clock=clock, state=old)
    assert again.view().step_id == "opening"
    assert again.verification is Verification.OWNER
    assert again.ticked() == talk.ticked()
    assert again.path()[:3] == talk.path()[:3]


def test_the_language_changes_in_the_middle_of_a_call() -> None:
    talk = say(conversation("4g-upgrade"), *OWNER)
    before = talk.view().step_id
    talk.set_lang(Lang.EN)
    assert talk.view().step_id == before
    assert words_of(talk).startswith("Ms Wu, you've been with us for 3 years")


def test_newer_figures_are_said_at_once() -> None:
    talk = say(conversation("4g-upgrade"), *OWNER, "有点高", "想听听建议", "愿意办")
    assert "12 个月" not in words_of(talk)
    talk.set_facts(CUSTOMERS["with an order"])
    assert "12 个月" in words_of(talk)


def test_everything_carries_the_clock_that_was_given() -> None:
    talk = say(conversation("4g-upgrade"), *OWNER)
    assert {entry.at for entry in (*talk.path(), *talk.ticked())} == {NOW}


def test_the_end_of_the_script_is_seen_and_can_be_taken_back() -> None:
    talk = say(conversation("4g-upgrade"), "现在没空", "今天晚些", "结束")
    assert talk.ended
    assert talk.view().ended
    assert talk.suggested_result == "call_later"
    assert not talk.back().ended
    assert digit(talk, "明天或改天") == 2
