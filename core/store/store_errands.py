"""What departments were asked, standing commitments, and what calls brought later, as the store has them."""

from typing import TYPE_CHECKING

from core.store.store_connections import StoreConnections

if TYPE_CHECKING:
    from datetime import datetime

    from core.domain.commitment import CommitmentTold
    from core.domain.department import Department
    from core.domain.errand import ErrandTold
    from core.domain.later_event import BoundEvent
    from core.domain.outcome import Outcome
    from core.domain.store import StoreTime
    from core.domain.trial_told import TrialTold
    from core.store.errands import Unsent


class StoreErrands(StoreConnections):
    """The errands' side of `Store`."""

    def errands(self) -> "list[ErrandTold]":
        """As the server last told of them, those changed last first."""
        from core.store import errands

        with self._reading() as connection:
            return errands.errands(connection)

    def commitments(self) -> "list[CommitmentTold]":
        """As the server last told of them."""
        from core.store import errands

        with self._reading() as connection:
            return errands.commitments(connection)

    def later_events(self) -> "list[BoundEvent]":
        """What this desk's calls brought days later, the newest first."""
        from core.store import errands

        with self._reading() as connection:
            return errands.later_events(connection)

    def departments(self) -> "list[Department]":
        from core.store import errands

        with self._reading() as connection:
            return errands.departments(connection)

    def unsent_errands(self) -> "Unsent":
        """What was said here of errands and commitments and waits to be uploaded."""
        from core.store import errands

        with self._reading() as connection:
            return errands.unsent(connection)

    def trials(self) -> "list[TrialTold]":
        """What was given for a time and this desk looks after, as the server told it."""
        from core.store import errands

        with self._reading() as connection:
            return errands.trials(connection)

    def store_times(self) -> "list[StoreTime]":
        """Times at stores that are booked, the soonest first."""
        from core.store import errands

        with self._reading() as connection:
            return errands.store_times(connection)

    def sold_with_an_end(self, since: "datetime") -> "list[Outcome]":
        """Outcomes saved here since then that brought the customer an offer with a last day."""
        from core.store import errands

        with self._reading() as connection:
            return errands.sold_with_an_end(connection, since)
