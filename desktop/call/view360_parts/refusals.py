"""Why something may not be offered, in words: a plan's refusals and an offer's read alike."""

from core.offers.eligibility import Refusal
from core.offers.refusal_words import refusal_words
from desktop.call.view360_parts.writing import Writing


def refused(refusal: Refusal, w: Writing) -> str:
    """The reason, with since and until when where that is known."""
    return w(refusal_words(refusal))
