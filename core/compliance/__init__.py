"""Whether a customer may be called now: refusals, numbers, caps, hours. The only maker of a Permit."""

from core.compliance.caps import merge_dials
from core.compliance.hours import next_open, site_window, windows
from core.compliance.moments import Rest, awaited, consent_withheld, needs_consent, quiet_of, rest_of
from core.compliance.numbers import is_line, normalise
from core.compliance.permit import Permit, ask
from core.compliance.request import DialRequest
from core.compliance.standing import Standing, hours_today, standing
from core.compliance.verdict import Barrier
from core.domain.errors import CallForbidden

__all__ = [
    "Barrier",
    "CallForbidden",
    "DialRequest",
    "Permit",
    "Rest",
    "Standing",
    "ask",
    "awaited",
    "consent_withheld",
    "hours_today",
    "is_line",
    "merge_dials",
    "needs_consent",
    "next_open",
    "normalise",
    "quiet_of",
    "rest_of",
    "site_window",
    "standing",
    "windows",
]
