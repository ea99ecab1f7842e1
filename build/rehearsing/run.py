"""`build/rehearse LIST`: one campaign from a list to its effect report, or many with `--seeds`."""

import argparse
import logging
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launching.children import Children, CouldNotStart

from core.domain.errors import StaylineError
from core.domain.text import Lang
from rehearsing.agents import NotTaken
from rehearsing.centre import ROOT, Refused
from rehearsing.fates import TooMuch
from rehearsing.many import many
from rehearsing.preparing import prepared_centre
from rehearsing.single import single


def main(argv: list[str]) -> int:
    """0 done, 1 something was refused in plain words, 3 the counts of seeds miss what is promised, 130 interrupted."""
    options = _parser().parse_args(argv)
    os.umask(0o077)
    signal.signal(signal.SIGTERM, _as_interrupt)
    logging.disable(logging.WARNING)
    out = options.out.resolve() if options.out else None
    try:
        if out:
            out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="stayline-rehearsal-") as folder:
            return _rehearse(options, Path(folder), out or Path.cwd())
    except KeyboardInterrupt:
        return 130
    except StaylineError as error:
        print(error.spoken(Lang.ZH), error.spoken(Lang.EN), sep="\n", file=sys.stderr)
    except (Refused, TooMuch, NotTaken, CouldNotStart, OSError) as error:
        print(f"The rehearsal stopped: {error}", file=sys.stderr)
    return 1


def _rehearse(options: argparse.Namespace, folder: Path, out: Path) -> int:
    with Children(cwd=ROOT) as children, _log_kept(folder / "prepared", out):
        ready = prepared_centre(options, folder, children)
        return many(options, ready) if options.seeds else single(options, ready, children, out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build/rehearse", description=__doc__)
    parser.add_argument("list", type=Path, metavar="LIST", help="CSV, TSV or XLSX of customers, with any headers")
    parser.add_argument("--label", default="", metavar="COLUMN", help="who left; found by itself, `none` for a rule")
    parser.add_argument("--map", action="append", default=[], metavar="COLUMN=FIELD", help="as `import` takes it")
    parser.add_argument(
        "--effect", type=float, default=5.0, metavar="POINTS",
        help="hidden true effect of being drawn to be called, percentage points more on net (5)",
    )  # fmt: skip
    parser.add_argument("--control", type=float, default=20.0, metavar="PERCENT", help="held out (20)")
    parser.add_argument(
        "--members", type=int, default=0, metavar="N", help="customers at most (1500; with --seeds 400)"
    )
    parser.add_argument("--days", type=int, default=30, metavar="N", help="after which customers are looked at (30)")
    parser.add_argument("--agents", type=int, default=4, metavar="N", help="simulated (4)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the customers' luck; the first of --seeds")
    parser.add_argument("--seeds", type=int, default=0, metavar="N", help="so many rehearsals, and the counts of them")
    parser.add_argument("--beside", type=int, default=2, metavar="N", help="rehearsals at a time (2)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the report goes (here)")
    return parser


@contextmanager
def _log_kept(data: Path, out: Path) -> Iterator[None]:
    """Where the server refused something, its own words stay to be looked at."""
    try:
        yield
    except Refused:
        log = data / "server.log"
        if log.is_file() and log.stat().st_size:
            shutil.copy(log, out / "rehearsal-server.log")
            print(f"The server's own words: {out / 'rehearsal-server.log'}", file=sys.stderr)
        raise


def _as_interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
