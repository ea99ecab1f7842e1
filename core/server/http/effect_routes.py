"""What campaigns changed, for planners."""

from typing import Annotated

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from core.domain.errors import InputError
from core.domain.people import Right
from core.server.http.guards import asked_by
from core.server.http.services import Services
from core.wire.campaign_effect import EFFECT_DAY, CampaignEffect


def effect_routes(services: Services) -> list[HTTPRouteHandler]:
    @get("/v1/campaigns/{campaign_id:str}/effect", operation_id="campaignEffect", **asked_by(services, Right.PLAN))
    def effect(
        campaign_id: Annotated[str, Parameter(max_length=80)],
        days: Annotated[int, Parameter(ge=1, le=730)] = EFFECT_DAY,
    ) -> CampaignEffect:
        """What became of those drawn to be called, beside those held out, so many days after the draw.

        A campaign without a sound control group has no effect, whatever is asked."""
        # The figures' engine is imported when somebody first asks: a start does without it.
        from core.server.effect.making import campaign_effect

        with services.database.read() as unit:
            try:
                return campaign_effect(unit, campaign_id, days=days)
            except InputError as error:
                raise NotFoundException from error

    return [effect]
