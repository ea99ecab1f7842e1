"""The Permit, and the one function that makes it: no dialler takes anything else."""

from datetime import datetime
from typing import Final, NoReturn, final

from core.compliance.numbers import normalise
from core.compliance.request import DialRequest
from core.compliance.verdict import judge
from core.compliance.words import what_next, why
from core.domain.errors import CallForbidden

_MINT: Final = object()


@final
class Permit:
    """Leave to dial one number once. Only `ask` makes one; it cannot be copied, and using it up uses it for good."""

    __slots__ = ("_at", "_customer_id", "_number", "_spent")

    def __init__(self, mint: object, *, customer_id: str, number: str, at: datetime) -> None:
        if mint is not _MINT:
            raise TypeError("a Permit is made by core.compliance.ask alone")
        self._customer_id, self._number, self._at, self._spent = customer_id, number, at, False

    @property
    def customer_id(self) -> str:
        return self._customer_id

    @property
    def number(self) -> str:
        """Normalised digits."""
        return self._number

    @property
    def at(self) -> datetime:
        """When it was given, aware UTC: the moment that counts in the caps."""
        return self._at

    @property
    def spent(self) -> bool:
        return self._spent

    def spend(self) -> str:
        """The number, once; raises ValueError at a second dial, which needs a Permit of its own."""
        if self._spent:
            raise ValueError("this Permit has been used")
        self._spent = True
        return self._number

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Permit cannot be copied or stored")

    def __repr__(self) -> str:
        return f"Permit(customer_id={self._customer_id!r}, spent={self._spent})"


def ask(request: DialRequest) -> Permit:
    """Leave to dial now; raises CallForbidden with the reason, the next allowed moment and what to do instead.

    Inbound calls are not asked for: the customer is calling, and they count in no cap.
    """
    barrier, next_allowed = judge(request)
    if barrier is not None:
        raise CallForbidden(
            reason=why(barrier, request),
            next_allowed=next_allowed,
            next_step=what_next(barrier, request, next_allowed),
            code=barrier.value,
        )
    return Permit(_MINT, customer_id=request.customer_id, number=normalise(request.number), at=request.now)
