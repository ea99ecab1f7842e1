"""S11: one altered hash fails the install, and the bill of materials lists each component that is installed.

Same at both scales: a wheel made for it, locked as the requirement files lock, is installed with the options of
`build/setup`; then with one digit of its hash altered. Every package of the requirement files has a hash, and the bill
of `build/sbom` is compared with what this environment has.
The control installs without hashes a wheel whose content was altered.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

from proof import Proof, Scale, Side

BUILD = Path(__file__).resolve().parent.parent
_WHEEL = "staylineproof-1.0-py3-none-any.whl"
_TOOLS = frozenset({"pip", "setuptools", "wheel", "uv", "stayline"})
"""what makes the environment, and the program itself"""


def prove(_scale: Scale, folder: Path) -> Proof:
    digest = _wheel(folder / "index", "x = 1\n")
    wrong = ("0" if digest[0] != "0" else "1") + digest[1:]
    good = _installs(folder, f"staylineproof==1.0 --hash=sha256:{digest}", "--require-hashes")
    bad = _installs(folder, f"staylineproof==1.0 --hash=sha256:{wrong}", "--require-hashes")
    bare = _installs(folder, "staylineproof==1.0", "--require-hashes")
    _wheel(folder / "index", "x = 'altered'\n")
    altered = _installs(folder, f"staylineproof==1.0 --hash=sha256:{digest}", "--require-hashes")
    unnoticed = _installs(folder, "staylineproof==1.0")
    bill = json.loads(subprocess.run([BUILD / "sbom", "app", "server", "dev"], check=True, capture_output=True).stdout)[
        "components"
    ]
    listed = {(_plain(one["name"]), one["version"]) for one in bill}
    there = {_plain(one.metadata["Name"]): one.version for one in metadata.distributions()}
    missing = [name for name, version in there.items() if name not in _TOOLS and (name, version) not in listed]
    without = [one["name"] for one in bill if not one["hashes"]]
    required = "--require-hashes" in (BUILD / "setup").read_text("utf-8")
    return Proof(
        what="installs with altered hashes, and the bill of materials",
        product=Side(
            holds=good and not (bad or bare or altered or missing or without) and required,
            figures={
                "installs with a wrong hash, none, or altered content": 3,
                "of them done": bad + bare + altered,
                "components": len(there) - len(_TOOLS & there.keys()),
                "not in the bill": len(missing),
                "without a hash": len(without),
            },
        ),
        control=Side(holds=not unnoticed, figures={"altered content installed": int(unnoticed)}),
    )


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _installs(folder: Path, line: str, *options: str) -> bool:
    (folder / "locked.txt").write_text(line + "\n")
    command = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--no-deps",
               "--no-index", "--no-cache-dir", "--force-reinstall", "--find-links", str(folder / "index"),
               "--target", str(folder / "target"), "--upgrade", *options, "-r", str(folder / "locked.txt")]  # fmt: skip
    return subprocess.run(command, capture_output=True, timeout=120).returncode == 0


def _wheel(index: Path, content: str) -> str:
    """Its SHA-256."""
    index.mkdir(exist_ok=True)
    info = "staylineproof-1.0.dist-info"
    parts = {
        "staylineproof.py": content,
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: staylineproof\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: proof\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = []
    with zipfile.ZipFile(index / _WHEEL, "w") as wheel:
        for name, body in parts.items():
            wheel.writestr(name, body)
            sha = base64.urlsafe_b64encode(hashlib.sha256(body.encode()).digest()).rstrip(b"=").decode()
            lines.append(f"{name},sha256={sha},{len(body)}")
        wheel.writestr(f"{info}/RECORD", "\n".join([*lines, f"{info}/RECORD,,", ""]))
    return hashlib.sha256((index / _WHEEL).read_bytes()).hexdigest()
