"""Guidance: what to say to this customer, step by step, with their own figures. Pure; no I/O, no Qt."""

from core.guidance.conversation import Conversation
from core.guidance.fact_names import fact_label
from core.guidance.facts import facts_of, figures_of, order_facts
from core.guidance.notes import automatic_note, follow_up_words
from core.guidance.render import MissingFigure, Span, Spans, plain, prepare, render
from core.guidance.state import ConversationState
from core.guidance.views import (
    AnswerView,
    CheckView,
    ObjectionLabel,
    ObjectionView,
    StageState,
    StageView,
    StepView,
)
from core.guidance.wording import fact_display

__all__ = [
    "AnswerView",
    "CheckView",
    "Conversation",
    "ConversationState",
    "MissingFigure",
    "ObjectionLabel",
    "ObjectionView",
    "Span",
    "Spans",
    "StageState",
    "StageView",
    "StepView",
    "automatic_note",
    "fact_display",
    "fact_label",
    "facts_of",
    "figures_of",
    "follow_up_words",
    "order_facts",
    "plain",
    "prepare",
    "render",
]
