"""The call itself: the port to whatever phone there is, and the states that the agent or the phone states."""

from core.calling.call_flow import GAP_LIMIT_S, WRAP_UP_LIMIT_S, Action, CallFlow, WrongState
from core.calling.dialler import Capability, Dialler
from core.calling.draft import CallDraft, decode_draft, encode_draft
from core.calling.moment import Moment, moments
from core.calling.uri_dialler import OpenUri, Scheme, UriDialler
from core.calling.wrap_up import WrapUp

__all__ = [
    "GAP_LIMIT_S",
    "WRAP_UP_LIMIT_S",
    "Action",
    "CallDraft",
    "CallFlow",
    "Capability",
    "Dialler",
    "Moment",
    "OpenUri",
    "Scheme",
    "UriDialler",
    "WrapUp",
    "WrongState",
    "decode_draft",
    "encode_draft",
    "moments",
]
