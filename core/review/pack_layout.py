"""What lies in a pack, column by column: narrower than the frame, which derives the rest while it loads."""

from core.wire.review import (
    CALLBACKS,
    CALLS,
    CLOSINGS,
    CONTACTS,
    DISPATCHED,
    ELSEWHERE,
    LATER,
    OFFERS,
    PROMISES,
    SCORES,
)

LAYOUT_VERSION = 4
"""raised whenever columns or parts are added, or mean something else: a server makes its packs anew then"""

WORDS = "words"
"""kind of a column of words: stored as a dictionary"""


class Flag:
    """Bits of the column `flags` of calls."""

    DIALLED, CLAIMED, INBOUND, OPT_OUT = 1, 2, 4, 8
    SUPERSEDED, CORRECTED, CLOCK_WRONG, MEASURED = 16, 32, 64, 128


class More:
    """Bits of the column `more` of calls."""

    VERIFIED, FALSE_DATA, TASKED, ORDERED = 1, 2, 4, 8


_WHOSE = {"agent": WORDS, "scenario": WORDS, "campaign": WORDS, "area": WORDS, "tier": WORDS, "value": WORDS,
          "acquirer": WORDS}  # fmt: skip
"""whose and what it is of: `acquirer` is the dealer that acquired the customer"""
LAYOUT: dict[str, dict[str, str]] = {
    CALLS: {
        "at": "uint32",
        **_WHOSE,
        "customer": "int64",
        "contact": WORDS,
        "result": WORDS,
        "reason": WORDS,
        "next_brand": WORDS,
        "dealer": WORDS,
        "order": WORDS,
        "flags": "uint8",
        "talk_s": "int32",
        "wrap_s": "int32",
        "offers_made": "uint8",
        "offers_accepted": "uint8",
        "offers_refused": "uint8",
        "stages": "uint8",
        # the day on which the customer is known to have left after the call; 0: not known to have
        "left_day": "int32",
        "more": "uint8",
        # the customer's places in the snapshots of packages, as core.review.snapshots writes them
        "snapshots": WORDS,
    },
    OFFERS: {"call": "int32", "offer": WORDS, "kind": WORDS, "reply": WORDS, "cost_fen": "int64", "price_fen": "int64"},
    CALLBACKS: {"at": "uint32", **_WHOSE, "customer": "int64", "called": "uint8", "off_s": "int32"},
    DISPATCHED: {"day": "int32", **_WHOSE, "tasks": "int32"},
    # `at` is when it is due, `settled_at` when it was kept, broken or released; 0: not yet
    PROMISES: {"at": "uint32", "made_at": "uint32", "settled_at": "uint32", **_WHOSE, "customer": "int64",
               "kind": WORDS, "state": WORDS},
    # `at` is by when the customer is owed a first word, `took_s` from the case's beginning to that word
    CONTACTS: {"at": "uint32", "began_at": "uint32", **_WHOSE, "customer": "int64", "opened_by": WORDS, "state": WORDS,
               "took_s": "int32"},
    CLOSINGS: {"at": "uint32", "began_at": "uint32", **_WHOSE, "customer": "int64", "opened_by": WORDS,
               "satisfaction": WORDS},
    SCORES: {"call": "int32", "card": WORDS, "points": "int16", "passed": "uint8", "missed": "int16", "wrong": "int16"},
    LATER: {"call": "int32", "kind": WORDS, "what": WORDS, "days": "int16", "fen": "int64"},
    ELSEWHERE: {"day": "int32", **_WHOSE, "kind": WORDS, "what": WORDS},
}  # fmt: skip
"""by part and column: numpy's name of the type, or WORDS. Columns are only ever added, with 0 or the empty word for
packs that lack them"""
