"""Who the customer is and lives with."""

from core.demo.indicators.facts import Facts, Values
from core.demo.indicators.words import OCCUPATIONS, SEGMENT_NAMES
from core.demo.profile import Segment


def values(f: Facts) -> Values:
    ties = f.life.ties.services.ties
    age = (f.day - f.who.birthday).days // 365
    return {
        "age": age,
        "age_band": "60 岁以上" if age >= 60 else "45–59 岁" if age >= 45 else "30–44 岁" if age >= 30 else "18–29 岁",
        "segment": SEGMENT_NAMES[f.who.segment],
        "birthday_this_month": f.who.birthday.month == f.day.month,
        "occupation": f.pick(*OCCUPATIONS[f.who.segment]),
        "local_resident": f.who.segment is not Segment.MIGRANT,
        "household_lines": 1 + len(ties),
        "household_size": 1 + len(ties) + (f.r() < 0.5),
        "household_children": f.who.segment is Segment.FAMILY and f.yes(0.6),
        "household_seniors": f.yes(0.2),
        "household_spend": f.spend + len(ties) * 5_200,
        "family_group": any(t.kind.en == "Family group" for t in ties),
        "company_vpn": any(t.kind.en == "Company VPN" for t in ties),
        "second_sims": sum(t.kind.en == "Second SIM" for t in ties),
        "acquisition_channel": f.pick("营业厅", "代理商", "网厅", "校园渠道", "上门推广"),
        "on_net_since": f.who.on_net_since.isoformat(),
        "number_second": len(f.who.numbers) > 1,
        "app_account_bound": f.digital > 0.35,
        "real_name_checked": f.yes(0.96),
    }
