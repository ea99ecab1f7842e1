"""The moment that a customer is in decides whether to sell; special needs change the words."""

import pytest
from guidance_kit import CUSTOMERS, conversation, say, script, words_of

from core.content import scripts
from core.domain.outcome import Verification
from core.domain.script import CueKind, Selling
from core.domain.text import Lang
from core.guidance.cues import cues_of, may_sell
from core.guidance.fact_names import ALWAYS
from core.guidance.render import needs

OWNER = ("方便，你说", "核对一致")
NEW = sorted(name for name, one in scripts().items() if one.cues)


def cues(customer: str) -> dict[str, Selling]:
    return {cue.id: cue.selling for cue in cues_of(script("new-service"), CUSTOMERS[customer])}


def test_four_moments_with_ten_topics_and_four_habits() -> None:
    # VIP-02, VIP-03
    found = script("new-service").cues
    assert {cue.kind for cue in found} == set(CueKind)
    assert sum(cue.kind is not CueKind.BEHAVIOUR for cue in found) == 10
    assert sum(cue.kind is CueKind.BEHAVIOUR for cue in found) == 4
    assert len(NEW) >= 12


@pytest.mark.parametrize(
    ("customer", "cue", "selling"),
    [
        ("open complaint", "dnd-complaint", Selling.NEVER),
        ("complaint settled", "dnd-just-settled", Selling.IF_ASKED),
        ("talked yesterday", "dnd-just-called", Selling.IF_ASKED),
        ("in arrears", "dnd-arrears", Selling.NEVER),
        ("new joiner", "first-month", Selling.IF_ASKED),
        ("everything known", "change-contract", Selling.YES),
        ("moving house", "change-moving", Selling.YES),
        ("handset and services", "change-handset", Selling.YES),
        ("birthday in two days", "important-birthday", Selling.IF_ASKED),
        ("everything known", "important-travel", Selling.YES),
        ("everything known", "behaviour-points", Selling.YES),
        ("everything known", "behaviour-data", Selling.YES),
    ],
)
def test_each_moment_is_seen_and_says_whether_to_sell(customer: str, cue: str, selling: Selling) -> None:
    # VIP-02, VIP-03
    assert cues(customer)[cue] is selling


def test_at_a_do_not_disturb_moment_selling_is_closed_with_the_reason() -> None:
    # VIP-03, TASK-16
    talk = conversation("new-service", "in arrears")
    talk.verify(Verification.OWNER)
    view = talk.go("order")
    assert view.closed is not None
    assert "免扰·有欠费" in view.closed.zh
    assert "serve today" in view.closed.en
    assert may_sell(cues_of(talk.script, CUSTOMERS["in arrears"])) is Selling.NEVER
    assert may_sell(()) is Selling.YES


def test_the_weightiest_moments_stand_above_the_opening_words() -> None:
    # VIP-03
    talk = conversation("new-service", "complaint settled")
    hint = talk.view().hint
    assert hint is not None
    assert hint.zh.startswith("【免扰·投诉刚了结】")
    assert hint.zh.count("【") == 2
    assert talk.view().cues[0].id == "dnd-just-settled"
    after = say(talk, "方便，你说").view().hint
    assert after is not None
    assert "【" not in after.zh


def test_where_selling_is_forbidden_nothing_else_is_advised() -> None:
    # VIP-03, SCRIPT-09
    hint = conversation("second-renewal", "open complaint").view().hint
    assert hint is not None
    assert hint.zh.startswith("【免扰·投诉未了】")
    assert hint.zh.count("【") == 1


def test_who_hears_badly_is_spoken_to_slowly_and_gets_it_in_writing() -> None:
    # CARE-25
    for name in NEW:
        assert "我说慢一点" in words_of(conversation(name))
        assert "我说慢一点" not in words_of(conversation(name, "bills alone"))
        assert script(name).in_writing
    talk = say(conversation("roaming-card"), *OWNER, "过几天出国")
    assert "马上发短信" in words_of(talk)


