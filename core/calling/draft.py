"""What of a call is kept in the store at every change, so that it can go on after a crash."""

from datetime import datetime

import msgspec
from msgspec import Struct

from core.domain import decoding
from core.domain.call import CallState, Direction


class CallDraft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    state: CallState = CallState.PREVIEW
    direction: Direction = Direction.OUTBOUND
    number: str = ""
    dialler: str = ""
    dialled_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    talk_s: float = 0.0
    """seconds spoken up to `kept_at`"""
    talk_stated_s: int | None = None
    """seconds as the agent corrected them"""
    wrap_up_s: float = 0.0
    """seconds of wrap-up worked up to `kept_at`"""
    extended_s: int = 0
    """seconds by which the agent has extended the wrap-up"""
    kept_at: datetime | None = None
    """when this was last brought up to date"""


_decoder = decoding.decoder(CallDraft)


def encode_draft(draft: CallDraft) -> bytes:
    return msgspec.json.encode(draft)


def decode_draft(body: bytes) -> CallDraft:
    """The draft of stored bytes; raises msgspec.DecodeError on others."""
    return _decoder.decode(body)
