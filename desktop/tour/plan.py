"""The order of the working day."""

from collections.abc import Callable

from desktop.tour import (
    steps_desk,
    steps_home,
    steps_offline,
    steps_orders,
    steps_pages,
    steps_rules,
    steps_tips,
    steps_upgrade,
    steps_vip,
)
from desktop.tour.day import Day
from desktop.tour.report import Seen

Step = Callable[[Day], Seen]

PLAN: tuple[tuple[str, Step], ...] = (
    ("sign-in", steps_desk.sign_in_window),
    ("signed-in", steps_desk.signed_in),
    ("queue", steps_desk.queue),
    ("vip-opened", steps_vip.opened),
    ("vip-in-call", steps_vip.in_call),
    ("vip-roaming-repair", steps_vip.roaming_repair),
    ("tip-written", steps_tips.written),
    ("vip-objection", steps_vip.objection),
    ("vip-script-end", steps_vip.script_end),
    ("vip-outcome", steps_vip.outcome),
    ("vip-saved", steps_vip.saved),
    ("tip-published", steps_tips.published),
    ("broadband-script", steps_home.walked),
    ("broadband-outcome", steps_home.outcome),
    ("broadband-saved", steps_home.saved),
    ("callback-time", steps_upgrade.no_time),
    ("callback-promised", steps_upgrade.callback_promised),
    ("4g-figures", steps_upgrade.figures),
    ("4g-read-back", steps_upgrade.read_back),
    ("4g-order", steps_upgrade.order),
    ("4g-outcome", steps_upgrade.ordered),
    ("4g-saved", steps_upgrade.order_saved),
    ("callback-due", steps_rules.callback_due),
    ("callback-made", steps_rules.callback_made),
    ("nobody-answers", steps_rules.nobody_answers),
    ("capped-customer", steps_rules.capped),
    ("capped-refused", steps_rules.refused),
    ("search-number", steps_rules.search_number),
    ("search-initials", steps_rules.search_initials),
    ("search-cleared", steps_rules.search_cleared),
    ("4g-order-accepted", steps_orders.accepted),
    ("desk-again", steps_orders.back_to_the_desk),
    ("server-stopped", steps_offline.server_stops),
    ("tip-found-offline", steps_tips.found_offline),
    ("tip-put-away", steps_tips.put_away),
    ("offline-first", steps_offline.first_kept),
    ("offline-second", steps_offline.second_kept),
    ("server-back", steps_offline.server_returns),
    ("correction", steps_pages.correction_open),
    ("correction-saved", steps_pages.correction_saved),
    ("today", steps_pages.figures),
    ("follow-ups", steps_pages.follow_ups),
    ("settings", steps_pages.settings),
    ("other-language", steps_pages.other_language),
    ("dark", steps_pages.dark),
    ("keys", steps_pages.keys),
    ("keys-closed", steps_pages.keys_closed),
)
