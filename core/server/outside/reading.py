"""What the other side answered, as a value."""

from typing import TypeVar

import msgspec

from core.domain import decoding
from core.server.outside.down import PortRefused

T = TypeVar("T")


def read_answer(body: bytes, kind: type[T]) -> T:
    """Raises PortRefused on anything but the JSON of that kind."""
    try:
        return decoding.decode(body, kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PortRefused("an answer that is not as agreed") from error
