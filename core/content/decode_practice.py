"""Drills and care classes as they came over the wire: decoded when their page is opened, not on the start path."""

from core.content.decode import decoded
from core.domain import decoding
from core.domain.care_class import CareClasses
from core.domain.drill import Drill

_drill = decoding.decoder(Drill)
_care_classes = decoding.decoder(CareClasses)


def decode_drill(body: bytes) -> Drill:
    """Raises ContentError on anything but a Drill."""
    return decoded(_drill, body, "drill")


def decode_care_classes(body: bytes) -> CareClasses:
    """Raises ContentError on anything but CareClasses."""
    return decoded(_care_classes, body, "care_classes")
