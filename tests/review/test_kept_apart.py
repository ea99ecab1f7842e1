"""Nothing of the review is imported before somebody reviews: neither a start nor a call pays for it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("pandas", "pyarrow", "pyqtgraph", "duckdb", "xlsxwriter", "core.review", "desktop.review")
_LOOK = f"import sys; print([name for name in {HEAVY!r} if name in sys.modules])"


def imported_by(statement: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}; {_LOOK}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_window_of_the_call_imports_nothing_of_it() -> None:
    assert (
        imported_by("import desktop.app, desktop.main_window, core.sync.syncer, core.sync.review, core.store") == "[]"
    )


def test_looking_at_figures_needs_no_pandas() -> None:
    what = "import core.desk.reviewing, core.review.packs; core.review.packs.load([], now=0.0)"
    assert "pandas" not in imported_by(what)
