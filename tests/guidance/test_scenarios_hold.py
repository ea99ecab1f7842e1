"""What the scenarios promise beyond the mechanics: types, drills, repairs, and the way out."""

import re
from itertools import product

import pytest
from guidance_kit import conversation, say, script, words_of

from core.content import dispositions, scripts, sms_templates
from core.domain.disposition import Field
from core.domain.follow_up import FollowUpKind
from core.domain.outcome import CaseResult, Contact, Intent
from core.domain.text import Lang
from core.guidance.conversation import Conversation
from core.guidance.views import StageState

OWNER = ("方便，你说", "核对一致")
BB = "broadband-disconnect"


@pytest.mark.parametrize("scenario", ["4g-upgrade", "broadband-disconnect", "vip-care"])
def test_a_name_before_the_greeting_leaves_it_small(scenario: str) -> None:
    talk = conversation(scenario)
    talk.set_lang(Lang.EN)
    assert re.match(r"(Mr|Ms) \w+, good (morning|afternoon|evening)! ", words_of(talk))


@pytest.mark.parametrize(
    ("answers", "step", "words"),
    [
        (("想换别家", "价格贵"), "three-plus-one", ("融合套餐", "iTV", "经济档", "自己测了对比")),  # BB-03, BB-09
        (("想换别家", "网速慢"), "network", ("装维",)),  # BB-03
        (("想换别家", "服务或账单"), "service", ("一项一项对",)),  # BB-03
        (("要出去一阵", "每年都这样"), "migratory", ("假日宽带", "A 套餐")),  # BB-04
        (("要出去一阵", "就这一次"), "temporary", ("停机保号",)),  # BB-05
        (("用得少", "用得少，不划算"), "low-use", ("按量计费",)),  # BB-06
        (("搬家", "新家还没装"), "move-line", ("移机", "先查能不能装")),  # BB-07
        (("搬家", "新家已有我们的宽带"), "optimise-there", ("新家那条", "过户")),  # BB-07
        (("用得少", "以后用不上了"), "need-gone", ("过户", "优惠到没到期", "手续一次说全")),  # BB-08
    ],
)
def test_each_type_of_disconnect_has_its_cure(answers: tuple[str, ...], step: str, words: tuple[str, ...]) -> None:
    talk = say(conversation(BB), *OWNER, *answers)
    assert talk.view().step_id == step
    assert all(word in words_of(talk) for word in words)


def test_disconnecting_is_on_offer_wherever_it_can_be_talked_of() -> None:
    # BB-12
    one = script(BB)
    onward = {step.id: {answer.to for answer in step.answers} for step in one.steps}
    for step in one.steps:
        if step.stage in {"cause", "remedy", "doubts"}:
            assert "disconnect" in onward[step.id] or "hesitate" in onward[step.id], step.id
            near = onward[step.id].union(*(onward.get(target, set()) for target in onward[step.id]))
            assert "disconnect" in near, step.id
    assert "disconnect" in onward["read-back"]
    talk = say(conversation(BB, "open complaint"), *OWNER, "直接拆")
    assert talk.view().closed is None
    for word in ("身份证", "营业厅", "结清费用", "余额按规定退"):
        assert word in words_of(talk)


def test_the_three_ones_are_kept() -> None:
    # BB-10
    talk = say(conversation(BB), *OWNER, "想换别家", "价格贵", "还是要拆", "清楚了", "说了", "好的")
    done = {tick.item for tick in talk.ticked()}
    assert {"cause_survey", "fitting_plan", "reinstall_card", "disconnect_steps"} <= done
    assert talk.suggested_result == "disconnected"
    assert talk.suggested_reason == "price"


def test_leaving_customers_are_asked_for_spend_reason_next_brand_and_suggestions() -> None:
    # OUTCOME-01
    found = dispositions()[BB].result("disconnected")
    assert found is not None
    assert {Field.DISCONNECT, Field.REASON} <= set(found.needs)
    talk = say(conversation(BB), *OWNER, "直接拆", "清楚了")
    assert "用哪家" in words_of(talk)
    assert "建议" in words_of(talk)


def test_silence_and_excuses_are_probed_without_pressing() -> None:
    # SCRIPT-10
    talk = say(conversation(BB), *OWNER, "不说，或说得含糊")
    assert "有一件事改了" in words_of(talk)
    assert "沉默" in (talk.view().hint.zh if talk.view().hint else "")
    say(talk, "还是不说")
    assert "不多问了" in words_of(talk)


