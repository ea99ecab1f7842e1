"""A talk remembers: answers steer what comes later, loops end, a survey's answers are kept question by question."""

import msgspec
import pytest
from guidance_kit import CUSTOMERS, clock, conversation, digit, say, script, words_of

from core.domain import decoding
from core.domain.outcome import Answered, Verification
from core.domain.script import QuestionKind
from core.domain.text import Lang
from core.guidance import Conversation

OWNER = ("方便，你说", "核对一致")
SURVEY = "satisfaction-survey"


def labels(talk: Conversation) -> list[str]:
    return [answer.label.zh for answer in talk.view().answers]


def test_an_answer_given_early_changes_the_words_later() -> None:
    talk = say(conversation("new-customer-welcome"), *OWNER, "挺好的", "都稳", "都弄好了", "话费省心")
    assert words_of(talk).startswith("话费您随时能查")
    talk.back()
    say(talk, "流量够用")
    assert words_of(talk).startswith("两句话您记着")


def test_what_is_taken_back_counts_no_more() -> None:
    talk = say(conversation(SURVEY), *OWNER, "可以", "很不满意", "网络")
    assert Answered(question="overall", answer="1") in talk.answered()
    talk.back()
    talk.back()
    say(talk, "很满意")
    assert talk.answered() == (Answered(question="overall", answer="5"),)


def test_a_survey_keeps_each_answer_and_what_was_declined_is_not_kept() -> None:
    # SCRIPT-18
    talk = say(conversation(SURVEY), *OWNER, "可以", "一般", "不打分", "不清楚", "热线", "手机营业厅", "没有了")
    say(talk, "一两回", "一次办好", "9 分", "说了，记进备注", "不客气")
    assert [(one.question, one.answer) for one in talk.answered()] == [
        ("overall", "3"),
        ("bill_clear", "no"),
        ("channels", "hotline"),
        ("channels", "app"),
        ("contacts_per_year", "1-2"),
        ("solved_first_time", "once"),
        ("recommend", "9"),
        ("wish", "noted"),
    ]
    assert talk.suggested_result == "surveyed"


def test_questions_of_each_usual_kind_are_asked() -> None:
    # SCRIPT-18
    asked = {s.question.kind for name in (SURVEY, "market-survey") for s in script(name).steps if s.question}
    assert asked == set(QuestionKind)


def test_of_several_each_is_named_once_and_the_loop_ends() -> None:
    talk = say(conversation(SURVEY), *OWNER, "可以", "满意", "10 分", "清楚")
    for words in ("营业厅", "热线", "手机营业厅", "客户经理"):
        before = labels(talk)
        say(talk, words)
        assert "还有吗" in words_of(talk)
        assert set(labels(talk)) == set(before) - {words}
    last = next(answer for answer in talk.view().answers if answer.label.zh == "师傅上门")
    assert not last.enabled
    assert last.why_not is not None
    assert "不再重复" in last.why_not.zh
    say(talk, "没有了")
    assert talk.view().step_id == "q-often"


def test_a_bad_mark_is_followed_up_at_once_and_a_good_one_is_not() -> None:
    middle = ("不打分", "清楚", "没有了", "一回都没有", "没找过", "不打分", "没有")
    bad = say(conversation(SURVEY), *OWNER, "可以", "不满意", "热线", *middle)
    assert "好，帮我跟一下" in labels(bad)
    good = say(conversation(SURVEY), *OWNER, "可以", "很满意", *middle)
    assert "好，帮我跟一下" not in labels(good)


def test_a_problem_that_comes_up_closes_the_selling() -> None:
    # SCRIPT-09
    talk = say(conversation("high-arpu-risk"), *OWNER, "有不满意的")
    view = say(talk, "网络不稳").view()
    assert view.step_id == "card-network"
    shown = talk.go("order")
    assert shown.closed is not None
    assert "先办好这件事" in shown.closed.zh
    assert shown.spans == ()


