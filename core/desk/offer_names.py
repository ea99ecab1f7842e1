"""What offers are called, as they were published."""

from core.content.decode_offers import decode_offer, is_known_offer
from core.desk.desk import Desk
from core.domain.offer_content import OFFER
from core.domain.text import Text


def offer_names(desk: Desk) -> dict[str, Text]:
    """By id the offers that are sold now; of those that are not any more the id has to do."""
    store = desk.store
    bodies = {name: store.content(OFFER, name) for name in store.content_names(OFFER)}
    return {name: decode_offer(body).name for name, body in bodies.items() if body and is_known_offer(body)}
