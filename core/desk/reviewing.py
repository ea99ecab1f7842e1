"""Reviewing what came of calls on this machine: the frame from the store's packs, a look at it, the calls behind.

Works without a network. Everything here reads the store and reckons: for a worker.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.desk.desk import Desk
from core.desk.offer_names import offer_names
from core.domain.errors import Refused
from core.domain.reviewed import CallDetail
from core.domain.script import Script
from core.domain.text import Text
from core.review.behind import Behind, Question, behind, newest
from core.review.choice import Choice, words_present
from core.review.compare import Row, rows
from core.review.frame import Frame, PackId
from core.review.measures import Change, Measure, figure
from core.review.packs import LoadedPack, details, load
from core.review.pay.asked import PlaceAsked, PointsAsked
from core.review.pictures import (
    Funnel,
    HourCell,
    OfferBar,
    ReasonBar,
    TrendPoint,
    funnel,
    hours,
    offers,
    reasons,
    trend,
)
from core.review.roles import role_of
from core.review.taking.labels import Labels, labels_of
from core.review.tally import Counter
from core.wire.review import DETAILS, FIGURES, PackList

Asked = Question | PointsAsked | PlaceAsked
"""what somebody pressed on"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The frame with what is needed to look at it."""

    counter: Counter
    as_of: datetime
    """by the server's clock: when the packs were last known to be all"""
    roles: dict[str, str]
    present: dict[str, tuple[str, ...]]
    """by dimension the words that calls have, in the order of their code"""

    @property
    def frame(self) -> Frame:
        return self.counter.frame


@dataclass(frozen=True, slots=True)
class Look:
    """All that the page shows of one choice."""

    choice: Choice
    changes: dict[Measure, Change]
    rows: tuple[Row, ...]
    dimension: str
    funnel: Funnel
    reasons: tuple[ReasonBar, ...]
    hours: tuple[HourCell, ...]
    trend: dict[str, tuple[TrendPoint, ...]]
    save_days: int
    offers: tuple[OfferBar, ...]
    calls: int
    role: str
    """the one that was chosen, whose own measures come first; empty: several"""
    before: int
    """records in the period before: none, and nothing can be compared"""


@dataclass(frozen=True, slots=True)
class ListedCall:
    """A call behind a figure."""

    row: int
    detail: CallDetail


class Cancelled(Exception):
    """Whoever asked has gone on to something else."""


class Reviewer:
    """Of one desk. `load` is called again when packs are new."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._listed: PackList | None = None

    def load(
        self, *, wanted: Callable[[], bool] = lambda: True, told: Callable[[int, int], None] = lambda done, of: None
    ) -> Loaded | None:
        """None before anything was pulled. Raises StoreError, PackUnreadable, and Cancelled once it is not `wanted`.

        `told` hears how many of the packs are read; what it raises ends the reading."""
        listed = self._listed = self._desk.store.review.listed()
        if listed is None:
            return None
        loaded = []
        for at, pack in enumerate(listed.packs):
            told(at, len(listed.packs))
            if not wanted():
                raise Cancelled
            digests = {part.name: part.digest for part in pack.parts if part.name in FIGURES}
            bodies = self._desk.store.review.bodies(tuple(digests.values()))
            parts = {name: bodies[digest] for name, digest in digests.items() if digest in bodies}
            loaded.append(LoadedPack(PackId(pack.team, pack.period), pack.made_at.timestamp(), parts))
        told(len(listed.packs), len(listed.packs))
        frame = load(
            loaded,
            now=listed.server_time.timestamp(),
            names=listed.names,
            on_net_day=listed.on_net_day,
            roles=listed.roles,
        )
        return Loaded(Counter(frame), listed.server_time, dict(listed.roles), words_present(frame))

    def details(self, frame: Frame, found: Sequence[int]) -> list[ListedCall]:
        """What is known of these rows of the calls, in their order; those whose pack was replaced meanwhile are left
        out: the page is reading the new ones by then."""
        packs = {(pack.team, pack.period): pack for pack in (self._listed.packs if self._listed else ())}
        by_pack: dict[int, list[int]] = {}
        for row in found:
            by_pack.setdefault(int(frame.calls["pack"][row]), []).append(row)
        opened: dict[int, CallDetail] = {}
        for at, mine in by_pack.items():
            pack = packs.get((frame.packs[at].team, frame.packs[at].period))
            digest = next((part.digest for part in pack.parts if part.name == DETAILS), "") if pack else ""
            body = self._desk.store.review.bodies([digest]).get(digest) if digest else None
            if body is not None:
                places = [int(frame.calls["row"][row]) for row in mine]
                opened |= dict(zip(mine, details(body, places), strict=True))
        return [ListedCall(row, opened[row]) for row in found if row in opened]

    def labels(self) -> Labels:
        """Words of scenarios, results and reasons, as the content on this machine has them."""
        store, desk = self._desk.store, self._desk
        titles = {name: desk.script(name).title for name in store.content_names("script")}
        return labels_of(titles, [desk.dispositions(name) for name in store.content_names("dispositions")])

    def offer_names(self) -> dict[str, Text]:
        """By id the offers that are sold now; of those that are not any more the id has to do."""
        return offer_names(self._desk)

    def script(self, scenario: str, version: int) -> Script | None:
        """The script that a call went by; None where it is not on this machine."""
        try:
            return self._desk.script(scenario, version)
        except Refused:
            return None


def look(loaded: Loaded, choice: Choice, dimension: str, save_days: int) -> Look:
    """Every figure and picture of a choice."""
    counter = loaded.counter
    now, before = counter.total(choice), counter.total(choice.before())
    groups = rows(counter, choice, dimension)
    agents = groups if dimension == "agent" else rows(counter, choice, "agent", ())
    return Look(
        choice=choice,
        changes={one: Change(figure(one, now), figure(one, before)) for one in Measure},
        rows=groups,
        dimension=dimension,
        funnel=funnel(counter, choice),
        reasons=reasons(counter, choice),
        hours=hours(counter, choice),
        trend=trend(counter, choice, save_days),
        save_days=save_days,
        offers=offers(counter, choice),
        calls=now.of("calls"),
        role=role_of(choice, [one.word for one in agents], loaded.roles),
        before=before.of("calls"),
    )


def calls_behind(loaded: Loaded, question: Asked) -> Behind:
    if isinstance(question, Question):
        return behind(loaded.frame, question)
    return newest(loaded.frame, question.rows(loaded.frame))
