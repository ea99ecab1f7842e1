"""Calling habits: circle, lengths, rivals."""

from core.demo.indicators.facts import Facts, Values
from core.demo.profile import Segment


def values(f: Facts) -> Values:
    calls = max(f.minutes // 2, 0)
    off_net = 100 * f.off_net // f.minutes if f.minutes else 0
    return {
        "call_circle_size": f.count(8 + 40 * f.talk),
        "call_circle_close": f.count(2 + 6 * f.talk),
        "calls_out": calls,
        "calls_in": f.count(calls * 0.9),
        "calls_out_share": f.percent(52, 16),
        "calls_missed": f.count(calls * 0.14),
        "call_length_avg": 60 * f.minutes // max(calls, 1),
        "calls_short": f.count(calls * 0.12),
        "calls_long": f.count(calls * 0.05),
        "calls_on_net_share": 100 - off_net,
        "calls_rival_share": off_net,
        "calls_fixed_share": f.percent(8, 7),
        "calls_long_distance": f.count(f.minutes * 0.18),
        "calls_international": f.count(6) if f.who.traveller else 0,
        "calls_rival_hotline": f.count(2) if f.leaning > 0.6 else 0,
        "calls_official_hotline": f.count(0.6 + 2.4 * f.trouble),
        "rival_contacts_new": f.count(4 * f.leaning),
        "calls_workday_share": f.percent(72, 12),
        "calls_volte_share": f.percent(78, 18) if f.life.plan.generation >= 4 else 0,
        "calls_video": f.count(12 * f.digital),
        "calls_conference": f.count(2) if f.who.segment is Segment.BUSINESS else 0,
        "calls_forwarded": f.count(4) if f.has_service("call-forward") else 0,
        "calls_dropped": f.count(calls * 0.03 * (1.4 - f.quality)),
        "calls_per_day": round(calls / 30, 1),
        "calls_silent_days": sum(not day.voice_min for day in f.days[-30:]),
        "calls_partner_change": f.percent(18 + 30 * f.leaning, 10),
        "sms_service_share": f.percent(74, 14),
        "sms_marketing_received": f.count(5),
        "voice_pack_left": max(f.life.plan.voice_min - f.minutes, 0),
    }
