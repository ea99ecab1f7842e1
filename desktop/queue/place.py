"""Where in the queue a customer is left: the next one depends on it."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from core.store.types import QueueQuery


class Place(Struct, frozen=True, kw_only=True):
    query: QueueQuery
    """the queue that the next customer is taken from"""
    leaving: str = ""
    following: Sequence[str] = ()
    """the tasks below, as the list shows them"""
    due: str = ""
    """the callback on top of the list that has fallen due: it comes before those below"""

    def still_leads_to(self, upcoming: str, before: "Place") -> bool:
        """Whether who was found to come next from `before` still does, though others may have come in between."""
        same_queue = self.query == replace(before.query, now=self.query.now)
        if not same_queue or (self.leaving, self.due) != (before.leaving, before.due):
            return False
        return upcoming in self.following or self.following == before.following or not self.following
