"""Why something may not be offered, in words: a plan's refusals and an offer's read alike."""

from core.domain.text import Lang
from core.offers.eligibility import Refusal
from desktop.call.view360_parts import words
from desktop.call.view360_parts.writing import Writing


def refused(refusal: Refusal, w: Writing) -> str:
    """The reason, with since and until when where that is known."""
    reason = w(refusal.text)
    if refusal.since is not None and refusal.until is not None:
        return w(
            words.REFUSED_BETWEEN,
            reason=reason.rstrip("。") if w.lang is Lang.ZH else reason,
            since=refusal.since.isoformat(),
            until=refusal.until.isoformat(),
        )
    if refusal.until is not None:
        return w(words.REFUSED_UNTIL, day=refusal.until.isoformat(), reason=reason)
    if refusal.since is not None:
        return w(words.REFUSED_SINCE, day=refusal.since.isoformat(), reason=reason)
    return w(words.REFUSED, reason=reason)
