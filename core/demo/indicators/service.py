"""Service contacts: tickets, hotline, store, self-service."""

from core.demo.indicators.facts import Facts, Values


def values(f: Facts) -> Values:
    return {
        "tickets_year": len(f.tickets),
        "complaints_year": sum(t.complaint for t in f.tickets),
        "complaints_open": f.open_complaints,
        "complaints_repeat": sum(t.complaint for t in f.tickets) > 1,
        "complaints_network_year": f.tickets_about("信号", "掉线", "网速", "出境"),
        "complaints_service_year": f.tickets_about("排队", "上门", "骚扰"),
        "complaints_value_added_year": f.tickets_about("增值"),
        "enquiries_year": sum(t.kind.en == "Enquiry" for t in f.tickets),
        "wishes_year": sum(t.kind.en == "Wish" for t in f.tickets),
        "ticket_last": f.iso(f.tickets[0].opened_at) if f.tickets else None,
        "ticket_last_topic": f.tickets[0].topic.zh if f.tickets else None,
        "tickets_hours_to_close": f.hours_to_close(),
        "tickets_satisfied_share": f.satisfied_share(),
        "satisfaction_last": max(1, min(10, round(9.4 - 4 * f.trouble - 1.5 * f.r()))),
        "recommend_score": max(0, min(10, round(9 - 5 * f.leaning - f.r()))),
        "hotline_calls_quarter": f.count(1 + 4 * f.trouble),
        "hotline_wait_avg": f.count(38),
        "hotline_self_service_share": f.percent(46, 20),
        "hotline_abandoned": f.count(0.5),
        "store_visits_year": f.count(3 - 2 * f.digital),
        "store_visit_last": f.ago(360),
        "app_logins_month": f.count(9 * f.digital),
        "app_login_last": f.ago(20) if f.digital > 0.3 else None,
        "app_services_used": f.count(7 * f.digital),
        "web_hall_logins": f.count(2 * f.digital),
        "self_service_share": f.percent(80 * f.digital, 8),
        "online_orders_failed": f.count(0.3 + f.trouble),
        "escalations_year": sum(t.satisfied is False for t in f.tickets),
        "compensation_year": 1_000 * sum(t.satisfied is False for t in f.tickets),
        "repair_case_open": bool(f.care.cases),
        "special_need": bool(f.who.need),
        "surveys_answered_year": f.count(0.6),
    }
