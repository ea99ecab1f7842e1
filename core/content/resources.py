"""Where the shipped content lies: inside the package in a wheel, beside it in a checkout."""

from pathlib import Path

import core


def folder() -> Path:
    """The resources folder; raises FileNotFoundError where the installation has none."""
    package = Path(core.__file__).resolve().parent
    for candidate in (package / "resources", package.parent / "resources"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"no resources folder in {package} or beside it")
