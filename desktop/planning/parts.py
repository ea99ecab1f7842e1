"""What the parts of the planner's page are made of."""

from collections.abc import Callable

from msgspec import Struct

from core.desk.desk import Desk
from core.domain.text import Text
from core.sync.ask import Ask
from desktop.lane import Lane
from desktop.tongue import Tongue


class Context(Struct, frozen=True, eq=False):
    desk: Desk
    ask: Ask
    tongue: Tongue
    store_lane: Lane
    network_lane: Lane
    """for files, the server, and what takes seconds"""
    scenario_name: Callable[[str], Text]
    show_error: Callable[[Exception], None]
