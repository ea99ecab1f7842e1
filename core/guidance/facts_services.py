"""Facts of the contract, the broadband line and the household."""

from datetime import date

from core.domain.customer import Broadband, Contract, Services
from core.domain.renewal import renewal_from, renewal_terms, running

Facts = dict[str, object]


def service_facts(services: Services | None, today: date) -> Facts:
    if services is None:
        return {}
    found = _contract_facts(next(iter(running(services.contracts, today)), None), today)
    found |= _broadband_facts(services.broadband, today, whole=services.whole)
    if services.ties:
        found["household_ties"] = len(services.ties)
    return found


def _contract_facts(contract: Contract | None, today: date) -> Facts:
    if contract is None:
        return {"has_contract": False, "contract_locked": False}
    ends, renewal, again = contract.ends_on, renewal_from(contract), renewal_terms(contract)
    return {
        "renewal_months": again.months if again else None,
        "renewal_starts_on": again.starts_on if again else None,
        "renewal_ends_on": again.ends_on if again else None,
        "has_contract": True,
        "contract_kind": contract.kind,
        "contract_locked": contract.locked,
        "contract_ends_on": ends,
        "contract_days_left": (ends - today).days if ends else None,
        "renewal_from": renewal,
        "renewal_open": renewal <= today if renewal else None,
        "minimum_spend_fen": contract.minimum_spend_fen,
    }


def _broadband_facts(line: Broadband | None, today: date, *, whole: bool) -> Facts:
    if line is None:
        return {"has_broadband": False}
    left = (line.ends_on - today).days if line.ends_on else None
    return {
        "has_broadband": True,
        "broadband_plan": line.plan_name,
        "broadband_speed_mbps": line.speed_mbps,
        "broadband_ends_on": line.ends_on,
        "broadband_days_left": left if left is not None and left >= 0 else None,
        "broadband_expired_on": line.ends_on if left is not None and left < 0 else None,
        "broadband_balance_fen": line.balance_fen,
        "broadband_yearly_fee_fen": line.yearly_fee_fen,
        "broadband_faults_90d": line.faults_90d,
        "rival_in_building": True if line.rivals else (False if whole else None),
        "moving": line.moving,
        "demolition": line.demolition,
    }
