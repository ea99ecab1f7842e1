"""A bill of materials from locked requirement files: each package with its version, address and hashes (CycloneDX)."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).resolve().parent / "requirements"
_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(locked: str) -> list[dict[str, Any]]:
    """The packages of a requirement file in its order."""
    found: list[dict[str, Any]] = []
    for line in locked.splitlines():
        package = _PACKAGE.match(line.strip())
        if package:
            name, version = package.groups()
            found.append({"type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name}@{version}"})
        if found:
            kept = found[-1].setdefault("hashes", [])
            kept += [{"alg": "SHA-256", "content": digest} for digest in _HASH.findall(line)]
    return found


def bill(which: Sequence[str]) -> dict[str, Any]:
    """As CycloneDX has it, each package once; the same files give the same bill."""
    locked = [(REQUIREMENTS / f"{one}.txt").read_text("utf-8") for one in which]
    packages = {one["purl"]: one for text in locked for one in components(text)}
    subject = {"type": "application", "name": f"stayline-{'-'.join(which)}"}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": subject},
        "components": [packages[purl] for purl in sorted(packages)],
    }


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="build/sbom", description="A bill of materials on standard output.")
    parser.add_argument("which", nargs="+", choices=sorted(path.stem for path in REQUIREMENTS.glob("*.txt")))
    json.dump(bill(parser.parse_args(argv).which), sys.stdout, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
