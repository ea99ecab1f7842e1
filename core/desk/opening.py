"""Opening a customer on the desk: from a task, or without one for an inbound or typed call."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

from core.compliance import (
    DialRequest,
    awaited,
    consent_withheld,
    is_line,
    merge_dials,
    needs_consent,
    normalise,
    rest_of,
    standing,
)
from core.desk import quiet_hours
from core.desk.caring import care_classes
from core.desk.desk import Desk
from core.desk.draft import DraftBody, decode_draft
from core.desk.opened import Opened
from core.desk.rights import may_call_without_task
from core.domain.customer import Document, decode_document
from core.domain.errors import Refused
from core.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from core.domain.outcome import CONNECTED
from core.domain.task import Task
from core.domain.text import Text
from core.guidance.care_calls import matter_of
from core.guidance.facts import facts_of
from core.store.promised import KEY

CAP_SPAN = timedelta(days=30)
TASK_GONE = "task_gone"


def open_task(desk: Desk, task_id: str) -> Opened:
    """The customer of a task, or of a callback that has none yet. Raises Refused where it was withdrawn meanwhile."""
    task = desk.store.task(task_id)
    if task is None and (promised := _promised_alone(desk, task_id)) is not None:
        return promised
    if task is None:
        raise Refused(
            code=TASK_GONE,
            title=Text("任务已收回", "The task was withdrawn"),
            message=Text("服务器已把这个任务收回或改派。", "The server withdrew this task or gave it to someone else."),
            next_step=Text("请接着做下一个。", "Go on with the next one."),
        )
    return _open(desk, task.customer_id, task, key=task.id, scenario=task.scenario, inbound_number=None)


def resume_task(desk: Desk, task_id: str) -> Opened:
    """As `open_task`; where the task was withdrawn, the call that was begun on it, now one without a task."""
    if desk.store.task(task_id) is None and desk.store.draft(task_id) is not None:
        return reopen_draft(desk, task_id)
    return open_task(desk, task_id)


def may_open(desk: Desk, key: str) -> bool:
    """Whether the case of that key can still be opened: no outcome ended it, and nobody took it back."""
    return (
        desk.store.draft(key) is not None or desk.store.task(key) is not None or _promised_alone(desk, key) is not None
    )


def refused_meanwhile(desk: Desk, opened: Opened) -> bool:
    """Whether the customer, who might be called when they were opened, wants no more calls by now."""
    if opened.document.care is not None and opened.document.care.opted_out:
        return False
    body = desk.store.customer(opened.customer_id)
    care = decode_document(body).care if body is not None else None
    return (care is not None and care.opted_out) or desk.store.opted_out(opened.customer_id, opened.numbers)


def open_customer(
    desk: Desk,
    customer_id: str,
    *,
    scenario: str,
    inbound_number: str | None,
    typed_number: str = "",
    body: bytes | None = None,
) -> Opened:
    """A call without a task: `inbound_number` where the customer is on the line (may be empty), None to dial.

    `typed_number` is one to dial, as typed: it comes first, also where nobody knew it; keep it with
    `dialling.keep_typed`. `body` is the document of a customer whom this machine does not know yet, as the server
    gave it. Raises Refused where the agent's role may not.
    """
    may_call_without_task(desk.agent)
    return _open(
        desk,
        customer_id,
        None,
        key=f"call:{uuid4()}",
        scenario=scenario,
        inbound_number=inbound_number,
        typed_number=typed_number,
        body=body,
    )


def reopen_draft(desk: Desk, key: str) -> Opened:
    """A call that was begun and has no outcome yet; where it was not begun, as `open_task`."""
    draft = desk.store.draft(key)
    if draft is None:
        return open_task(desk, key)
    task = desk.store.task(draft.task_id) if draft.task_id else None
    scenario = decode_draft(draft.body).scenario
    return _open(desk, draft.customer_id, task, key=key, scenario=scenario, inbound_number=None, begun_on=draft.task_id)


def _promised_alone(desk: Desk, key: str) -> Opened | None:
    """A callback promised in a call without a task, to go on as another such call."""
    follow_up = _promised(desk, key)
    saved = desk.store.saved(follow_up.outcome_id) if follow_up is not None else None
    if follow_up is None or saved is None:
        return None
    number, scenario = follow_up.number or saved.outcome.call.number, saved.outcome.scenario
    return _open(
        desk, follow_up.customer_id, None, key=key, scenario=scenario, inbound_number=None, typed_number=number
    )


def _promised(desk: Desk, key: str) -> FollowUp | None:
    """The callback without a task that goes by that key, while it waits."""
    waiting = desk.store.follow_ups(FollowUpKind.CALLBACK, FollowUpState.WAITING) if key.startswith(KEY) else []
    return next((one for one in waiting if f"{KEY}{one.id}" == key), None)


def _agreed(desk: Desk, key: str) -> bool:
    """Whether the call of that key is such a callback, and was agreed with somebody who was reached."""
    follow_up = _promised(desk, key)
    saved = desk.store.saved(follow_up.outcome_id) if follow_up is not None else None
    return saved is not None and saved.outcome.contact in CONNECTED


def _care_facts(desk: Desk, code: str, facts: Mapping[str, object]) -> dict[str, object]:
    """What the call of that class of care is about; nothing where it is published no more."""
    classes = care_classes(desk)
    care = classes.of(code) if classes else None
    return matter_of(care, facts) if care is not None else {}


def dial_request(desk: Desk, opened: Opened, number: str) -> DialRequest:
    """What compliance must know to judge a dial of `number` now: also what came of the customer since they were
    opened."""
    body = desk.store.customer(opened.customer_id)
    return _request(
        desk,
        opened.document if body is None else decode_document(body),
        opened.task,
        opened.customer_id,
        opened.numbers,
        number,
        opened.script.id,
        promised=_agreed(desk, opened.key),
    )


def _open(
    desk: Desk,
    customer_id: str,
    task: Task | None,
    *,
    key: str,
    scenario: str,
    inbound_number: str | None,
    begun_on: str | None = None,
    typed_number: str = "",
    body: bytes | None = None,
) -> Opened:
    desk.may_read()
    body = desk.store.customer(customer_id) or body
    document = decode_document(body) if body is not None else Document(id=customer_id)
    numbers = _typed_first(_numbers(desk, document, task), typed_number)
    now = desk.moment().wall
    facts = facts_of(document, agent=desk.agent, site=desk.site, task=task, now=now)
    if task is not None and task.care:
        facts |= _care_facts(desk, task.care, facts)
    request = _request(
        desk,
        document,
        task,
        customer_id,
        numbers,
        numbers[0] if numbers else "",
        scenario,
        promised=task is None and _agreed(desk, key),
    )
    spend, draft = facts.get("avg_bill_6m_fen"), _draft(desk, key)
    return Opened(
        key=key,
        task=task,
        customer_id=customer_id,
        document=document,
        facts=facts,
        # A call that was begun goes on with the words that it began with, also after a restart.
        script=desk.script(scenario, draft.script_version if draft else 0),
        dispositions=desk.dispositions(scenario, draft.results_version if draft else 0),
        sms_templates=desk.sms_templates(scenario),
        quiet=request.quiet,
        standing=standing(request),
        agent=desk.agent,
        site=desk.site,
        numbers=numbers,
        calendar=desk.calendar,
        catalogue=desk.catalogue,
        draft=draft,
        inbound_number=inbound_number,
        begun_on=begun_on,
        monthly_spend_fen=spend if isinstance(spend, int) else None,
        requests=tuple(desk.store.requests(key)),
        others=tuple(t for t in desk.store.tasks_of(customer_id) if task is None or t.id != task.id),
    )


def _draft(desk: Desk, key: str) -> DraftBody | None:
    draft = desk.store.draft(key)
    return decode_draft(draft.body) if draft is not None else None


def _numbers(desk: Desk, document: Document, task: Task | None) -> tuple[str, ...]:
    """All known numbers, digits: the promised one of a callback first, then the main one, those known bad last."""
    known = document.contact.numbers if document.contact else []
    ranked = sorted(known, key=lambda n: (n.bad, not n.main))
    digits = [normalise(n.number) for n in ranked] or list(task.customer.numbers if task else ())
    digits += [normalise(n.number) for n in desk.store.added_numbers(document.id)]
    if task and task.callback_number:
        digits.insert(0, normalise(task.callback_number))
    return tuple(dict.fromkeys(n for n in digits if n))


def _typed_first(known: tuple[str, ...], typed: str) -> tuple[str, ...]:
    """Part of a known number means that one; only a whole one of its own is a further number."""
    digits = normalise(typed)
    meant = next((number for number in known if digits and digits in number), digits if is_line(digits) else "")
    return tuple(dict.fromkeys((meant, *known))) if meant else known


def _request(
    desk: Desk,
    document: Document,
    task: Task | None,
    customer_id: str,
    numbers: tuple[str, ...],
    number: str,
    scenario: str,
    *,
    promised: bool,
) -> DialRequest:
    """`promised`: of a callback that has no task and was agreed."""
    now = desk.moment().wall
    care, contact = document.care, document.contact
    own = desk.store.dials(customer_id, now - CAP_SPAN)
    spared = promised or awaited(task, scenario=scenario, in_repair=bool(care and care.cases))
    rest = rest_of(care.tickets, now=now, days=desk.site.complaint_rest_d) if care and not spared else None
    withheld = consent_withheld(document.indicators or {})
    bad = {normalise(n.number) for n in contact.numbers if n.bad} if contact else set()
    return DialRequest(
        customer_id=customer_id,
        number=number,
        numbers=numbers,
        now=now,
        dials=merge_dials(care.dials if care else [], own),
        opted_out=(care.opted_out if care else False) or desk.store.opted_out(customer_id, numbers),
        bad_number=normalise(number) in bad,
        block=task.block if task else None,
        needs_consent=not promised and needs_consent(withheld, task, scenario=scenario),
        quiet=quiet_hours.known(desk, document),
        rest=rest,
        site=desk.site,
        calendar=desk.calendar,
    )
