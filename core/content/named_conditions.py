"""Conditions by name: in a result `only: free-to-buy` stands for `when` and `why_not` as `parts/conditions.yaml` has
them under that name.

    free-to-buy:
      when: { not_: { field: complaint_open, eq: true } }
      why_not: { zh: …, en: … }

Several files say one rule in one way; mistakes are told with file and line, of the name or of what it stands for."""

from functools import lru_cache
from pathlib import Path

from core.content.parts import FOLDER
from core.content.yaml_lines import Parsed, Where, parse
from core.domain.errors import ContentError

ONLY = "only"
FILE = "conditions.yaml"


def with_conditions(parsed: Parsed, path: Path) -> Parsed:
    """The document with its conditions in place; raises ContentError. Without any name it is the same."""
    named = list(_named(parsed.value, ()))
    if not named:
        return parsed
    file = path.parent / FOLDER / FILE
    source = _read(file, file.stat().st_mtime_ns) if file.is_file() else Parsed({}, {})
    lines, files = dict(parsed.lines), dict(parsed.files)
    for where, holder in named:
        name = holder[ONLY]
        told = (*where, ONLY)
        meant = source.value.get(name) if isinstance(source.value, dict) and isinstance(name, str) else None
        if not isinstance(meant, dict):
            raise _wrong(parsed, path, told, f"there is no condition `{name}` in {FOLDER}/{FILE}")
        if twice := sorted(meant.keys() & holder.keys()):
            raise _wrong(parsed, path, told, f"`{twice[0]}` is said by the condition `{name}` already")
        del holder[ONLY]
        holder.update(meant)
        for key in meant:
            files[(*where, key)] = str(file)
        for at, line in source.lines.items():
            if len(at) > 1 and at[0] == name:
                lines[(*where, *at[1:])] = line
    return Parsed(parsed.value, lines, files)


def _named(value: object, where: Where) -> list[tuple[Where, dict[str, object]]]:
    """Every mapping that names a condition, with its place."""
    if isinstance(value, dict):
        within = [found for key, inner in value.items() for found in _named(inner, (*where, key))]
        return [*within, (where, value)] if ONLY in value else within
    if isinstance(value, list):
        return [found for at, inner in enumerate(value) for found in _named(inner, (*where, at))]
    return []


@lru_cache(maxsize=8)
def _read(file: Path, changed_ns: int) -> Parsed:
    """The same file stands behind all scenarios of a folder."""
    return parse(file.read_text(encoding="utf-8-sig"), file=str(file))


def _wrong(parsed: Parsed, path: Path, where: Where, reason: str) -> ContentError:
    return ContentError(file=parsed.file(where, str(path)), line=parsed.line(where), reason=reason)