def test_the_five_drills_stand_ready() -> None:
    # SCRIPT-11
    ids = {one.id for one in script(BB).objections}
    assert {"slow-line", "bill-600", "rival-cheaper", "already-served", "disconnect-first"} <= ids


def test_nothing_is_said_of_competitors_by_name() -> None:
    # BB-09
    for one in scripts().values():
        assert not re.search(r"移动公司|中国移动|联通|广电|铁通|China Mobile|Unicom", repr(one))


def test_the_swap_test_comes_first_in_the_roaming_repair() -> None:
    # VIP-10
    talk = say(conversation("vip-care", "open complaint"), *OWNER, "在国外用不了")
    assert talk.view().step_id == "swap-test"
    assert "把卡换到另一部手机" in words_of(talk)
    assert [answer.label.zh for answer in talk.view().answers] == [
        "换机后正常（终端）",
        "换机仍异常（卡或网络）",
        "手边没有别的手机",
        "已经自己好了",
    ]
    say(talk, "换机仍异常", "同时换卡", "太麻烦了", "好，等你回话", "时间约好了", "就这个号码", "可以，等处理结果")
    walked = [step.step for step in talk.path()]
    assert walked.index("swap-test") < walked.index("roaming-report") < walked.index("replace-sim")
    assert walked.index("replace-sim") < walked.index("loan-phone") < walked.index("promise")
    assert talk.suggested_result == "eased"
    assert talk.suggested_reason == "sim_card"


def test_repair_differs_by_what_was_damaged() -> None:
    # VIP-08
    key = words_of(say(conversation("vip-care", "open complaint"), *OWNER))
    perception = words_of(say(conversation("vip-care", "perception damaged"), *OWNER))
    assert "先把它弄通" in key
    assert "先听您说说" in perception
    for words in (key, perception):
        assert "一个人跟到底" in words


def test_engineers_diagnose_while_the_customer_is_calmed() -> None:
    # SCRIPT-17
    talk = say(conversation("vip-care", "open complaint"), *OWNER, "通话或上网", "手机通话")
    assert "别着急" in words_of(talk)
    assert "工程师" in words_of(talk)


def test_a_traveller_gets_the_tips_before_departure() -> None:
    # SCRIPT-16
    talk = say(conversation("vip-care"), *OWNER, "最近要出国")
    assert "国际漫游 30 天包" in words_of(talk)
    assert "数据漫游" in words_of(talk)
    assert sms_templates().template("roaming_tips") is not None


def test_after_the_trip_one_asks_how_it_went_and_speaks_of_a_handset_only_where_it_gave_trouble() -> None:
    # FOLLOW-06
    assert steps_of(conversation("roaming-card"), *OWNER, "已经回来了", "都挺好")[-2:] == ["welcome-back", "goodbye"]
    troubled = conversation("roaming-card")
    assert steps_of(troubled, *OWNER, "已经回来了", "手机不太好使")[-1] == "new-for-old"
    assert "旧手机可以抵一部分钱" in words_of(troubled)
    assert steps_of(conversation("roaming-card"), *OWNER, "已经回来了", "信号或账单有问题")[-1] == "trouble"


def steps_of(talk: Conversation, *answers: str) -> list[str]:
    """The steps that these answers lead through."""
    return [talk.view().step_id, *(say(talk, answer).view().step_id for answer in answers)]


def test_the_loop_goes_from_the_greeting_over_complaint_and_repair_to_satisfaction() -> None:
    # VIP-04
    repair = ("有问题要反映", "通话或上网有问题", "手机通话或上网", "查完打给我", "时间约好了", "就这个号码")
    talk = conversation("vip-care")
    assert steps_of(talk, *OWNER, *repair) == [
        "opening", "verify", "care-check", "sorry", "diagnose", "calming", "promise", "contact-check", "ask-satisfied",
    ]  # fmt: skip
    stages = {stage.id: stage.state for stage in talk.view().stages}
    assert [stage for stage, state in stages.items() if state is StageState.DONE] == [
        "identity", "apology", "cause", "remedy",
    ]  # fmt: skip
    assert stages["satisfied"] is StageState.CURRENT


def test_who_is_content_is_cared_for_and_may_hear_of_a_renewal() -> None:
    # VIP-04
    assert steps_of(conversation("vip-care"), *OWNER, "想了解续约或资费")[-2:] == ["care-check", "review-plan"]


