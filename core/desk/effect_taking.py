"""Taking a campaign's effect away as a workbook: with the right to, and on record."""

from pathlib import Path

from core.desk.desk import Desk
from core.desk.taking_away import take_away
from core.domain.clock import CHINA, local_day
from core.domain.takeaway import TakenAs
from core.domain.text import Lang
from core.wire.campaign_effect import CampaignEffect


def file_name(desk: Desk, effect: CampaignEffect) -> str:
    """`c-20261123-0930-20261207-1015.xlsx`: the campaign and when its effect was taken."""
    return f"{effect.campaign_id}-{desk.moment().wall.astimezone(CHINA):%Y%m%d-%H%M}.xlsx"


def take_effect(desk: Desk, effect: CampaignEffect, path: Path, lang: Lang) -> int:
    """The workbook at `path`; gives its rows. Raises InputError without the right, or where it cannot be written."""
    from core.review.taking.book import TakenBy
    from core.review.taking.effect_book import effect_book
    from core.review.taking.workbook import write_workbook

    now, today = desk.moment().wall, local_day(desk.moment().wall)
    sheets = effect_book(effect, by=TakenBy(name=f"{desk.agent.name} {desk.agent.staff_number}", at=now), lang=lang)
    return take_away(
        desk, lambda beside: write_workbook(beside, sheets, lang=lang), path, form=TakenAs.XLSX,
        what=f"effect {effect.campaign_id}"[:60], first=today, last=today, teams=(),
    )  # fmt: skip