def test_a_blind_customer_hears_other_words() -> None:
    # CARE-25
    talk = say(conversation("high-arpu-risk", "blind, with an order"), *OWNER, "有不满意的", "优惠权益少", "有合适的")
    assert "请家人念给您听" in words_of(talk)
    seeing = say(conversation("high-arpu-risk", "with an order"), *OWNER, "有不满意的", "优惠权益少", "有合适的")
    assert "念给您听" not in words_of(seeing)
    old = say(conversation("vip-care", "blind, with an order"), *OWNER, "想了解续约", "可以，办吧", "同意办理")
    assert "看清楚" not in words_of(old)


def test_the_branded_greeting_names_the_tier_or_the_customers_own_manager() -> None:
    # VIP-12, VIP-06
    assert "钻卡客户服务" in words_of(conversation("new-high-end"))
    assert "您在江城电信的专属经理何俊" in words_of(conversation("new-high-end", "named customer of mine"))
    assert "客户服务" not in words_of(conversation("new-high-end", "low balance"))
    for name in NEW:
        for customer in CUSTOMERS:
            words = words_of(conversation(name, customer))
            assert "2043" in words
            assert "10000" in words
    assert "不收您的费用" in words_of(conversation("new-high-end", "free line"))
    english = words_of(conversation("new-high-end", "named customer of a colleague", Lang.EN))
    assert "Diamond customer service" in english


def test_the_balance_comes_last_and_lightly() -> None:
    # SCRIPT-02
    talk = say(conversation("low-balance", "low balance"), *OWNER)
    walked = [words_of(talk)]
    say(talk, "挺好的")
    walked.append(words_of(talk))
    assert not any("余额" in words or "元" in words for words in walked)
    say(talk, "聊得不错")
    assert "顺便提一句，账上还有 6.20 元" in words_of(talk)
    assert "停机" not in words_of(talk)
    say(talk, "好，我去交", "帮我空中充值")
    assert "卡号、密码、验证码我一概不问" in words_of(talk)


def test_a_new_customer_is_welcomed_taught_and_never_interrogated() -> None:
    # SCRIPT-03, SCRIPT-19
    talk = say(conversation("new-customer-welcome", "new joiner"), *OWNER)
    assert "谢谢您选了我们" in words_of(talk)
    say(talk, "挺好的", "都稳", "都弄好了", "都行")
    for right in ("自己确认", "监管部门申诉", "按月交费"):
        assert right in words_of(talk)
    say(talk, "知道了")
    assert "不方便说也没关系" in words_of(talk)


def test_a_revisit_tells_the_cause_honestly_and_softens_the_wait() -> None:
    # SCRIPT-04
    talk = say(conversation("complaint-revisit", "open complaint"), *OWNER, "一点没变")
    assert "跟您说实话" in words_of(talk)
    say(talk, "打电话")
    assert "通信助理" in words_of(talk)
    say(talk, "行，先开着", "时间约好了")
    assert not any(answer.label.zh == "满意" for answer in talk.view().answers)


def test_the_manager_is_introduced_the_plan_explained_and_its_use_coached() -> None:
    # SCRIPT-05
    talk = say(conversation("new-high-end", "named customer of a colleague"), *OWNER)
    assert "专属经理是秦素云" in words_of(talk)
    say(talk, "挺好，你说")
    assert "畅听 58" in words_of(talk)
    say(talk, "清楚了", "用积分", "会了")
    assert "用积分" not in [answer.label.zh for answer in talk.view().answers]
    say(talk, "没有了", "说了方便的时间")
    assert talk.suggested_result == "coached"


def test_a_slow_line_is_sped_up_and_billed_later() -> None:
    # BB-13, SCRIPT-08
    talk = say(conversation("new-service", "slow broadband"), *OWNER)
    assert "50 兆" in words_of(talk)
    say(talk, "家里网慢")
    assert "今天不收钱" in words_of(talk)
    assert "记在下个月的账单上" in words_of(talk)
    cold = say(conversation("new-service"), *OWNER, "又是推销")
    assert "是我打扰了" in words_of(cold)


def test_renewing_and_not_renewing_stand_side_by_side() -> None:
    # CONTRACT-01, CONTRACT-03
    talk = say(conversation("second-renewal", "bound to a minimum spend"), *OWNER, "续有什么好处")
    assert "50 元的最低消费没有了" in words_of(talk)
    early = say(conversation("second-renewal", "renewal not open yet"), *OWNER, "续有什么好处", "那就续吧")
    assert early.view().step_id == "not-open"
    leaving = say(conversation("second-renewal"), *OWNER, "不续了")
    assert "照现在的套餐收" in words_of(leaving)


