"""Tables of the server. `tenant_id` leads every primary key and unique index."""

from core.server.db.schema.attendance import agent_presence, agent_state, agent_target, task_recall
from core.server.db.schema.authority import authority_deputy, authority_request
from core.server.db.schema.base import metadata
from core.server.db.schema.campaigns import (
    campaign,
    campaign_list,
    campaign_list_entry,
    campaign_member,
    campaign_reason,
)
from core.server.db.schema.cards import reinstall_card
from core.server.db.schema.cases import (
    case_event,
    case_hold,
    hotline_ticket,
    promise,
    promise_event,
    repair_case,
    repair_revisit,
)
from core.server.db.schema.content import content_version, publication, publication_piece, tip
from core.server.db.schema.customers import (
    access_grant,
    contact_number,
    customer,
    customer_section,
    indicator_catalogue,
    opt_out,
)
from core.server.db.schema.departments import agreed_date, commitment, errand, later_event
from core.server.db.schema.incoming import incoming_event
from core.server.db.schema.jobs import job_run
from core.server.db.schema.orders import branch_request, placed_order
from core.server.db.schema.outreach import outgoing_contact
from core.server.db.schema.packages import package_snapshot
from core.server.db.schema.past import past_customer, written_file
from core.server.db.schema.people import (
    app_user,
    organisation_link,
    refresh_token,
    session,
    setting,
    sign_in_failure,
    team,
    user_skill,
)
from core.server.db.schema.quality import coaching_note, quality_call, quality_score, save_check
from core.server.db.schema.records import (
    audit,
    audit_head,
    audit_seal,
    conflict,
    dial,
    follow_up,
    import_run,
    item,
    outcome,
    reveal,
    skip,
)
from core.server.db.schema.review import departure, review_call, review_pack, review_part, review_touch
from core.server.db.schema.rules import rule_use, rule_version
from core.server.db.schema.sync import content, counter, feed
from core.server.db.schema.work import lease, task

__all__ = [
    "access_grant",
    "agent_presence",
    "agent_state",
    "agent_target",
    "agreed_date",
    "app_user",
    "audit",
    "audit_head",
    "audit_seal",
    "authority_deputy",
    "authority_request",
    "branch_request",
    "campaign",
    "campaign_list",
    "campaign_list_entry",
    "campaign_member",
    "campaign_reason",
    "case_event",
    "case_hold",
    "coaching_note",
    "commitment",
    "conflict",
    "contact_number",
    "content",
    "content_version",
    "counter",
    "customer",
    "customer_section",
    "departure",
    "dial",
    "errand",
    "feed",
    "follow_up",
    "hotline_ticket",
    "import_run",
    "incoming_event",
    "indicator_catalogue",
    "item",
    "job_run",
    "later_event",
    "lease",
    "metadata",
    "opt_out",
    "organisation_link",
    "outcome",
    "outgoing_contact",
    "package_snapshot",
    "past_customer",
    "placed_order",
    "promise",
    "promise_event",
    "publication",
    "publication_piece",
    "quality_call",
    "quality_score",
    "refresh_token",
    "reinstall_card",
    "repair_case",
    "repair_revisit",
    "reveal",
    "review_call",
    "review_pack",
    "review_part",
    "review_touch",
    "rule_use",
    "rule_version",
    "save_check",
    "session",
    "setting",
    "sign_in_failure",
    "skip",
    "task",
    "task_recall",
    "team",
    "tip",
    "user_skill",
    "written_file",
]
