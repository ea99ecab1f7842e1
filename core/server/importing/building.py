"""Values of a row into a customer's document: each in the section where the 360° view looks for it."""

from datetime import date

from core.compliance.moments import CONSENT
from core.domain.customer import (
    Billing,
    Broadband,
    Care,
    Contacting,
    Contract,
    Document,
    Gender,
    Handset,
    Holdings,
    Identity,
    Number,
    Services,
)
from core.domain.indicator import Indicator, IndicatorType
from core.domain.task import Tier
from core.domain.text import Text
from core.server.importing.birthdays import BirthMonth
from core.server.importing.complaints import complaint
from core.server.importing.fields import ALSO_INDICATORS, Field
from core.server.importing.indicator_types import Scalar
from core.server.importing.line_hours import in_order
from core.server.importing.plan import ColumnPlan, ImportPlan
from core.server.importing.reading import RowValues

_CONSENT = Indicator(
    name=CONSENT,
    label=Text("同意营销联系", "Consents to marketing"),
    group=Text("营销接触", "Campaign contacts"),
    source=Text("名单", "Lists"),
    type=IndicatorType.YES_NO,
)
"""of whatever list: calls that sell ask for it by its name"""
_TENURE = (Field.TENURE_MONTHS, Field.TENURE_YEARS, Field.TENURE_DAYS)


def catalogue(plan: ImportPlan, list_name: str) -> list[Indicator]:
    """The list's indicators: each column that is kept as it is, with its header as label in both languages."""
    return [
        Indicator(
            name=indicator_name(column, list_name),
            label=Text(zh=column.column, en=column.column),
            unit=Text(zh="元", en="CNY") if column.type is IndicatorType.FEN else None,
            group=Text(zh=f"导入名单 {list_name}", en=f"Imported list {list_name}"),
            source=Text(zh=source_name(list_name), en=source_name(list_name)),
            type=column.type,
        )
        for column in plan.columns
        if column.field is None or column.field in ALSO_INDICATORS
    ] + ([_CONSENT] if plan.of(Field.MARKETING_CONSENT) else [])


def indicator_name(column: ColumnPlan, list_name: str) -> str:
    return f"{source_name(list_name)}:{column.column}"


def source_name(list_name: str) -> str:
    return f"import:{list_name}"


def document(
    customer_id: str, row: RowValues, *, names: dict[int, str], source: str, name: str, numbers: tuple[str, ...]
) -> Document:
    """The document; a section without any value is absent. `names`: the indicators' by column."""
    return Document(
        id=customer_id,
        identity=_identity(row, name),
        contact=_contact(row, numbers, source),
        billing=_billing(row),
        holdings=_holdings(row),
        services=_services(row),
        care=_care(row, source),
        indicators=_indicators(row, names) or None,
    )


def _indicators(row: RowValues, names: dict[int, str]) -> dict[str, Scalar]:
    found = {names[index]: value for index, value in row.indicators.items()}
    agrees = row.get(Field.MARKETING_CONSENT, bool)
    return found if agrees is None else found | {CONSENT: agrees}


def _care(row: RowValues, source: str) -> Care | None:
    care = Care(opted_out=row.fields.get(Field.DO_NOT_CALL) is True, tickets=complaint(row, source))
    return None if care == Care() else care


def _identity(row: RowValues, name: str) -> Identity:
    plan = row.text(Field.PLAN)
    tenure = next((months for field in _TENURE if (months := row.get(field, int)) is not None), None)
    return Identity(
        name=name,
        gender=row.get(Field.GENDER, Gender),
        birthday=row.get(Field.BIRTHDAY, date),
        born_in=str(row.get(Field.BIRTHDAY, BirthMonth) or ""),
        tier=row.get(Field.TIER, Tier) or Tier.NONE,
        brand=row.text(Field.BRAND),
        plan_code=row.text(Field.PLAN_CODE),
        plan_name=Text(zh=plan, en=plan) if plan else None,
        plan_fee_fen=row.get(Field.PLAN_FEE, int),
        on_net_since=row.get(Field.ON_NET_SINCE, date),
        tenure_months=tenure,
        points=row.get(Field.POINTS, int),
        credit_score=row.get(Field.CREDIT_SCORE, int),
        manager=row.text(Field.MANAGER),
        manager_staff_number=row.text(Field.MANAGER_STAFF_NUMBER),
        area=row.text(Field.AREA),
        grid=row.text(Field.GRID),
        branch=row.text(Field.BRANCH),
    )


def _contact(row: RowValues, numbers: tuple[str, ...], source: str) -> Contacting:
    best_time = row.text(Field.BEST_TIME)
    return Contacting(
        numbers=[Number(number=number, main=at == 0, source=source) for at, number in enumerate(numbers)],
        address=row.text(Field.ADDRESS),
        best_time=Text(zh=best_time, en=best_time) if best_time else None,
        acquiring_dealer=row.text(Field.DEALER),
        quiet=list(row.get(Field.QUIET_HOURS, tuple) or ()),
    )


def _billing(row: RowValues) -> Billing | None:
    balance, arrears = row.get(Field.BALANCE, int), row.get(Field.ARREARS, int)
    billing = Billing(balance_fen=balance, arrears_fen=arrears, arpu_fen=row.get(Field.ARPU, int))
    return None if billing == Billing() else billing


def _holdings(row: RowValues) -> Holdings | None:
    model = row.text(Field.HANDSET)
    return Holdings(handset=Handset(model=model)) if model else None


def _services(row: RowValues) -> Services | None:
    contract, broadband = _contract(row), _broadband(row)
    if contract is None and broadband is None:
        return None
    return Services(contracts=[contract] if contract else [], broadband=broadband)


def _contract(row: RowValues) -> Contract | None:
    kind, ends_on = row.text(Field.CONTRACT_KIND), row.get(Field.CONTRACT_END, date)
    starts_on, minimum = row.get(Field.CONTRACT_START, date), row.get(Field.MINIMUM_SPEND, int)
    if not kind and ends_on is None and starts_on is None and minimum is None:
        return None
    return Contract(
        kind=Text(zh=kind, en=kind) if kind else Text(zh="合约", en="Contract"),
        starts_on=starts_on,
        ends_on=ends_on,
        minimum_spend_fen=minimum,
    )


def _broadband(row: RowValues) -> Broadband | None:
    plan = row.text(Field.BROADBAND_PLAN)
    line = Broadband(
        account=row.text(Field.BROADBAND_ACCOUNT),
        speed_mbps=row.get(Field.BROADBAND_SPEED, int),
        plan_name=Text(zh=plan, en=plan) if plan else None,
        ends_on=row.get(Field.BROADBAND_END, date),
        address=row.text(Field.BROADBAND_ADDRESS),
        hours=in_order(row.get(Field.LINE_HOURS, dict) or {}),
    )
    return None if line == Broadband() else line
