"""The handset and the card in it."""

from core.demo.indicators.facts import Facts, Values


def values(f: Facts) -> Values:
    held = f.life.holdings.handset
    model, supports = (held.model, bool(held.supports_4g)) if held else ("", False)
    handset_since = held.since if held else None
    dual = supports and f.yes(0.7)
    return {
        "handset_brand": model.split()[0],
        "handset_price_band": f.pick("千元以下", "1000–2000 元", "2000–3500 元", "3500 元以上"),
        "handset_age": f.months_since(handset_since),
        "handset_system": "安卓" if supports else "功能机系统",
        "handset_supports_lte": supports,
        "handset_supports_five_g": "5G" in model,
        "handset_supports_hd_voice": supports and f.yes(0.8),
        "handset_dual_sim": dual,
        "second_sim_rival": dual and f.leaning > 0.55,
        "handset_screen": round(5 + 1.9 * f.r(), 1) if supports else 2.4,
        "handset_storage": f.pick(64, 128, 256) if supports else 1,
        "handset_changes": f.count(0.9),
        "handset_bought_here": f.life.ties.subsidy is not None or f.yes(0.2),
        "handset_swap_ready": f.months_since(handset_since) > 24,
        "sim_kind": "USIM 卡" if f.life.plan.generation >= 4 else "普通 SIM 卡",
        "sim_age": min(f.life.tenure_months, f.count(30)),
        "sim_replacements": f.count(0.4),
        "tethering_share": f.percent(7, 6),
    }
