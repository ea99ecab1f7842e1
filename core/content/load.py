"""Content files into Structs; each mistake is told with file, line and reason."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import inspect

from core.content.disposition_rules import disposition_flaws
from core.content.flaws import Flaw, Where, missing_words, repeated, unknown_keys
from core.content.named_conditions import with_conditions
from core.content.parts import with_parts
from core.content.script_rules import script_flaws
from core.content.type_flaws import type_flaws
from core.content.yaml_lines import Parsed, parse
from core.domain import decoding
from core.domain.disposition import Dispositions
from core.domain.errors import ContentError
from core.domain.script import Script
from core.domain.template import SkipReasons, SmsTemplates

T = TypeVar("T", bound=msgspec.Struct)
Check = Callable[[T], list[Flaw]]


def load_script(path: Path, *, also: Check[Script] | None = None) -> Script:
    """The script in that file; `also` adds checks of a room above. Raises ContentError."""

    def check(script: Script) -> list[Flaw]:
        return named(script.id, "id", path) + script_flaws(script) + (also(script) if also else [])

    return _load(path, Script, check)


def load_dispositions(path: Path, *, also: Check[Dispositions] | None = None) -> Dispositions:
    """The dispositions in that file. Raises ContentError."""

    def check(found: Dispositions) -> list[Flaw]:
        return named(found.scenario, "scenario", path) + disposition_flaws(found) + (also(found) if also else [])

    file = str(path)
    parsed = with_conditions(with_parts(parse(read_text(path), file=file), path), path)
    return convert(parsed, Dispositions, check, file=file)


def load_sms_templates(path: Path, *, also: Check[SmsTemplates] | None = None) -> SmsTemplates:
    """The SMS templates in that file. Raises ContentError."""

    def check(found: SmsTemplates) -> list[Flaw]:
        codes: list[tuple[Where, str]] = [(("templates", at, "code"), t.code) for at, t in enumerate(found.templates)]
        return missing_words(found) + repeated(codes, "template") + (also(found) if also else [])

    return _load(path, SmsTemplates, check)


def load_skip_reasons(path: Path) -> SkipReasons:
    """The reasons to pass a task over in that file. Raises ContentError."""

    def check(found: SkipReasons) -> list[Flaw]:
        codes: list[tuple[Where, str]] = [(("reasons", at, "code"), r.code) for at, r in enumerate(found.reasons)]
        return missing_words(found) + repeated(codes, "reason")

    return _load(path, SkipReasons, check)


def _load(path: Path, kind: type[T], check: Check[T]) -> T:
    file = str(path)
    return convert(with_parts(parse(read_text(path), file=file), path), kind, check, file=file)


def convert(
    parsed: Parsed, kind: type[T], check: Check[T], *, file: str, before: Callable[[object], list[Flaw]] | None = None
) -> T:
    """Plain values as the Struct that they stand for; raises ContentError with every mistake that stands by itself.

    `before` looks at the plain values: it says more plainly what would only be of another type."""
    plain = unknown_keys(parsed.value, _described(kind)) + (before(parsed.value) if before else [])
    try:
        found = decoding.convert(parsed.value, kind)
    except msgspec.ValidationError as error:
        known = {flaw.where for flaw in plain}
        typed = [one for one in type_flaws(parsed.value, kind) if one.where not in known]
        _refuse([*plain, *typed] or [Flaw((), str(error))], parsed, file)
        raise
    _refuse(plain, parsed, file)
    _refuse(check(found), parsed, file)
    return found


@cache
def _described(kind: type) -> inspect.Type:
    return inspect.type_info(kind)


def read_text(path: Path) -> str:
    """A content file's text; raises ContentError where it cannot be read or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ContentError(file=str(path), line=1, reason=error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ContentError(file=str(path), line=line, reason="not UTF-8") from error


def _refuse(flaws: list[Flaw], parsed: Parsed, file: str) -> None:
    if flaws:
        told = [(parsed.file(flaw.where, file), parsed.line(flaw.where), flaw.reason) for flaw in flaws]
        first, *others = (
            ContentError(file=place, line=line, reason=reason)
            for place, line, reason in sorted(told, key=lambda one: (one[0] != file, one))
        )
        raise ContentError(file=first.file, line=first.line, reason=first.reason, others=others)


def named(name: str, key: str, path: Path) -> list[Flaw]:
    """A flaw where a file is not called as what it holds."""
    return [] if name == path.stem else [Flaw((key,), f"`{name}` does not stand in a file of its name")]
