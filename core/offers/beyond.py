"""What use beyond an allowance costs, for many charges and many months at once.

Charges are rows, months columns. `over` is the use beyond the allowance and never negative. The rule, from
`core.domain.plan.Beyond`, with all figures integers:

    stepped(x) = Σ over steps: ceil(clip(x − above, 0, length) / unit) × fen
    charge(x)  = min(⌊x / block⌋ × min(stepped(block), cap) + min(stepped(x mod block), cap), month cap)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.domain.plan import UNLIMITED, Beyond, Step

Ints = NDArray[np.int64]


class Form(NamedTuple):
    """What kinds of term a charge has: charges of one form are worked out together, and no term for nothing."""

    steps: int
    by_unit: bool
    by_block: bool
    month_capped: bool


def form_of(beyond: Beyond) -> Form:
    return Form(
        steps=len(beyond.steps),
        by_unit=any(step.unit != 1 for step in beyond.steps),
        by_block=beyond.block is not None,
        month_capped=beyond.month_cap_fen is not None,
    )


class Steps(NamedTuple):
    """The n-th step of each row; all of shape (rows, 1)."""

    above: Ints
    length: Ints
    unit: Ints
    fen: Ints


class Charges(NamedTuple):
    """Charges of one form; all of shape (rows, 1)."""

    form: Form
    steps: tuple[Steps, ...]
    block: Ints
    block_cap: Ints
    full_block: Ints
    """what a block that is used up costs"""
    month_cap: Ints

    def fen(self, over: Ints) -> Ints:
        """`over` of shape (rows, months) → fen of the same shape."""
        if not self.form.by_block:
            fen = self._stepped(over)
        else:
            full = over // self.block
            rest = over - full * self.block
            fen = np.minimum(self._stepped(rest), self.block_cap)
            full *= self.full_block
            fen += full
        return np.minimum(fen, self.month_cap) if self.form.month_capped else fen

    def _stepped(self, amount: Ints) -> Ints:
        fen = self._step(amount, self.steps[0], first=True)
        for step in self.steps[1:]:
            fen += self._step(amount, step, first=False)
        return fen

    def _step(self, amount: Ints, step: Steps, *, first: bool) -> Ints:
        if not first:
            amount = np.maximum(amount - step.above, 0)
        if self.form.steps > 1:
            amount = np.minimum(amount, step.length)
        if self.form.by_unit:
            amount = (amount + (step.unit - 1)) // step.unit
        return amount * step.fen


def charges(beyonds: Sequence[Beyond]) -> Charges:
    """The rows of charges that all have one form."""
    form = form_of(beyonds[0])
    steps = tuple(_nth_step(beyonds, nth) for nth in range(form.steps))
    return Charges(
        form=form,
        steps=steps,
        block=column([beyond.block or UNLIMITED for beyond in beyonds]),
        block_cap=column([_or_unlimited(beyond.block_cap_fen) for beyond in beyonds]),
        full_block=column([_full_block(beyond) for beyond in beyonds]),
        month_cap=column([_or_unlimited(beyond.month_cap_fen) for beyond in beyonds]),
    )


def column(values: Sequence[int]) -> Ints:
    """One value a row, as a column beside which the months lie."""
    return np.array(values, dtype=np.int64).reshape(-1, 1)


def _or_unlimited(fen: int | None) -> int:
    return UNLIMITED if fen is None else fen


def _nth_step(beyonds: Sequence[Beyond], nth: int) -> Steps:
    lengths = []
    for beyond in beyonds:
        step, after = beyond.steps[nth], beyond.steps[nth + 1 :]
        lengths.append(after[0].above - step.above if after else UNLIMITED)
    return Steps(
        above=column([beyond.steps[nth].above for beyond in beyonds]),
        length=column(lengths),
        unit=column([beyond.steps[nth].unit for beyond in beyonds]),
        fen=column([beyond.steps[nth].fen for beyond in beyonds]),
    )


def _full_block(beyond: Beyond) -> int:
    """In whole numbers, step by step, as `Charges` does it for arrays."""
    if beyond.block is None:
        return 0
    ends = [*(step.above for step in beyond.steps[1:]), beyond.block]
    fen = sum(_begun(end - step.above, step) for step, end in zip(beyond.steps, ends, strict=True))
    return min(fen, _or_unlimited(beyond.block_cap_fen))


def _begun(amount: int, step: Step) -> int:
    return -(-amount // step.unit) * step.fen
