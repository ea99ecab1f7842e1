"""Every kind of content that a folder of it is published as."""

from typing import Final

from core.domain.calendar import CALENDAR
from core.domain.care_class import CARE_CLASSES
from core.domain.causes import CAUSE_WORDS
from core.domain.data_periods import DATA_PERIODS
from core.domain.department import DEPARTMENT
from core.domain.incentive import CONTEST, INCENTIVE
from core.domain.incoming import EVENT_KIND
from core.domain.job import JOB
from core.domain.list_quality import LIST_QUALITY
from core.domain.offer_content import OFFER_KINDS
from core.domain.outreach import OUTREACH
from core.domain.package import PACKAGE
from core.domain.quality.kinds import SAMPLING, SCORECARD
from core.domain.recheck import RECHECK
from core.domain.repair import REPAIR, REPAIR_PACE
from core.domain.retrying import RETRY_POLICY
from core.domain.watched import WATCHED

SCRIPT: Final = "script"
"""core.domain.script.Script; a piece each, named by its scenario"""
DISPOSITIONS: Final = "dispositions"
"""core.domain.disposition.Dispositions; a piece each, named by its scenario"""
SMS_TEMPLATES: Final = "sms_templates"
"""core.domain.template.SmsTemplates"""
SKIP_REASONS: Final = "skip_reasons"
"""core.domain.template.SkipReasons"""
KNOWLEDGE: Final = "knowledge"
"""core.domain.knowledge.Article; a piece each, named by its id"""
DRILL: Final = "drill"
"""core.domain.drill.Drill; a piece each, named by its id"""
PUBLISHED_KINDS = OFFER_KINDS | {
    SCRIPT, DISPOSITIONS, SMS_TEMPLATES, SKIP_REASONS, KNOWLEDGE, DRILL, CARE_CLASSES, REPAIR, REPAIR_PACE,
    DEPARTMENT, SCORECARD, SAMPLING, CAUSE_WORDS, PACKAGE, INCENTIVE, CONTEST, WATCHED, DATA_PERIODS,
    EVENT_KIND, RETRY_POLICY, RECHECK, JOB, OUTREACH, LIST_QUALITY, CALENDAR,
}  # fmt: skip
