"""The site's periods as they are published; what came with the program where nothing is."""

from core.domain import decoding
from core.domain.data_periods import DATA_PERIODS, DataPeriods
from core.server.db import published
from core.server.db.engine import Unit


def periods(unit: Unit) -> DataPeriods:
    """Raises ContentError where the shipped file is wrong."""
    found = published.body(unit, DATA_PERIODS, DATA_PERIODS)
    if found is not None:
        return decoding.decode(found, DataPeriods)
    # Its room reads YAML, which a server need not know to listen.
    from core.content.data_periods import PERIODS_FILE, load_data_periods
    from core.content.resources import folder

    return load_data_periods(folder() / PERIODS_FILE)
