"""What keeps a result from being chosen or an outcome from being saved, in words."""

from collections.abc import Collection, Mapping, Sequence

from core.desk.form import Form
from core.domain.disposition import Field, Result
from core.domain.offered import OfferMade, Reply
from core.domain.outcome import CONNECTED, Contact, Verification
from core.domain.script import MustItem
from core.domain.talk_bounds import out_of_bounds
from core.domain.text import Text
from core.rules import holds

CHOOSE_RESULT = Text("还没有选结果", "No result chosen yet")
NOT_THE_OWNER = CONNECTED - {Contact.OWNER}
OWNER_ACCEPTS = Text(
    "有优惠记了“接受”，但不是核实过的机主：先核实，或撤回接受（Alt+V）",
    "An offer is noted as accepted, and not by the verified owner: verify, or take it back (Alt+V)",
)
NOTHING_ORDERED = Text(
    "客户不愿再联系，收费或要确认的优惠不能办：先撤回接受（Alt+V）",
    "The customer wants no more calls: take back the accepted offer that is to be confirmed (Alt+V)",
)
UNTRUE = Text("按算出来的账，这个结果不成立", "By the figures this result is not true")


def lacking(
    form: Form,
    result: Result | None,
    *,
    talk_s: int,
    dialled: bool,
    unticked: Collection[MustItem],
    facts: Mapping[str, object] | None = None,
    verification: Verification = Verification.OWNER,
    closed: Text | None = None,
    ordered: Text | None = None,
) -> list[Text]:
    """Everything still missing before this form may be saved; empty when it is ready.

    `unticked` are the checklist items that `result` names and that are not ticked; `talk_s` is in seconds. `facts` are
    those of the script; None where they are past, as in a correction. `verification`: who is on the line in the end.
    `closed`: why nothing is sold now (SCRIPT-09); `ordered`: why what is ordered cannot be had.
    """
    if result is None or result.choices:
        return [CHOOSE_RESULT]
    lacks = [Text(f"还缺：{item.label.zh}", f"Missing: {item.label.en}") for item in unticked]
    if (bounds := out_of_bounds(result, talk_s=talk_s, dialled=dialled)) is not None:
        lacks.append(bounds)
    lacks += _untrue(result, facts, closed)
    lacks += [ordered] if ordered is not None else []
    lacks += offer_bounds(form.offers, result, verification)
    lacks += [NEEDS[need] for need in result.needs if not _given(form, need)]
    return lacks


def _untrue(result: Result, facts: Mapping[str, object] | None, closed: Text | None) -> list[Text]:
    """A sale while selling is closed is told by the reason that closes it."""
    if result.sells is not None and closed is not None:
        return [closed]
    if result.when is None or facts is None or holds(result.when, facts):
        return []
    return [result.why_not or UNTRUE]


def offer_bounds(offers: Sequence[OfferMade], result: Result, verification: Verification) -> list[Text]:
    """SCRIPT-22, OUTCOME-11: the owner alone accepts, and is asked to confirm nothing after refusing further calls."""
    accepted = [made for made in offers if made.reply is Reply.ACCEPTED]
    if accepted and (verification is not Verification.OWNER or result.contact in NOT_THE_OWNER):
        return [OWNER_ACCEPTS]
    if result.opt_out and any(made.order is not None for made in accepted):
        return [NOTHING_ORDERED]
    return []


NEEDS: dict[Field, Text] = {
    Field.REASON: Text("还缺：原因", "Missing: reason"),
    Field.INTENT: Text("还缺：意向", "Missing: intent"),
    Field.ORDER: Text(
        "还缺：订单（产品、价格、合约期、生效日、明确同意）", "Missing: order (product, price, term, start, consent)"
    ),
    Field.TRIAL: Text(
        "还缺：试到哪天、可换回哪一档（在话术里选“试一个月”或“试两个月”）",
        "Missing: until when, and the plan to return to (choose one month or two in the script)",
    ),
    Field.DISCONNECT: Text("还缺：拆机原因", "Missing: reason for the disconnect"),
    Field.CALLBACK: Text("还缺：回拨时间", "Missing: time of the callback"),
    Field.OTHER_NUMBER: Text("还缺：另一个号码", "Missing: the other number"),
    Field.FALSE_DATA: Text("还缺：哪项资料不实", "Missing: which datum is false"),
}


def _given(form: Form, need: Field) -> bool:
    order = form.order
    return {
        Field.REASON: bool(form.reason),
        Field.INTENT: form.intent is not None,
        Field.ORDER: bool(order.product)
        and order.price_fen is not None
        and order.term_months is not None
        and order.starts_on is not None
        and order.consent,
        Field.TRIAL: order.trial() is not None,
        Field.DISCONNECT: bool(form.reason),
        Field.CALLBACK: form.callback() is not None or form.no_callbacks,
        Field.OTHER_NUMBER: len(form.other_number) >= 7,
        Field.FALSE_DATA: bool(form.false_field),
    }[need]
