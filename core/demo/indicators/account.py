"""Account, payments and credit."""

from core.demo.indicators.facts import Facts, Values
from core.demo.profile import Segment


def values(f: Facts) -> Values:
    money, paid = f.life.account, f.life.account.payments
    late = f.count(4) if f.who.careless > 0.95 else 0
    return {
        "balance": max(money.balance_fen, 0),
        "arrears": max(-money.balance_fen, 0),
        "balance_days": max(money.balance_fen, 0) * 30 // max(f.life.mean_half_year_fen, 1),
        "payments_quarter": sum(p.at > f.quarter_ago for p in paid),
        "payments_year": sum(p.at > f.year_ago for p in paid),
        "payment_typical": sorted(p.fen for p in paid)[len(paid) // 2] if paid else None,
        "payment_largest": max((p.fen for p in paid), default=None),
        "payment_last": f.iso(paid[-1].at) if paid else None,
        "payment_last_amount": paid[-1].fen if paid else None,
        "payment_channel": paid[-1].channel.zh if paid else None,
        "payment_late_year": late,
        "payment_late_longest": late * 9 + f.count(3) if late else 0,
        "suspensions_year": late // 2,
        "auto_pay": bool(paid) and paid[-1].channel.en == "Direct debit",
        "bill_paperless": f.digital > 0.4,
        "invoice_kind": "电子发票" if f.digital > 0.4 else "纸质发票",
        "bill_views_month": f.count(2 * f.digital),
        "bill_disputes_year": f.tickets_about("账单", "流量费"),
        "credit_score": f.life.credit,
        "credit_limit": f.life.credit // 10 * 2_000,
        "adjustments_year": f.item_sum("adjustment", 12),
        "discounts_year": -f.item_sum("discount", 12),
        "minimum_spend": f.life.ties.subsidy.minimum_spend_fen if f.life.ties.subsidy else None,
        "payer_is_other": f.yes(0.3 if f.who.segment in (Segment.SENIOR, Segment.STUDENT) else 0.06),
    }
