"""What calls by a model are expected to bring, for costs that whoever asks has stated. Integer fen."""

import numpy as np

from core.domain.call_costs import Costs
from core.screening.model.figures import Measure
from core.screening.model.reading import Flags, Floats

PER = 1_000
"""customers that a profit is told for"""


def profit(left: Flags, chances: Floats, costs: Costs) -> Measure:
    """Fen for each 1,000 customers where those are called whose chance says that it pays.

    Who is called follows from the told chance, what it brings from who left: a wrong chance costs money here too."""
    called = chances >= costs.worth_calling_from
    gain = np.where(called, left * costs.saved * costs.worth_fen - costs.call_fen, 0.0)

    def measure(weights: Floats) -> float:
        return float(PER * np.dot(weights, gain) / weights.sum())

    return measure