def test_a_repair_owes_apology_a_time_and_the_question_whether_it_satisfied() -> None:
    # VIP-04
    owed = {item.id for item in script("vip-care").checklist}
    assert {"deadline", "satisfaction", "apology", "contact_checked"} <= owed


@pytest.mark.parametrize("scenario", sorted(scripts()))
def test_contact_results_are_complete_and_alike_in_every_scenario(scenario: str) -> None:
    # OUTCOME-03
    every = [c for row in dispositions()[scenario].results for c in (row.choices or (row,))]
    reached = {one.contact for one in every}
    assert {
        Contact.REJECTED, Contact.UNANSWERED, Contact.OTHER_NUMBER, Contact.IDENTITY_DOUBTED, Contact.NOT_OWNER,
        Contact.BAD_NUMBER, Contact.FAMILY, Contact.THIRD_PARTY,
    } <= reached  # fmt: skip
    first = dispositions()["4g-upgrade"]
    for code in ("not_connected", "wrong_contact", "refused_contact"):
        assert dispositions()[scenario].result(code) == first.result(code)
    unanswered = dispositions()[scenario].result("unanswered")
    assert unanswered is not None
    assert unanswered.needs == ()
    assert not unanswered.must


@pytest.mark.parametrize("scenario", sorted(scripts()))
def test_the_rows_that_fingers_know_never_move(scenario: str) -> None:
    codes = [row.code for row in dispositions()[scenario].results]
    assert codes[3:6] == ["not_connected", "wrong_contact", "refused_contact"]
    assert 6 <= len(codes) <= 9
    assert 4 <= len(dispositions()[scenario].reasons) <= 8
    assert 5 <= len(script(scenario).stages) <= 6


@pytest.mark.parametrize("scenario", sorted(scripts()))
def test_a_refusal_opts_out_and_sells_nothing(scenario: str) -> None:
    # OUTCOME-11
    refusal = dispositions()[scenario].result("refused_contact")
    assert refusal is not None
    assert refusal.opt_out
    assert refusal.intent is Intent.REFUSES
    assert "regulator" in {reason.code for reason in dispositions()[scenario].reasons}


@pytest.mark.parametrize("scenario", sorted(scripts()))
def test_a_sale_needs_its_order_and_a_talk_of_a_minute(scenario: str) -> None:
    # OUTCOME-06
    sale = dispositions()[scenario].result("order_agreed")
    assert (sale is not None) is any(step.sells for step in script(scenario).steps)
    if sale is not None:
        assert Field.ORDER in sale.needs
        assert (sale.talk_min_s or 0) >= 60
    for row in dispositions()[scenario].results:
        for one in row.choices or (row,):
            if one.success:
                assert (one.talk_min_s or 0) >= 40


def test_case_results_cover_the_disconnect() -> None:
    # OUTCOME-05
    every = [c for row in dispositions()[BB].results for c in (row.choices or (row,))]
    assert {one.case_result for one in every} >= set(CaseResult)


def test_intent_is_graded_for_the_hesitant_and_false_data_for_the_wrong_owner() -> None:
    # OUTCOME-04, OUTCOME-09
    hesitant = dispositions()["4g-upgrade"].result("hesitant")
    stranger = dispositions()["4g-upgrade"].result("not_owner")
    assert hesitant is not None
    assert stranger is not None
    assert Field.INTENT in hesitant.needs
    assert Field.FALSE_DATA in stranger.needs


@pytest.mark.parametrize("scenario", sorted(scripts()))
def test_follow_ups_of_every_kind_are_one_key_away(scenario: str) -> None:
    # FOLLOW-01, FOLLOW-04, FOLLOW-05
    presets = dispositions()[scenario].follow_ups
    assert {preset.kind for preset in presets} == set(FollowUpKind) - {FollowUpKind.LETTER}, "which care alone writes"
    callbacks = [preset for preset in presets if preset.kind is FollowUpKind.CALLBACK]
    assert [(preset.in_min, preset.day, preset.at) for preset in callbacks if not preset.counts_from] == [
        (180, "", ""),
        (None, "today", "18:30"),
        (None, "tomorrow", "10:00"),
        (None, "next_monday", "10:00"),
    ]


