"""Content as it came over the wire: JSON bytes into Structs. All that the client needs; imports no YAML."""

from typing import TypeVar

import msgspec

from core.domain import decoding
from core.domain.calendar import Calendar
from core.domain.disposition import Dispositions
from core.domain.errors import ContentError
from core.domain.script import Script
from core.domain.template import SkipReasons, SmsTemplates

T = TypeVar("T")

_script = decoding.decoder(Script)
_dispositions = decoding.decoder(Dispositions)
_sms_templates = decoding.decoder(SmsTemplates)
_skip_reasons = decoding.decoder(SkipReasons)
_calendar = decoding.decoder(Calendar)


def decode_script(body: bytes) -> Script:
    """Raises ContentError on anything but a Script."""
    return decoded(_script, body, "script")


def decode_dispositions(body: bytes) -> Dispositions:
    """Raises ContentError on anything but Dispositions."""
    return decoded(_dispositions, body, "dispositions")


def decode_sms_templates(body: bytes) -> SmsTemplates:
    """Raises ContentError on anything but SmsTemplates."""
    return decoded(_sms_templates, body, "sms_templates")


def decode_skip_reasons(body: bytes) -> SkipReasons:
    """Raises ContentError on anything but SkipReasons."""
    return decoded(_skip_reasons, body, "skip_reasons")


def decode_calendar(body: bytes) -> Calendar:
    """Raises ContentError on anything but a Calendar."""
    return decoded(_calendar, body, "calendar")


def decoded(decoder: decoding.Decoder[T], body: bytes, kind: str) -> T:
    """Raises ContentError, which names the kind, on anything that the decoder does not read."""
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ContentError(file=f"{kind} from the server", line=1, reason=str(error)) from error
