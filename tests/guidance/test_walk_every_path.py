"""Every step that a customer of each kind can be led to, in both languages: no hole, no dead end."""

import re
from functools import cache

import pytest
from guidance_kit import CUSTOMERS, LANGS, clock, script

from core.content import scripts
from core.domain.condition import Condition
from core.domain.text import Lang
from core.guidance import Conversation, ConversationState, Spans
from core.guidance.said import PREFIX, PROBLEM, PROBLEM_OPEN, said
from core.rules import fields_of, holds

HOLES = re.compile(
    r"None|\{\{|\}\}|\{%|[\x00-\x1f]|  |[，。、；：！？,;:!?]{2}|\.\.| [,.;:!?，。]|“”|[（(][）)]|\bNaN\b|undefined"
)
SCENARIOS = sorted(scripts())
Key = tuple[str, str, bool, tuple[bool, ...]]
pytestmark = [pytest.mark.thorough, pytest.mark.parametrize("scenario", SCENARIOS)]


@cache
def walk(scenario: str, customer: str) -> list[ConversationState]:
    """Each step that answers lead to, once for each state that it can be reached in; asserts that all can end."""
    start = Conversation(script(scenario), CUSTOMERS[customer], lang=Lang.ZH, clock=clock).state()
    seen: dict[Key, set[Key]] = {}
    ending: set[Key] = set()
    walked: list[ConversationState] = []
    ahead = [start]
    while ahead:
        state = ahead.pop()
        key = key_of(state)
        if key in seen:
            continue
        seen[key] = set()
        view = at(state, customer, Lang.ZH).view()
        assert view.closed is None, f"{view.step_id} was led to, but is closed"
        walked.append(state)
        assert any(answer.enabled for answer in view.answers), f"no way on from {view.step_id}"
        for answer in view.answers:
            if not answer.enabled:
                continue
            then = at(state, customer, Lang.ZH)
            then.answer(answer.digit)
            if then.ended:
                ending.add(key)
            else:
                seen[key].add(key_of(then.state()))
                ahead.append(then.state())
    while grown := {key for key, onward in seen.items() if key not in ending and onward & ending}:
        ending |= grown
    assert set(seen) == ending, f"no end from {sorted(set(seen) - ending)}"
    return walked


@cache
def told(scenario: str, customer: str, lang: Lang) -> list[tuple[str, Spans]]:
    """The words of every step walked."""
    views = [at(state, customer, lang).view() for state in walk(scenario, customer)]
    return [(view.step_id, view.spans) for view in views]


def key_of(state: ConversationState) -> Key:
    """Where the talk stands: the step, who is on the line, and which conditions hold by what was said."""
    steps = {step.id: step for step in script(state.script).steps}
    heard = said(state.trail[: state.at], steps)
    met = tuple(holds(condition, heard) for condition in asked_of(state.script))
    return (state.trail[state.at].step, state.verification, state.refused, met)


@cache
def asked_of(scenario: str) -> list[Condition]:
    """The conditions of a script that ask for what was said."""
    one = script(scenario)
    conditions = [say.when for step in one.steps for say in step.say]
    conditions += [answer.when for step in one.steps for answer in step.answers]
    asked = [c for c in conditions if c is not None and any(name.startswith(PREFIX) for name in fields_of(c))]
    return [Condition(field=PROBLEM, eq=PROBLEM_OPEN), *asked]


def at(state: ConversationState, customer: str, lang: Lang) -> Conversation:
    return Conversation(script(state.script), CUSTOMERS[customer], lang=lang, clock=clock, state=state)


@pytest.mark.parametrize("customer", CUSTOMERS)
@pytest.mark.parametrize("lang", LANGS)
def test_no_step_ever_shows_a_hole_and_each_can_end(scenario: str, customer: str, lang: Lang) -> None:
    # SCRIPT-01
    for step, spans in told(scenario, customer, lang):
        words = "".join(span.text for span in spans)
        assert words.strip() == words, (step, words)
        assert words, step
        assert not HOLES.search(words), (step, words)
        if lang is Lang.EN:
            assert not re.search(r"(?:^|[.!?] )[a-z]", words), (step, words)
            assert not re.search(r"[，。！？]", words), (step, words)


@pytest.mark.parametrize("customer", CUSTOMERS)
def test_objections_are_answered_whole_at_any_time(scenario: str, customer: str) -> None:
    # SCRIPT-11
    for lang in LANGS:
        talk = Conversation(script(scenario), CUSTOMERS[customer], lang=lang, clock=clock)
        assert len(talk.objections()) >= 4
        for label in talk.objections():
            shown = talk.objection(label.id)
            for spans in (shown.empathise, shown.clarify, shown.answer, shown.confirm):
                words = "".join(span.text for span in spans)
                assert words
                assert not HOLES.search(words), (label.id, words)


def test_every_step_is_led_to_for_some_customer(scenario: str) -> None:
    walked = {step for customer in CUSTOMERS for step, _ in told(scenario, customer, Lang.ZH)}
    assert walked == {step.id for step in script(scenario).steps}


def test_every_wording_is_said_to_some_customer(scenario: str) -> None:
    """A variant that no customer hears is dead weight, or its condition is wrong; the last is there in case."""
    heard = {
        "".join(span.text for span in spans) for customer in CUSTOMERS for _, spans in told(scenario, customer, Lang.ZH)
    }
    unheard = []
    for step in script(scenario).steps:
        for say in step.say[:-1]:
            always = re.sub(r"\{% if .*?\{% endif %\}", "{{}}", say.text.zh)
            fixed = [part for part in re.split(r"\{\{.*?\}\}", always) if len(part) > 3]
            if not any(all(part in words for part in fixed) for words in heard):
                unheard.append((step.id, say.text.zh))
    assert not unheard
