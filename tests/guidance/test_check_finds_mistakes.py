"""What a careful reader would find in a script, found before anything is published, each with its reason."""

from datetime import date

import msgspec
import pytest
from guidance_kit import script

from core.content import dispositions
from core.content.script_rules import script_flaws as form_flaws
from core.domain.approval import Approval
from core.domain.condition import Condition
from core.domain.outcome import Verification
from core.domain.script import Answer, Objection, Question, QuestionKind, Say, Script, Step
from core.domain.text import Text
from core.guidance.check import script_flaws, suggestion_flaws
from core.guidance.render import BadTemplate, needs

replace = msgspec.structs.replace
ONE = script("new-service")
OK = Text("好", "All right")


def flaws_of(step: Step) -> list[str]:
    return [flaw.reason for flaw in script_flaws(with_step(step))]


def form_of(step: Step) -> list[str]:
    return [flaw.reason for flaw in form_flaws(with_step(step))]


def with_step(step: Step) -> Script:
    """The shipped script with one step changed: `situation`, the first after the identity check."""
    return replace(ONE, steps=tuple(step if one.id == step.id else one for one in ONE.steps))


def situation(**changes: object) -> Step:
    return replace(next(step for step in ONE.steps if step.id == "situation"), **changes)


def says(zh: str, en: str = "All right", **more: object) -> Step:
    return situation(say=(Say(text=Text(zh, en), **more),))  # type: ignore[arg-type]


def test_the_script_is_sound_before_it_is_spoilt() -> None:
    assert flaws_of(situation()) == []
    assert form_of(situation()) == []


@pytest.mark.parametrize(
    ("zh", "en", "reason"),
    [
        ("您可以比比联通的", "All right", "“联通” speaks of a competitor: it needs an approval"),
        ("好", "The other operators are slow.", "“other operators” speaks of a competitor: it needs an approval"),
        ("好", "Our rivals are slow.", "“rivals” speaks of a competitor: it needs an approval"),
        ("您看清楚了再定", "All right", "“您看清楚” tells a blind customer to look: word it apart with `need_blind`"),
        ("好", "Please tap the icon.", "“tap the” tells a blind customer to look: word it apart with `need_blind`"),
        ("好", "好的", "the English words hold Chinese"),
        ("{{ hotline | yuan }}", "x", "`hotline` is no figure for the filter `yuan`"),
        ("您好{{ names }}", "x", "unknown fact `names`"),
    ],
)
def test_words_that_may_not_be_said_are_named(zh: str, en: str, reason: str) -> None:
    # BB-09, CARE-25
    assert reason in flaws_of(says(zh, en))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("{{ greeting | inner(5) }}好", "the filter `inner` takes nothing in brackets"),
        ("{{ plan_fee_fen | yuan(1000000000) }}", "the filter `yuan` takes nothing in brackets"),
        ("{{ plan_fee_fen | yuan(fen=1) }}", "the filter `yuan` takes nothing in brackets"),
        ("{{ points | counted }}", "the filter `counted` takes 2 words in quotes"),
        ("{{ points | counted('day', 2) }}", "the filter `counted` takes 2 words in quotes"),
        ("{{ plan_fee_fen | yuan | day }}", "cannot be filled in: "),
        ("{{ 'x' | yuan }}", "cannot be filled in: "),
        ("{% if need_blind %}好{% else %}{{ 'x' | data }}{% endif %}", "cannot be filled in: "),
        ("{% if need_blind or agent_name > 3 %}好{% endif %}", "cannot be filled in: "),
    ],
)
def test_words_that_would_fail_with_a_customer_on_the_line_are_named(words: str, reason: str) -> None:
    # SCRIPT-01
    said = (Say(text=Text(words, "x")), Say(text=OK))
    (found,) = flaws_of(situation(say=said))
    assert found.startswith(f"not a template for a script: {reason}")


