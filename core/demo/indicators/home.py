"""Broadband and home services; nothing where there is no line."""

from core.demo.indicators.facts import Facts, Values


def values(f: Facts) -> Values:
    home = f.home
    if home is None:
        return {}
    hours = f.count(20 if f.who.silent else 150)
    tv = f.yes(0.45)
    return {
        "home_speed": home.speed_mbps,
        "home_speed_reached": f.percent(72 + 24 * f.quality, 4),
        "home_speed_evening": int((home.speed_mbps or 0) * (0.45 + 0.4 * f.quality)),
        "home_days_left": (home.ends_on - f.day).days if home.ends_on else None,
        "home_balance": home.balance_fen,
        "home_fee_year": home.yearly_fee_fen,
        "home_age": f.months_since(home.installed_on),
        "home_renewals": f.months_since(home.installed_on) // 12,
        "home_online_hours": hours,
        "home_online_days": min(30, hours // 4 + 2),
        "home_download": f.count(hours * 0.9),
        "home_upload": f.count(hours * 0.1),
        "home_peak_rate": int((home.speed_mbps or 0) * (0.8 + 0.18 * f.r())),
        "home_drops": f.count(2 + 5 * (home.faults_90d or 0)),
        "home_faults_quarter": home.faults_90d,
        "home_fault_repeated": (home.faults_90d or 0) > 1,
        "home_repair_hours": round(4 + 20 * f.r(), 1) if home.faults_90d else None,
        "home_line_kind": "光纤到户" if (home.speed_mbps or 0) >= 50 else "铜缆接入",
        "home_optical_power": -round(17 + 10 * (1 - f.quality), 1) if (home.speed_mbps or 0) >= 50 else None,
        "home_ports_free": f.count(5),
        "home_building_rivals": len(home.rivals),
        "home_building_share": f.percent(72 - 18 * len(home.rivals), 10),
        "home_moving": home.moving,
        "home_demolition": home.demolition,
        "home_wifi_devices": f.count(7),
        "home_wifi_signal": -f.count_near(62),
        "home_router_age": f.count(30),
        "home_router_rented": f.yes(0.6),
        "home_installer_rating": round(5 - 1.8 * f.trouble - 0.4 * f.r(), 1),
        "home_visit_last": f.ago(300),
        "home_free_visits": min(3, f.life.tenure_months // 36),
        "iptv_active": tv,
        "iptv_hours": f.count(60) if tv else None,
        "iptv_channels": f.count(12) if tv else None,
        "iptv_on_demand": f.count(9) if tv else None,
        "home_camera": f.yes(0.12),
        "home_landline": f.yes(0.2),
        "home_game_boost": f.yes(0.06),
    }