def test_a_reminder_that_the_words_promise_is_among_the_callbacks() -> None:
    # FOLLOW-01
    for scenario, step, code in (
        ("4g-upgrade", "wait-expiry", "before_end"),
        ("4g-upgrade", "trial-read-back", "trial_end"),
        ("high-arpu-risk", "card-fee", "before_end"),
        ("win-back", "card-fee", "before_end"),
        ("second-renewal", "not-open", "renewal_opens"),
        ("roaming-card", "safe-trip", "after_trip"),
        ("vip-care", "roaming-tips", "after_trip"),
    ):
        promised = [code for one in script(scenario).steps if one.id == step for a in one.answers for code in a.plans]
        assert code in promised
        preset = next(one for one in dispositions()[scenario].follow_ups if one.code == code)
        assert preset.counts_from


def test_a_trial_is_not_recorded_without_a_day_on_which_its_end_is_reminded_of() -> None:
    # FOLLOW-07
    trial = dispositions()["4g-upgrade"].result("trial_agreed")
    assert trial is not None
    assert {Field.ORDER, Field.CALLBACK} <= set(trial.needs)
    reminder = sms_templates().template("trial_reminder")
    assert reminder is not None
    assert "试用" in reminder.text.zh


def test_each_of_the_four_zones_has_a_guide_that_its_steps_show() -> None:
    # 4G-08
    upgrade = script("4g-upgrade")
    assert {(zone.customer_likes, zone.agent_likes) for zone in upgrade.zones} == set(product((True, False), repeat=2))
    assert {step.zone for step in upgrade.steps} >= {zone.id for zone in upgrade.zones}
    talk = conversation("4g-upgrade")
    shown = talk.view().zone
    assert shown is not None
    assert (shown.label.zh, shown.guide.zh) == ("不爱听·不爱说", "话要短，但一句都不能少。")
    assert say(talk, *OWNER).view().zone != shown


def test_where_a_plan_would_save_too_little_nobody_calls_the_present_one_the_best() -> None:
    # SCRIPT-13, OFFER-09
    talk = say(conversation("4g-upgrade", "another plan saves too little"), *OWNER, "有点高")
    assert "没有哪一档明显比现在省" in words_of(talk)
    assert "最合适" not in words_of(talk)
    assert not any("想听听建议" in answer.label.zh for answer in talk.view().answers)
    say(talk, "那就不用换了", "好的")
    assert talk.suggested_result == "no_change_needed"


def test_who_has_the_best_plan_is_told_to_keep_it_and_that_counts() -> None:
    # SCRIPT-13, OFFER-09
    talk = say(conversation("4g-upgrade", "current plan is best"), *OWNER, "有点高")
    assert "就是最合适的，不建议您换" in words_of(talk)
    assert not any("想听听建议" in answer.label.zh for answer in talk.view().answers)
    say(talk, "那就不用换了", "好的")
    assert talk.suggested_result == "no_change_needed"
    kept = dispositions()["4g-upgrade"].result("no_change_needed")
    assert kept is not None
    assert kept.success


def test_who_keeps_the_plan_though_another_is_better_is_not_counted_as_told_so() -> None:
    # SCRIPT-13
    talk = say(conversation("4g-upgrade", "a proposal without a saving"), *OWNER, "有点高")
    assert "4G 飞享 77" in words_of(talk)
    assert not re.search(r"少 [\d.]+ 元", words_of(talk))
    say(talk, "那就不用换了", "好的")
    assert talk.suggested_result == "not_needed"


def test_under_a_lock_the_no_comes_with_why_and_until_when_and_the_tier_up_with_its_price() -> None:
    # CONTRACT-02
    talk = say(conversation("4g-upgrade", "locked contract, another plan later"), *OWNER, "有点高", "想听听建议")
    for part in ("2027 年 1 月 8 日到期", "不能直接改办", "4G 飞享 97", "97 元", "101.20 元", "不重复享受"):
        assert part in words_of(talk)
    say(talk, "等协议到期再说")
    assert "2027 年 1 月 9 日起就能换" in words_of(talk)
    assert "4G 飞享 57" in words_of(talk)
    none = say(conversation("4g-upgrade", "locked contract and nothing to move up to"), *OWNER, "有点高", "想听听建议")
    assert "没有可以往上提的档" in words_of(none)
    assert not any("愿意提档" in answer.label.zh for answer in none.view().answers)


def test_a_contract_is_not_renewed_before_its_last_six_months() -> None:
    # CONTRACT-03
    talk = say(conversation("second-renewal", "contract far from its end"), *OWNER, "我直接续")
    assert "2027 年 5 月 20 日才开" in words_of(talk)
