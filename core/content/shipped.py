"""The content that came with this version: read once a process, ready to be published."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from core.content.load import load_dispositions, load_script, load_skip_reasons, load_sms_templates
from core.content.resources import folder
from core.domain.disposition import Dispositions
from core.domain.script import Script
from core.domain.template import SkipReasons, SmsTemplates

if TYPE_CHECKING:
    from core.domain.knowledge import Article

SMS, SKIPS = Path("templates/sms.yaml"), Path("templates/skip_reasons.yaml")


class Shipped(Struct, frozen=True, kw_only=True):
    """One piece, as `core.wire.pull.ContentDocument` carries it."""

    kind: str
    """script, dispositions, sms_templates, skip_reasons, knowledge"""
    name: str
    """scenario id, article id; for the others their file's name"""
    version: int
    body: bytes
    """the Struct as JSON"""
    file: str = ""
    """where it was read from"""


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
    return load_sms_templates(folder() / SMS)


@cache
def skip_reasons() -> SkipReasons:
    """Raises ContentError."""
    return load_skip_reasons(folder() / SKIPS)


@cache
def knowledge() -> MappingProxyType[str, "Article"]:
    """By article id. Raises ContentError."""
    return MappingProxyType({one.id: one for one in _articles(folder())})


def shipped() -> list[Shipped]:
    """Everything that the server publishes. Raises ContentError."""
    sms, skips = sms_templates(), skip_reasons()
    return _pieces(folder(), scripts().values(), dispositions().values(), sms, skips, knowledge().values())


def pieces_of(root: Path) -> list[Shipped]:
    """What a folder laid out as `resources/` would have the server publish, read anew. Raises ContentError."""
    return _pieces(
        root,
        [load_script(path) for path in sorted((root / "scripts").glob("*.yaml"))],
        [load_dispositions(path) for path in sorted((root / "dispositions").glob("*.yaml"))],
        load_sms_templates(root / SMS),
        load_skip_reasons(root / SKIPS),
        _articles(root),
    )


def _articles(root: Path) -> list["Article"]:
    # A desk imports this module as it starts, and reads no Markdown.
    from core.content.articles import load_article

    return [load_article(path) for path in sorted((root / "knowledge").glob("*.md"))]


def _pieces(
    root: Path,
    scripts: Iterable[Script],
    results: Iterable[Dispositions],
    sms: SmsTemplates,
    skips: SkipReasons,
    articles: Iterable["Article"],
) -> list[Shipped]:
    return [
        *(_piece("script", s.id, s.version, s, root / "scripts" / f"{s.id}.yaml") for s in scripts),
        *(
            _piece("dispositions", d.scenario, d.version, d, root / "dispositions" / f"{d.scenario}.yaml")
            for d in results
        ),
        _piece("sms_templates", "sms", sms.version, sms, root / SMS),
        _piece("skip_reasons", "skip_reasons", skips.version, skips, root / SKIPS),
        *(_piece("knowledge", a.id, a.version, a, root / "knowledge" / f"{a.id}.md") for a in articles),
    ]


def _piece(kind: str, name: str, version: int, value: Struct, file: Path) -> Shipped:
    return Shipped(kind=kind, name=name, version=version, body=msgspec.json.encode(value), file=str(file))