def test_an_approved_statement_may_be_said_and_a_word_within_a_word_is_none() -> None:
    # BB-09
    allowed = Approval(number="JC-1", by="法务", on=date(2026, 1, 2))
    assert flaws_of(says("您可以比比联通的", approval=allowed)) == []
    assert flaws_of(says("好", "Arrivals are tracked.")) == []


def test_words_for_the_blind_may_stand_beside_the_others() -> None:
    # CARE-25
    both = "{% if need_blind %}请家人念给您听{% else %}您看清楚了再回复{% endif %}"
    assert flaws_of(says(both)) == []
    assert flaws_of(says("{% if not need_blind %}您看清楚了{% endif %}好")) == []
    assert flaws_of(says("{% if need_blind %}您看清楚了{% endif %}好")) != []
    apart = (Say(when=Condition(field="need_blind", eq=True), text=OK), Say(text=Text("您看清楚了", "x")))
    assert flaws_of(situation(say=apart)) == []


def test_money_is_never_said_as_a_bare_number() -> None:
    said = (Say(text=Text("您有 {{ balance_fen }}", "x")), Say(text=OK))
    assert flaws_of(situation(say=said)) == ["`balance_fen` needs a filter to be said"]


def test_conditions_ask_only_for_what_some_answer_sets() -> None:
    for when, reason in (
        (Condition(field="said.nothing", eq="x"), "unknown field `said.nothing`"),
        (Condition(field="said.need", eq="sped"), "no answer sets `said.need` to `sped`"),
        (Condition(not_=Condition(field="said.need", in_=("data", "x"))), "no answer sets `said.need` to `x`"),
    ):
        answers = (*situation().answers, Answer(label=OK, to="idea", when=when))
        assert flaws_of(situation(answers=answers)) == [reason]


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        (Condition(field="has_broadband", eq="yes"), "`has_broadband` is true or false, never `yes`"),
        (Condition(field="points", in_=(500, True)), "`points` is a number, never `true`"),
        (Condition(not_=Condition(field="plan", ne=58)), "`plan` is a word, never `58`"),
        (Condition(field="plan", ge=58), "`plan` is a word, so `ge` never holds"),
        (
            Condition(field="contract_ends_on", eq="2026-12-01"),
            "`contract_ends_on` is a day, of which only `known` can be asked, never `2026-12-01`",
        ),
    ],
)
def test_a_comparison_that_can_never_hold_is_named(when: Condition, reason: str) -> None:
    # SCRIPT-01
    assert flaws_of(situation(say=(Say(text=OK, when=when), Say(text=OK)))) == [reason]


def test_words_that_nobody_hears_are_named() -> None:
    assert form_of(situation(say=(Say(text=OK), Say(text=Text("再说", "Again"))))) == [
        "never said: the words before it hold for everyone"
    ]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (({"to": "idea"},), "every way on from `situation` sells: stuck where selling is closed"),
        (({"to": "nothing", "once": True},), "every way on from `situation` can be used up: an endless loop for some"),
        (
            ({"to": "nothing", "when": Condition(field="prepaid", eq=True)},),
            "every way on from `situation` has a condition: some customer is stuck",
        ),
        (
            ({"to": "idea"}, {"to": "nothing", "when": Condition(field="prepaid", eq=True)}),
            "what does not sell from `situation` has a condition: stuck where selling is closed",
        ),
    ],
)
def test_a_step_that_some_customer_could_not_leave_is_named(
    answers: tuple[dict[str, object], ...], reason: str
) -> None:
    step = situation(answers=tuple(Answer(label=OK, **one) for one in answers))  # type: ignore[arg-type]
    rest = tuple(one for one in ONE.steps if one.id != "situation")
    found = [flaw.reason for flaw in form_flaws(replace(ONE, steps=(step, *rest)))]
    assert reason in found


