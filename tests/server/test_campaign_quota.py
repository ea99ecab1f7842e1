"""How many are drawn so that a quota is reached, and no more."""

import pytest
from effect_kit import terms

from core.domain.campaign import Arm
from core.domain.drawing import draw
from core.server.campaigns.quota import to_draw


@pytest.mark.parametrize("percent", [0.0, 10.0, 20.0, 33.3, 50.0, 99.0])
def test_a_quota_is_reached_to_the_last_place_however_chance_rounds(percent: float) -> None:
    # TASK-07: ten places at a fifth held out were nine, and three held out
    for seed in range(40):
        campaign = terms(quota=10, control_percent=percent, seed=str(seed))
        number = to_draw(campaign, 0, 5_000, batch="later")
        strata = {f"C{at}": str(at % 3) for at in range(number)}
        arms = draw(campaign.seed, strata, percent, batch="later")
        assert list(arms.values()).count(Arm.TREATED) == 10
        assert to_draw(campaign, 10, 100, batch="later") == 0
        assert to_draw(campaign, 0, 7, batch="later") == 7
