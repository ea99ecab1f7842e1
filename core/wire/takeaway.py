"""Items of the push that concern the review: what was taken away, and what a group of problems is called."""

from uuid import UUID

from msgspec import Struct

from core.domain.takeaway import CauseName, TakenAway


class Exported(Struct, frozen=True, kw_only=True, tag_field="kind", tag="export"):
    export: TakenAway

    @property
    def id(self) -> UUID:
        return self.export.id


class CauseNamed(Struct, frozen=True, kw_only=True, tag_field="kind", tag="cause_name"):
    cause_name: CauseName

    @property
    def id(self) -> UUID:
        return self.cause_name.id


ReviewItem = Exported | CauseNamed
