"""The shipped content is sound, and what is not sound is named."""

import msgspec
import pytest
from guidance_kit import script

from core.content import dispositions, scripts, sms_templates
from core.domain.condition import Condition
from core.domain.script import Answer, Say
from core.domain.template import SmsTemplate, SmsTemplates
from core.domain.text import Text
from core.guidance.check import disposition_flaws, script_flaws, suggestion_flaws, template_flaws

replace = msgspec.structs.replace
ONE = script("4g-upgrade")


@pytest.mark.parametrize("scenario", sorted(scripts()))
def test_the_shipped_content_fits_together(scenario: str) -> None:
    one, found = script(scenario), dispositions()[scenario]
    assert script_flaws(one) == []
    assert suggestion_flaws(one, found) == []
    assert disposition_flaws(found, one, sms_templates()) == []


def changed(say: tuple[Say, ...] | None = None, answers: tuple[Answer, ...] | None = None) -> list[str]:
    step = ONE.steps[0]
    step = replace(step, say=say or step.say, answers=answers or step.answers)
    return [flaw.reason for flaw in script_flaws(replace(ONE, steps=(step, *ONE.steps[1:])))]


def test_facts_that_do_not_exist_are_named() -> None:
    assert changed((Say(text=Text("{{ sallary }}", "x")),)) == ["unknown fact `sallary`"]
    assert changed(answers=(Answer(label=Text("a", "a"), to="end", when=Condition(field="nope", eq=1)),)) == [
        "unknown field `nope`"
    ]
    assert script_flaws(replace(ONE, figures=("nope",)))[0].reason == "unknown fact `nope`"


def test_the_last_words_of_a_step_may_not_need_what_can_be_missing() -> None:
    assert changed((Say(text=Text("{{ plan }}", "x")),)) == [
        "`plan` can be missing, and these words must always be sayable"
    ]
    assert changed((Say(text=Text("{{ plan }}", "x")), Say(text=Text("好", "ok")))) == []


def test_an_objection_must_always_be_sayable() -> None:
    odd = replace(ONE.objections[0], answer=Text("{{ plan }}", "{{ plan }}"))
    assert len(script_flaws(replace(ONE, objections=(odd,)))) == 1


def test_a_bad_template_or_condition_is_named() -> None:
    assert "not a template" in changed((Say(text=Text("{{ 1 + 1 }}", "x")),))[0]
    bad = Say(when=Condition(field="points", eq=1, gt=2), text=Text("好", "ok"))
    assert changed((bad, Say(text=Text("好", "ok")))) == ["field `points` needs exactly one comparison, not 2"]


def test_codes_that_nobody_has_are_named() -> None:
    found = dispositions()["4g-upgrade"]
    odd = Answer(label=Text("a", "a"), to="end", suggests="not_connected", reason="nope")
    flaws = suggestion_flaws(replace(ONE, steps=(replace(ONE.steps[0], answers=(odd,)),)), found)
    assert [flaw.reason for flaw in flaws] == [
        "4g-upgrade has no result `not_connected`",
        "4g-upgrade has no reason `nope`",
    ]
    row = replace(found.results[0], must=("nope",), note=Text("{{ nope }}", "x"))
    preset = replace(found.follow_ups[4], template="nope")
    flaws = disposition_flaws(replace(found, results=(row,), follow_ups=(preset,)), ONE, sms_templates())
    assert [flaw.reason for flaw in flaws] == [
        "`nope` is not on the checklist of 4g-upgrade",
        "unknown fact `nope`",
        "there is no SMS template `nope`",
    ]
    template = SmsTemplate(code="x", label=Text("a", "a"), text=Text("{{ nope }}", "x"))
    assert [f.reason for f in template_flaws(SmsTemplates(version=1, templates=(template,)))] == ["unknown fact `nope`"]
