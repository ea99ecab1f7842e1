"""The automatic note: what came of it, why, what was raised, what follows."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from guidance_kit import CUSTOMERS, conversation, facts, say, script

from core.content import dispositions, scripts, sms_templates
from core.domain.follow_up import FollowUp, FollowUpKind
from core.domain.text import Lang
from core.guidance import automatic_note, order_facts, plain
from core.guidance.check import template_flaws
from core.guidance.render import is_known


def follow_up(kind: FollowUpKind, due_at: datetime | None = None) -> FollowUp:
    return FollowUp(
        id=uuid4(), outcome_id=uuid4(), task_id=None, customer_id="c-1", agent="2043", kind=kind, due_at=due_at
    )


def note(lang: Lang, **given: object) -> str:
    talk = say(conversation("4g-upgrade"), "方便，你说", "核对一致", "有点高")
    talk.objection("enough")
    settings = {"result": "hesitant", "reason": "not_enough", "follow_ups": [], **given}
    return automatic_note(
        script("4g-upgrade"),
        dispositions()["4g-upgrade"],
        path=talk.path(),
        facts=CUSTOMERS["everything known"],
        lang=lang,
        **settings,  # type: ignore[arg-type]
    )


def test_the_note_holds_result_reason_objections_and_follow_up() -> None:
    # OUTCOME-02
    due = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
    ways = [follow_up(FollowUpKind.CALLBACK, due), follow_up(FollowUpKind.SMS)]
    assert note(Lang.ZH, follow_ups=ways) == (
        "客户还在考虑，约好再联系。原因：怕不够用。客户提到：“流量不够用咋办？”。跟进：11-20 18:30 回拨；短信待发。"
    )
    assert note(Lang.EN, follow_ups=ways) == (
        "The customer is thinking it over and expects another call. "
        "Reason: Fears running short. Raised: “What if I run out?”. Follow-up: 11-20 18:30 call back; SMS waiting."
    )


def test_texts_that_wait_are_counted_not_repeated() -> None:
    ways = [follow_up(FollowUpKind.SMS), follow_up(FollowUpKind.WORK_ORDER), follow_up(FollowUpKind.SMS)]
    assert note(Lang.ZH, follow_ups=ways).endswith("跟进：短信待发 ×2；派工单。")


def test_an_sms_is_never_noted_as_sent() -> None:
    assert "待发" in note(Lang.ZH, follow_ups=[follow_up(FollowUpKind.SMS)])


def test_without_a_result_there_is_no_note() -> None:
    assert note(Lang.ZH, result="") == ""


@pytest.mark.parametrize("scenario", sorted(scripts()))
def test_every_result_writes_a_whole_note_in_both_languages(scenario: str) -> None:
    for row in dispositions()[scenario].results:
        for one in row.choices or (row,):
            for lang in Lang:
                words = automatic_note(
                    script(scenario), dispositions()[scenario], path=(), result=one.code, facts=facts(None), lang=lang
                )
                assert words.endswith("。" if lang is Lang.ZH else ".")
                assert "{{" not in words


SHOWN_BY = {
    "复述": {"read_back"},
    "核实是": {"verify_owner"},
    "问清": {"why_asked", "cause_survey"},
    "讲": {"told_rights", "both_ways", "tips_told", "plan_explained"},
    "告知": {"disconnect_steps", "balance_told", "deadline"},
    "说明": {"cause_told"},
    "介绍": {"manager_named"},
    "致歉": {"apology"},
}
"""what a note may tell only of a call in which that was ticked; the result asks for it"""
NEVER = ("说清", "念清", "未作", "未再", "未勉强", "未阻拦", "未设", "未催", "未透露", "未推荐", "教了", "如实", "给出")
"""no tick shows it"""
SAYS_TOO_MUCH = ("nobody pressed", "nothing was", "nothing offered", "explained on", "apologised", "heard out")


@pytest.mark.parametrize("scenario", sorted(scripts()))
def test_a_note_tells_only_what_the_result_asks_to_be_ticked(scenario: str) -> None:
    # OUTCOME-02
    for row in dispositions()[scenario].results:
        for one in row.choices or (row,):
            if one.note is None:
                continue
            for claim, shown in SHOWN_BY.items():
                assert claim not in one.note.zh or shown & set(one.must), f"{one.code}: {one.note.zh}"
            assert not [claim for claim in NEVER if claim in one.note.zh], f"{one.code}: {one.note.zh}"
            assert not [claim for claim in SAYS_TOO_MUCH if claim in one.note.en.lower()], f"{one.code}: {one.note.en}"


def test_sms_texts_are_whole_and_the_confirmation_waits_for_its_order() -> None:
    # SCRIPT-15, SCRIPT-16, OUTCOME-12
    assert template_flaws(sms_templates()) == []
    for template in sms_templates().templates:
        for known in CUSTOMERS.values():
            if template.code != "second_confirmation" and template.scenarios != ("offers",):
                for lang in Lang:
                    assert "{{" not in plain(template.text, known, lang)
    confirmation = sms_templates().template("second_confirmation")
    assert confirmation is not None
    assert not is_known(confirmation.text, CUSTOMERS["everything known"])
    words = plain(confirmation.text, CUSTOMERS["with an order"], Lang.ZH)
    for figure in ("4G 飞享 77", "77 元", "12 个月", "可以随时更改", "2026 年 12 月 1 日"):
        assert figure in words


def test_an_order_without_term_says_so() -> None:
    from datetime import date

    from core.domain.order import Order

    order = Order(
        product="x", price_fen=1, term_months=0, locked=True, starts_on=date(2026, 12, 1), read_back=True, consent=True
    )
    assert order_facts(order)["order_term"].of(Lang.ZH) == "不限"  # type: ignore[attr-defined]
