"""What lies in a pack, column by column: narrower than the frame, which derives the rest while it loads."""

from core.wire.review import CALLBACKS, CALLS, DISPATCHED, OFFERS

WORDS = "words"
"""kind of a column of words: stored as a dictionary"""


class Flag:
    """Bits of the column `flags` of calls."""

    DIALLED, CLAIMED, INBOUND, OPT_OUT = 1, 2, 4, 8
    SUPERSEDED, CORRECTED, CLOCK_WRONG, MEASURED = 16, 32, 64, 128


_WHOSE = {"agent": WORDS, "scenario": WORDS, "campaign": WORDS, "area": WORDS, "tier": WORDS, "value": WORDS}
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
    },
    OFFERS: {"call": "int32", "offer": WORDS, "kind": WORDS, "reply": WORDS, "cost_fen": "int64"},
    CALLBACKS: {"at": "uint32", **_WHOSE, "customer": "int64", "called": "uint8", "off_s": "int32"},
    DISPATCHED: {"day": "int32", **_WHOSE, "tasks": "int32"},
}
"""by part and column: numpy's name of the type, or WORDS. Columns are only ever added, with 0 or the empty word for
packs that lack them"""
