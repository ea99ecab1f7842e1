"""What a review opens of one call: its script path, note, offers, corrections, follow-ups."""

from collections.abc import Sequence

from core.domain.follow_up import FollowUp
from core.domain.masking import mask_number, mask_text
from core.domain.outcome import Outcome
from core.domain.reviewed import CallDetail, CameLater, Earlier, Promised
from core.server.review.reading import Read


def detail_of(
    read: Read, earlier: Sequence[Outcome], follow_ups: Sequence[FollowUp], later: tuple[CameLater, ...] = ()
) -> CallDetail:
    value, call = read.outcome, read.outcome.call
    return CallDetail(
        id=value.id,
        customer_id=value.customer_id,
        name=read.name,
        number_masked=mask_number(call.number),
        note=mask_text(value.note),
        note_edited=value.note_edited,
        script_version=value.script_version,
        path=value.path,
        ticked=value.ticked,
        answered=value.answered,
        verification=value.verification,
        intent=value.intent,
        case_result=value.case_result,
        disconnect=value.disconnect,
        order=value.order,
        offers=value.offers,
        dialled_at=call.dialled_at,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        recorded_at=value.recorded_at,
        received_at=read.received_at,
        recorded_by=value.agent if value.agent != read.agent else "",
        earlier=tuple(_earlier(one) for one in earlier),
        follow_ups=tuple(
            Promised(kind=one.kind.value, state=one.state.value, due_at=one.due_at, text=mask_text(one.text))
            for one in follow_ups
        ),
        later=later,
    )


def _earlier(value: Outcome) -> Earlier:
    return Earlier(
        id=value.id,
        agent=value.agent,
        recorded_at=value.recorded_at,
        result=value.result,
        contact=value.contact,
        success=value.success,
        reason=value.reason,
        note=mask_text(value.note),
    )
