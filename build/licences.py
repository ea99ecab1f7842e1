"""The licences of what is shipped: read from the packages themselves, and refused where copyleft or unknown.

`build/requirements/licences.toml` answers for packages whose own metadata do not, each with where its answer is from.
An expression is SPDX's: of `OR` one side has to be allowed, of `AND` both.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata

from bill_of_materials import REQUIREMENTS, components

ALLOWED = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0",
        "Unlicense", "Zlib",
        # Used as libraries that whoever receives the program can replace.
        "LGPL-3.0-only",
    }
)  # fmt: skip
SHIPPED = ("app", "server")
_MEANT = {
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Apache Software License v2": "Apache-2.0",
    "BSD License": "BSD-2-Clause OR BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""what older metadata write in words of their own; anything else stands as it is, and is no licence known here"""
_TOKEN = re.compile(r"\s*(\(|\)|[^\s()]+)")


@dataclass(frozen=True)
class Licence:
    package: str
    version: str
    expression: str
    """SPDX, or what the package says in its place; empty where nobody knows"""

    @property
    def allowed(self) -> bool:
        return allowed(self.expression)


def allowed(expression: str) -> bool:
    """Whether the expression leaves a choice of allowed licences alone; False for one that cannot be read."""
    tokens = _TOKEN.findall(expression)
    reader = _Reader(tokens)
    try:
        return reader.either() and not reader.left
    except IndexError:
        return False


class _Reader:
    """Reads an expression from left to right; IndexError where it ends too early."""

    def __init__(self, tokens: list[str]) -> None:
        self.left = tokens

    def either(self) -> bool:
        found = self._both()
        while self._next_is("OR"):
            found = self._both() or found
        return found

    def _both(self) -> bool:
        found = self._one()
        while self._next_is("AND"):
            found = self._one() and found
        return found

    def _one(self) -> bool:
        token = self.left.pop(0)
        if token == "(":
            found = self.either()
            return self.left.pop(0) == ")" and found
        if self._next_is("WITH"):
            # An exception only ever permits more.
            self.left.pop(0)
        return token in ALLOWED

    def _next_is(self, word: str) -> bool:
        if self.left and self.left[0].upper() == word:
            self.left.pop(0)
            return True
        return False


def licences(which: Sequence[str]) -> list[Licence]:
    """Of every package of the requirement files, by name; raises ValueError on an answer for what is not locked."""
    given = tomllib.loads((REQUIREMENTS / "licences.toml").read_text("utf-8"))
    locked = {(one["name"], one["version"]) for name in which for one in _locked(name)}
    found = [Licence(name, version, _said(name) or _given(given, name)) for name, version in sorted(locked)]
    needless = sorted(given.keys() - {one.package for one in found})
    if needless and set(which) >= set(SHIPPED):
        raise ValueError(f"licences.toml answers for what is not locked: {', '.join(needless)}")
    return found


def _locked(which: str) -> Iterator[dict[str, str]]:
    yield from components((REQUIREMENTS / f"{which}.txt").read_text("utf-8"))


def _given(given: dict[str, dict[str, str]], name: str) -> str:
    return given[name]["licence"] if name in given else ""


def _said(name: str) -> str:
    """What the package says of itself; empty where it is not installed here, or says nothing that is clear."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    own = told.get("License-Expression") or ""
    if own:
        return own
    classified = [line.rsplit(" :: ", 1)[1] for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    if classified:
        return " AND ".join(f"({_MEANT.get(line, line)})" for line in classified)
    words = (told.get("License") or "").strip()
    # Some put the whole text there: that is for a person to read.
    return _MEANT.get(words, words) if len(words) < 80 and "\n" not in words else ""


def main(argv: list[str]) -> int:
    """0 where everything is allowed; the list goes to standard output, what is not to standard error."""
    parser = argparse.ArgumentParser(prog="build/licences", description="The licences of what is shipped.")
    parser.add_argument("which", nargs="*", default=SHIPPED, help=f"requirement files (default: {' '.join(SHIPPED)})")
    found = licences(parser.parse_args(argv).which)
    for one in found:
        print(f"{one.package:<24} {one.version:<16} {one.expression or 'unknown'}")
    refused = [one for one in found if not one.allowed]
    for one in refused:
        print(f"not allowed: {one.package} {one.version}: {one.expression or 'unknown'}", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
