"""What a draft holds: enough to go on with a call after a crash as if nothing had happened."""

import msgspec
from msgspec import Struct

from core.calling import CallDraft
from core.desk.form import Form
from core.domain import decoding
from core.guidance.state import ConversationState


class DraftBody(Struct, kw_only=True, omit_defaults=True):
    scenario: str
    script_version: int
    results_version: int = 0
    """of the dispositions; 0 where an earlier program kept the draft"""
    call: CallDraft
    form: Form
    conversation: ConversationState


_decoder = decoding.decoder(DraftBody)


def encode_draft(body: DraftBody) -> bytes:
    return msgspec.json.encode(body)


def decode_draft(body: bytes) -> DraftBody:
    """The draft of bytes that encode_draft made; raises msgspec.DecodeError on others."""
    return _decoder.decode(body)
