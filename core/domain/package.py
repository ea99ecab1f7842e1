"""Responsibility packages (责任包): what a team answers for over a year, how it stands, and what it earns (KPI-04, 05).

Shares are whole permyriads (10,000 = all of it), money integer fen: two machines come to the same result.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from msgspec import Struct

from core.domain.customer import Value
from core.domain.text import Text

PACKAGE: Final = "package"
"""kind of content: a Package each"""
PACKAGE_STANDING: Final = "package_standing"
"""kind of what the server tells a lead: a PackageStanding for each package and team, named `package/team`"""
WHOLE: Final = 10_000
"""permyriads in all of it"""


class PackageMeasure(StrEnum):
    RETENTION = "retention"
    """snapshot customers still on net ÷ snapshot customers (拍照用户保有率, KPI-03)"""
    REVENUE = "revenue"
    """what the snapshot customers pay a month now ÷ what they paid a month before the snapshot"""


class Level(StrEnum):
    """Target levels; BELOW is under the least of them."""

    BELOW = "below"
    R0 = "r0"
    R1 = "r1"
    R2 = "r2"


LEVEL_NAMES: dict[Level, Text] = {
    Level.BELOW: Text("未达 R0", "Below R0"),
    Level.R0: Text("R0", "R0"),
    Level.R1: Text("R1", "R1"),
    Level.R2: Text("R2", "R2"),
}


class Levels(Struct, frozen=True, kw_only=True):
    """One figure for each level, rising."""

    r0: int
    r1: int
    r2: int


class PackageIndicator(Struct, frozen=True, kw_only=True):
    code: str
    measure: PackageMeasure
    label: Text
    weight: int
    """per cent; those of a package make 100"""
    levels: Levels
    """permyriads"""


class PackageUnit(Struct, frozen=True, kw_only=True):
    """A team's part of the snapshot."""

    team: str
    areas: tuple[str, ...] = ()
    """empty: all that no unit before it takes"""
    managers: tuple[str, ...] = ()
    """staff numbers whose own customers these are; before the areas"""


class Principle(StrEnum):
    """KPI-05."""

    GUARANTEED = "guaranteed"
    """基数保底: paid for carrying the base, whatever comes of it"""
    SUBSCRIBED = "subscribed"
    """认购包干: a sum for a level that the team subscribed to; below it only its part"""
    PIECE = "piece"
    """计件抢盘: so much for each success beyond a number"""
    INCREMENT = "increment"
    """增量分成: a share of what the base pays more than before"""


class PayRule(Struct, frozen=True, kw_only=True):
    """One principle as it pays a team for the whole period; what is not its own stays 0."""

    principle: Principle
    label: Text
    fen: int = 0
    """guaranteed and subscribed: the sum; piece: for each"""
    level: Level = Level.R1
    """subscribed: to which level"""
    scenario: str = ""
    """piece: of which calls; empty: of all"""
    beyond: int = 0
    """piece: how many are paid for already"""
    share: int = 0
    """increment: permyriads"""
    most_fen: int | None = None
    """piece and increment: never more"""


class Package(Struct, frozen=True, kw_only=True):
    """Content: one file each."""

    id: str
    version: int
    title: Text
    begins: date
    ends: date
    """the last day"""
    values: tuple[Value, ...] = ()
    """of the snapshot's customers; empty: all"""
    units: tuple[PackageUnit, ...]
    indicators: tuple[PackageIndicator, ...]
    scores: Levels
    """points for reaching each level; between two the part, below R0 in proportion"""
    pay: tuple[PayRule, ...] = ()


class MonthRevenue(Struct, frozen=True, kw_only=True):
    """What the snapshot customers of a team were billed in a month."""

    month: str
    """2026-10"""
    fen: int


class OwnerStanding(Struct, frozen=True, kw_only=True):
    """The part of one named owner (ROLE-04, KPI-06)."""

    staff_number: str
    """empty: nobody's own"""
    customers: int
    on_net: int
    base_fen: int
    fen: int
    """in the newest complete month"""
    high_fen: int = 0
    """of `fen`, from customers of high and middle value"""
    migrations: int = 0
    """plans that its customers ordered in the package's period (KPI-06)"""


class PackageStanding(Struct, frozen=True, kw_only=True):
    """How a team's part of a package stands: sums alone, of no customer by name."""

    package: str
    team: str
    taken_on: date
    """when the snapshot was taken; it never changes"""
    as_of: date
    """all of this is known until that day"""
    left_known: bool = True
    """False: nobody has said yet who left the net"""
    customers: int
    left: int
    left_lately: int
    """of these in the last `lately_days`"""
    lately_days: int
    base_fen: int
    """what they paid a month before"""
    months: tuple[MonthRevenue, ...] = ()
    """complete months of the period, oldest first"""
    owners: tuple[OwnerStanding, ...] = ()
