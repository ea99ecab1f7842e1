"""build/ is no package: its modules are found as its own scripts find them."""

import sys
from pathlib import Path

BUILD = Path(__file__).resolve().parents[2] / "build"
for folder in (BUILD, BUILD / "benchmarks"):
    sys.path.insert(0, str(folder))
