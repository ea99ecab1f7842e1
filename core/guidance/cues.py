"""The moments that a customer is in, and whether to sell at all (VIP-02, VIP-03)."""

from collections.abc import Mapping, Sequence

from core.domain.script import Cue, Script, Selling
from core.domain.text import Text
from core.guidance.views import CueView
from core.rules import holds

MAX_TOLD = 2
"""cues that stand in the hint of the first step: an agent reads it while the phone rings"""


def cues_of(script: Script, facts: Mapping[str, object]) -> tuple[Cue, ...]:
    """Those that hold, in the script's order."""
    return tuple(cue for cue in script.cues if holds(cue.when, facts))


def may_sell(cues: Sequence[Cue]) -> Selling:
    """The strictest advice of all that hold."""
    wanted = {cue.selling for cue in cues}
    return next((one for one in (Selling.NEVER, Selling.IF_ASKED) if one in wanted), Selling.YES)


def shown(cues: Sequence[Cue]) -> tuple[CueView, ...]:
    return tuple(CueView(cue.id, cue.kind, cue.label, cue.selling, cue.advice) for cue in cues)


def with_cues(hint: Text | None, cues: Sequence[Cue]) -> Text | None:
    """The hint with the weightiest cues before it; where one forbids selling, that one alone."""
    quiet = [cue for cue in cues if cue.selling is Selling.NEVER]
    told = [
        Text(f"【{cue.label.zh}】{cue.advice.zh}", f"[{cue.label.en}] {cue.advice.en}")
        for cue in (quiet[:1] or cues[:MAX_TOLD])
    ]
    parts = [*told, hint] if hint else told
    return Text("\n".join(p.zh for p in parts), "\n".join(p.en for p in parts)) if parts else None