def test_the_terms_of_a_renewal_are_those_of_the_contract_and_said_to_the_day() -> None:
    # CONTRACT-01, CONTRACT-03
    talk = say(conversation("second-renewal", "contract that can be renewed"), *OWNER, "我直接续")
    words = words_of(talk)
    for said in ("月费照旧 58 元", "签 24 个月", "从 2027 年 1 月 9 日到 2029 年 1 月 8 日", "最低消费还是 50 元"):
        assert said in words
    assert not talk.renewed
    say(talk, "行，登记吧")
    assert talk.renewed
    year = say(
        conversation("second-renewal", "contract without a minimum spend that can be renewed"), *OWNER, "我直接续"
    )
    assert "签 12 个月" in words_of(year)
    assert "最低消费" not in words_of(year)
    untold = say(conversation("second-renewal", "handset and services"), *OWNER, "我直接续")
    assert "个月" not in words_of(untold), "where no start is on record, no term is made up"


def test_of_broadband_that_is_not_renewed_nobody_says_that_it_goes_on() -> None:
    # CONTRACT-01
    talk = say(conversation("second-renewal", "lines and a bundle"), *OWNER, "续有什么好处")
    assert "到期那天宽带就停，不会再收钱" in words_of(talk)
    say(talk, "不续")
    assert "到期那天宽带就停" in words_of(talk)
    assert "套餐" not in words_of(talk)


def test_who_has_left_is_asked_how_they_fare_before_anything_is_offered() -> None:
    # WINBACK-02
    talk = say(conversation("win-back", "complaint settled"), *OWNER)
    assert "现在用着怎么样" in words_of(talk)
    say(talk, "当初是你们不好")
    assert "出境后无法呼入呼出" in words_of(talk)
    fine = say(conversation("win-back"), *OWNER, "挺好")
    assert "祝您用得顺心" in words_of(fine)


def test_a_traveller_gets_three_tips_and_a_pack_only_if_wanted() -> None:
    # SCRIPT-16
    talk = say(conversation("roaming-card", "bills alone"), *OWNER, "过几天出国")
    for tip in ("走之前漫游开好", "打开数据漫游", "手动选网络"):
        assert tip in words_of(talk)
    say(talk, "好，发吧")
    assert talk.promised == ("sms_roaming",)
    say(talk, "不开包，够用")
    assert talk.suggested_result == "tips_given"


def test_an_idle_number_may_be_used_kept_or_given_up() -> None:
    # ID-13
    for answer, result in (("在用，用得少", "advice_later"), ("给家里人用了", "in_use")):
        talk = say(conversation("zero-usage"), *OWNER, answer)
        say(talk, talk.view().answers[0].label.zh)
        assert talk.suggested_result == result
    kept = say(conversation("zero-usage"), *OWNER, "在用别的号", "留着", "清楚，保号")
    assert kept.suggested_result == "kept_number"
    gone = say(conversation("zero-usage"), *OWNER, "不想要了")
    assert "绑在这个号上的银行" in words_of(gone)
    stranger = say(conversation("zero-usage"), *OWNER, "我没办过", "好，我去查")
    assert stranger.suggested_result == "not_owner"


@pytest.mark.parametrize("name", sorted(scripts()))
def test_before_the_owner_is_verified_nothing_of_theirs_is_said(name: str) -> None:
    # SCRIPT-22
    open_steps = [step for step in script(name).steps if step.id in {"opening", "verify", "short-version"}]
    assert len(open_steps) == 3
    for step in open_steps:
        for words in step.say:
            assert needs(words.text) <= ALWAYS | {"tier"}, step.id
            assert not any(word in words.text.zh for word in ("到期", "余额", "没用", "反映的", "停机", "欠费")), (
                step.id
            )


def test_english_greets_after_the_name_in_one_sentence() -> None:
    assert words_of(conversation("new-service", lang=Lang.EN)).startswith("Ms Wu, good afternoon!")
    assert words_of(conversation("new-service", "nothing known", Lang.EN)).startswith("Good afternoon!")
