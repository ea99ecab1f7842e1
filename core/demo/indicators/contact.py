"""Campaign contacts and warnings."""

from core.demo.indicators.facts import Facts, Values
from core.demo.results import SCENARIO_LABELS
from core.domain.outcome import Contact, Intent


def values(f: Facts) -> Values:
    answered = sum(call.answered for call in f.calls)
    owner = sum(call.contact is Contact.OWNER for call in f.calls)
    talk = sum(call.talk_s for call in f.calls)
    return {
        "dials_month": len(f.care.dials),
        "dials_quarter": len(f.calls),
        "dials_answered_share": 100 * answered // len(f.calls) if f.calls else None,
        "dials_owner_share": 100 * owner // len(f.calls) if f.calls else None,
        "dial_last": f.iso(f.calls[-1].at) if f.calls else None,
        "dial_last_result": f.calls[-1].ending.label.zh if f.calls else None,
        "dial_last_campaign": SCENARIO_LABELS[f.calls[-1].scenario].zh if f.calls else None,
        "dial_talk_avg": talk // answered if answered else None,
        "offers_accepted_quarter": sum(c.success for c in f.calls),
        "offers_refused_quarter": sum(c.ending.intent is Intent.REFUSES for c in f.calls),
        "hesitations_quarter": sum(c.ending.intent is Intent.HESITANT for c in f.calls),
        "callbacks_open": sum(c.callback_open for c in f.calls),
        "contact_refused": f.care.opted_out,
        "contact_best_daypart": f.best_daypart(),
        "campaign_sms_quarter": f.count(6),
        "campaign_sms_clicked": f.count(2 * f.digital),
        "push_opened_share": f.percent(40 * f.digital, 6),
        "gifts_year": f.count(0.8),
        "coupons_used_year": f.count(2 * f.digital),
        "birthday_greeted": f.yes(0.7),
        "warnings_total": len(f.care.warnings),
        "warning_last": f.iso(f.care.warnings[0].at) if f.care.warnings else None,
        "warning_last_label": f.care.warnings[0].label.zh if f.care.warnings else None,
        "marketing_consent": f.sold_to,
        "referrals_year": f.count(0.4),
    }