def test_who_is_not_the_owner_has_a_way_on_from_every_step_that_they_can_come_to() -> None:
    # SCRIPT-22
    telling = next(one.id for one in ONE.steps if one.discloses)
    first = next(one for one in ONE.steps if one.id == ONE.start)
    rest = tuple(one for one in ONE.steps if one.id != first.id)
    reason = f"no way on from `{first.id}` is open to all while the owner is not on the line"
    for verification, stuck in ((None, True), (Verification.FAMILY, True), (Verification.OWNER, False)):
        only = replace(first, answers=(Answer(label=OK, to=telling, verification=verification),))
        found = [flaw.reason for flaw in form_flaws(replace(ONE, steps=(only, *rest)))]
        assert (reason in found) is stuck


def test_opposite_conditions_leave_a_way_for_everyone() -> None:
    asked = Condition(field="prepaid", eq=True)
    answers = (
        Answer(label=OK, to="nothing", when=asked),
        Answer(label=Text("否", "No"), to="trouble", when=Condition(not_=asked)),
        Answer(label=Text("烦", "Bother"), to="cold", when=asked),
        Answer(label=Text("卖", "Sell"), to="idea", when=asked),
    )
    assert form_of(situation(answers=answers)) == []


def test_a_loop_needs_a_bound_that_lets_one_in() -> None:
    assert "a step is walked at least once" in form_of(situation(at_most=0))


@pytest.mark.parametrize(
    ("kind", "codes", "reason"),
    [
        (QuestionKind.YES_NO, ("yes", "maybe"), "answers to a yes-no question have the codes yes and no"),
        (QuestionKind.CHOICE, ("a", "a"), "answer `a` stands here twice"),
        (QuestionKind.SCALE, ("", ""), "a question needs answers with codes"),
        (QuestionKind.SEVERAL, ("a", "b"), "of several, each is named once, and at_most bounds the loop"),
    ],
)
def test_a_question_without_sound_answers_is_named(kind: QuestionKind, codes: tuple[str, str], reason: str) -> None:
    # SCRIPT-18
    answers = tuple(Answer(label=OK, to="nothing", code=code) for code in codes)
    step = situation(question=Question(code="q", kind=kind), answers=(*situation().answers, *answers))
    assert reason in form_of(step)


def test_a_code_without_a_question_is_named() -> None:
    answers = (*situation().answers, Answer(label=OK, to="nothing", code="x"))
    assert form_of(situation(answers=answers)) == ["`x` answers no question"]


def test_a_text_that_nobody_can_send_is_named() -> None:
    answers = (*situation().answers, Answer(label=OK, to="nothing", plans=("sms_gift",)))
    spoilt = replace(with_step(situation(answers=answers)), in_writing="home_visit")
    found = [flaw.reason for flaw in suggestion_flaws(spoilt, dispositions()["new-service"])]
    assert found == [
        "new-service has no SMS follow-up `home_visit`",
        "new-service has no follow-up `sms_gift` that words may promise",
    ]


def test_an_excuse_masks_objections_that_exist() -> None:
    # SCRIPT-10
    odd: Objection = replace(ONE.objections[0], masks=("nope",))
    found = form_flaws(replace(ONE, objections=(odd, *ONE.objections[1:])))
    assert [flaw.reason for flaw in found] == ["there is no objection `nope`"]


@pytest.mark.parametrize(
    "words",
    [
        "{% if points %}" * 40 + "x" + "{% endif %}" * 40,
        "{{ points }}" * 300,
        "{{ points | counted('" + "x" * 300 + "', 'y') }}",
        "{{ " + "9" * 200 + " | yuan }}",
        "{{ " + "points | inner | " * 60 + "inner }}",
        "{% for x in points %}{{ x }}{% endfor %}",
        "{{ points ** 99 }}",
    ],
)
def test_a_template_that_would_allocate_without_bound_is_stopped(words: str) -> None:
    with pytest.raises(BadTemplate):
        needs(Text(words, "x"))
