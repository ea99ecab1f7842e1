"""What came back of a campaign or a list: what agents found of its customers, and how its texts, automated calls and
visits ended."""

from typing import TYPE_CHECKING

from core.domain.outreach import CONTACT_WORDS
from core.server.campaigns.words import ROUTE_NAMES
from core.server.commands.say import say
from core.server.db import outreach
from core.server.list_quality.figures import of_lists
from core.server.list_quality.holding import held

if TYPE_CHECKING:
    from core.domain.list_quality import Quality
    from core.server.db.engine import Unit


def tell_findings(unit: "Unit", list_id: str) -> None:
    """Nothing where nothing has come back."""
    quality = of_lists(unit, [list_id]).get(list_id)
    if quality is not None:
        say(f"    {said(quality)}")
    if list_id in held(unit):
        say(
            f"    ！错号错人太多，暂缓派出；确认：lists confirm {list_id}。"
            f" / ! Held for too much that was wrong; to go on: lists confirm {list_id}."
        )
    for (_, route, state), number in sorted(outreach.counts(unit, list_id).items()):
        way, words = ROUTE_NAMES[route], CONTACT_WORDS[state]
        say(f"        → {way.zh} {words.zh} / {way.en} {words.en}\t{number}")


def said(quality: "Quality") -> str:
    """Its share of wrong ones, with the bounds of its 95 % interval."""
    share = quality.share or 0.0
    bounds = "" if quality.low is None or quality.high is None else f" ({quality.low:.0%}–{quality.high:.0%})"
    return f"查过 called {quality.called}\t错号错人 wrong {quality.wrong}, {share:.0%}{bounds}"
