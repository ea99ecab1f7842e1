"""Every word that an agent reads aloud, in both languages: whole, with a breath in time, and as people speak."""

import re
from collections.abc import Iterator

import pytest
from guidance_kit import CUSTOMERS, LANGS

from core.content import folder, scripts
from core.content.care_classes import CARE, load_care_classes
from core.content.drills import load_drills
from core.domain.script import Script
from core.domain.text import Lang, Text
from core.guidance.render import is_known, render

HOLES = re.compile(
    r"[{}]|None|undefined|[，。、；：！？]{2}|[,;:!?]{2}|\.\.| {2}|\s[，。、；：！？,.;:!?]|“”|[（(][）)]"
)
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?.]")
FULL_WIDTH = re.compile(r"[，。、；：！？]")
WRITTEN = re.compile(
    r"\b(?:(?<!who )I am |I will|do not|does not|did not|cannot|will not|is not|are not|let us|that is (?!why))\b",
    re.IGNORECASE,
)
"""English as it is written: aloud it sounds like a letter being read out"""
WE_SEND = re.compile("给您发|短信给您|短信发给您|短信这就发|我发条短信|确认短信")
BREATH = {Lang.ZH: re.compile(r"[，。、；：！？…（）“”]"), Lang.EN: re.compile(r"[,;:.!?()“”](?:\s|$)")}
FULL_STOP = {Lang.ZH: re.compile(r"[。！？]"), Lang.EN: re.compile(r"[.!?](?:\s|$)")}
LONGEST_BREATH = {Lang.ZH: 24, Lang.EN: 20}
"""characters, words: one goes out of breath at forty and at thirty"""
LONGEST_SENTENCE = {Lang.ZH: 75, Lang.EN: 34}
"""of several breaths; the longest are those that read back an order"""
SCENARIOS = sorted(scripts())


def spoken(script: Script) -> Iterator[tuple[str, Text]]:
    for step in script.steps:
        for say in step.say:
            yield step.id, say.text
    for one in script.objections:
        for text in (one.empathise, one.clarify, one.probe, one.answer, one.confirm):
            if text is not None:
                yield one.id, text


def beside_the_scripts() -> Iterator[tuple[str, Text]]:
    """What care calls say, and what drills teach as right."""
    for one in load_care_classes(folder() / CARE).classes:
        for text in one.call:
            yield one.code, text
    for drill in load_drills(folder()):
        for turn in drill.turns:
            yield drill.id, turn.model
            for choice in turn.choices:
                if choice.right:
                    yield drill.id, choice.say


def told(texts: Iterator[tuple[str, Text]], lang: Lang) -> set[tuple[str, str]]:
    """The words as each of the customers would hear them."""
    return {
        (where, "".join(span.text for span in render(text, facts, lang)))
        for where, text in texts
        for facts in CUSTOMERS.values()
        if is_known(text, facts)
    }


def length(words: str, lang: Lang) -> int:
    return len(words.split()) if lang is Lang.EN else len(re.sub(r"\s", "", words))


def check(found: set[tuple[str, str]], lang: Lang) -> None:
    assert found
    for where, words in found:
        assert words == words.strip(), (where, words)
        assert not HOLES.search(words), (where, words)
        assert not (HALF_WIDTH if lang is Lang.ZH else FULL_WIDTH).search(words), (where, words)
        breath = max(length(part, lang) for part in BREATH[lang].split(words))
        assert breath <= LONGEST_BREATH[lang], (where, breath, words)
        sentence = max(length(part, lang) for part in FULL_STOP[lang].split(words))
        assert sentence <= LONGEST_SENTENCE[lang], (where, sentence, words)
        if lang is Lang.EN:
            assert not WRITTEN.search(words), (where, words)


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("lang", LANGS)
def test_every_script_can_be_read_aloud(scenario: str, lang: Lang) -> None:
    # SCRIPT-01
    check(told(spoken(scripts()[scenario]), lang), lang)


@pytest.mark.parametrize("lang", LANGS)
def test_care_calls_and_model_answers_can_be_read_aloud(lang: Lang) -> None:
    # CARE-24, SCRIPT-11
    check(told(beside_the_scripts(), lang), lang)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_customer_is_greeted_once(scenario: str) -> None:
    # SCRIPT-07
    script = scripts()[scenario]
    greeted = {where for where, text in spoken(script) if "greeting" in text.zh or "您好" in text.zh}
    assert greeted == {script.start}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nobody_who_cannot_see_is_sent_a_text_without_somebody_to_read_it(scenario: str) -> None:
    # CARE-25
    script = scripts()[scenario]
    for step in script.steps:
        if any(code.startswith("sms_") for answer in step.answers for code in answer.plans):
            texts = [say.text for say in step.say if WE_SEND.search(say.text.zh)]
            assert all("need_blind" in text.zh and "need_blind" in text.en for text in texts), step.id
