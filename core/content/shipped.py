"""The content that came with this version: read once a process, ready to be published."""

from functools import cache
from types import MappingProxyType

import msgspec
from msgspec import Struct

from core.content.load import load_dispositions, load_script, load_skip_reasons, load_sms_templates
from core.content.resources import folder
from core.domain.disposition import Dispositions
from core.domain.script import Script
from core.domain.template import SkipReasons, SmsTemplates


class Shipped(Struct, frozen=True, kw_only=True):
    """One piece, as `core.wire.pull.ContentDocument` carries it."""

    kind: str
    """script, dispositions, sms_templates, skip_reasons"""
    name: str
    """scenario id; for the others their file's name"""
    version: int
    body: bytes
    """the Struct as JSON"""


@cache
def scripts() -> MappingProxyType[str, Script]:
    """By scenario id. Raises ContentError."""
    found = [load_script(path) for path in sorted((folder() / "scripts").glob("*.yaml"))]
    return MappingProxyType({script.id: script for script in found})


@cache
def dispositions() -> MappingProxyType[str, Dispositions]:
    """By scenario id. Raises ContentError."""
    found = [load_dispositions(path) for path in sorted((folder() / "dispositions").glob("*.yaml"))]
    return MappingProxyType({one.scenario: one for one in found})


@cache
def sms_templates() -> SmsTemplates:
    """Raises ContentError."""
    return load_sms_templates(folder() / "templates" / "sms.yaml")


@cache
def skip_reasons() -> SkipReasons:
    """Raises ContentError."""
    return load_skip_reasons(folder() / "templates" / "skip_reasons.yaml")


def shipped() -> list[Shipped]:
    """Everything that the server publishes. Raises ContentError."""
    sms, skips = sms_templates(), skip_reasons()
    return [
        *(_piece("script", s.id, s.version, s) for s in scripts().values()),
        *(_piece("dispositions", d.scenario, d.version, d) for d in dispositions().values()),
        _piece("sms_templates", "sms", sms.version, sms),
        _piece("skip_reasons", "skip_reasons", skips.version, skips),
    ]


def _piece(kind: str, name: str, version: int, value: Struct) -> Shipped:
    return Shipped(kind=kind, name=name, version=version, body=msgspec.json.encode(value))
