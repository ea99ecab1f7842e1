"""Records of calls that were refused and wait for their agent: a lead knows of them, for the task is still open."""

from collections.abc import Mapping

from core.domain.masking import mask_name
from core.domain.text import Text
from core.server.db import customers, kept_aside
from core.server.db.engine import Unit
from core.server.sync.answers import WORDS, Code
from core.wire.team import REFUSED_MOST, RefusedRecord

_UNSAID = Text("服务器没有收下这条记录。", "The server did not take the record.")


def refused_records(unit: Unit, names: Mapping[str, str]) -> tuple[RefusedRecord, ...]:
    """Of these agents, by staff number; the longest waiting first."""
    found = []
    for kept in kept_aside.waiting(unit):
        # Where the server has the record, only with other content, nothing is open over it.
        if kept.staff_number not in names or kept.code == Code.OTHER_BYTES:
            continue
        saved = kept_aside.saved_of(kept)
        if saved is None and kept.code != kept_aside.UNREADABLE:
            continue
        head = customers.head(unit, saved.outcome.customer_id) if saved else None
        found.append(
            RefusedRecord(
                staff_number=kept.staff_number,
                name=names[kept.staff_number],
                customer=mask_name(head.name) if head else "",
                since=kept.received_at,
                why=_why(kept.code),
            )
        )
    return tuple(found[:REFUSED_MOST])


def _why(code: str) -> Text:
    """Without what the agent is to do about it."""
    words = WORDS[Code(code)] if code in set(Code) else _UNSAID
    return Text(words.zh.split("；")[0].rstrip("。"), words.en.split(";")[0].rstrip("."))
