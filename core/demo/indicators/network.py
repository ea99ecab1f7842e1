"""What the network gives where the customer is."""

from core.demo.cast import Repair
from core.demo.indicators.facts import Facts, Values


def values(f: Facts) -> Values:
    downlink = (4 + 30 * f.quality) * (f.life.plan.generation - 1) / 2
    return {
        "signal_home": -f.count_near(112 - 30 * f.quality),
        "signal_work": -f.count_near(108 - 26 * f.quality),
        "signal_weak_share": f.percent(26 * (1 - f.quality), 4),
        "residency_lte": f.percent(58 + 36 * f.quality, 6) if f.life.plan.generation >= 4 else f.percent(12, 8),
        "residency_old": f.percent(6, 4) if f.life.plan.generation >= 4 else f.percent(84, 10),
        "voice_fallback_share": f.percent(20 * (1.2 - f.quality), 6),
        "call_setup_rate": round(96 + 3.9 * f.quality, 1),
        "call_setup_time": round(5.5 - 3.2 * f.quality, 1),
        "call_drop_rate": round(1.8 * (1.05 - f.quality), 2),
        "data_session_rate": round(94 + 5.6 * f.quality, 1),
        "downlink_avg": round(downlink, 1),
        "downlink_busy": round(downlink * 0.55, 1),
        "uplink_avg": round(downlink * 0.22, 1),
        "latency_avg": f.count_near(120 - 80 * f.quality),
        "packet_loss": round(1.2 * (1.1 - f.quality), 2),
        "video_stall_rate": round(6 * (1.1 - f.quality), 1),
        "page_open_time": round(4 - 2.9 * f.quality, 1),
        "voice_quality_score": round(2.8 + 1.5 * f.quality, 1),
        "cells_visited": f.count(18),
        "home_cell_load": f.percent(78 - 30 * f.quality, 10),
        "handover_rate": round(95 + 4.5 * f.quality, 1),
        "paging_rate": round(93 + 6 * f.quality, 1),
        "sms_delivery_rate": round(97 + 2.8 * f.quality, 1),
        "wifi_offload_share": f.percent(62 if f.home else 28, 16),
        "outage_minutes": f.count(30 * (1 - f.quality)),
        "speed_capped_days": f.count(3) if f.life.months_over_data > 4 else 0,
        "coverage_indoor": f.quality > 0.35,
        "coverage_five_g": f.yes(0.62),
        "site_planned": f.yes(0.14),
        "cutover_planned": f.yes(0.05),
        "complaints_nearby": f.count(9 * (1.1 - f.quality)),
        "roaming_attach_rate": (round(62 + 20 * f.quality, 1) if f.who.repair is Repair.ROAMING else 98.6)
        if f.who.traveller
        else None,
    }
