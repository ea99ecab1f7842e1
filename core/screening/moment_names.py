"""Names of what is kept by the moment of which it tells: snapshots and models."""

import re
from datetime import datetime
from pathlib import Path

from core.domain.clock import CHINA


def free_name(folder: Path, at: datetime) -> str:
    """By the moment in China; of several of one second the later has a number behind it, above all that are there: what
    stands is never written over, also where an earlier one was dropped. The folder is there from then on."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stem = at.astimezone(CHINA).strftime("%Y%m%d-%H%M%S")
    # What is half written begins with a dot, or ends in words of its own.
    same = re.compile(rf"\.?{stem}(?:-(\d+))?(?:\.|$)")
    taken = [int(found[1] or 1) for path in folder.glob(f"*{stem}*") if (found := same.match(path.name))]
    return f"{stem}-{max(taken) + 1}" if taken else stem