def test_the_pull_back_cards_answer_each_cause() -> None:
    # SCRIPT-21, SCRIPT-06, SCRIPT-20
    cards = {
        "流量老不够": ("card-data", "流量和语音"),
        "总共花得多": ("card-cost", "话费券"),
        "月费太高": ("card-fee", "低一档"),
        "优惠权益少": ("card-benefits", "追剧"),
        "网络不稳": ("card-network", "派师傅"),
        "没合适的套餐": ("card-unmet", "照着搭一个"),
        "服务不好": ("card-service", "道歉"),
        "外面价钱低": ("card-price", "限时优惠"),
    }
    for cause, (step, words) in cards.items():
        talk = say(conversation("high-arpu-risk", "bills alone"), *OWNER, "有不满意的", cause)
        assert talk.view().step_id == step
        said = words_of(talk) + " ".join(answer.label.zh for answer in talk.view().answers)
        assert words in said or "往下看一档" in said, (cause, said)


def test_a_hidden_objection_is_probed_and_silence_is_let_be() -> None:
    # SCRIPT-10
    talk = say(conversation("new-service"), *OWNER, "上网多", "再想想", "有一点拿不准")
    assert "要是只改一样" in words_of(talk)
    say(talk, "不说话")
    assert "不多问了" in words_of(talk)
    view = conversation("high-arpu-risk").objection("think-it-over")
    clarify = "".join(span.text for span in view.clarify)
    assert clarify.startswith("是还有哪一点不放心吗？")
    assert "以前吃过亏" in clarify
    masked = next(one for one in script("high-arpu-risk").objections if one.id == "think-it-over").masks
    assert "others-cheaper" in masked


def test_reading_back_is_repeated_twice_and_then_no_more() -> None:
    talk = say(conversation("second-renewal", "with an order"), *OWNER, "我直接续", "行，登记吧")
    say(talk, "再念一遍", "再念一遍")
    again = next(answer for answer in talk.view().answers if "再念" in answer.label.zh)
    assert not again.enabled
    say(talk, "同意办理")
    assert talk.suggested_result == "order_agreed"
    assert talk.promised == ("sms_confirm",)


def test_a_text_that_was_promised_is_named_until_the_talk_goes_on() -> None:
    # SCRIPT-15
    talk = say(conversation("second-renewal"), *OWNER, "不续了", "不想被绑住", "没有")
    assert talk.promised == ("sms_support",)
    say(talk, "结束")
    assert talk.promised == ("sms_support",)  # hard of hearing: it all goes in writing
    other = say(conversation("second-renewal", "bills alone"), *OWNER, "不续了", "不想被绑住", "短信不用发", "结束")
    assert other.promised == ()


def test_a_draft_remembers_what_was_said() -> None:
    talk = say(conversation("market-survey"), *OWNER, "可以", "会", "聊天")
    again = Conversation(
        script("market-survey"),
        CUSTOMERS["everything known"],
        lang=Lang.ZH,
        clock=clock,
        state=decoding.decode(msgspec.json.encode(talk.state()), type(talk.state())),
    )
    assert again.view() == talk.view()
    assert again.answered() == talk.answered()


@pytest.mark.parametrize("name", ["new-customer-welcome", "zero-usage", SURVEY, "market-survey", "low-balance"])
def test_calls_that_serve_sell_nothing(name: str) -> None:
    assert not any(step.sells for step in script(name).steps)
    assert conversation(name).verify(Verification.OWNER).closed is None


def test_the_digit_of_an_answer_is_its_place_on_the_screen() -> None:
    talk = say(conversation(SURVEY), *OWNER, "可以", "满意", "10 分", "清楚", "营业厅")
    assert digit(talk, "热线") == 1
    assert talk.path()[-2].answer == "1"
    say(talk, "热线")
    assert talk.path()[-2].answer == "2"
